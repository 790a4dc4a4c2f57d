"""A page costs the same number of queries whatever the patient has done."""

from __future__ import annotations

import pytest

from tests.course.reading import as_a_new_request, read_whole
from tests.course.test_exercises import WRITE, save


def cost(client, path: str) -> int:  # type: ignore[no-untyped-def]
    client.page(path)
    client.page(path)
    return len(client.last_statements)


def do_a_lot(client, times: int = 5) -> None:  # type: ignore[no-untyped-def]
    for time in range(times):
        save(client, WRITE, "first-win", f"Small thing {time}")
    client.submit(WRITE, form="/share")
    read_whole(client)
    client.submit("/course/start-here/end", form="/later")
    for module in ("understanding-persistent-pain", "pacing", "goals-and-values"):
        client.submit(f"/course/{module}", form="/open")


@pytest.mark.parametrize(
    "path", ["/today", "/course", "/progress", "/toolbox", "/course/start-here/getting-help"]
)
def test_a_long_history_costs_no_more(app, client, cast, path):  # type: ignore[no-untyped-def]
    busy, calm = client, app.test_client()
    cast.signs_in(busy, "asha")
    cast.signs_in(calm, "dewi")
    do_a_lot(busy)
    as_a_new_request()
    do_a_lot(calm, times=1)
    assert cost(busy, path) <= cost(calm, path)


def test_a_page_of_prose_needs_few_queries_and_one_with_exercises_a_few_more(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    do_a_lot(client)
    assert cost(client, "/course/start-here/getting-help") <= 4
    assert cost(client, WRITE) <= 7
