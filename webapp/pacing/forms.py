"""The forms of the pacing room.

Amounts are typed in the plan's own unit; ``amount_of`` gives what is stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.validators import InputRequired, Length

from webapp.design.widgets import (
    ONLY_ME,
    CheckboxesField,
    DatePartsField,
    Input,
    NumberButtonsField,
    NumberField,
    Radios,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
)
from webapp.foundations.forms import BaseForm
from webapp.pacing.activities import CATEGORIES, OWN
from webapp.pacing.amounts import Unit
from webapp.pacing.rules_tick import FEWEST_DAYS_A_WEEK
from webapp.pacing.words import ACTIVITY_NAMES, CATEGORY_NAMES, UNIT_NAMES, UNIT_SUFFIXES, from_unit, in_unit

# The largest amounts taken for what somebody does in one go: beyond them a slip of the finger is likelier.
MOST = {
    Unit.TIME.value: 720,  # minutes: 12 hours
    Unit.STEPS.value: 100_000,
    Unit.METRES.value: 100_000,
    Unit.REPETITIONS.value: 10_000,
    Unit.PORTIONS.value: 10_000,
}
WHOLE = frozenset({Unit.STEPS.value, Unit.REPETITIONS.value})
TRIES_FROM = timedelta(days=365)

DAY_TYPES = [("good", _l("A better day")), ("ordinary", _l("An ordinary day")), ("bad", _l("A harder day"))]
AFTER_EFFECTS = [
    ("settled", _l("It settled within about an hour")),
    ("same_day", _l("It lasted longer, on the same day")),
    ("next_day", _l("It lasted into the next day")),
    ("longer", _l("It lasted longer than that")),
]
SAID = [
    ("did_it", _l("I did it")),
    ("some", _l("I did some")),
    ("no", _l("Not that day")),
    ("not_sure", _l("I’m not sure")),
]
CRASHES = [
    ("often", _l("Often")),
    ("sometimes", _l("Sometimes")),
    ("no", _l("No")),
    ("not_sure", _l("I’m not sure")),
]
COSTS = [
    ("nothing", _l("Nothing that I noticed")),
    ("a_little", _l("A little: it settled")),
    ("a_lot", _l("A lot: I had less for other things")),
    ("crash", _l("A crash")),
    ("not_sure", _l("I’m not sure")),
]
ENERGY_CHOICES = [
    ("keep_within", _l("Keep within what I have")),
    ("do_less", _l("Do less")),
    ("rest", _l("Rest")),
]


class AmountForm(BaseForm):
    """A form with amounts in the plan's unit."""

    def __init__(self, *args: Any, unit: str, **kwargs: Any) -> None:
        self.unit = unit
        super().__init__(*args, **kwargs)

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Read what was typed, in the plan's unit."""
        for field in self:
            if isinstance(field, NumberField):
                _in_this_unit(field, self.unit)
        super().process(*args, **kwargs)

    def amount_of(self, name: str) -> float | None:
        """What was typed, as the amount to store; ``None`` if nothing was."""
        typed: Decimal | None = self[name].data
        return None if typed is None else from_unit(typed, self.unit)


def _in_this_unit(field: NumberField, unit: str) -> None:
    field.least, field.most, field.whole = 0, MOST[unit], unit in WHOLE
    field.minutes = unit == Unit.TIME
    keyboard = "text" if field.minutes else ("numeric" if field.whole else "decimal")
    field.widget = Input(inputmode=keyboard, width=5, autocomplete="off", suffix=str(UNIT_SUFFIXES[unit]))


def _by_category() -> list[tuple[str, Any]]:
    return [
        (
            key,
            _l("%(category)s: %(activity)s", category=CATEGORY_NAMES[category], activity=ACTIVITY_NAMES[key]),
        )
        for category, keys in CATEGORIES.items()
        for key in keys
    ]


class CrashForm(BaseForm):
    """The question that leads to energy mode (amendment 8)."""

    crash = RadiosField(
        _l("Do you get a crash after small things?"),
        choices=CRASHES,
        validators=[InputRequired(_l("Choose an answer, or choose “I’m not sure”"))],
    )


