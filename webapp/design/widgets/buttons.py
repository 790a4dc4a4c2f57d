"""Buttons that send a form."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from wtforms import Field, SubmitField

from webapp.design.widgets.group import attributes, component


class Submit:
    """A button whose words say what happens. ``secondary=True`` for the second of two equal choices."""

    def __call__(self, field: Field, **options: Any) -> Markup:
        """The button as markup. Pressing it twice sends once (with the script)."""
        params: dict[str, Any] = {
            "name": field.name,
            "id": field.id,
            "value": "y",
            "preventDoubleClick": True,
        }
        params["text"] = str(options.pop("label", field.label.text))
        if options.pop("secondary", False):
            params["variant"] = "secondary"
        return component("button")({**params, "attributes": attributes(options)})


class ButtonField(SubmitField):
    """A named button: its data is True when this one was pressed."""

    widget = Submit()
