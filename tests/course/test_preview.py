"""The preview: authors see their text and every problem, patients do not see the preview."""

from __future__ import annotations

from webapp.content import routes


def test_an_author_sees_every_module(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "arthur")
    page = client.page("/preview")
    assert "Understanding persistent pain" in page.text
    assert "not yet reviewed" in page.text


def test_a_text_is_shown_with_its_exercises_and_reading_age(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "arthur")
    page = client.page("/preview/start-here/en")
    assert "Exercise or tool: choice" in page.text
    assert "reading age about" in page.text
    assert client.get("/preview/start-here/zz").status_code == 404
    assert client.get("/preview/no-such/en").status_code == 404


def test_a_problem_is_told_with_its_file_and_line(client, cast, tmp_path, monkeypatch):  # type: ignore[no-untyped-def]
    folder = tmp_path / "content" / "modules"
    (folder / "pacing").mkdir(parents=True)
    (folder / "course.yml").write_text("modules:\n  - name: pacing\n    core: true\n")
    (folder / "pacing" / "en.md").write_text("---\ntitle: Pacing\n---\n\n::: pgae one\nOne\n:::\n")
    cast.signs_in(client, "arthur")
    settings = client.application.extensions["waymark_settings"]
    monkeypatch.setitem(
        client.application.extensions,
        "waymark_settings",
        settings.model_copy(update={"content_folder": tmp_path / "content"}),
    )
    page = client.page("/preview")
    assert "content/modules/pacing/en.md:5" in page.text
    assert "pgae" in page.text


def test_patients_have_no_preview(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    assert client.get("/preview").status_code == 403
    assert routes.pages.name == "content_preview"
