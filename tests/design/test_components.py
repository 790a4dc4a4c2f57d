"""The NHS components in our templates."""

from __future__ import annotations

import pytest
from flask import Flask, render_template_string
from flask_babel import lazy_gettext
from jinja2 import UndefinedError
from markupsafe import Markup

from webapp.design.components import COMPONENTS, Components


def test_a_component_that_is_not_there_stops_the_start() -> None:
    with pytest.raises(LookupError, match="noSuchThing"):
        Components({"noSuchThing": "button"})


@pytest.mark.parametrize("name", COMPONENTS)
@pytest.mark.usefixtures("speaking")
def test_every_component_draws(name: str) -> None:
    drawn = getattr(Components(), name)(
        {"name": "n", "id": "n", "idPrefix": "n", "text": "t", "rows": [], "items": []}
    )
    assert isinstance(drawn, Markup)
    assert drawn.startswith("<")


@pytest.mark.usefixtures("speaking")
def test_text_is_escaped_and_lazy_text_is_spoken() -> None:
    drawn = Components().button({"text": lazy_gettext("Save & <go>")})
    assert "Save &amp; &lt;go&gt;" in drawn


@pytest.mark.usefixtures("speaking")
@pytest.mark.parametrize("heading", ["Take care", Markup("Take care"), lazy_gettext("Take care")])
def test_a_warning_says_its_heading_once(heading: object) -> None:
    drawn = Components().warningCallout({"heading": heading, "html": Markup("<p>It is hot.</p>")})
    assert drawn.count("Take care") == 1
    assert "<p>It is hot.</p>" in drawn


def test_a_spelling_mistake_in_a_template_is_an_error(look: Flask) -> None:
    with look.test_request_context("/"), pytest.raises(UndefinedError):
        render_template_string("{{ nhs.buton({}) }}")


def test_templates_escape_and_refuse_unknown_names(look: Flask) -> None:
    with look.test_request_context("/"):
        assert render_template_string("{{ x }}", x="<b>") == "&lt;b&gt;"
        with pytest.raises(UndefinedError):
            render_template_string("{{ no_such_name }}")


def test_a_component_can_hold_other_markup(look: Flask) -> None:
    with look.test_request_context("/"):
        drawn = render_template_string(
            "{% call nhs.insetText({}) %}<p>Inside {{ x }}</p>{% endcall %}", x="<i>"
        )
    assert "<p>Inside &lt;i&gt;</p>" in drawn
