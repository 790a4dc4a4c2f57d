"""Answers that a person taps: one of a few, any of a few, one of many, a number from 0 to 10.

Choices are equal and none is ticked unless the field already holds an answer. ``divider_before="none"``
puts the
word *or* above that choice; ``reveal={"other": form.other}`` shows a field under its choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup
from wtforms import Field

from webapp.design.widgets.group import about, attributes, component, label, legend

_Item = dict[str, Any]


class _Choices:
    component_name: str

    def __init__(
        self,
        *,
        divider_before: str | None = None,
        reveal: Mapping[str, str] | None = None,
        hints: Mapping[str, Any] | None = None,
        **defaults: Any,
    ) -> None:
        """*reveal* names the form's field that a choice opens, by choice; *hints* are small print, by
        choice."""
        self.divider_before, self.reveal, self.hints = divider_before, reveal or {}, hints or {}
        self.defaults = defaults

    def __call__(self, field: Field, *, reveal: Mapping[str, Field] | None = None, **given: Any) -> Markup:
        """The whole group. ``reveal={"other": form.other}``: bound fields that open under their choices."""
        options = {**self.defaults, **given}
        params = {
            **about(field, options),
            "fieldset": {"legend": legend(field, options)},
            "idPrefix": field.id,
        }
        del params["id"]
        if options.pop("small", False):
            params["classes"] = f"nhsuk-{self.component_name}--small"
        params["items"] = self._items(field, dict(reveal or {}), options)
        return component(self.component_name)(params)

    def _items(self, field: Field, reveal: dict[str, Field], options: dict[str, Any]) -> list[_Item]:
        divider = options.pop("divider_before", self.divider_before)
        hints = {**self.hints, **options.pop("hints", {})}
        extra = attributes(options)
        items: list[_Item] = []
        for value, text, ticked in map(_parts, field.iter_choices()):
            if divider is not None and str(value) == divider:
                items.append({"divider": _("or")})
            items.append(_item(value, text, ticked, hints.get(str(value)), reveal.get(str(value)), extra))
        return items


def _parts(choice: Any) -> tuple[Any, Any, bool]:
    """A choice of WTForms as value, words and whether it is the field's answer."""
    return choice.value, choice.label, bool(choice.selected)


def _item(
    value: Any, text: Any, ticked: bool, hint: Any, opens: Field | None, extra: dict[str, Any]
) -> _Item:
    item: _Item = {"value": str(value), "checked": bool(ticked), "attributes": extra}
    item["html" if hasattr(text, "__html__") else "text"] = text
    if hint:
        item["hint"] = {"text": hint}
    if opens is not None:
        item["conditional"] = {"html": opens()}
    return item


class Radios(_Choices):
    """One of a few."""

    component_name = "radios"

    def _items(self, field: Field, reveal: dict[str, Field], options: dict[str, Any]) -> list[_Item]:
        items = super()._items(field, reveal, options)
        return items if field.data is not None else [_unticked(item) for item in items]


def _unticked(item: _Item) -> _Item:
    return {**item, "checked": False} if "value" in item else item


class Checkboxes(_Choices):
    """Any of a few. ``exclusive="none"`` marks the choice that unticks the others (with the script)."""

    component_name = "checkboxes"

    def _items(self, field: Field, reveal: dict[str, Field], options: dict[str, Any]) -> list[_Item]:
        exclusive = options.pop("exclusive", None)
        items = super()._items(field, reveal, options)
        for item in items:
            if "value" in item and item["value"] == exclusive:
                item["exclusive"] = True
        return items


class Select:
    """One of many, in the phone's own list. For fewer than eight choices, radios are easier."""

    def __init__(self, *, blank: Any = None, **defaults: Any) -> None:
        """*blank*: the words of the empty first choice; None writes "Choose one"."""
        self.blank, self.defaults = blank, defaults

    def __call__(self, field: Field, **given: Any) -> Markup:
        """The whole group as markup."""
        options = {**self.defaults, **given}
        params = {**about(field, options), "label": label(field, options)}
        blank = {"value": "", "text": options.pop("blank", self.blank) or _("Choose one")}
        chosen = [
            {"value": str(value), "text": str(text), "selected": bool(ticked) and field.data is not None}
            for value, text, ticked in map(_parts, field.iter_choices())
        ]
        return component("select")({**params, "items": [blank, *chosen], "attributes": attributes(options)})


class NumberButtons:
    """Whole numbers as big buttons in a grid, with the meaning of both ends. Radio buttons: no slider, no
    script."""

    def __init__(self, *, low_label: Any = None, high_label: Any = None) -> None:
        """*low_label*, *high_label*: what the two ends mean ("no pain"), shown above and read with the
        ends."""
        self.low_label, self.high_label = low_label, high_label

    def __call__(self, field: Field, **given: Any) -> Markup:
        """The whole group as markup."""
        options = dict(given)
        low = options.pop("low_label", self.low_label)
        high = options.pop("high_label", self.high_label)
        params = about(field, options)
        words = legend(field, options)
        choices = [_parts(choice) for choice in field.iter_choices()]
        ends = {0: low, len(choices) - 1: high}
        inside = Markup("").join(
            [
                *_said_before(field, params, _ends_sentence(choices, low, high)),
                Markup('<div class="wm-numbers">'),
                *(_number(field, place, choice, ends.get(place)) for place, choice in enumerate(choices)),
                Markup("</div>"),
            ]
        )
        group = component("fieldset")(
            {"legend": words, "html": inside, "describedBy": _described_by(field, params, low)}
        )
        wrong = " nhsuk-form-group--error" if field.errors else ""
        return Markup('<div class="nhsuk-form-group{}">{}</div>').format(wrong, group)


def _ends_sentence(choices: list[Any], low: Any, high: Any) -> str:
    if not low or not high:
        return ""
    values = {"low": choices[0][1], "low_label": low, "high": choices[-1][1], "high_label": high}
    return str(_("%(low)s means %(low_label)s. %(high)s means %(high_label)s.", **values))


def _said_before(field: Field, params: dict[str, Any], ends: str) -> list[Markup]:
    said = []
    if "hint" in params:
        said.append(component("hint")({**params["hint"], "id": f"{field.id}-hint"}))
    if ends:
        said.append(component("hint")({"text": ends, "id": f"{field.id}-ends"}))
    if "errorMessage" in params:
        said.append(component("errorMessage")({**params["errorMessage"], "id": f"{field.id}-error"}))
    return said


def _described_by(field: Field, params: dict[str, Any], ends: Any) -> str:
    named = [("hint" in params, "hint"), (bool(ends), "ends"), ("errorMessage" in params, "error")]
    return " ".join(f"{field.id}-{name}" for there, name in named if there)


def _number(field: Field, place: int, choice: Any, end: Any) -> Markup:
    value, text, ticked = choice
    number_id = field.id if place == 0 else f"{field.id}-{place + 1}"
    tick = Markup(" checked") if ticked and field.data is not None else ""
    meaning = Markup('<span class="nhsuk-u-visually-hidden">, {}</span>').format(end) if end else ""
    return Markup(
        '<div class="wm-number"><input class="wm-number__input" type="radio" name="{}" id="{}" value="{}"{}>'
        '<label class="wm-number__label" for="{}">{}{}</label></div>'
    ).format(field.name, number_id, value, tick, number_id, text, meaning)
