"""Every kind of page, as the gallery shows it: valid, lean, safe under the policy, and complete."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from pathlib import Path

import html5lib
import pytest
from flask import Flask, render_template_string

from webapp.design.assets import Assets
from webapp.design.gallery import PAGES, PATIENT

# One answer of a server before it hears from the phone again: ten packets (field measurements, first window).
FIRST_WINDOW_BYTES = 14_600
NAMES = [f"{name}{end}" for name, *_rest in PAGES for end in ("", "-rtl")]


@pytest.mark.parametrize("name", NAMES)
def test_is_valid_html(gallery: dict[str, str], name: str) -> None:
    html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(gallery[name])


@pytest.mark.parametrize("name", NAMES)
def test_fits_the_first_answer_to_a_slow_phone(gallery: dict[str, str], name: str) -> None:
    assert len(gzip.compress(gallery[name].encode(), 9)) <= FIRST_WINDOW_BYTES


@pytest.mark.parametrize("name", NAMES)
def test_stands_under_a_strict_policy(gallery: dict[str, str], name: str) -> None:
    tree = html5lib.parse(gallery[name], namespaceHTMLElements=False)
    for element in tree.iter():
        if isinstance(element.tag, str):
            assert element.get("style") is None, element.attrib
            assert not [key for key in element.attrib if str(key).startswith("on")], element.attrib
            if element.tag in ("style", "script"):
                assert element.get("nonce") == "gallery"
    assert not re.search(r'(?:src|href)="(?:https?:)?//', gallery[name])


@pytest.mark.parametrize("name", NAMES)
def test_ids_are_unique_and_descriptions_exist(gallery: dict[str, str], name: str) -> None:
    tree = html5lib.parse(gallery[name], namespaceHTMLElements=False)
    ids = Counter(element.get("id") for element in tree.iter() if element.get("id"))
    assert max(ids.values()) == 1
    for element in tree.iter():
        for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            assert set((element.get(attribute) or "").split()) <= set(ids), (attribute, element.attrib)


@pytest.mark.parametrize("name", NAMES)
def test_one_h1_begins_the_title(gallery: dict[str, str], name: str) -> None:
    tree = html5lib.parse(gallery[name], namespaceHTMLElements=False)
    headings = [" ".join("".join(h1.itertext()).split()) for h1 in tree.iter("h1")]
    title = "".join(next(tree.iter("title")).itertext())
    assert len(headings) == 1
    begins = title.removeprefix("Error: ").split(" – ")[0]
    assert headings[0].startswith(begins)
    assert title.startswith("Error: ") == ("refused" in name or "signed-out" in name or "portal-form" in name)


def test_a_refused_form_leads_to_each_field(gallery: dict[str, str]) -> None:
    tree = html5lib.parse(gallery["form-refused"], namespaceHTMLElements=False)
    summary = next(e for e in tree.iter("div") if e.get("class") == "nhsuk-error-summary")
    ids = {e.get("id"): e.tag for e in tree.iter() if e.get("id")}
    targets = [a.get("href", "")[1:] for a in summary.iter("a")]
    assert len(targets) >= 10
    assert {ids[target] for target in targets} <= {"input", "textarea", "select"}
    assert "born-day" in targets


@pytest.mark.parametrize("name", [name for name, _t, who, _f in PAGES if who is PATIENT])
def test_help_and_flare_up_are_on_every_patient_page(gallery: dict[str, str], name: str) -> None:
    assert 'class="wm-pair__help" href="#help_now"' in gallery[name]
    assert 'class="wm-pair__flare" href="#flare_up"' in gallery[name]


def test_right_to_left_pages_say_so(gallery: dict[str, str]) -> None:
    assert '<html lang="ar" dir="rtl"' in gallery["today-rtl"]


def test_the_demonstration_says_that_it_is_one(gallery: dict[str, str]) -> None:
    assert "Demonstration: not for patients" in gallery["today-rtl"]
    assert "Demonstration" not in gallery["today"]


def test_paper_has_no_furniture(gallery: dict[str, str]) -> None:
    assert "<header" not in gallery["paper"]
    assert "<nav" not in gallery["paper"]


def test_a_menu_shows_only_what_exists(look: Flask) -> None:
    page = "{% extends 'design/patient.jinja' %}{% block heading %}Hello{% endblock %}"
    overlay = look.jinja_env.overlay()
    overlay.globals = {**look.jinja_env.globals, "link": lambda name: "/here" if name == "today" else None}
    with look.test_request_context("/"):
        html = overlay.from_string(page).render(visitor=PATIENT)
    assert ">Today<" in html
    assert ">Toolbox<" not in html
    assert "wm-pair" not in html.split("</style>")[1]


def test_built_files_may_be_kept_and_others_are_not_served(look: Flask) -> None:
    client = look.test_client()
    answer = client.get(f"/assets/{Assets.read().name('portal.css')}")
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert client.get("/assets/manifest.json").status_code == 404
    assert client.get("/assets/../palette.json").status_code == 404
    answer.close()


def test_a_chart_of_the_portal_cannot_break_out_of_its_script(look: Flask) -> None:
    template = (
        '{% from "design/_marks.jinja" import plotly_chart %}'
        '{{ plotly_chart(figure, "T", "table", "c", "n") }}'
    )
    with look.test_request_context("/"):
        html = render_template_string(template, figure='{"name": "</script><script>alert(1)"}')
    assert "</script><script>" not in html
    assert '"\\u003c/script>\\u003cscript>alert(1)"' in html


def test_no_word_of_another_brand_in_what_is_sent() -> None:
    css = "".join(file.read_text() for file in Path(Assets.read().folder).glob("*.css")).casefold()
    assert "frutiger" not in css
    assert "assets.nhs.uk" not in css
    assert "@font-face" not in css
