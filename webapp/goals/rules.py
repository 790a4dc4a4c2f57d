"""The truths of a goal: what matters, a ladder of four weeks, how sure, and the review. Plain Python, no
words.

Source: exercise specification 4.2, which follows a published goal-setting worksheet (values, then one thing
given up because of pain, then steps over four weeks) and Brief Action Planning (if-then, confidence, 7 or
more). `None` is not said; `0` is zero.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

HIGHEST_RATING = (
    5  # importance and lived, 0 to 5: exercise specification 4.2, scale to be checked by the service
)
FEWEST_RUNGS, MOST_RUNGS = 3, 5
LADDER_DAYS = 28
SURE_FROM = 7  # of 10: Brief Action Planning
MOST_LOOPS = 3


# -- what matters ------------------------------------------------------------------------------------------


class Domain(StrEnum):
    FAMILY = "family"
    INTIMATE_RELATIONS = "intimate_relations"
    FRIENDS = "friends"
    WORK = "work"
    HEALTH = "health"
    GROWTH = "growth"
    COMMUNITY = "community"


@dataclass(frozen=True, slots=True)
class Rating:
    """How much a domain matters and how well it was lived, each 0 to 5. Raises `ValueError` outside that."""

    domain: Domain
    importance: int | None = None
    lived: int | None = None

    def __post_init__(self) -> None:
        if any(
            each is not None and not 0 <= each <= HIGHEST_RATING for each in (self.importance, self.lived)
        ):
            raise ValueError("a rating is 0 to 5")

    @property
    def gap(self) -> int | None:
        """Importance - lived, -5 to 5; `None` unless both were said."""
        if self.importance is None or self.lived is None:
            return None
        return self.importance - self.lived


def largest_gaps(ratings: Sequence[Rating]) -> tuple[Domain, ...]:
    """The domains that share the largest gap, in the order given.

    Empty if no gap is above 0, or none is known.
    """
    gaps = [(rating.domain, rating.gap) for rating in ratings if rating.gap is not None]
    largest = max((gap for _, gap in gaps), default=0)
    return tuple(domain for domain, gap in gaps if gap == largest) if largest > 0 else ()


# -- a goal that can be pictured ---------------------------------------------------------------------------


def names_only_pain_relief(text: str, phrases: Collection[str], small_words: Collection[str] = ()) -> bool:
    """Whether a goal says only "less pain", with nothing to be seen or done.

    `phrases` are the language's ways of saying so ("less pain", "feel better"); `small_words` carry no
    picture ("I", "want", "to"). True if the text holds a phrase and, without phrases and small words,
    nothing is left: "to be pain-free" is, "walk to the shop with less pain" is not. Case, punctuation and
    hyphens do not count.
    """
    words = _plain(text)
    left = words
    for phrase in sorted(map(_plain, phrases), key=len, reverse=True):
        left = left.replace(phrase, "  ") if phrase.strip() else left
    small = {_plain(word).strip() for word in small_words}
    return left != words and not set(left.split()) - small


def explain_kindly(
    text: str, phrases: Collection[str], small_words: Collection[str] = (), *, explained_before: bool
) -> bool:
    """Whether to explain, once, why a picture helps. The second time the goal is taken as it is written."""
    return not explained_before and names_only_pain_relief(text, phrases, small_words)


def _plain(text: str) -> str:
    """Lower-case words, each with a space on either side, so that phrases match whole words only."""
    return " " + "  ".join(re.findall(r"[^\W_]+", text.casefold().replace("'", "").replace("’", ""))) + " "


# -- the ladder --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder, from `starts_on` to `due_on`. A physical one may carry a pacing plan."""

    starts_on: date
    due_on: date
    pacing_plan_id: UUID | None = None


class LadderProblem(StrEnum):
    TOO_FEW_RUNGS = "too_few_rungs"
    TOO_MANY_RUNGS = "too_many_rungs"
    RUNG_ENDS_BEFORE_IT_STARTS = "rung_ends_before_it_starts"
    OUT_OF_ORDER = "out_of_order"
    OUTSIDE_FOUR_WEEKS = "outside_four_weeks"


