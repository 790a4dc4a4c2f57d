"""The look-back: what a week was like, what the leaflet's rule says about it, and every choice.

Nothing here changes a plan; `choices` lists what each choice would give, and the patient taps one or none.
Sources are named as in `rules_settings`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from webapp.pacing.amounts import Unit, as_shown, smallest_amount
from webapp.pacing.rules_plan import Plan, quota_in_week
from webapp.pacing.rules_settings import USUAL, PacingSettings
from webapp.pacing.rules_tick import DayCounts, TickResult, count_days


class WorseDayAfter(StrEnum):
    NO = "no"
    ONCE = "once"
    MORE = "more"


class Rhythm(StrEnum):
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    WHEN_I_ASK = "when_i_ask"


class Reading(StrEnum):
    """What the days say, in the order in which they are asked (amendment 6)."""

    NOT_READ = "not_read"  # offers are off, or energy mode: sums only
    FLARE = "flare"  # not judged
    PAUSED = "paused"  # not judged
    TOO_LITTLE_KNOWN = "too_little_known"  # not judged
    WORSE_DAY_AFTER = "worse_day_after"
    PLAN_TOO_SMALL = "plan_too_small"  # more than planned, and no bad day after: a question
    MORE_THAN_PLANNED = "more_than_planned"  # and the day after was not said
    FEW_DAYS = "few_days"
    SOME_DAYS = "some_days"
    AT_GOAL = "at_goal"
    NOT_SURE_YET = "not_sure_yet"  # as planned; confidence below 7 or not said, or the day after not said
    AS_PLANNED = "as_planned"


class Choice(StrEnum):
    KEEP = "keep"
    STEP_UP = "step_up"
    SHRINK = "shrink"
    NEW_START = "new_start"
    CHANGE_ACTIVITY = "change_activity"
    REST = "rest"
    KEEP_WITHIN = "keep_within"  # energy mode
    DO_LESS = "do_less"  # energy mode


@dataclass(frozen=True, slots=True)
class ChoiceOffer:
    """A choice and the amount it would give. Both are `None` where the choice carries no amount."""

    choice: Choice
    quota: float | None = None
    shown: int | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """What the look-back asks. `None` is not said. `confidence` is 0 to 10."""

    worse_day_after: WorseDayAfter | None = None
    confidence: int | None = None
    had_pause: bool = False
    had_flare: bool = False
    few_days_last_time: bool = False


@dataclass(frozen=True, slots=True)
class LookBack:
    """What the days say and what the leaflet's rule points to: often one choice, sometimes several or none.

    `choices` is always the whole list, in a fixed order, whatever the reading (amendment 7).
    """

    counts: DayCounts
    reading: Reading
    points_to: tuple[Choice, ...]
    choices: tuple[ChoiceOffer, ...]

    @property
    def had_few_days(self) -> bool:
        """To be handed to the next look-back as `few_days_last_time`."""
        return self.reading is Reading.FEW_DAYS


def next_look_back_on(last_on: date, rhythm: Rhythm) -> date | None:
    """The day of the next look-back; `None` for "when I ask". Every one or two weeks (amendment 7)."""
    weeks = {Rhythm.WEEKLY: 1, Rhythm.FORTNIGHTLY: 2, Rhythm.WHEN_I_ASK: None}[rhythm]
    return None if weeks is None else last_on + timedelta(weeks=weeks)


def look_back(
    plan: Plan,
    planned: Sequence[date],
    ticks: Sequence[TickResult],
    answers: Answers,
    *,
    energy_mode: bool,
    settings: PacingSettings = USUAL,
) -> LookBack:
    """What the planned days say, what the leaflet's rule points to, and every choice with its amount.

    Raises `ValueError` for a confidence outside 0 to 10.
    """
    if answers.confidence is not None and not 0 <= answers.confidence <= 10:
        raise ValueError("confidence is 0 to 10")
    counts = count_days(planned, ticks)
    reading = Reading.NOT_READ
    if settings.offers and not energy_mode:
        reading = _read(plan, counts, answers, settings)
    points_to = _points_to(reading, answers)
    return LookBack(counts, reading, points_to, choices(plan, energy_mode=energy_mode, settings=settings))


def _read(plan: Plan, counts: DayCounts, answers: Answers, settings: PacingSettings) -> Reading:
    if answers.had_flare:
        return Reading.FLARE
    if answers.had_pause:
        return Reading.PAUSED
    if answers.worse_day_after in (WorseDayAfter.ONCE, WorseDayAfter.MORE):
        return Reading.WORSE_DAY_AFTER
    if counts.more >= settings.more_days:
        is_answered = answers.worse_day_after is WorseDayAfter.NO
        return Reading.PLAN_TOO_SMALL if is_answered else Reading.MORE_THAN_PLANNED
    return _read_share(plan, counts, answers, settings)


def _read_share(plan: Plan, counts: DayCounts, answers: Answers, settings: PacingSettings) -> Reading:
    share = counts.share
    if share is None or counts.known < settings.known_days_share * counts.planned:
        return Reading.TOO_LITTLE_KNOWN
    if share < settings.some_days_share:
        return Reading.FEW_DAYS
    if share < settings.most_days_share:
        return Reading.SOME_DAYS
    if plan.is_at_goal:
        return Reading.AT_GOAL
    is_sure = answers.confidence is not None and answers.confidence >= settings.sure_from
    return (
        Reading.AS_PLANNED
        if is_sure and answers.worse_day_after is WorseDayAfter.NO
        else Reading.NOT_SURE_YET
    )


_POINTS_TO: dict[Reading, tuple[Choice, ...]] = {
    Reading.NOT_READ: (),
    Reading.FLARE: (),
    Reading.PAUSED: (),
    Reading.TOO_LITTLE_KNOWN: (),
    Reading.WORSE_DAY_AFTER: (Choice.KEEP,),
    Reading.PLAN_TOO_SMALL: (Choice.NEW_START,),
    Reading.MORE_THAN_PLANNED: (Choice.KEEP,),
    Reading.FEW_DAYS: (Choice.KEEP,),
    Reading.SOME_DAYS: (Choice.KEEP,),
    Reading.AT_GOAL: (Choice.KEEP,),
    Reading.NOT_SURE_YET: (Choice.KEEP,),
    Reading.AS_PLANNED: (Choice.STEP_UP,),
}


def _points_to(reading: Reading, answers: Answers) -> tuple[Choice, ...]:
    """The weekly review rule of exercises 4.1.2 (proposal).

    Few days twice running points to three choices.
    """
    if reading is Reading.FEW_DAYS and answers.few_days_last_time:
        return (Choice.SHRINK, Choice.NEW_START, Choice.CHANGE_ACTIVITY)
    return _POINTS_TO[reading]


def choices(plan: Plan, *, energy_mode: bool, settings: PacingSettings = USUAL) -> tuple[ChoiceOffer, ...]:
    """Every choice, *keep it steady* first, with the amount it would give. In energy mode three, without
    amounts.

    "20 % less" is taken from the amount **shown**, so that the number on the screen really becomes smaller.
    """
    if energy_mode:
        return (ChoiceOffer(Choice.KEEP_WITHIN), ChoiceOffer(Choice.DO_LESS), ChoiceOffer(Choice.REST))
    smaller = max(settings.shrink_to * plan.shown, float(smallest_amount(plan.unit)))
    return (
        _with_amount(Choice.KEEP, plan.quota, plan.unit),
        _with_amount(Choice.STEP_UP, quota_in_week(plan, 2), plan.unit),
        _with_amount(Choice.SHRINK, min(smaller, plan.quota), plan.unit),
        ChoiceOffer(Choice.NEW_START),
        ChoiceOffer(Choice.CHANGE_ACTIVITY),
        ChoiceOffer(Choice.REST),
    )


def _with_amount(choice: Choice, quota: float, unit: Unit) -> ChoiceOffer:
    return ChoiceOffer(choice, quota, as_shown(quota, unit))
