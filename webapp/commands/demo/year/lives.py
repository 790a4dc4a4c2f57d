"""What a made-up person does on a day: drawn from their kind, their memory and dice of their own. No database here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from random import Random
from typing import NamedTuple

from webapp.commands.demo.year.kinds import Kind

DAYS_A_MODULE = {"weekly": 7, "fortnightly": 14, "own_speed": 10}
VISITS_A_MODULE = 2
LONGEST_FLARE_DAYS = 9
FLARE_QUESTION_DAYS = 7
HOURS_OF_VISITS = (7, 23)
WISH_AFTER_A_CALL, LEAST_WISH = 0.9, 0.02
AFTER_THE_COURSE = 0.15  # of the visits of before; a guess
BOOSTER_DAYS = (30, 91, 182, 365)
BACK_A_DAY = 0.4  # after the last day of a pause; a guess
STARTS_AFTER_A_CALL = 0.15  # a day; Pihlaja 2020: 24 in 100 finished when rung, 6 when not
TAPS = {"busy": 30, "bad-spell": 20, "stuck": 15, "not-for-me": 8, "later": 20, "pause": 4, "stop": 3}
"""What somebody would tap under a message, as its link is called, and how often of 100 times; a guess."""


class What(StrEnum):
    """What somebody can do."""

    START = "start"
    VISIT = "visit"
    FINISH_MODULE = "finish_module"
    FLARE = "flare"
    ANSWER_FLARE = "answer_flare"
    PAUSE = "pause"
    COME_BACK = "come_back"
    LEAVE = "leave"
    ENTER_AGAIN = "enter_again"
    ASK_FOR_CALL = "ask_for_call"
    STOP_MESSAGES = "stop_messages"
    TAP = "tap"
    ANSWER_QUESTIONS = "answer_questions"
    MAKE_GOAL = "make_goal"
    LOOK_BACK = "look_back"
    BOOSTER = "booster"


class Act(NamedTuple):
    """One thing done at a local minute of the day; ``detail`` says which (an answer, a number of days)."""

    minute: int
    what: What
    detail: str = ""


@dataclass
class Life:
    """What the simulation remembers of one person; the service's own truth is in the database."""

    number: int
    kind: Kind
    invited_on: date
    started_on: date | None = None
    modules: int = 9
    modules_done: int = 0
    visits_in_module: int = 0
    last_visit_on: date | None = None
    wish: float = 1.0
    paused_until: date | None = None
    flare_from: date | None = None
    flare_until: date | None = None
    left_on: date | None = None
    finished_on: date | None = None
    was_rung_on: date | None = None
    written_on: date | None = None
    links: frozenset[str] = frozenset()
    has_goal: bool = False
    has_stopped_messages: bool = False
    boosters: int = 0

    def hears_a_message(self, on: date, links: frozenset[str]) -> None:
        """An e-mail arrived; ``links`` are the names of what can be tapped in it."""
        self.written_on, self.links = on, links

    def is_rung(self, on: date) -> None:
        """Somebody of the team spoke to them: the wish to come is back."""
        self.was_rung_on, self.wish = on, max(self.wish, WISH_AFTER_A_CALL)


def dice(seed: int, *what: object) -> Random:
    """Dice for one question: the same seed and question give the same throw, in whatever order they are asked."""
    return Random("/".join(map(str, (seed, *what))))


def day_of(life: Life, today: date, throw: Random) -> tuple[Act, ...]:
    """What this person does today, in the order of the day."""
    if today < life.invited_on or life.kind.way != "online":
        return ()
    return tuple(sorted(_acts(life, today, throw), key=lambda act: act.minute))


def _acts(life: Life, today: date, throw: Random) -> Iterator[Act]:
    yield from _taps(life, today, throw)
    if life.left_on is not None:
        if throw.random() < life.kind.comes_back / 7 and today > life.left_on:
            yield Act(_minute(throw), What.ENTER_AGAIN)
    elif life.started_on is None:
        if throw.random() < _chance_to_start(life, today):
            yield Act(_minute(throw), What.START)
    elif life.paused_until is not None:
        if today > life.paused_until and throw.random() < BACK_A_DAY:
            yield Act(_minute(throw), What.COME_BACK)
    elif life.flare_from is not None:
        yield from _in_a_flare(life, today, throw)
    else:
        yield from _going(life, today, throw)


def _taps(life: Life, today: date, throw: Random) -> Iterator[Act]:
    """On the day of a message or the next some would tap something; most messages offer only to pause or stop."""
    if life.links and _was_written(life, today) and throw.random() < life.kind.answers:
        wanted = throw.choices(tuple(TAPS), tuple(TAPS.values()))[0]
        if wanted in life.links:
            yield Act(_minute(throw), What.TAP, wanted)


