"""The sleep diary: a few words each morning, and averages in words. No score, no bands, no shorter nights.

Sources: what is asked follows the consensus sleep diary (exercise specification, 4.8); what is left out follows
amendment 11: no efficiency, no restriction, no compression; a regular rising time; past midnight and for shifts.
The times of one night are joined by going forward from the bed time on the clock, so a change of the clocks in
spring or autumn plays no part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.design.widgets import CheckboxesField, NumberButtonsField, NumberField, TickField, TimeField
from webapp.people.number_settings import NumberSetting

from .tool import Asking, Entry, HowMany, Screen, Sheet, Told, ToolKind
from .tool_form import ToolForm, line_field, text_field

DAY_MINUTES = 24 * 60
MOST_MINUTES = 18 * 60
"""A night longer than this is taken as a slip of the pen (a limit of this project, not a clinical one)."""
TIMES = ("bed_at", "tried_at", "woke_at", "up_at")
MEASURED = (*TIMES, "fall_min", "wakes", "awake_min")
WEEK = 7


# --- one night --------------------


class Why(StrEnum):
    """Why the answers of a night cannot all be so."""

    TRIED_BEFORE_BED = "tried_before_bed"
    WOKE_BEFORE_TRYING = "woke_before_trying"
    UP_BEFORE_WAKING = "up_before_waking"
    SAME_TIME = "same_time"
    TOO_LONG = "too_long"
    TOO_MUCH_AWAKE = "too_much_awake"
    AWAKE_WITHOUT_WAKING = "awake_without_waking"


@dataclass(frozen=True)
class Problem:
    """One thing that cannot be, and the field that it is said beside."""

    field: str
    why: Why


@dataclass(frozen=True)
class Night:
    """One night, about the morning's date. Minutes; None is unknown, never 0.

    ``bed`` and ``up`` are minutes of the day. ``in_bed`` runs from going to bed to getting up; ``asleep`` from trying
    to sleep to the last waking, less falling asleep and less being awake.
    """

    on: date
    bed: int | None
    up: int | None
    in_bed: int | None
    asleep: int | None
    naps: int | None
    quality: int | None


def minute_of(clock: str | None) -> int | None:
    """Minutes since midnight of "23:50"; None for no time."""
    if not clock:
        return None
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def forward(start: int, then: int) -> int:
    """Minutes from one time on the clock forward to another: from 23:50 to 07:10 is 440."""
    return (then - start) % DAY_MINUTES


def between(answers: Mapping[str, Any], first: str, last: str) -> int | None:
    """Minutes from one answered time forward to another; None if one of them is unknown."""
    start, end = minute_of(answers.get(first)), minute_of(answers.get(last))
    return None if start is None or end is None else forward(start, end)


def awake_minutes(answers: Mapping[str, Any]) -> int | None:
    """Minutes awake in the night: 0 if the patient said that they woke 0 times."""
    said: int | None = answers.get("awake_min")
    return 0 if said is None and answers.get("wakes") == 0 else said


def minutes_asleep(answers: Mapping[str, Any]) -> int | None:
    """(From trying to sleep to the last waking) − falling asleep − awake; None unless all four are known."""
    span, falling, awake = (
        between(answers, "tried_at", "woke_at"), answers.get("fall_min"), awake_minutes(answers)
    )  # fmt: skip
    return None if span is None or falling is None or awake is None else span - int(falling) - awake


def what_cannot_be(answers: Mapping[str, Any]) -> Problem | None:
    """The first thing in a night's answers that cannot be so; None if they hang together."""
    return _out_of_order(answers) or _too_much_awake(answers)


def _out_of_order(answers: Mapping[str, Any]) -> Problem | None:
    known = [(name, minute) for name in TIMES if (minute := minute_of(answers.get(name))) is not None]
    if not known:
        return None
    start = known[0][1]
    placed = [(name, forward(start, minute)) for name, minute in known]
    for (_before, earlier), (name, later) in pairwise(placed):
        if name == "tried_at" and later > MOST_MINUTES:
            return Problem(name, Why.TRIED_BEFORE_BED)
        if later > MOST_MINUTES:
            return Problem(name, Why.TOO_LONG)
        if later < earlier:
            return Problem(name, Why.UP_BEFORE_WAKING if name == "up_at" else Why.WOKE_BEFORE_TRYING)
    if known[0][0] == "bed_at" and placed[-1] == ("up_at", 0):
        return Problem("up_at", Why.SAME_TIME)
    return None


