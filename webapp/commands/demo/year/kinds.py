"""How made-up people behave, as a table of numbers. None of them is fitted to anybody: they make a varied crowd.

Where a number was found it names its source in ``docs/simulation.md``; the others are this project's guesses, marked so.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of people. Chances are for a day, a week or an occasion, 0 to 1; ``share`` is of 100 people.

    starts_a_day: comes for the first time on a day after the invitation. visits_a_week: active days while going.
    burst_days, rest_days: comes on so many days running, then rests; 0 and 0 for even weeks. fades_after: modules done
    before the wish to come falls to ``faded``. keeps: what is left of the wish to come after each week.
    comes_after_message: comes on the day after a message, on top. answers: taps an answer in a message that offers one.
    reached: answers the telephone. flares, pauses, leaves, asks, stops: in a week. comes_back: in a week after leaving.
    questions: answers a questionnaire that is due, on a visit. goal: makes a goal with a date to look back on.
    """

    name: str
    share: int
    door: str = "course"
    rhythm: str = "weekly"
    way: str = "online"
    starts_a_day: float = 0.45
    visits_a_week: float = 3.0
    burst_days: int = 0
    rest_days: int = 0
    fades_after: int | None = None
    faded: float = 1.0
    keeps: float = 0.985
    comes_after_message: float = 0.2
    answers: float = 0.05
    reached: float = 0.5
    flares: float = 0.01
    pauses: float = 0.005
    leaves: float = 0.002
    comes_back: float = 0.0
    asks: float = 0.006
    stops: float = 0.002
    questions: float = 0.5
    goal: bool = False


STEADY = Kind("steady", 24, visits_a_week=3.5, questions=0.8, goal=True)
BURSTS = Kind("bursts", 12, visits_a_week=2.5, burst_days=3, rest_days=9)
FADES = Kind("fades after module 2", 14, fades_after=2, faded=0.12, keeps=0.93)
NEVER_STARTS = Kind("never starts", 10, starts_a_day=0.004, comes_after_message=0.06)
REFRESHER = Kind("refresher", 8, door="refresher", rhythm="own_speed", visits_a_week=1.2, leaves=0.001)
OWN_SPEED = Kind("own speed", 7, rhythm="own_speed", visits_a_week=1.3)
FLARE_PRONE = Kind("flare-prone", 7, flares=0.12, rhythm="fortnightly", answers=0.3)
HOLIDAYS = Kind("pauses for holidays", 4, pauses=0.06, goal=True)
ONE_TAP = Kind("answers in one tap", 4, visits_a_week=1.4, answers=0.9, stops=0.01)
LEAVES = Kind("leaves", 4, leaves=0.12)
COMES_BACK = Kind("leaves and comes back", 3, leaves=0.12, comes_back=0.15)
PAPER = Kind("on paper", 3, way="paper", rhythm="own_speed", reached=0.8)

KINDS = (
    STEADY, BURSTS, FADES, NEVER_STARTS, REFRESHER, OWN_SPEED, FLARE_PRONE, HOLIDAYS, ONE_TAP, LEAVES, COMES_BACK,
    PAPER,
)  # fmt: skip
"""Every kind; the shares come to 100."""


def kind_of(number: int) -> Kind:
    """The kind of the person of this number (from 0), so that every hundred people hold exactly the shares.

    37 has no factor in common with 100: neighbours differ, and a small crowd is as mixed as a large one.
    """
    place = number * 37 % 100
    for kind in KINDS:
        if place < kind.share:
            return kind
        place -= kind.share
    raise AssertionError("the shares come to 100")
