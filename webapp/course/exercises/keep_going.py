"""My keep-going plan: the skills to keep, the least in a week, early signs, people, and four dates to look again.

Source: exercise specification, 4.13 (keep-going plan; booster dates after 1, 3, 6 and 12 months; skill use in a few taps).
The months are the service's own (settings, "Refreshers, boosters and coming back").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from webapp.course.route_settings import NUMBERS
from webapp.course.rules_route import SKILLS, add_months
from webapp.course.skill_words import NAMES
from webapp.design.widgets import CheckboxesField, DatePartsField

from .tool import Asking, Entry, HowMany, Screen, Sheet, Told, ToolKind
from .tool_form import ToolForm, line_field, text_field

WEEKS_SHOWN = 8
DATES = ("first_on", "second_on", "third_on", "fourth_on")
BOOSTERS = tuple(number for number in NUMBERS if number.key.endswith("_booster_months"))
CHOICES = [(skill, NAMES[skill]) for skill in SKILLS]


@dataclass(frozen=True)
class Look:
    """A day to look again. ``was_moved``: the patient put their own day."""

    name: str
    on: date
    was_moved: bool


@dataclass(frozen=True)
class Use:
    """One skill over the weeks (True: used, False: not ticked, None: nothing was noted that week), oldest first."""

    skill: str
    weeks: tuple[bool | None, ...]

    @property
    def used(self) -> int:
        """In how many weeks it was used."""
        return sum(week is True for week in self.weeks)

    @property
    def known(self) -> int:
        """Of how many weeks anything is known."""
        return sum(week is not None for week in self.weeks)


@dataclass(frozen=True)
class KeepGoing:
    """The plan as it stands, its days to look again, and the skills over the weeks (``mondays`` name the columns)."""

    plan: Entry | None
    looks: tuple[Look, ...]
    next_on: date | None
    mondays: tuple[date, ...]
    use: tuple[Use, ...]


def looks(since_on: date, answers: Mapping[str, Any], months: Sequence[int]) -> tuple[Look, ...]:
    """The days to look again: so many calendar months after the plan was made, or the day that the patient put."""
    found = []
    for name, month in zip(DATES, sorted(months), strict=True):
        own = answers.get(name)
        found.append(Look(name, date.fromisoformat(own) if own else add_months(since_on, month), bool(own)))
    return tuple(found)


def mondays_until(today: date) -> tuple[date, ...]:
    """The Mondays of the last eight weeks, this one last."""
    monday = today - timedelta(days=today.weekday())
    return tuple(monday - timedelta(weeks=back) for back in range(WEEKS_SHOWN - 1, -1, -1))


def use_of(skill: str, checks: Sequence[Entry], mondays: Sequence[date]) -> Use:
    """One skill over the weeks: used if any note of that week has it; without a note nothing is known."""
    weeks: list[bool | None] = []
    for monday in mondays:
        notes = [check for check in checks if monday <= check.on < monday + timedelta(weeks=1)]
        weeks.append(any(skill in note.get("used", []) for note in notes) if notes else None)
    return Use(skill, tuple(weeks))


def keep_going(told: Told) -> KeepGoing:
    """All that the page shows."""
    plan, checks = told.latest("plan"), told.of("check")
    months = [int(told.numbers.get(number.key, number.default)) for number in BOOSTERS]
    days = looks(plan.on, plan.answers, months) if plan else ()
    next_on = min((look.on for look in days if look.on >= told.today), default=None)
    mondays = mondays_until(told.today)
    kept = plan.get("skills", []) if plan else []
    shown = [
        skill for skill in SKILLS if skill in kept or any(skill in check.get("used", []) for check in checks)
    ]
    use = tuple(use_of(skill, checks, mondays) for skill in shown) if checks else ()
    return KeepGoing(plan, days, next_on, mondays, use)


class SkillsForm(ToolForm):
    skills = CheckboxesField(
        _l("Which skills will you keep?"),
        choices=CHOICES,
        description=_l("Two or three are plenty."),
        validators=[InputRequired(_l("Tick one skill at least"))],
    )
    own = text_field(_l("How would you say it in your own words?"), _l("You can leave this empty."), rows=2)


class LeastForm(ToolForm):
    least = text_field(
        _l("What is the least that you will do in a week?"),
        _l("The smallest amount that still counts. For example: one walk to the corner, one quiet song."),
    )


class WithinForm(ToolForm):
    within = text_field(
        _l("What will you keep within?"),
        _l("For example: one outing a day, and a rest after it. Nothing has to grow."),
    )


class SignsForm(ToolForm):
    signs = text_field(
        _l("What are your early signs of slipping?"), _l("For example: I stop ringing my friend.")
    )
    then = text_field(_l("What will you do then?"), _l("One small thing. Smaller than before is fine."))


class PeopleForm(ToolForm):
    people = text_field(_l("Who can help, and what would you like them to say?"), rows=2)
    next = text_field(
        _l("What would you like next?"), _l("For example: a group, a class, a new goal, or a rest."), rows=2
    )
    plan = line_field(_l("What will you do first, and when?"))
    in_the_way = line_field(_l("What might get in the way, and what then?"))


class DatesForm(ToolForm):
    first_on, second_on, third_on, fourth_on = (
        DatePartsField(_l("First look")),
        DatePartsField(_l("Second look")),
        DatePartsField(_l("Third look")),
        DatePartsField(_l("Fourth look")),
    )

    def prepare(self, asking: Asking) -> None:
        """Each day lies ahead of the day on which the plan was made."""
        for name in DATES:
            self[name].earliest = asking.on


class LetterForm(ToolForm):
    letter = text_field(_l("A few lines to yourself, for a bad day"), rows=6)


class CheckForm(ToolForm):
    used = CheckboxesField(_l("Which of these did you use in the last week?"), choices=CHOICES)


def _targets(asking: Asking) -> bool:
    return not asking.told.energy_mode


def _no_targets(asking: Asking) -> bool:
    return asking.told.energy_mode


KIND = ToolKind(
    name="keep-going",
    title=_l("My keep-going plan"),
    purpose=_l("Your skills, your early signs, your people, and four dates to look again."),
    asks_more=True,
    also_reads=BOOSTERS,
    sheets=(
        Sheet(
            name="plan",
            add=_l("Make my keep-going plan"),
            heading=_l("My plan"),
            how_many=HowMany.ONE,
            one_line=lambda entry: str(_("My keep-going plan")),
            screens=(
                Screen("skills", _l("Skills that I keep"), SkillsForm),
                Screen("least", _l("The least in a week"), LeastForm, asked=_targets),
                Screen("within", _l("What I keep within"), WithinForm, asked=_no_targets),
                Screen("signs", _l("Early signs"), SignsForm),
                Screen("people", _l("People and the first step"), PeopleForm),
                Screen(
                    "dates",
                    _l("Dates to look again"),
                    DatesForm,
                    _l("Leave these empty, and the plan works them out. Or put your own dates."),
                ),
                Screen("letter", _l("A letter to yourself"), LetterForm),
            ),
            listed=False,
        ),
        Sheet(
            name="check",
            add=_l("Note what I used this week"),
            heading=_l("Weeks that I noted"),
            how_many=HowMany.ONE_A_DAY,
            one_line=lambda entry: ", ".join(
                str(NAMES[skill]) for skill in entry.get("used", []) if skill in NAMES
            ),
            screens=(
                Screen("used", _l("This week"), CheckForm, _l("A tick or two is enough. None is fine too.")),
            ),
            offered=lambda told: bool(told.of("plan")),
            listed=False,
            event="tick",
        ),
    ),
    compute=keep_going,
)