def _too_much_awake(answers: Mapping[str, Any]) -> Problem | None:
    if answers.get("wakes") == 0 and answers.get("awake_min"):
        return Problem("awake_min", Why.AWAKE_WITHOUT_WAKING)
    span = between(answers, "tried_at", "woke_at")
    longest = between(answers, "bed_at", "up_at") if span is None else span
    lying = int(answers.get("fall_min") or 0) + int(answers.get("awake_min") or 0)
    if longest is not None and lying > longest:
        return Problem("awake_min" if answers.get("awake_min") else "fall_min", Why.TOO_MUCH_AWAKE)
    return None


def night_of(entry: Entry) -> Night:
    """What one entry says, worked out."""
    answers = entry.answers
    return Night(
        on=entry.on,
        bed=minute_of(answers.get("bed_at")),
        up=minute_of(answers.get("up_at")),
        in_bed=between(answers, "bed_at", "up_at"),
        asleep=minutes_asleep(answers),
        naps=answers.get("naps_min"),
        quality=answers.get("quality"),
    )


# --- a week of nights --------------------


@dataclass(frozen=True)
class Mean:
    """A mean of minutes, and over how many nights."""

    minutes: float
    over: int

    @property
    def half_hours(self) -> int:
        """To the nearest half hour, counted in half hours: 8 h 20 is 17."""
        return int(self.minutes / 30 + 0.5)


@dataclass(frozen=True)
class Rising:
    """Between which two times on the clock the patient got up, and whether that is within the wished-for spread."""

    earliest: int
    latest: int
    over: int
    is_regular: bool


@dataclass(frozen=True)
class SleepWeek:
    """The newest seven days with nights (oldest first) and what they come to. ``days_to_fill``: the last days
    without an entry, newest first. A mean is None where fewer nights than the service asks for have what it needs."""

    nights: tuple[Night, ...]
    in_bed: Mean | None
    asleep: Mean | None
    rising: Rising | None
    nap_days: int
    best: Night | None
    today: Entry | None
    days_to_fill: tuple[date, ...]
    change: Entry | None

    @property
    def bars(self) -> list[tuple[date, int | None, int | None]]:
        """Each night's morning, bed time (minute of the day) and minutes in bed, for the picture."""
        return [(night.on, night.bed, night.in_bed) for night in self.nights]


def mean_of(values: Iterable[int | None], least: int) -> Mean | None:
    """The mean of what is known, if at least *least* values are."""
    known = [value for value in values if value is not None]
    return Mean(sum(known) / len(known), len(known)) if known and len(known) >= least else None


def rising_of(times: Sequence[int], least: int, most_spread: int) -> Rising | None:
    """The shortest stretch of the clock that holds every rising time (minutes of the day), past midnight or not.

    *most_spread*: minutes within which the times are called regular. None for fewer than *least* times.
    """
    if not times or len(times) < least:
        return None
    ordered = sorted(set(times))
    gaps = [
        (forward(one, after), after, one)
        for one, after in zip(ordered, [*ordered[1:], ordered[0]], strict=True)
    ]
    _gap, earliest, latest = max(gaps) if len(ordered) > 1 else (0, ordered[0], ordered[0])
    return Rising(earliest, latest, len(times), forward(earliest, latest) <= most_spread)


def best_of(nights: Sequence[Night]) -> Night | None:
    """The night with the one highest mark, if at least two were marked and they differ."""
    marked = sorted(
        (night for night in nights if night.quality is not None), key=lambda one: one.quality or 0
    )
    return marked[-1] if len(marked) > 1 and marked[-1].quality != marked[-2].quality else None