def lay_ladder(first_on: date, pacing_plan_ids: Sequence[UUID | None]) -> tuple[Rung, ...]:
    """Rungs spread evenly over four weeks from `first_on`, one for each place, from the easiest.

    `pacing_plan_ids` holds a plan's id or `None` for each rung. Raises `ValueError` unless there are 3 to 5.
    """
    count = len(pacing_plan_ids)
    if not FEWEST_RUNGS <= count <= MOST_RUNGS:
        raise ValueError("a ladder has 3 to 5 rungs")
    edges = [first_on + timedelta(days=LADDER_DAYS * place // count) for place in range(count + 1)]
    return tuple(Rung(edges[place], edges[place + 1], plan) for place, plan in enumerate(pacing_plan_ids))


def ladder_problems(first_on: date, rungs: Sequence[Rung]) -> tuple[LadderProblem, ...]:
    """What keeps rungs with the patient's own dates from being a ladder of four weeks; empty if nothing."""
    last_on = first_on + timedelta(days=LADDER_DAYS)
    starts = [rung.starts_on for rung in rungs]
    found = {
        LadderProblem.TOO_FEW_RUNGS: len(rungs) < FEWEST_RUNGS,
        LadderProblem.TOO_MANY_RUNGS: len(rungs) > MOST_RUNGS,
        LadderProblem.RUNG_ENDS_BEFORE_IT_STARTS: any(rung.due_on < rung.starts_on for rung in rungs),
        LadderProblem.OUT_OF_ORDER: starts != sorted(starts),
        LadderProblem.OUTSIDE_FOUR_WEEKS: any(
            rung.starts_on < first_on or rung.due_on > last_on for rung in rungs
        ),
    }
    return tuple(problem for problem, is_so in found.items() if is_so)


# -- this week's if-then plan ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class IfThen:
    """ "After breakfast on Monday, Wednesday and Friday I will …": the patient's own words and chosen
    weekdays.

    Weekdays: Monday is 0. Raises `ValueError` without a cue, an action and one to seven weekdays.
    """

    cue: str
    action: str
    weekdays: frozenset[int]
    place: str = ""

    def __post_init__(self) -> None:
        if not self.cue.strip() or not self.action.strip():
            raise ValueError("an if-then plan has a cue and an action")
        if not self.weekdays or not self.weekdays <= set(range(7)):
            raise ValueError("one to seven weekdays, Monday is 0")

    def days(self, first_on: date, last_on: date) -> tuple[date, ...]:
        """The planned days from `first_on` to `last_on`, both included."""
        span = (first_on + timedelta(days=n) for n in range((last_on - first_on).days + 1))
        return tuple(day for day in span if day.weekday() in self.weekdays)


# -- how sure ----------------------------------------------------------------------------------------------


class Sure(StrEnum):
    """The word alternative to 0 to 10."""

    NOT_AT_ALL = "not_at_all"
    SOMEWHAT = "somewhat"
    VERY = "very"


class Easier(StrEnum):
    """What would make it a 7?"""

    SMALLER = "smaller"
    FEWER_DAYS = "fewer_days"
    HELP = "help"
    ANOTHER_TIME = "another_time"
    OTHER = "other"  # in the patient's own words


class NextAsk(StrEnum):
    HOW_SURE = "how_sure"
    WHAT_WOULD_MAKE_IT_A_7 = "what_would_make_it_a_7"
    SAVE = "save"
    SAVE_ANYWAY = "save_anyway"  # asked three times: it is saved as it is, without comment


@dataclass(frozen=True, slots=True)
class Confidence:
    """The ratings given so far, 0 to 10 or in words, the latest last. `None` is a rating that was skipped."""

    ratings: tuple[int | Sure | None, ...] = ()

    def rated(self, rating: int | Sure | None) -> "Confidence":
        """With one more rating. Raises `ValueError` for a number outside 0 to 10."""
        if isinstance(rating, int) and not 0 <= rating <= 10:
            raise ValueError("confidence is 0 to 10")
        return replace(self, ratings=(*self.ratings, rating))

    @property
    def latest(self) -> int | Sure | None:
        return self.ratings[-1] if self.ratings else None

    @property
    def next_ask(self) -> NextAsk:
        """Below 7 asks what would help, at most three times.

        A skipped rating is unknown, so it is just saved.
        """
        if not self.ratings:
            return NextAsk.HOW_SURE
        if self.latest is None or is_sure(self.latest):
            return NextAsk.SAVE
        return NextAsk.WHAT_WOULD_MAKE_IT_A_7 if len(self.ratings) <= MOST_LOOPS else NextAsk.SAVE_ANYWAY


def is_sure(rating: int | Sure) -> bool:
    """7 or more of 10, or *very sure*."""
    return rating is Sure.VERY if isinstance(rating, Sure) else rating >= SURE_FROM