class EnergyActivityForm(BaseForm):
    """What the patient would like to pace. In energy mode nothing is measured."""

    activity = SelectField(
        _l("What would you like to do more steadily?"),
        choices=[*_by_category(), (OWN, _l("Something else"))],
    )
    own_words = TextField(
        _l("Or say it in your own words"),
        description=_l("A few words, like “Sitting at the table with the family”."),
        validators=[Length(max=60, message=_l("Use 60 letters or fewer"))],
    )
    why = TextareaField(
        _l("Why does it matter to you? (You can leave this out)"),
        read_by=ONLY_ME,
        rows=3,
        validators=[Length(max=500, message=_l("Use 500 letters or fewer"))],
    )

    def validate_activity(self, field: SelectField) -> None:
        """One of the list, or own words."""
        if not field.data and not self.own_words.data:
            raise ValidationError(_("Choose an activity, or write your own"))

    def validate_own_words(self, field: TextField) -> None:
        """Something else needs a name."""
        if self.activity.data == OWN and not field.data:
            raise ValidationError(_("Say what it is, in a few words"))

    @property
    def key(self) -> str:
        """Own words count above the list."""
        return OWN if self.own_words.data else str(self.activity.data)


class ActivityForm(EnergyActivityForm):
    """The same, with how it is measured and what usually stops it."""

    unit = RadiosField(
        _l("How will you measure it?"),
        choices=list(UNIT_NAMES.items()),
        validators=[InputRequired(_l("Choose how you will measure it"))],
    )
    usual_limit = RadiosField(
        _l("What usually makes you stop? (You can leave this out)"),
        choices=[
            ("pain", _l("Pain")),
            ("fatigue", _l("Tiredness")),
            ("both", _l("Both")),
            ("other", _l("Something else")),
        ],
    )


class TryForm(AmountForm):
    """One try."""

    amount = NumberField(
        _l("How much had you done when it began to build up?"),
        description=_l("Not the most you could do. A number like 12, or 12½."),
        validators=[InputRequired(_l("Write a number, like 12 or 12 and a half"))],
    )
    on = DatePartsField(_l("Which day was it?"), missing=_l("Write the day of the try"))
    day_type = RadiosField(_l("What kind of day was it? (You can leave this out)"), choices=DAY_TYPES)
    after_effect = RadiosField(_l("How was it afterwards? (You can leave this out)"), choices=AFTER_EFFECTS)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    @property
    def day(self) -> date:
        """The day of the try, once the form is well filled in."""
        assert self.on.data is not None
        return self.on.data

    def validate_on(self, field: DatePartsField) -> None:
        """A try has happened, and not years ago."""
        if field.data and field.data > self.today:
            raise ValidationError(_("That day is still to come. Write today or an earlier day"))
        if field.data and field.data < self.today - TRIES_FROM:
            raise ValidationError(_("That is more than a year ago. Use a newer try"))


class QuickForm(AmountForm):
    """The quick way: two guesses."""

    good_day = NumberField(
        _l("How much can you do on a better day?"),
        description=_l("Before it begins to build up. A guess is fine."),
        validators=[InputRequired(_l("Write a number, like 12 or 12 and a half"))],
    )
    bad_day = NumberField(
        _l("How much can you do on a harder day?"),
        description=_l("Not your worst day."),
        validators=[InputRequired(_l("Write a number, like 12 or 12 and a half"))],
    )

    def validate_good_day(self, field: NumberField) -> None:
        """Something must be possible on a better day."""
        if field.data is not None and not field.data:
            raise ValidationError(_("Write a number above 0. A very small part of it is fine"))


class StartForm(BaseForm):
    """Which start was tapped: two buttons, no field to fill in."""

    choice = TextField(validators=[InputRequired(_l("Tap one of the buttons"))])


