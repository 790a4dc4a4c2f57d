"""The preview judges as the start does: it knows the tools, the questionnaires and the drawings."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.content.sources import a_page, write_course
from tests.looking import LookingClient


@pytest.fixture
def previews(client: LookingClient, cast: Cast, tmp_path, monkeypatch):  # type: ignore[no-untyped-def]
    """Shows the preview of a course of one module with this body."""
    cast.signs_in(client, "arthur")
    extensions = client.application.extensions

    def show(body: str) -> str:
        folder = write_course(tmp_path / "content", {"pacing/en": a_page(body)})
        settings = extensions["waymark_settings"].model_copy(update={"content_folder": folder})
        monkeypatch.setitem(extensions, "waymark_settings", settings)
        return client.page("/preview").text

    return show


def test_our_own_course_has_no_problem(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "arthur")
    assert "The checker found no problem." in client.page("/preview").text


def test_a_tool_that_there_is_is_no_problem(previews) -> None:  # type: ignore[no-untyped-def]
    assert "The checker found no problem." in previews("\n::: tool sleep-diary\nNote your nights.\n:::")


@pytest.mark.parametrize(
    "body, told",
    [
        ("\n::: tool sleep-dairy\nNote.\n:::", "Did you mean 'sleep-diary'?"),
        ("\n::: questionnaire peg-4\n:::", "Did you mean 'peg-3'?"),
        ("\n::: picture p\nDrawing: boom-and-burst\nAlt: A line.\n:::", "Did you mean 'boom-and-bust'?"),
    ],
)
def test_what_there_is_not_is_told_with_the_right_word(previews, body: str, told: str) -> None:  # type: ignore[no-untyped-def]
    page = previews(body)
    assert told in page and "1 problem to put right" in page


def test_what_a_module_lacks_is_there_to_look_at(previews) -> None:  # type: ignore[no-untyped-def]
    assert "this module has no story" in previews("\nWords.")
