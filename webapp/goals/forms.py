"""The forms of making a goal, one page each. Everything may be skipped but the goal itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, ValidationError
from wtforms.validators import InputRequired, Length

from webapp.design.widgets import (
    ButtonField,
    CheckboxesField,
    DatePartsField,
    NumberButtonsField,
    Radios,
    RadiosField,
    TextareaField,
    TextField,
)
from webapp.foundations.forms import BaseForm
from webapp.foundations.languages import in_words

from .rules import FEWEST_RUNGS, HIGHEST_RATING, LADDER_DAYS, MOST_RUNGS, Sure
from .rules_making import MOST_OBSTACLES
from .words import DOMAIN_NAMES, EASIER_NAMES, SURE_NAMES, weekday_choices

ONLY_ME = _l("Only you can read this. If you are not safe, tap Help now.")
ONLY_ME_UNLESS_SHARED = _l(
    "Only you can read this, unless you share this goal. If you are not safe, tap Help now."
)
LONGEST_LINE, LONGEST_TEXT = 200, 1000
OTHER_PART = "other"


def _readable(text: Any) -> Any:
    """What was typed without the one character that no database can keep."""
    return text.replace("\x00", "") if isinstance(text, str) else text


def _line(label: Any, hint: Any = "", **render: Any) -> TextField:
    most = Length(max=LONGEST_LINE, message=_l("Use 200 letters or fewer"))
    return TextField(
        label, description=hint, validators=[most], filters=[_readable], render_kw=render or None
    )


def _text(
    label: Any, hint: Any = "", *, read_by: Any = ONLY_ME, rows: int = 3, needed: Any = None
) -> TextareaField:
    most = Length(max=LONGEST_TEXT, message=_l("Use 1,000 letters or fewer"))
    checks = [*([InputRequired(needed)] if needed else []), most]
    return TextareaField(
        label, description=hint, read_by=read_by, rows=rows, validators=checks, filters=[_readable, _stripped]
    )


def _stripped(text: Any) -> Any:
    return text.strip() if isinstance(text, str) else text


class StepForm(BaseForm):
    """A page of making a goal; ``skip`` is its second button."""

    skip = ButtonField(_l("Skip this"))


class MattersForm(StepForm):
    importance = NumberButtonsField(
        _l("How much does it matter to you?"),
        high=HIGHEST_RATING, low_label=_l("it does not matter now"), high_label=_l("it matters very much"),
    )  # fmt: skip
    lived = NumberButtonsField(
        _l("How much do you live it now?"),
        high=HIGHEST_RATING, low_label=_l("there is no room for it now"), high_label=_l("you live it fully"),
    )  # fmt: skip


class GapForm(StepForm):
    domain = RadiosField(
        _l("Which one would you most like to make a bit smaller?"),
        validators=[InputRequired(_l("Choose one, or tap “Skip this”"))],
    )
    why = _text(_l("Why does it matter to you?"), _l("A few words are enough. You can leave this empty."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(domain.value, name) for domain, name in DOMAIN_NAMES.items()]
        self.domain.choices = [*names, (OTHER_PART, _l("Something else"))]


class WantBackForm(StepForm):
    want_back = _text(
        _l("What have you given up or cut down because of pain, and would like back?"),
        _l("It can come back in a new shape. For example: swimming with my youngest."),
    )


class WhatForm(StepForm):
    what = _text(
        _l("What will you be doing?"),
        _l("For example: tea with Mum on Sundays. Or: in the pool with Kayla, once, before half-term."),
        read_by=ONLY_ME_UNLESS_SHARED,
        needed=_l("Write what you will be doing, in a few words"),
    )

    def validate_what(self, field: Field) -> None:
        """Blanks alone are no goal."""
        if not field.data:
            raise ValidationError(_("Write what you will be doing, in a few words"))


class WhereForm(StepForm):
    place = _line(_l("Where will it be?"), _l("For example: at the pool in Mill Road."))
    with_whom = _line(_l("Who will be with you?"), _l("It is fine to do it on your own."))


class KnowForm(StepForm):
    how_known = _text(
        _l("How will you know that you have done it?"),
        _l("What would be seen on the film? For example: we are both in the water, laughing."),
    )


class ByWhenForm(StepForm):
    when = RadiosField(
        _l("By when would you like to do it?"),
        validators=[InputRequired(_l("Choose one, or tap “Skip this”"))],
    )
    on = DatePartsField(_l("Which date?"), description=_l("For example, 24 12 2026"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        in_four_weeks = _("In four weeks, on %(day)s", day=in_words(self.in_four_weeks))
        another, none = _("On another date"), _("No date for now")
        self.when.choices = [("four_weeks", in_four_weeks), ("another", another), ("none", none)]

    @property
    def in_four_weeks(self) -> date:
        return self.today + timedelta(days=LADDER_DAYS)

    @property
    def chosen_on(self) -> date | None:
        """The date that was chosen; ``None`` for no date."""
        return {"four_weeks": self.in_four_weeks, "another": self.on.data}.get(self.when.data)

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """A date counts only where "another date" is chosen."""
        if self.when.data != "another":
            self.on.typed = dict.fromkeys(self.on.typed, "")
        return super().validate(extra_validators)

    def validate_on(self, field: DatePartsField) -> None:
        """A day to come, explained kindly if it is not."""
        if self.when.data == "another" and field.data is None:
            raise ValidationError(_("Fill in the date, or choose “No date for now”"))
        if field.data is not None and field.data < self.today:
            day = in_words(field.data)
            raise ValidationError(_("%(day)s has already been. Choose today or a day to come", day=day))


class RungForm(StepForm):
    what = _text(
        _l("What is this step?"),
        _l("For example: find out when the pool is warm and quiet."),
        read_by=ONLY_ME_UNLESS_SHARED,
        rows=2,
        needed=_l("Write this step in a few words, or tap “Skip this”"),
    )
    place = _line(_l("Where?"))
    at_time = _line(_l("When?"), _l("For example: Tuesday after tea."))
    how_often = _line(_l("How often?"), _l("For example: once, or three times a week."))
    how_long = _line(_l("How long?"), _l("For example: 10 minutes."))
    pacing_plan = RadiosField(_l("Does this step use one of your pacing plans?"), choices=[])
    take_out = ButtonField(_l("Take this step out"))

    def __init__(self, *args: Any, pacing_plans: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if pacing_plans:
            plans = [(str(plan_id), name) for plan_id, name in pacing_plans.items()]
            self.pacing_plan.choices = [*plans, ("none", _l("No pacing plan"))]
        else:
            del self.pacing_plan

    def validate_what(self, field: Field) -> None:
        """Blanks alone are no step."""
        if not field.data:
            raise ValidationError(_("Write this step in a few words, or tap “Skip this”"))

    @property
    def answers(self) -> dict[str, Any]:
        """What to store."""
        plan = self.pacing_plan.data if "pacing_plan" in self else None
        words = {
            name: self[name].data or "" for name in ("what", "place", "at_time", "how_often", "how_long")
        }
        return {**words, "pacing_plan_id": UUID(plan) if plan and plan != "none" else None}


class LadderForm(StepForm):
    """The ladder as a whole: "go on" needs 3 to 5 steps, "go on with these" takes what is there."""

    as_it_is = ButtonField(_l("Go on with these steps for now"))

    def __init__(self, *args: Any, rung_count: int, **kwargs: Any) -> None:
        self.rung_count = rung_count
        super().__init__(*args, **kwargs)

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Three to five steps make a ladder; fewer only if the patient wants it so."""
        fine = super().validate(extra_validators)
        if self.as_it_is.data or FEWEST_RUNGS <= self.rung_count <= MOST_RUNGS:
            return fine
        self.form_errors.append(_l("A ladder has 3 to 5 steps. Add one more, or go on with these for now."))
        return False


