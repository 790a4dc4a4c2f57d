"""What a flare-up plan comes to: its steps by stage, what helped, how often and how long, what came before.

Pure: no page, no table, no words. Nothing here says how bad a flare-up is or what caused it, and no figure about lost
strength is ever given (amendment 9). Source: exercise specification, 4.3, with amendments 8 and 9, proposals to be signed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from webapp.pacing.flare import FlareHistory, Spell, flare_history

from .tool import Entry, Told
from .tool_form import LONGEST_TEXT

PLAN, AFTER, HELPED_BEFORE = "plan", "after", "helped_before"
FIRST_HOUR_MINUTES, FIRST_DAYS = 60, 2  # exercises 4.3: the first hour, the first two days
TRIGGERS = ("more", "less", "ill", "sleep", "stress", "travel", "mood", "none", "not_sure")  # exercises 4.3
NO_TRIGGER = frozenset({"none", "not_sure"})
SHOWN_SPELLS = 6
LOOK_BACK_DAYS = 14


class Stage(StrEnum):
    """Which part of a flare-up somebody is in."""

    HOUR = "hour"
    DAYS = "days"
    BACK = "back"


STEPS: dict[Stage, tuple[str, ...]] = {
    Stage.HOUR: ("say", "breathing", "position", "tell"),
    Stage.DAYS: ("keep", "put_off", "who_helps", HELPED_BEFORE),
    Stage.BACK: ("back_when", "back_how"),
}
"""The answers of the plan that are steps of each stage, in their order."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a step, with the number of look backs that said it helped."""

    words: str
    helped: int


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that the patient planned: the name of its question, and its lines."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class FlarePlan:
    """All that the tool shows. ``triggers`` are ranked, the commonest first; ``spells`` are the last few that ended,
    oldest first; ``to_look_back`` is a flare-up that is over and was not looked back on; ``to_add`` are things that
    helped and are not in the plan yet."""

    today: date
    plan: Entry | None
    steps: dict[Stage, tuple[Step, ...]]
    history: FlareHistory
    spells: tuple[Spell, ...]
    triggers: tuple[tuple[str, int], ...]
    to_look_back: Spell | None
    latest: Entry | None
    to_add: tuple[str, ...]
    count_days: int


def stages(*, energy_mode: bool) -> tuple[Stage, ...]:
    """The stages that a plan has. In energy mode there is no way back in steps (amendments 8 and 9)."""
    return (Stage.HOUR, Stage.DAYS) if energy_mode else (Stage.HOUR, Stage.DAYS, Stage.BACK)


def stage_now(
    *, minutes: int | None, day: int | None, is_settled: bool, is_coming_back: bool, energy_mode: bool
) -> Stage:
    """Which steps to show first.

    ``minutes`` since it was said, and ``day`` of the flare-up (its first is 1): both None when none is running.
    ``is_settled``: the patient says that today is settled. ``is_coming_back``: an activity is on its way back.
    It only chooses what is on top: every stage can be tapped, and nothing else follows from it.
    """
    if minutes is None or day is None:
        return Stage.BACK if is_coming_back and not energy_mode else Stage.HOUR
    if minutes < FIRST_HOUR_MINUTES:
        return Stage.HOUR
    return Stage.BACK if is_settled and day > FIRST_DAYS and not energy_mode else Stage.DAYS


def lines_of(text: object) -> tuple[str, ...]:
    """The lines that were written, without empty ones and without marks of a list."""
    return tuple(line for raw in str(text or "").splitlines() if (line := raw.strip().lstrip("-•* ").strip()))


def steps_of(plan: Entry | None, stage: Stage, helped: Counter[str]) -> tuple[Step, ...]:
    """The steps that the patient planned for this stage, without what was left out."""
    found = ((name, lines_of(plan.get(name))) for name in STEPS[stage]) if plan else ()
    return tuple(
        Step(name, tuple(Line(one, helped[_same(one)]) for one in lines)) for name, lines in found if lines
    )


def planned_lines(plan: Entry | None) -> tuple[str, ...]:
    """Every line of the plan that a look back may tick, in the plan's order and each once."""
    names = (*STEPS[Stage.HOUR], *STEPS[Stage.DAYS])
    return _each_once(line for name in names for line in lines_of(plan.get(name))) if plan else ()


