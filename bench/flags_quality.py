"""How well the flags find made-up people who stop: ranking, precision, reach in time, budget, repeats.

Read it beside the figures of another version of the rules on the same made-up people (same ``--seed``): it says
whether a change of a rule makes the list better or worse. It cannot say how good the rules are with patients.
Run: ``PYTHONPATH=. python bench/flags_quality.py [--people 3000] [--seed 1] [--threshold quieter_idle_days=10]``.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.made_up import MadeUp, people, write
from webapp.commands.flags import lines_of_day
from webapp.commands.flags_history import read_history
from webapp.engagement.facts import Facts
from webapp.engagement.thresholds import DEFAULT, Thresholds

JUDGED_ON = (28, 42, 56, 84)
LISTED_DAYS = range(7, 99, 7)
OVER = {"ended", "completed", "paused"}


@dataclass(frozen=True, slots=True)
class Judged:
    """One made-up person on one day: what the flags said, and what came."""

    who: MadeUp
    state: str
    rank: int | None
    points: int
    silent_days: int
    reasons: str
    is_gone: bool


def history_of(everybody: list[MadeUp]) -> list[tuple[str, Facts]]:
    """The same people as `waymark flags evaluate` reads them."""
    with TemporaryDirectory() as name:
        write(Path(name), everybody)
        return read_history(*(Path(name) / f"{file}.csv" for file in "EVM"))


def judge(
    everybody: Sequence[MadeUp], history: list[tuple[str, Facts]], day: int, thresholds: Thresholds = DEFAULT
) -> list[Judged]:
    """Everybody who is on the course on this day, in the order of the history."""
    found = []
    for who, line in zip(everybody, lines_of_day(history, day, thresholds), strict=True):
        _, _, state, rank, points, reasons = line
        if state not in OVER:
            silent = day - max((one for one in who.visits if one <= day), default=0)
            gone = who.is_gone_from(day)
            found.append(Judged(who, state, rank or None, points, silent, reasons, gone))  # type: ignore[arg-type]
    return found


def auc(rows: Iterable[Judged]) -> float:
    """The chance that somebody who is gone has more points than somebody who stays; half for equal points."""
    gone: dict[int, int] = {}
    stay: dict[int, int] = {}
    for one in rows:
        counted = gone if one.is_gone else stay
        counted[one.points] = counted.get(one.points, 0) + 1
    pairs = sum(gone.values()) * sum(stay.values())
    won = sum(
        many * few * (1 if high > low else 0.5)
        for high, many in gone.items()
        for low, few in stay.items()
        if high >= low
    )
    return won / pairs if pairs else float("nan")


def precision_at(
    rows: Sequence[Judged], share: float, order: Callable[[Judged], tuple[object, ...]]
) -> float:
    """The share of those who are gone among the first ``share`` of the rows in this order."""
    first = sorted(rows, key=order)[: max(1, round(len(rows) * share))]
    return sum(one.is_gone for one in first) / len(first)


def by_points(one: Judged) -> tuple[object, ...]:
    """More points first."""
    return (-one.points, one.who.name)


def longest_silent(one: Judged) -> tuple[object, ...]:
    """The rule that the flags must beat."""
    return (-one.silent_days, one.who.name)


def by_rank(one: Judged) -> tuple[object, ...]:
    """The list as it stands; whoever is not on it comes last."""
    return (one.rank is None, one.rank or 0)


@dataclass(frozen=True, slots=True)
class Reach:
    """What a weekly budget of calls did: ``timely`` of all stoppers were rung within 14 days of their last visit;
    ``precise`` of all calls went to stoppers; ``repeats`` were within 28 days of the call before."""

    timely: float
    precise: float
    repeats: int
    calls: int


def reach(
    weeks: dict[int, list[Judged]], calls_a_week: int, order: Callable[[Judged], tuple[object, ...]]
) -> Reach:
    """Ring so many of a hundred people a week, in this order; nobody again within 28 days, as the portal hides them."""
    rung: dict[str, list[int]] = {}
    for day, rows in weeks.items():
        open_to_call = [
            one
            for one in rows
            if one.silent_days > 0 and (one.who.name not in rung or day - rung[one.who.name][-1] > 28)
        ]
        listed = open_to_call if order is longest_silent else [one for one in open_to_call if one.rank]
        for one in sorted(listed, key=order)[: round(calls_a_week * len(rows) / 100)]:
            rung.setdefault(one.who.name, []).append(day)
    stoppers = {one.who.name: one.who for rows in weeks.values() for one in rows if _stops_in(one.who)}
    timely = sum(
        any(0 <= day - (who.last_visit or 0) <= 14 for day in rung.get(name, ()))
        for name, who in stoppers.items()
    )
    calls = sum(len(days) for days in rung.values())
    right = sum(len(days) for name, days in rung.items() if name in stoppers)
    repeats = sum(later - sooner <= 28 for days in rung.values() for sooner, later in pairwise(days))
    return Reach(timely / max(1, len(stoppers)), right / max(1, calls), repeats, calls)


def _stops_in(who: MadeUp) -> bool:
    return who.last_visit is not None and who.is_gone_from(LISTED_DAYS[-1], 0)


def raises_per_100_weeks(
    everybody: Sequence[MadeUp], history: list[tuple[str, Facts]], thresholds: Thresholds
) -> float:
    """New raises of red for each 100 weeks of a person on the course, looked at every day."""
    raises, weeks = 0, 0.0
    before: dict[str, str] = {}
    for day in range(LISTED_DAYS[0], LISTED_DAYS[-1]):
        for one in judge(everybody, history, day, thresholds):
            weeks += 1 / 7
            raises += one.state == "red" and before.get(one.who.name) != "red"
            before[one.who.name] = one.state
    return 100 * raises / weeks


def report(number: int, seed: int, thresholds: Thresholds) -> str:
    """The figures as a Markdown table."""
    everybody = people(number, seed)
    history = history_of(everybody)
    lines = [
        "| day | on the course | gone | AUC | top 10% | longest silent | red | of them gone |",
        "|---|" + "---|" * 7,
    ]
    for day in JUDGED_ON:
        rows = judge(everybody, history, day, thresholds)
        red = [one for one in rows if one.state == "red"]
        right = sum(one.is_gone for one in red) / max(1, len(red))
        lines.append(
            f"| {day} | {len(rows)} | {sum(one.is_gone for one in rows) / len(rows):.0%} | {auc(rows):.3f} "
            f"| {precision_at(rows, 0.1, by_points):.2f} | {precision_at(rows, 0.1, longest_silent):.2f} "
            f"| {len(red) / len(rows):.0%} | {right:.2f} |"
        )
    weeks = {day: judge(everybody, history, day, thresholds) for day in LISTED_DAYS}
    heads = "| calls a week for 100 people | order | reached in time | of the calls, to stoppers | repeats |"
    lines += ["", heads, "|---|---|---|---|---|"]
    for calls in (3, 5):
        for name, order in (("the list", by_rank), ("longest silent first", longest_silent)):
            done = reach(weeks, calls, order)
            lines.append(
                f"| {calls} | {name} | {done.timely:.0%} | {done.precise:.0%} | {done.repeats} of {done.calls} |"
            )
    raises = raises_per_100_weeks(everybody[:600], history[:600], thresholds)
    return "\n".join([*lines, "", f"New raises of red: {raises:.1f} for each 100 person-weeks."])


def main() -> None:
    """Read the options, make the people up, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threshold", action="append", default=[], metavar="NAME=NUMBER")
    given = parser.parse_args()
    changed = {name: int(number) for name, _, number in (one.partition("=") for one in given.threshold)}
    print(report(given.people, given.seed, replace(DEFAULT, **changed)))


if __name__ == "__main__":
    main()