class ThisWeekForm(StepForm):
    cue = _line(_l("After or when what?"), _l("Something that you do anyway. For example: After breakfast."))
    weekdays = CheckboxesField(_l("On which days?"), coerce=int)
    action = _line(_l("I will…"), _l("For example: ring one friend."), autocapitalize="none")
    action_place = _line(_l("Where?"), _l("For example: at the kitchen table."), autocapitalize="none")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.weekdays.choices = weekday_choices()

    def validate_cue(self, field: Field) -> None:
        """A plan hangs on something."""
        if not field.data:
            raise ValidationError(_("Write what it comes after, like “After breakfast”"))

    def validate_weekdays(self, field: Field) -> None:
        """A plan has days."""
        if not field.data:
            raise ValidationError(_("Choose at least one day"))

    def validate_action(self, field: Field) -> None:
        """A plan does something."""
        if not field.data:
            raise ValidationError(_("Write what you will do"))


class HowSureForm(StepForm):
    number = NumberButtonsField(
        _l("How sure are you that you can do this?"),
        low_label=_l("not at all sure"),
        high_label=_l("completely sure"),
    )
    words = RadiosField(
        _l("Or say it in words"), choices=[(sure.value, name) for sure, name in SURE_NAMES.items()]
    )

    def validate_words(self, field: Field) -> None:
        """A number or words, whichever is easier."""
        if self.number.data is None and field.data is None and not self.number.errors:
            raise ValidationError(_("Choose a number or words, or tap “Skip this”"))

    @property
    def rating(self) -> int | Sure:
        """What was said; a number counts before words."""
        number: int | None = self.number.data
        return number if number is not None else Sure(self.words.data)


class EasierForm(StepForm):
    choice = RadiosField(
        _l("What would make it a 7?"),
        choices=[(easier.value, name) for easier, name in EASIER_NAMES.items()],
        widget=Radios(
            hints={
                "smaller": _l("Do half, or just the first minute."),
                "help": _l("Someone who does it with you, or asks how it went."),
            }
        ),
        validators=[InputRequired(_l("Choose one, or leave the plan as it is"))],
    )
    easier_words = _line(_l("What would help?"))


class InTheWayForm(StepForm):
    add = ButtonField(_l("Save and add another"))

    @property
    def pairs(self) -> list[tuple[Field, Field]]:
        return [(self[f"if_{place}"], self[f"then_{place}"]) for place in range(MOST_OBSTACLES)]

    @property
    def obstacles(self) -> list[dict[str, str]]:
        """Every pair in which something was written."""
        found = [{"if": hard.data or "", "then": easy.data or ""} for hard, easy in self.pairs]
        return [pair for pair in found if pair["if"] or pair["then"]]


for _place in range(MOST_OBSTACLES):
    setattr(
        InTheWayForm, f"if_{_place}", _line(_l("If…"), _l("For example: it rains."), autocapitalize="none")
    )
    setattr(
        InTheWayForm,
        f"then_{_place}",
        _line(_l("…then I will"), _l("For example: ring Bex."), autocapitalize="none"),
    )


class SupporterForm(StepForm):
    supporter = _line(_l("Who could help or cheer you on?"), _l("Just their name. We do not write to them."))


class RewardForm(StepForm):
    reward = _line(
        _l("How will you treat yourself?"), _l("Something small and kind. For example: a bath and the radio.")
    )