class DetailsForm(AmountForm):
    """The days, the look-back, the step and the goal of a running plan."""

    weekdays = CheckboxesField(
        _l("On which days?"),
        description=_l("From three days a week to all seven."),
        choices=[
            ("0", _l("Monday")), ("1", _l("Tuesday")), ("2", _l("Wednesday")), ("3", _l("Thursday")),
            ("4", _l("Friday")), ("5", _l("Saturday")), ("6", _l("Sunday")),
        ],
    )  # fmt: skip
    rhythm = RadiosField(
        _l("When would you like to look back?"),
        choices=[
            ("weekly", _l("Every week")),
            ("fortnightly", _l("Every two weeks")),
            ("when_i_ask", _l("When I ask")),
        ],
        validators=[InputRequired(_l("Choose when to look back"))],
    )
    rate = RadiosField(
        _l("How big is a step up, if you choose one?"),
        description=_l("Nothing ever goes up by itself."),
        validators=[InputRequired(_l("Choose a size of step"))],
    )
    goal = NumberField(_l("Is there an amount you would like to get to? (You can leave this out)"))
    goal_label = TextField(
        _l("What is waiting there? (You can leave this out)"),
        description=_l("A word or two for the flag, like “park”."),
        validators=[Length(max=12, message=_l("Use 12 letters or fewer"))],
    )

    def __init__(self, *args: Any, rates: Sequence[float], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rate.choices = [(str(round(rate * 100)), f"{rate:.0%}") for rate in rates]

    def validate_weekdays(self, field: CheckboxesField) -> None:
        """Three to seven days (amendment 6)."""
        if len(field.data or []) < FEWEST_DAYS_A_WEEK:
            raise ValidationError(_("Choose three days or more"))

    def validate_goal(self, field: NumberField) -> None:
        """A goal is more than nothing."""
        if field.data is not None and not field.data:
            raise ValidationError(_("Write a number above 0, or leave it empty"))


class TickForm(AmountForm):
    """Did it, more or less, or not today."""

    said = RadiosField(
        _l("Did you do it?"),
        choices=[("did_it", _l("I did it")), ("some", _l("More or less")), ("no", _l("Not today"))],
        validators=[InputRequired(_l("Choose an answer"))],
    )
    amount = NumberField(
        _l("How much? (You can leave this out)"), description=_l("Left out, it counts as some of it.")
    )
    day_type = RadiosField(_l("What kind of day was it? (You can leave this out)"), choices=DAY_TYPES)

    def __init__(self, *args: Any, is_today: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_today:
            self.said.choices = [*self.said.choices[:2], ("no", _l("Not that day"))]


class LookBackForm(BaseForm):
    """What a look-back asks. ``days`` adds one question for each planned day of which nothing is known."""

    worse = RadiosField(
        _l("Was the day after worse?"),
        choices=[("no", _l("No")), ("once", _l("Once")), ("more", _l("More than once"))],
    )
    confidence = NumberButtonsField(
        _l("How sure are you that you can do about the same next week?"),
        low_label=_l("not at all sure"),
        high_label=_l("completely sure"),
    )

    def days(self) -> dict[date, str]:
        """What was said for each day."""
        said = {field.name: field.data for field in self if field.name.startswith("day_") and field.data}
        return {date.fromisoformat(name[4:].replace("_", "-")): value for name, value in said.items()}


def look_back_form(unticked: Sequence[date], spoken: Sequence[str], **kwargs: Any) -> LookBackForm:
    """The form with a question for each of these days, spoken as in ``spoken``."""
    questions = {
        f"day_{day.isoformat().replace('-', '_')}": RadiosField(words, choices=SAID, widget=Radios())
        for day, words in zip(unticked, spoken, strict=True)
    }
    form_class: type[LookBackForm] = type("LookBackFormOfThesePlannedDays", (LookBackForm,), questions)
    return form_class(**kwargs)


class EnergyLookBackForm(BaseForm):
    """A look-back in energy mode."""

    cost = RadiosField(_l("What did these days cost over the next three days?"), choices=COSTS)


class EnergyDayForm(BaseForm):
    """Today in energy mode."""

    choice = RadiosField(
        _l("What would you like to do today?"),
        choices=ENERGY_CHOICES,
        validators=[InputRequired(_l("Choose one of the three"))],
    )
    breaks = RadiosField(
        _l("Breaks today (You can leave this out)"),
        choices=[
            ("before", _l("I took breaks before I needed them")),
            ("when", _l("I took breaks when I needed them")),
            ("none", _l("I had no breaks")),
        ],
    )


class CostForm(BaseForm):
    """What a day cost over the next three days."""

    keeps_drafts = False
    cost = RadiosField(
        _l("What did it cost over the next three days?"),
        choices=COSTS,
        validators=[InputRequired(_l("Choose an answer"))],
    )


class TapForm(BaseForm):
    """A button and nothing else."""

    keeps_drafts = False


def typed(amount: float | None, unit: str) -> Decimal | None:
    """A stored amount as a form shows it again."""
    if amount is None:
        return None
    number = in_unit(amount, unit)
    return number.normalize() if number != number.to_integral_value() else number.quantize(Decimal(1))
