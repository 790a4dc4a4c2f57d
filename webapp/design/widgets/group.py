"""What every widget says about its field: name, id, label or legend, hint and first error."""

from __future__ import annotations

from functools import cache
from typing import Any

from markupsafe import Markup
from wtforms import Field

from webapp.design.components import Component, Components


@cache
def _components() -> Components:
    return Components()


def component(name: str) -> Component:
    """The NHS component *name*, loaded once a process."""
    return getattr(_components(), name)  # type: ignore[no-any-return]


def about(field: Field, options: dict[str, Any]) -> dict[str, Any]:
    """The parameters common to all controls. Takes what it uses out of *options*."""
    said: dict[str, Any] = {"name": field.name, "id": field.id}
    hint = options.pop("hint", None) or field.description
    if hint:
        said["hint"] = {"text": hint} if not hasattr(hint, "__html__") else {"html": Markup(hint)}
    if field.errors:
        said["errorMessage"] = {"text": str(field.errors[0])}
    return said


def label(field: Field, options: dict[str, Any]) -> dict[str, Any]:
    """The label of a single control. ``size``: s, m, l or xl; ``page_heading``: it is the page's ``h1``
    too."""
    return {"text": str(options.pop("label", field.label.text)), **_weight(options, "nhsuk-label")}


def legend(field: Field, options: dict[str, Any]) -> dict[str, Any]:
    """The same words over a group of controls."""
    return {"text": str(options.pop("label", field.label.text)), **_weight(options, "nhsuk-fieldset__legend")}


def _weight(options: dict[str, Any], name: str) -> dict[str, Any]:
    page_heading = options.pop("page_heading", False)
    size = options.pop("size", "l" if page_heading else "s")
    return {"classes": f"{name}--{size}", "isPageHeading": page_heading}


def attributes(options: dict[str, Any]) -> dict[str, Any]:
    """What is left of *options*, as attributes: ``data_step`` becomes ``data-step``; false and None are
    left out."""
    return {
        name.rstrip("_").replace("_", "-"): "" if value is True else str(value)
        for name, value in options.items()
        if value is not None and value is not False and name not in ("required", "value")
    }
