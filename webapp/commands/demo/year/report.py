"""The year in figures: as JSON for a programme, and as a page of text for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from webapp.commands.demo.year.findings import Findings, Message
from webapp.commands.demo.year.promises import (
    PROMISES,
    ZONE,
    Broken,
    red_raises,
)
from webapp.engagement.standing import Tier
from webapp.foundations.clock import local

ROWS_SHOWN = 10
BAR_WIDTH = 40
Figures = dict[str, Any]


def figures_of(found: Findings) -> Figures:
    """Every figure of the year, ready for JSON."""
    ours = [message for message in found.messages if message.is_ours and message.first_at is not None]
    return {
        "plan": {
            "people": found.plan.people, "days": found.plan.days, "seed": found.plan.seed,
            "begins_on": found.plan.begins_on.isoformat(),
        },
        "messages": _of_messages(found, ours),
        "worker": _of_the_worker(found),
        "worklist": _of_the_worklist(found),
        "states_at_the_end": dict(found.ends.most_common()),
        "kinds_of_people": dict(found.kinds.most_common()),
        "share_who_stopped_messages": round(found.stopped / max(found.plan.people, 1), 4),
    }  # fmt: skip


def _of_messages(found: Findings, ours: list[Message]) -> Figures:
    per_person = Counter(message.person for message in ours)
    months = Counter((message.person, f"{_when(message):%Y-%m}") for message in ours)
    return {
        "in_all": len(ours),
        "per_person": _spread([per_person.get(number, 0) for number in range(found.plan.people)]),
        "people_by_messages_in_all": _counted(
            Counter(per_person.get(n, 0) for n in range(found.plan.people))
        ),
        "person_months_by_messages": _counted(Counter(months.values())),
        "by_kind": dict(Counter(message.kind.removeprefix("reminder:") for message in ours).most_common()),
        "by_channel": dict(Counter(message.channel for message in ours).most_common()),
        "by_local_hour": _counted(Counter(_when(one).hour for one in ours if one.channel != "letter")),
        "things_in_one_message": _counted(Counter(len(message.things) for message in ours)),
        "hours_between_two": _spread(_gaps(ours)),
        "withdrawn": sum(message.is_ours and message.withdrawn for message in found.messages),
        "failed": sum(message.is_ours and message.failed for message in found.messages),
        "others_arrived": sum(len(one.arrived_at) for one in found.messages if not one.is_ours),
    }


def _gaps(ours: list[Message]) -> list[float]:
    by_person: dict[int, list[float]] = {}
    for message in ours:
        if message.first_at is not None:
            by_person.setdefault(message.person, []).append(message.first_at.timestamp() / 3600)
    return [b - a for moments in by_person.values() for a, b in pairwise(sorted(moments))]


def _of_the_worker(found: Findings) -> Figures:
    twice = [message.message_id for message in found.messages if len(message.arrived_at) > 1]
    return {
        "kills": len(found.struck),
        "kills_by_place": dict(Counter(kill.place.value for kill in found.struck).most_common()),
        "messages_in_the_window": len(found.windows),
        "messages_that_arrived_twice": len(twice),
        "refused_by_the_mail_server": found.refused,
    }


def _of_the_worklist(found: Findings) -> Figures:
    weeks = found.plan.days / 7
    raises, person_weeks = red_raises(found.rows)
    listed = Counter(row.on for row in found.rows if row.tier is not None)
    tiers = Counter(one.tier for one in found.contacted)
    return {
        "contacts": len(found.contacted),
        "contacts_a_week": round(len(found.contacted) / weeks, 2),
        "contacts_a_week_per_100_people": round(len(found.contacted) / weeks / found.plan.people * 100, 2),
        "weekly_budget": found.calls_a_week,
        "most_in_a_week": max(
            Counter(one.on.isocalendar()[:2] for one in found.contacted).values(), default=0
        ),
        "why": {Tier(tier).name.lower(): number for tier, number in sorted(tiers.items())},
        "outcomes": dict(Counter(one.outcome for one in found.contacted).most_common()),
        "rows_each_morning": _spread([listed.get(day, 0) for day in found.plan.each_day()]),
        "rows_left_at_the_end_of_a_working_day": _spread(list(found.waiting.values())),
        "red_raises": raises,
        "person_weeks": round(person_weeks),
        "red_raises_per_100_person_weeks": round(raises * 100 / person_weeks, 2) if person_weeks else 0,
    }


def _spread(numbers: list[Any]) -> Figures:
    if not numbers:
        return {}
    return {
        "least": round(min(numbers), 2),
        "median": round(median(numbers), 2),
        "mean": round(sum(numbers) / len(numbers), 2),
        "most": round(max(numbers), 2),
    }


def _counted(counter: Counter[int]) -> dict[str, int]:
    return {str(number): counter[number] for number in sorted(counter)}


def _when(message: Message) -> Any:
    assert message.first_at is not None
    return local(message.first_at, ZONE)


# --- as a page of text --------------------


def as_text(found: Findings, figures: Figures, broken: Mapping[str, Broken]) -> str:
    """The figures and the promises as Markdown."""
    return "\n".join(_lines(found, figures, broken)) + "\n"


def _lines(found: Findings, figures: Figures, broken: Mapping[str, Broken]) -> Iterator[str]:
    plan, last = found.plan, found.plan.until_on - timedelta(days=1)
    yield f"# {plan.people} made-up people, {plan.days} days"
    yield ""
    yield f"From {plan.begins_on} to {last}, seed {plan.seed}; the worker was killed {len(found.struck)} times."
    yield from _promise_lines(broken)
    for heading, part in figures.items():
        if heading != "plan":
            yield from ("", f"## {heading.replace('_', ' ').capitalize()}", "")
            yield from _part_lines(part)


def _promise_lines(broken: Mapping[str, Broken]) -> Iterator[str]:
    yield from ("", "## Promises", "")
    for words in PROMISES:
        rows = broken.get(words, [])
        yield f"- {'BROKEN' if rows else 'kept'}: {words}"
        yield from (f"  - {row}" for row in rows[:ROWS_SHOWN])
        if len(rows) > ROWS_SHOWN:
            yield f"  - and {len(rows) - ROWS_SHOWN} more"


def _part_lines(part: Any) -> Iterator[str]:
    if not isinstance(part, dict):
        yield str(part)
        return
    for name, figure in part.items():
        words = name.replace("_", " ")
        if isinstance(figure, dict) and figure.keys() - {"least", "median", "mean", "most"}:
            yield from ("", f"{words}:", "")
            yield from _bars(figure)
        elif isinstance(figure, dict):
            yield f"- {words}: " + ", ".join(f"{key} {number}" for key, number in figure.items())
        else:
            yield f"- {words}: {figure}"


def _bars(figure: Mapping[str, int]) -> Iterator[str]:
    """One line for each number, with a bar, as a block of code."""
    most, width = max(figure.values()), max(len(name) for name in figure)
    yield "```"
    for name, number in figure.items():
        yield f"{name:>{width}} {number:>6} {'█' * round(number / most * BAR_WIDTH)}".rstrip()
    yield "```"
