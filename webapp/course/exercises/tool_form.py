"""The form of one screen of a tool: its fields to what is stored, back again, and in words for paper and the team."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import Length

from webapp.design.widgets import (
    CheckboxesField,
    DatePartsField,
    NumberButtonsField,
    NumberField,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
    TickField,
    TimeField,
)
from webapp.foundations.forms import BaseForm
from webapp.foundations.languages import in_words

from .each import EachField

if TYPE_CHECKING:
    from .tool import Asking

LONGEST_LINE, LONGEST_TEXT = 200, 4000
ONLY_ME_UNLESS_SHARED = _l("Only you can read this, unless you tap Share. If you are not safe, tap Help now.")
OWN_FIELDS = frozenset({"once", "version", "csrf_token"})


class ToolForm(BaseForm):
    """The fields of one screen. Field names are the keys of what is stored, so keep them once patients use them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        private = [field for field in self.questions() if isinstance(field, TextareaField)]
        for field in private[:-1]:  # who reads it is said once, under the last one
            field.render_kw = {**(field.render_kw or {}), "said_at": private[-1].id}

    def prepare(self, asking: Asking) -> None:
        """Set what depends on the patient (choices, limits). Called before the form is shown or checked."""

    def questions(self) -> Iterator[Field]:
        """The fields that a patient fills in, in order."""
        return (field for field in self if field.name not in OWN_FIELDS)

    def kept(self) -> dict[str, Any]:
        """What is stored: plain values by field name; what was left out is not there (unknown is not zero)."""
        values = {field.name: _plain(field.data) for field in self.questions()}
        return {name: value for name, value in values.items() if not _is_left_out(value)}

    @classmethod
    def refill(cls, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Stored values as the fields want them."""
        kinds = cls.field_classes()
        return {
            name: _as_data(kinds[name], value)
            for name, value in answers.items()
            if name in kinds and value is not None
        }

    @classmethod
    def chosen_by(cls, given: Mapping[str, str]) -> dict[str, str]:
        """What an address chooses beforehand: one of a few, where the form asks for that."""
        kinds = cls.field_classes()
        return {
            name: value
            for name, value in given.items()
            if name in kinds and issubclass(kinds[name], RadiosField)
        }

    @classmethod
    def field_classes(cls) -> dict[str, type[Field]]:
        """The class of each field that a patient fills in, by name. Needs no request."""
        unbound = {name: getattr(cls, name) for name in dir(cls) if name not in OWN_FIELDS}
        return {name: field.field_class for name, field in unbound.items() if hasattr(field, "field_class")}


@dataclass(frozen=True)
class Said:
    """One question with its answer in words; ``answer`` is empty where none was given. On an empty sheet there are
    boxes for ``choices``, circles for ``numbers``, or so many ``lines``."""

    question: str
    answer: str
    choices: tuple[str, ...] = ()
    lines: int = 1
    numbers: tuple[str, ...] = ()


def line_field(label: Any, hint: Any = "", *, validators: tuple[Any, ...] = ()) -> TextField:
    """One line in the patient's own words."""
    most = Length(max=LONGEST_LINE, message=_l("Use 200 letters or fewer"))
    return TextField(label, description=hint, validators=[*validators, most], filters=[_readable])


def text_field(
    label: Any, hint: Any = "", *, rows: int = 3, validators: tuple[Any, ...] = ()
) -> TextareaField:
    """A longer text in the patient's own words; under it stands who reads it."""
    most = Length(
        max=LONGEST_TEXT, message=_l("This is longer than we can keep. Shorten it to 4,000 characters")
    )
    return TextareaField(
        label,
        description=hint,
        read_by=ONLY_ME_UNLESS_SHARED,
        rows=rows,
        validators=[*validators, most],
        filters=[_readable],
    )


def hundred_field(label: Any, low_label: Any, high_label: Any, hint: Any = "") -> NumberButtonsField:
    """A strength from 0 to 100 in tens, as buttons; the two labels say what the ends mean."""
    return NumberButtonsField(
        label, description=hint, high=100, step=10, low_label=low_label, high_label=high_label
    )


def said_in(form: ToolForm) -> Iterator[Said]:
    """Each question of a filled (or empty) form, with its answer in words."""
    for field in form.questions():
        yield Said(
            str(field.label.text),
            _answer(field),
            _boxes(field),
            4 if isinstance(field, TextareaField) else 1,
            _names(field) if isinstance(field, NumberButtonsField) else (),
        )


def _boxes(field: Field) -> tuple[str, ...]:
    if isinstance(field, TickField):
        return (str(field.label.text),)
    return _names(field) if _has_choices(field) else ()


def _names(field: Field) -> tuple[str, ...]:
    return tuple(str(choice.label) for choice in field.iter_choices())


def _has_choices(field: Field) -> bool:
    return isinstance(field, RadiosField | CheckboxesField | SelectField)


def _answer(field: Field) -> str:
    value = field.data
    if _is_left_out(value):
        return ""
    if isinstance(field, NumberButtonsField):
        return str(
            _(
                "%(number)s of %(most)s",
                number=value,
                most=max(choice.value for choice in field.iter_choices()),
            )
        )
    if isinstance(field, EachField):
        return field.in_words()
    if _has_choices(field):
        names = {str(choice.value): str(choice.label) for choice in field.iter_choices()}
        chosen = value if isinstance(value, list) else [value]
        return "; ".join(names.get(str(one), str(one)) for one in chosen)
    if isinstance(field, NumberField):
        unit = field.widget.defaults.get("suffix") or ""
        return f"{field._value()} {unit}".strip()
    if isinstance(value, date):
        return str(in_words(value))
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return str(_("Yes")) if isinstance(field, TickField) else str(value)


def _is_left_out(value: Any) -> bool:
    """Was nothing answered? 0 is an answer; a box without a tick is none."""
    return value is None or value is False or value in ("", [])


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return value.isoformat() if isinstance(value, date) else value


def _as_data(field: type[Field], value: Any) -> Any:
    if issubclass(field, DatePartsField):
        return date.fromisoformat(value)
    if issubclass(field, TimeField):
        return time.fromisoformat(value)
    return Decimal(str(value)) if issubclass(field, NumberField) else value


def _readable(text: Any) -> Any:
    """What was typed without the one character that no database can keep, and without blanks around it."""
    return text.replace("\x00", "").strip() if isinstance(text, str) else text