def clock(minute: int) -> str:
    """A minute of the day as a time: 450 is "7:30"."""
    return f"{minute // 60}:{minute % 60:02}"


def in_hours(minutes: int | None) -> str:
    """Minutes as hours and minutes for a table: 500 is "8:20"; empty if unknown."""
    return "" if minutes is None else clock(minutes)


def look_at_nights(told: Told) -> SleepWeek:
    """The newest week of the diary: the seven days that end with the newest entry."""
    entries = told.of("night")
    recent = [one for one in entries if (entries[0].on - one.on).days < WEEK]
    nights = tuple(night_of(entry) for entry in reversed(recent))
    least = int(told.numbers.get("sleep_diary_nights", 3))
    spread = int(told.numbers.get("sleep_diary_rising_spread", 60))
    back = (told.today - timedelta(days=days) for days in range(1, WEEK))
    return SleepWeek(
        nights=nights,
        in_bed=mean_of((night.in_bed for night in nights), least),
        asleep=mean_of((night.asleep for night in nights), least),
        rising=rising_of([night.up for night in nights if night.up is not None], least, spread),
        nap_days=sum(bool(night.naps) for night in nights),
        best=best_of(nights),
        today=told.on("night", told.today),
        days_to_fill=tuple(day for day in back if told.on("night", day) is None),
        change=told.latest("change"),
    )


# --- what is asked --------------------

_SAID = {
    Why.TRIED_BEFORE_BED: _l("This is before you went to bed. Check both times"),
    Why.WOKE_BEFORE_TRYING: _l("This is before you tried to sleep. Check both times"),
    Why.UP_BEFORE_WAKING: _l("This is before you woke for the last time. Check both times"),
    Why.SAME_TIME: _l("This is the same time as going to bed. Check both times"),
    Why.TOO_LONG: _l("That makes more than 18 hours in bed. Check this time and your bed time"),
    Why.TOO_MUCH_AWAKE: _l("These minutes do not fit into the night. A rough guess is fine"),
    Why.AWAKE_WITHOUT_WAKING: _l("You put 0 times awake. Write how often, or leave this empty"),
}


class NightForm(ToolForm):
    """A screen of the night: what is typed here is held against what the other screens say."""

    def prepare(self, asking: Asking) -> None:
        """Remember the other screens' answers."""
        own = self.field_classes()
        said = asking.entry.answers if asking.entry else {}
        self.said_before = {name: value for name, value in said.items() if name not in own}

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """True if each answer is well filled in and the night can have been so."""
        return super().validate(extra_validators) and self._can_be()

    def _can_be(self) -> bool:
        problem = what_cannot_be({**self.said_before, **self.kept()})
        if problem is None:
            return True
        if problem.field in self:
            self._say(problem.field, _SAID[problem.why])
            return False
        here = next(
            (one.name for one in self.questions() if one.name in MEASURED and one.data is not None), ""
        )
        if here:
            self._say(
                here, _("This does not fit with your other times. Check it, or change the others first")
            )
        return not here

    def _say(self, name: str, words: Any) -> None:
        self[name].errors = [*self[name].errors, words]


class BedForm(NightForm):
    bed_at = TimeField(_l("When did you go to bed?"), description=_l("For example, 22:30 or 10.30pm"))
    tried_at = TimeField(
        _l("When did you try to sleep?"), description=_l("Lights out. It may be the same time, or later")
    )
    fall_min = NumberField(
        _l("How many minutes did it take to fall asleep?"),
        description=_l("A rough guess, like 20"),
        least=0,
        most=MOST_MINUTES,
        whole=True,
        unit=_l("minutes"),
    )
    fall_unsure = TickField(_l("I am not sure how long it took"))


class AwakeForm(NightForm):
    wakes = NumberField(
        _l("How many times were you awake?"),
        description=_l("Write 0 if you slept through"),
        least=0,
        most=50,
        whole=True,
        unit=_l("times"),
    )
    awake_min = NumberField(
        _l("How many minutes were you awake, all together?"),
        description=_l("A rough guess, like 45. Leave it empty if you do not know"),
        least=0,
        most=MOST_MINUTES,
        whole=True,
        unit=_l("minutes"),
    )


