"""The patient reads: page after page, in the middle, at the end."""

from __future__ import annotations

FIRST = "/course/start-here/what-this-is"


def test_a_patient_reads_on_page_by_page(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    page = client.page(FIRST)
    assert page.heading == "What this course is"
    assert "page 1 of 6" in page.text
    after = client.submit(FIRST, form="/next")
    assert after.path == "/course/start-here/hurt-and-harm"
    client.page("/course"); client.page("/course/pacing"); client.page("/course/start-here/print"); client.page("/course/start-here?"); client.page("/me/pause"); client.page("/me/rhythm")
    client.page("/today"); client.page("/toolbox"); client.page("/progress")
