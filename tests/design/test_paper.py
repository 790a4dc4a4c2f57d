"""Paper: a sheet leads back to its page, and nothing on it can break out of its place."""

from __future__ import annotations

import segno
from flask import render_template_string

from webapp.design.gallery import gallery_app
from webapp.design.qr import in_css, path_of, qr_svg

ADDRESS = "https://waymark.example.org/course/pacing?short=1"


def test_the_picture_is_the_code_of_the_address() -> None:
    drawn = qr_svg(ADDRESS, css_class="wp-qr")
    expected = segno.make(ADDRESS, error="m", micro=False)
    dark = expected.svg_inline(scale=4, border=4, omitsize=True, dark="#000", light="#fff", lineclass=None)
    assert dark.split('d="')[-1] in drawn
    assert 'class="wp-qr"' in drawn
    assert "style=" not in drawn


def test_the_path_of_an_address() -> None:
    assert path_of(ADDRESS) == "/course/pacing?short=1"
    assert path_of("http://127.0.0.1:8000") == "/"


def test_words_in_a_style_sheet_cannot_close_it() -> None:
    assert in_css('Ann’s </style> "plan"\\') == '"Ann\\2019 s \\3c \\2f style\\3e  \\22 plan\\22 \\5c "'


def test_a_sheet_shows_its_heading_its_service_and_its_way_back() -> None:
    app = gallery_app()
    sheet = (
        '{% extends "design/paper.jinja" %}{% set back_to = address %}{% block heading %}My plan{% endblock %}'
        "{% block paper %}<p>Six minutes.</p>{% endblock %}"
    )
    with app.test_request_context("/"):
        html = render_template_string(sheet, address=ADDRESS, visitor=None)
    assert "<h1" in html
    assert "Six minutes." in html
    assert "waymark.example.org/course/pacing?short=1" in html
    assert 'href="/course/pacing?short=1"' in html
    assert qr_svg(ADDRESS, css_class="wp-qr") in html
    assert "0117 496 0000" in html