class MorningForm(NightForm):
    woke_at = TimeField(_l("When did you wake for the last time?"), description=_l("For example, 6:45"))
    up_at = TimeField(_l("When did you get up?"), description=_l("When you left your bed for the day"))


class DayBeforeForm(ToolForm):
    naps_min = NumberField(
        _l("How many minutes did you nap?"),
        description=_l("In the day before this night. Write 0 if you did not nap"),
        least=0,
        most=MOST_MINUTES,
        whole=True,
        unit=_l("minutes"),
    )
    drinks = CheckboxesField(
        _l("Did you have any of these?"),
        choices=[
            ("caffeine", _l("Coffee, tea, cola or energy drinks after midday")),
            ("alcohol", _l("Alcohol")),
            ("none", _l("None of these")),
        ],
    )


class HowForm(ToolForm):
    quality = NumberButtonsField(
        _l("How was your night?"), low_label=_l("As bad as it can be"), high_label=_l("As good as it can be")
    )
    pain = NumberButtonsField(
        _l("How was your pain in the night, if you want to say?"),
        low_label=_l("No pain"),
        high_label=_l("As bad as you can imagine"),
    )
    note = text_field(
        _l("Anything else about this night?"), _l("For example: hot room, or a good talk before bed"), rows=2
    )


class ChangeForm(ToolForm):
    change = line_field(
        _l("What will you do, and when?"),
        _l("One small thing. For example: up at half past seven, and tea by the window."),
    )
    in_the_way = line_field(_l("What might get in the way, and what then?"))


def _can_plan(told: Told) -> bool:
    return len(told.of("night")) >= int(told.numbers.get("sleep_diary_nights", 3)) or bool(told.of("change"))


def _one_line(entry: Entry) -> str:
    bed, up = minute_of(entry.get("bed_at")), minute_of(entry.get("up_at"))
    if bed is not None and up is not None:
        return str(_("To bed %(bed)s, up %(up)s", bed=clock(bed), up=clock(up)))
    return str(_("A night, in part")) if entry.answers else ""


KIND = ToolKind(
    name="sleep-diary",
    title=_l("Sleep diary"),
    purpose=_l("A few words each morning. After some nights you see, in words, how your nights tend to go."),
    sheets=(
        Sheet(
            name="night",
            add="",  # its page has the buttons: last night, and earlier ones
            heading=_l("Your nights"),
            how_many=HowMany.ONE_A_DAY,
            one_line=_one_line,
            screens=(
                Screen(
                    "bed",
                    _l("Going to bed"),
                    BedForm,
                    _l("Guess, and do not watch the clock. Gaps are fine."),
                ),
                Screen("awake", _l("In the night"), AwakeForm),
                Screen("morning", _l("The morning"), MorningForm),
                Screen("before", _l("The day before"), DayBeforeForm),
                Screen("how", _l("How it was"), HowForm),
            ),
        ),
        Sheet(
            name="change",
            add=_l("Choose one small change"),
            heading=_l("What you are trying"),
            how_many=HowMany.ONE,
            one_line=lambda entry: str(entry.get("change", "")),
            screens=(
                Screen(
                    "change",
                    _l("One small change"),
                    ChangeForm,
                    _l("Try it for a week or two before you judge it. Please do not cut your sleep short."),
                ),
            ),
            offered=_can_plan,
        ),
    ),
    compute=look_at_nights,
    numbers=(
        NumberSetting(
            "sleep_diary_nights",
            _l("Sleep diary: nights with an answer before an average is shown"),
            3,
            1,
            7,
            _l(
                "Exercise specification, 4.8 asks for seven mornings; three for a first look is this project's proposal"
            ),
        ),
        NumberSetting(
            "sleep_diary_rising_spread",
            _l("Sleep diary: rising times this close together are called regular"),
            60,
            15,
            180,
            _l("Amendment 11 asks for a regular rising time; about an hour is this project's proposal"),
            unit=_l("minutes"),
        ),
    ),
)
