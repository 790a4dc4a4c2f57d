"""What the shelf makes of the texts: links, languages, names that would collide, a start that fails."""

from __future__ import annotations

import dataclasses

import pytest
from markupsafe import Markup

from webapp.content import ContentRefused
from webapp.course import service, shelf


def test_links_in_a_text_lead_to_pages_that_exist(app):  # type: ignore[no-untyped-def]
    known = {rule.rule for rule in app.url_map.iter_rules()}
    with app.test_request_context():
        for module in shelf.course().modules:
            for page in module.texts["en"].pages:
                for piece in shelf.pieces_of(module.texts["en"], page):
                    if isinstance(piece, Markup):
                        assert 'href="help:' not in piece
                        assert 'href="page:' not in piece
                        assert 'href="module:' not in piece
    assert "/course/<module>/<page>" in known


def test_a_help_link_without_a_page_becomes_its_words(app, monkeypatch):  # type: ignore[no-untyped-def]
    monkeypatch.setitem(app.jinja_env.globals, "link", lambda name: "/help" if name == "help_now" else None)
    with app.test_request_context():
        html = Markup('<p><a href="help:now">Help now</a> or <a href="help:flare-up">a flare-up</a></p>')
        assert shelf.with_help_links(html) == '<p><a href="/help">Help now</a> or a flare-up</p>'


def test_a_page_cannot_take_the_name_of_a_button(app):  # type: ignore[no-untyped-def]
    with app.app_context():
        course = shelf.course()
    module = course.modules[0]
    text = module.texts["en"]
    renamed = dataclasses.replace(text, pages=(dataclasses.replace(text.pages[0], name="print"),))
    spoilt = dataclasses.replace(course, modules=(dataclasses.replace(module, texts={"en": renamed}),))
    with pytest.raises(ContentRefused, match="print"):
        shelf._refuse_reserved_names(spoilt)


def test_a_broken_course_refuses_to_start(app, tmp_path):  # type: ignore[no-untyped-def]
    folder = tmp_path / "content" / "modules"
    folder.mkdir(parents=True)
    (folder / "course.yml").write_text("modules:\n  - name: pacing\n    core: true\n")
    with pytest.raises(ContentRefused, match="pacing"):
        shelf.fill_the_shelf(app, tmp_path / "content")


def test_a_text_without_a_translation_says_so_and_is_marked_as_english(client, cast):  # type: ignore[no-untyped-def]
    cast.hillside.languages = ["en", "cy"]
    cast.signs_in(client, "asha")
    client.set_cookie("language", "cy")
    module = (
        next(one for one in shelf.course().modules if "cy" not in one.texts)
        if any("cy" not in one.texts for one in shelf.course().modules)
        else None
    )
    if module is None:
        pytest.fail("every module is translated: choose another language for this test")
    client.submit(f"/course/{module.name}", form="/open") if module.number > 1 else None
    page = client.page(f"/course/{module.name}/{module.texts['en'].pages[0].name}")
    assert page.all("html", lang="cy")
    assert page.all("div", lang="en", dir="ltr")


def test_the_course_says_its_core_modules_and_what_is_to_be_accepted(app):  # type: ignore[no-untyped-def]
    from webapp.people import readiness

    with app.app_context():
        assert service.core_modules()[:2] == ("start-here", "understanding-persistent-pain")
        accepted = readiness.modules_to_accept()
        assert [one.name for one in accepted] == [one.name for one in shelf.course().modules]
        assert accepted[0].fingerprint == shelf.course().modules[0].texts["en"].fingerprint
