"""The fields behind the tapped answers. A group left empty is no mistake of its own: a validator says so,
in words."""

from __future__ import annotations

from typing import Any

import wtforms
from flask_babel import gettext as _
from wtforms import ValidationError
from wtforms.fields.choices import SelectChoice

from webapp.design.widgets.choices import Checkboxes, NumberButtons, Radios, Select
from webapp.design.widgets.group import about, attributes, component


def _as_choices(choices: Any) -> Any:
    """``(key, text)`` pairs as WTForms wants them from now on; a function or ready choices are left alone."""
    if choices is None or callable(choices):
        return choices
    return [
        SelectChoice(value=choice[0], label=choice[1]) if isinstance(choice, tuple) else choice
        for choice in choices
    ]


class _OneOfMixin:
    """Says in plain words that an answer is not on the list, and says nothing when there is no answer."""

    raw_data: list[Any] | None
    data: Any

    def pre_validate(self, form: Any) -> None:
        if not self.raw_data or not self.raw_data[0]:
            self.data = None
            return
        try:
            super().pre_validate(form)  # type: ignore[misc]
        except ValueError:
            raise ValidationError(_("Choose one of the answers")) from None


class RadiosField(_OneOfMixin, wtforms.RadioField):
    """One of a few. Give ``InputRequired(_l("…"))`` if an answer is needed."""

    widget = Radios()

    def __init__(self, *args: Any, choices: Any = None, **kwargs: Any) -> None:
        """As ``wtforms.RadioField``: *choices* are ``(key, text)``, or a function that gives them."""
        super().__init__(*args, choices=_as_choices(choices), **kwargs)


class SelectField(_OneOfMixin, wtforms.SelectField):
    """One of many, with an empty first choice."""

    widget = Select()

    def __init__(self, *args: Any, choices: Any = None, **kwargs: Any) -> None:
        """As ``wtforms.SelectField``: *choices* are ``(key, text)``, or a function that gives them."""
        super().__init__(*args, choices=_as_choices(choices), **kwargs)


class CheckboxesField(wtforms.SelectMultipleField):
    """Any of a few; the data is a list of keys."""

    widget = Checkboxes()

    def __init__(self, *args: Any, choices: Any = None, **kwargs: Any) -> None:
        """As ``wtforms.SelectMultipleField``: *choices* are ``(key, text)``, or a function that gives
        them."""
        super().__init__(*args, choices=_as_choices(choices), **kwargs)

    def pre_validate(self, form: Any) -> None:
        """Refuse a key that is not on the list, in plain words."""
        try:
            super().pre_validate(form)
        except ValueError:
            raise ValidationError(_("Choose from the answers on the list")) from None


class NumberButtonsField(_OneOfMixin, wtforms.RadioField):
    """A whole number from *low* to *high*, both included, in steps of *step*; the data is an int, or None for no
    answer."""

    def __init__(
        self,
        *args: Any,
        low: int = 0,
        high: int = 10,
        step: int = 1,
        low_label: Any = None,
        high_label: Any = None,
        **kwargs: Any,
    ) -> None:
        """*low_label*, *high_label*: what the two ends mean."""
        kwargs["widget"] = NumberButtons(low_label=low_label, high_label=high_label)
        kwargs["choices"] = _as_choices([(number, str(number)) for number in range(low, high + 1, step)])
        super().__init__(*args, coerce=int, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the tapped number. What is not a whole number is kept as no answer, and refused by the
        list."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Choose one of the numbers")) from None


class TickField(wtforms.BooleanField):
    """One box to tick: the label is the sentence that is agreed to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As ``wtforms.BooleanField``."""
        kwargs.setdefault("widget", _tick)
        super().__init__(*args, **kwargs)


def _tick(field: wtforms.BooleanField, **options: Any) -> Any:
    params = about(field, options)
    item = {
        "value": "y",
        "text": str(options.pop("label", field.label.text)),
        "checked": bool(field.data),
        "id": field.id,
        "attributes": attributes(options),
    }
    if "hint" in params:
        item["hint"] = params.pop("hint")
    return component("checkboxes")({**params, "idPrefix": field.id, "id": None, "items": [item]})
