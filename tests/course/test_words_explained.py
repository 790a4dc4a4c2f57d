"""Words are explained where they first appear in a module, once, and at the foot of that page."""

from __future__ import annotations

import re
from uuid import UUID

from markupsafe import Markup

from tests.cast import Cast
from tests.looking import LookingClient
from webapp.course import shelf


def links_in(pieces: tuple[object, ...]) -> list[str]:
    html = "".join(str(piece) for piece in pieces if isinstance(piece, Markup))
    return re.findall(r'href="#word-([a-z-]+)"', html)


def test_in_every_module_each_word_is_explained_once(app) -> None:  # type: ignore[no-untyped-def]
    with app.test_request_context():
        course = shelf.course()
        taught = {word.key: word.taught_in for word in course.glossaries["en"].words}
        explained = {}
        for module in course.modules:
            text = module.texts["en"]
            for pieces_of in (shelf.pieces_of, shelf.short_pieces_of):
                links = [link for page in text.pages for link in links_in(pieces_of(text, page))]
                assert len(links) == len(set(links)), f"{module.name} explains a word twice"
                assert not [link for link in links if module.name in taught[link]]
                explained[module.name, pieces_of.__name__] = links
    assert sum(len(links) for links in explained.values()) >= len(course.modules)


def test_the_explanation_stands_at_the_foot_of_the_page(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    with client.application.test_request_context():
        text = shelf.course().modules[0].texts["en"]
        page, key = next(
            (page, links[0]) for page in text.pages if (links := links_in(shelf.pieces_of(text, page)))
        )
        word = next(word for word in shelf.course().glossaries["en"].words if word.key == key)
    shown = client.page(f"/course/start-here/{page.name}")
    assert "Words on this page" in shown.text and word.explanation in shown.text
    assert f"Back to “{word.term}”" in shown.text


def test_each_service_has_its_own_help_now_in_the_text(app, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    from types import SimpleNamespace

    from flask import g

    text = next(
        module.texts["en"]
        for module in shelf_of(app).course.modules
        if "help:now" in module.texts["en"].source
    )
    page = next(page for page in text.pages if any(link.target == "help:now" for link in page.links))
    for service_id in (UUID(int=1), UUID(int=2)):
        with app.test_request_context():
            g.visitor = SimpleNamespace(service_id=service_id, language="en")
            html = "".join(str(piece) for piece in shelf.pieces_of(text, page) if isinstance(piece, Markup))
        assert set(re.findall(r'/help-now/([0-9a-f-]+)"', html)) == {str(service_id)}


def shelf_of(app) -> shelf.Shelf:  # type: ignore[no-untyped-def]
    found: shelf.Shelf = app.extensions[shelf.EXTENSION]
    return found