def _chance_to_start(life: Life, today: date) -> float:
    chance = life.kind.starts_a_day
    if _was_written(life, today):
        chance = max(chance, life.kind.comes_after_message)
    if life.was_rung_on is not None and (today - life.was_rung_on).days <= 7:
        chance = max(chance, STARTS_AFTER_A_CALL)
    return chance


def _in_a_flare(life: Life, today: date, throw: Random) -> Iterator[Act]:
    assert life.flare_from is not None and life.flare_until is not None
    asked = (today - life.flare_from).days in (3, FLARE_QUESTION_DAYS)
    if today >= life.flare_until:
        yield Act(_minute(throw), What.ANSWER_FLARE, "better")
    elif asked and throw.random() < 0.5:
        yield Act(_minute(throw), What.ANSWER_FLARE, "same")


def _going(life: Life, today: date, throw: Random) -> Iterator[Act]:
    rare = ((life.kind.leaves, What.LEAVE), (life.kind.pauses, What.PAUSE), (life.kind.flares, What.FLARE))
    for chance, what in rare:
        if throw.random() < chance / 7:
            yield Act(_minute(throw), what, str(throw.randint(2, 21)))
            return
    if throw.random() < life.kind.stops / 7 and not life.has_stopped_messages:
        yield Act(_minute(throw), What.STOP_MESSAGES)
    if throw.random() < life.kind.asks / 7:
        yield Act(_minute(throw), What.ASK_FOR_CALL, throw.choice(("exercise", "website", "something_else")))
    if throw.random() < chance_to_visit(life, today):
        yield from _visit(life, today, throw)


def chance_to_visit(life: Life, today: date) -> float:
    """How likely this person comes today, from their kind, their wish and what reached them."""
    chance = life.kind.visits_a_week / 7 * life.wish
    if life.kind.burst_days:
        turn = (today - life.invited_on).days % (life.kind.burst_days + life.kind.rest_days)
        chance = (0.85 if turn < life.kind.burst_days else 0.03) * life.wish
    if life.finished_on is not None:
        chance *= AFTER_THE_COURSE
    if _was_written(life, today):
        chance += (1 - chance) * life.kind.comes_after_message * max(life.wish, 0.3)
    return chance


def _visit(life: Life, today: date, throw: Random) -> Iterator[Act]:
    """All at one minute: one visit is one transaction, and its main act is one event with one new summary row."""
    minute = _minute(throw)
    if _finishes_a_module(life, today, throw):
        yield Act(minute, What.FINISH_MODULE)
    elif _takes_a_booster(life, today):
        yield Act(minute, What.BOOSTER)
    else:
        yield Act(minute, What.VISIT, throw.choice(("page_read", "exercise_saved", "tick")))
    if throw.random() < life.kind.questions / 6:
        yield Act(minute, What.ANSWER_QUESTIONS)
    if life.kind.goal and life.modules_done >= 2 and not life.has_goal:
        yield Act(minute, What.MAKE_GOAL)
    elif life.has_goal and throw.random() < 0.25:
        yield Act(minute, What.LOOK_BACK)


def _finishes_a_module(life: Life, today: date, throw: Random) -> bool:
    """Enough visits for it, and its week of the plan has begun."""
    if life.finished_on is not None or life.kind.door == "refresher" or life.started_on is None:
        return False
    begins_on = life.started_on + timedelta(days=life.modules_done * DAYS_A_MODULE[life.kind.rhythm])
    return life.visits_in_module + 1 >= VISITS_A_MODULE and today >= begins_on and throw.random() < 0.8


def _takes_a_booster(life: Life, today: date) -> bool:
    from_on = life.finished_on or (life.started_on if life.kind.door == "refresher" else None)
    if from_on is None or life.boosters >= len(BOOSTER_DAYS):
        return False
    return (today - from_on).days >= BOOSTER_DAYS[life.boosters]


def a_week_passes(life: Life) -> None:
    """The wish to come wears off, faster for those who fade."""
    fades = life.kind.fades_after is not None and life.modules_done >= life.kind.fades_after
    life.wish = max(life.wish * (life.kind.keeps if not fades else life.kind.faded**0.5), LEAST_WISH)


def _was_written(life: Life, today: date) -> bool:
    return life.written_on is not None and 0 <= (today - life.written_on).days <= 1


def _minute(throw: Random) -> int:
    first, last = HOURS_OF_VISITS
    return throw.randrange(first * 60, last * 60 - 45)
