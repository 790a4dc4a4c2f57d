"""A service's own texts (``WAYMARK_CONTENT``): they are used, and whoever began ours goes on in ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.course.reading import as_a_new_request, read
from webapp.course.shelf import EXTENSION, fill_the_shelf
from webapp.foundations.settings import SettingsRefused, load_settings

FIRST = "/course/start-here/what-this-is"


@pytest.fixture
def own_folder(app, tmp_path: Path) -> Path:  # type: ignore[no-untyped-def]
    """A folder with the service's own first module: ours with another title on its first page."""
    ours = app.extensions["waymark_settings"].content_folder / "modules/start-here/en.md"
    folder = tmp_path / "hillside/modules/start-here"
    folder.mkdir(parents=True)
    text = ours.read_text(encoding="utf-8").replace("What this course is\n", "Welcome to Hillside\n", 1)
    (folder / "en.md").write_text(text, encoding="utf-8")
    return tmp_path / "hillside"


def test_who_began_ours_keeps_it_and_who_begins_later_gets_theirs(app, client, cast, own_folder) -> None:  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    read(client, "start-here", "what-this-is")
    assert client.page(FIRST).heading == "What this course is"
    settings = load_settings(content=own_folder, environment="test")
    ours = app.extensions.pop(EXTENSION)
    try:
        fill_the_shelf(app, settings.content_folders)
        as_a_new_request()
        assert client.page(FIRST).heading == "What this course is"
        cast.signs_in(client, "dewi")
        assert client.page(FIRST).heading == "Welcome to Hillside"
        read(client, "start-here", "what-this-is")
        assert client.page(FIRST).heading == "Welcome to Hillside"
        cast.signs_in(client, "asha")
        assert client.page(FIRST).heading == "What this course is"
    finally:
        app.extensions[EXTENSION] = ours
    cast.signs_in(client, "dewi")
    assert client.page(FIRST).heading == "Welcome to Hillside", "also when the service takes its folder away"


def test_a_folder_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match="WAYMARK_CONTENT: there is no folder"):
        load_settings(content=tmp_path / "nowhere")
