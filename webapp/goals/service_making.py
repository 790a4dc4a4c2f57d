"""The verbs of making a goal: each page saves its own answer, and says which page comes next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete

from webapp.foundations import clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db

from .models import RungRow
from .phrases import PAIN_RELIEF, SMALL_WORDS
from .rules import MOST_RUNGS, Confidence, Domain, Easier, NextAsk, Sure, explain_kindly
from .rules_making import CHECK, NEW_WORDS, after_new_words, following, skipped_to
from .seen import Goal
from .service import NotFound, note

WHERE_IT_IS_EASED = {Easier.HELP: "supporter"}  # everything else is put right in this week's plan


def save(goal: Goal, step: str, changes: dict[str, Any], *, by: Actor) -> str | None:
    """Save a page's answer in the goal's own row and move on.

    Returns the next page; ``None`` is the goal itself.
    """
    _write(goal, step, changes, by=by)
    return _move_on(goal, step, _next_after(goal, step))


def save_words(goal: Goal, step: str, changes: dict[str, str], *, by: Actor) -> tuple[str | None, bool]:
    """As ``save``, for the words of the goal itself.

    True if why "pain-free" is hard to plan is to be explained now.

    It is explained once; the second time the words are taken as they are.
    """
    explain = any(
        explain_kindly(words, PAIN_RELIEF, SMALL_WORDS, explained_before=goal.row.was_explained)
        for words in changes.values()
    )
    if not explain:
        return save(goal, step, changes, by=by), False
    _write(goal, step, {**changes, "was_explained": True}, by=by)
    return step, True


def skip(goal: Goal, step: str, *, by: Actor) -> str | None:
    """Go on without an answer; what was answered before stays."""
    if step == "how-sure":
        return rate(goal, None, by=by)
    _write(goal, step, {}, by=by)
    return _move_on(goal, step, _skipped_to(goal, step))


def rate_domain(
    goal: Goal, domain: Domain, importance: int | None, lived: int | None, *, by: Actor
) -> str | None:
    """How much a part of life matters, and how it is lived now, each 0 to 5 or not said."""
    ratings = {**goal.row.ratings, domain.value: [importance, lived]}
    return save(goal, f"matters/{domain}", {"ratings": ratings}, by=by)


def use_ratings_of(goal: Goal, earlier: Goal, *, by: Actor) -> str | None:
    """Take over what the patient said about their life in an earlier goal, and go on to the gap."""
    return save(goal, f"matters/{list(Domain)[-1]}", {"ratings": dict(earlier.row.ratings)}, by=by)


def save_rung(goal: Goal, number: int, changes: dict[str, Any], *, by: Actor) -> str | None:
    """Write a rung (counted from 1), or add the next one.

    Raises:
        NotFound: there is no place for that number on the ladder.
    """
    if not 1 <= number <= min(len(goal.rungs) + 1, MOST_RUNGS):
        raise NotFound(f"rung {number}")
    step = f"rung/{number}"
    if number > len(goal.rungs):
        db.session.add(
            RungRow(service_id=goal.row.service_id, goal_id=goal.id, position=number - 1, **changes)
        )
    else:
        for name, value in changes.items():
            setattr(goal.rungs[number - 1], name, value)
    _write(goal, step, {}, by=by)
    return _move_on(goal, step, _after_rung(goal, step))


def take_out_rung(goal: Goal, number: int, *, by: Actor) -> None:
    """Take a rung out; those above come down.

    The patient stays on the rung where they stand, if it is still there.

    Raises:
        NotFound: the ladder has no such rung.
    """
    if not 1 <= number <= len(goal.rungs):
        raise NotFound(f"rung {number}")
    out = goal.rungs[number - 1]
    db.session.execute(delete(RungRow).where(RungRow.service_id == out.service_id, RungRow.id == out.id))
    for rung in goal.rungs[number:]:
        rung.position -= 1
    stands = goal.row.rung - (1 if number - 1 < goal.row.rung else 0)
    _write(goal, "ladder", {"rung": max(0, min(stands, len(goal.rungs) - 2))}, by=by)


def finish_ladder(goal: Goal, *, by: Actor) -> str | None:
    """The ladder is as the patient wants it for now."""
    return save(goal, "ladder", {}, by=by)


def save_plan(
    goal: Goal, cue: str, weekdays: Sequence[int], action: str, place: str, *, by: Actor
) -> str | None:
    """This week's if-then plan.

    Outside the "what would make it a 7?" loop a new plan is asked anew how sure.
    """
    changes: dict[str, Any] = {
        "cue": cue,
        "weekdays": sorted(weekdays),
        "action": action,
        "action_place": place,
    }
    if not goal.is_easing:
        changes |= {"confidence": [], "made_easier": [], "easier_words": ""}
    return save(goal, "this-week", changes, by=by)


def rate(goal: Goal, rating: int | Sure | None, *, by: Actor) -> str | None:
    """How sure the patient is.

    Below 7 asks what would help, at most three times; then it is saved as it is.
    """
    ended = goal.confidence.next_ask in (NextAsk.SAVE, NextAsk.SAVE_ANYWAY)
    now = (Confidence() if ended else goal.confidence).rated(rating)
    changes: dict[str, Any] = {"confidence": list(now.ratings)}
    if ended:
        changes |= {"made_easier": [], "easier_words": ""}
    _write(goal, "how-sure", changes, by=by)
    if now.next_ask is NextAsk.WHAT_WOULD_MAKE_IT_A_7:
        return "easier"
    return leave_as_it_is(goal)


def make_easier(goal: Goal, choice: Easier, words: str, *, by: Actor) -> str | None:
    """What would make it a 7: leads to the page where that is changed, and from there back to how sure."""
    chosen = [*goal.row.made_easier][: max(len(goal.row.confidence) - 1, 0)]
    _write(goal, "easier", {"made_easier": [*chosen, choice.value], "easier_words": words}, by=by)
    return WHERE_IT_IS_EASED.get(choice, "this-week")


def leave_as_it_is(goal: Goal) -> str | None:
    """The plan stays; on to what comes after how sure."""
    return _move_on(goal, "how-sure", None if not _is_on_the_way(goal) else _way_on(goal, "how-sure"))


def start(goal: Goal, *, by: Actor) -> None:
    """The goal begins today: a review of the step in 7 days, of the goal in 28."""
    row = goal.row
    row.began_on = row.began_on or goal.today
    row.step_began_on = row.goal_began_on = goal.today
    row.at_step = None
    _write(goal, "started", {"state": "going"}, by=by)


def _write(goal: Goal, what: str, changes: dict[str, Any], *, by: Actor) -> None:
    changed = {name for name, value in changes.items() if getattr(goal.row, name) != value}
    for name in changed:
        setattr(goal.row, name, changes[name])
    goal.row.changed_at = clock.now()
    note(goal, what, "changed", by=by, fields=changed)


def _is_on_the_way(goal: Goal) -> bool:
    return goal.row.state == "making"


def _way_on(goal: Goal, step: str) -> str:
    return CHECK if goal.row.at_step == CHECK else following(step, energy_mode=goal.energy_mode)


def _after_rung(goal: Goal, step: str) -> str:
    if goal.is_easing:
        return "how-sure"
    if not _is_on_the_way(goal):
        return "this-week" if goal.row.at_step == step else "ladder"
    return "ladder" if goal.row.at_step == CHECK else following(step, energy_mode=goal.energy_mode)


def _next_after(goal: Goal, step: str) -> str | None:
    if goal.is_easing and step in ("this-week", "supporter"):
        return "how-sure"
    if step.startswith("rung/"):
        return _after_rung(goal, step)
    if step == "this-week" and goal.plan is not None:
        return "how-sure"
    return _way_on(goal, step) if _is_on_the_way(goal) else None


def _skipped_to(goal: Goal, step: str) -> str | None:
    if not _is_on_the_way(goal) or goal.row.at_step == CHECK or goal.is_easing:
        return _next_after(goal, step)
    if step == "this-week" and goal.plan is None:
        return following("how-sure", energy_mode=goal.energy_mode)
    return skipped_to(step, len(goal.rungs), energy_mode=goal.energy_mode)


def _move_on(goal: Goal, step: str, to: str | None) -> str | None:
    """Remember where to go on.

    While making, the next page; once going, only where a review asked for new words.
    """
    row = goal.row
    if row.state == "making":
        row.at_step = row.at_step if row.at_step == CHECK else to
    elif row.at_step is not None and (step.startswith("rung/") or step in NEW_WORDS):
        row.at_step = after_new_words(step) if to is not None else None
    return to
