"""The way through making a goal: one question a page, in an order that may be left and taken up anywhere.

A step is the end of its page's address ("want-back", "rung/2"). Source of the order: exercise
specification 4.2.
"""

from webapp.goals.rules import FEWEST_RUNGS, Domain

FIRST = f"matters/{next(iter(Domain))}"
CHECK = "check"
MOST_OBSTACLES = 3  # the text asks for one; three is what fits on a page
_STAGES: tuple[tuple[str, ...], ...] = (
    (*(f"matters/{domain}" for domain in Domain), "gap"),
    ("want-back",),
    ("what", "where", "know", "by-when"),
    (*(f"rung/{number}" for number in range(1, FEWEST_RUNGS + 1)), "ladder"),
    ("this-week",),
    ("how-sure",),
    ("in-the-way", "supporter", "reward", CHECK),
)
ORDER = tuple(step for stage in _STAGES for step in stage)
STAGE_COUNT = len(_STAGES)
_BESIDE = {"easier": "how-sure", "rung/4": "ladder", "rung/5": "ladder"}
NEW_WORDS = ("rung", "this-week", "how-sure")
"""What a begun goal goes through after a review asked for new words.

*rung* is the one where the patient stands.
"""


def asked(*, energy_mode: bool) -> tuple[str, ...]:
    """The steps in order. In energy mode neither a day to reach it by nor a ladder is asked for (amendment 8)."""
    return tuple(step for step in ORDER if not (energy_mode and asks_for_more(step)))


def asks_for_more(step: str) -> bool:
    """Does the step set a target or build a ladder?"""
    return step in ("by-when", "ladder") or step.startswith("rung/")


def following(step: str, *, energy_mode: bool = False) -> str:
    """The step after this one.

    After the last it is the last. Raises `ValueError` for a step that there is not.
    """
    if step in _BESIDE:
        return _BESIDE[step]
    after = ORDER[ORDER.index(step) + 1 :]
    steps = asked(energy_mode=energy_mode)
    return next((one for one in after if one in steps), ORDER[-1])


def before(step: str, *, energy_mode: bool = False) -> str | None:
    """The step before this one; `None` before the first."""
    if step in _BESIDE:
        return _BESIDE[step]
    earlier = ORDER[: ORDER.index(step)]
    steps = asked(energy_mode=energy_mode)
    return next((one for one in reversed(earlier) if one in steps), None)


def skipped_to(step: str, rung_count: int, *, energy_mode: bool = False) -> str:
    """Where skipping a step leads.

    Without a first rung there is no ladder, so all of it is skipped; a later rung is simply not added.
    """
    if step.startswith("rung/"):
        return "ladder" if rung_count else "this-week"
    return following(step, energy_mode=energy_mode)


def stage_of(step: str) -> int:
    """Which of the seven parts a step belongs to, counted from 1."""
    on_the_way = _BESIDE.get(step, step)
    return next(number for number, stage in enumerate(_STAGES, start=1) if on_the_way in stage)


def after_new_words(step: str) -> str | None:
    """What a begun goal is asked after this page, when a review wanted new words.

    `None` when that was the last.
    """
    name = "rung" if step.startswith("rung/") else step
    if name not in NEW_WORDS:
        return None
    place = NEW_WORDS.index(name) + 1
    return NEW_WORDS[place] if place < len(NEW_WORDS) else None