def what_helped(entry: Entry) -> tuple[str, ...]:
    """What one look back says helped: ticked steps of the plan, then the patient's own words."""
    return _each_once([*entry.get("helped", ()), *lines_of(entry.get("helped_own"))])


def helped_times(look_backs: Iterable[Entry]) -> Counter[str]:
    """In how many look backs each thing is said to have helped."""
    return Counter(_same(line) for entry in look_backs for line in what_helped(entry))


def not_in_plan(plan: Entry | None, entry: Entry | None) -> tuple[str, ...]:
    """What helped and does not stand in the plan yet."""
    known = {_same(line) for line in planned_lines(plan)}
    return tuple(line for line in what_helped(entry) if _same(line) not in known) if entry else ()


def with_what_helped(plan: Entry | None, lines: Iterable[str]) -> str:
    """The plan's "what helped before" with more lines under it; as many as there is room for."""
    text = str(plan.get(HELPED_BEFORE, "")) if plan else ""
    for line in lines:
        longer = f"{text}\n{line}".strip()
        text = longer if len(longer) <= LONGEST_TEXT else text
    return text


def ranked_triggers(look_backs: Iterable[Entry]) -> tuple[tuple[str, int], ...]:
    """What the patient noted before a flare-up, the commonest first, then in the order of the list.

    "Nothing that I know of" and "not sure" are no triggers. Said as a count, never as a cause.
    """
    counts = Counter(one for entry in look_backs for one in entry.get("before", ()) if one not in NO_TRIGGER)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], TRIGGERS.index(pair[0]))))


def spell_of(entry: Entry) -> Spell | None:
    """The flare-up that a look back is about, if its first day was given. Its last day was the day before ``ended_on``."""
    began, last = entry.get("first_on"), entry.get("last_on")
    if not began:
        return None
    return Spell(date.fromisoformat(began), date.fromisoformat(last) + timedelta(days=1) if last else None)


def spells(look_backs: Iterable[Entry], reported: Sequence[Spell], today: date) -> tuple[Spell, ...]:
    """Every flare-up once, oldest first: as the patient noted it, else as it was reported with the button."""
    noted = [spell for entry in look_backs if (spell := spell_of(entry)) and spell.ended_on]
    others = [spell for spell in reported if not any(_meet(spell, one, today) for one in noted)]
    return tuple(sorted({*noted, *others}, key=lambda spell: spell.began_on))


def to_look_back(told: Told) -> Spell | None:
    """The latest reported flare-up, if it is over, not long ago, and was not looked back on. ``None``: nothing to ask."""
    latest = next(iter(told.flares), None)
    if latest is None or latest.ended_on is None or (told.today - latest.ended_on).days > LOOK_BACK_DAYS:
        return None
    back = told.of(AFTER)
    seen = any(entry.on >= latest.ended_on for entry in back)
    met = any((spell := spell_of(entry)) and _meet(spell, latest, told.today) for entry in back)
    return None if seen or met else latest


def plan_of(told: Told) -> FlarePlan:
    """What the tool makes of the plan, the look backs and the reported flare-ups."""
    plan, back = told.latest(PLAN), told.of(AFTER)
    helped = helped_times(back)
    every = spells(back, told.flares, told.today)
    count_days = int(told.numbers.get("flare_plan_count_days", 90))
    return FlarePlan(
        told.today,
        plan,
        {stage: steps_of(plan, stage, helped) for stage in stages(energy_mode=told.energy_mode)},
        flare_history(every, told.today, count_days),
        tuple(spell for spell in every if spell.ended_on)[-SHOWN_SPELLS:],
        ranked_triggers(back),
        to_look_back(told),
        told.latest(AFTER),
        not_in_plan(plan, told.latest(AFTER)),
        count_days,
    )


def _meet(one: Spell, other: Spell, today: date) -> bool:
    """Do two flare-ups share a day? A look back may also begin where a report ended."""
    return one.began_on <= (other.ended_on or today) and other.began_on <= (one.ended_on or today)


def _same(line: str) -> str:
    return " ".join(line.casefold().split()).rstrip(".")


def _each_once(lines: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for line in lines:
        kept.setdefault(_same(line), line)
    return tuple(kept.values())
