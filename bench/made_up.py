"""Made-up people on a course of nine modules, for judging a change of the rules. Nobody in it is real.

Each has a rhythm of visits of their own, goes through the modules as they visit, may take breaks and come back, and
may stop for good: some at once, most in the first weeks, some without any sign. Whoever stops mostly slows down
first. Nobody is phoned in it, so it shows what the flags see, and never what a call does.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

FIRST_DAY = date(2025, 1, 6)
MODULES = 9
DAYS_A_MODULE = 7
DAYS_FOLLOWED = 140
NEVER_START = 0.12
"""Share that never begins. Source: dropout.md 3, 12% had not started by day 7."""
SAYS_SO = 0.75
"""Share of stoppers who leave in so many words. Source: dropout.md 3, about five weeks after the first flag."""
SLOWS_DOWN = 0.7
"""Share of stoppers whose visits become fewer before they stop; the others stop from one day to the next."""


@dataclass(frozen=True, slots=True)
class MadeUp:
    """One made-up life; days are counted from the invitation. ``stops_on`` None: stays to the end.

    ``ends_on``: the day on which a stopper says so, some weeks later; None: never.
    """

    name: str
    invited_on: date
    visits: tuple[int, ...]
    done: tuple[int | None, ...]
    stops_on: int | None
    ends_on: int | None = None

    @property
    def last_visit(self) -> int | None:
        """The day of the last visit of all."""
        return self.visits[-1] if self.visits else None

    def is_gone_from(self, day: int, within_days: int = 14) -> bool:
        """The target of dropout.md 5: no visit from so many days after this one on, and the course not done."""
        finished = all(on is not None for on in self.done)
        return not finished and (self.last_visit is None or self.last_visit < day + within_days)


def people(number: int, seed: int = 1) -> list[MadeUp]:
    """The same number and seed give the same people."""
    chance = random.Random(seed)
    return [_life(f"p{n:06d}", chance) for n in range(number)]


def _life(name: str, chance: random.Random) -> MadeUp:
    invited_on = FIRST_DAY + timedelta(days=chance.randrange(200))
    if chance.random() < NEVER_START:
        return MadeUp(name, invited_on, (), (None,) * MODULES, 0, _ends_on(0, chance))
    begins = min(int(chance.expovariate(0.7)), 20)
    a_week = min(6.0, max(0.7, chance.lognormvariate(1.3, 0.5)))
    stops_on = _stops_on(begins, a_week, chance)
    visits = _visits(begins, a_week, stops_on, chance)
    return MadeUp(name, invited_on, visits, _modules(visits, chance), stops_on, _ends_on(stops_on, chance))


def _ends_on(stops_on: int | None, chance: random.Random) -> int | None:
    says_so = stops_on is not None and chance.random() < SAYS_SO
    return stops_on + 20 + chance.randrange(30) if says_so and stops_on is not None else None


def _stops_on(begins: int, a_week: float, chance: random.Random) -> int | None:
    """A chance each week: high at first, less for those who visit often."""
    for week in range(DAYS_FOLLOWED // 7):
        hazard = (0.045 if week < 3 else 0.02) * (1.6 if a_week < 2 else 0.8)
        if chance.random() < hazard:
            return begins + week * 7 + chance.randrange(7)
    return None


def _visits(begins: int, a_week: float, stops_on: int | None, chance: random.Random) -> tuple[int, ...]:
    slows = stops_on is not None and chance.random() < SLOWS_DOWN
    last = DAYS_FOLLOWED if stops_on is None else stops_on
    away_until, days = -1, [begins]
    for day in range(begins + 1, last + 1):
        if away_until < day and chance.random() < 0.016:
            away_until = day + 4 + int(chance.expovariate(1 / 6))
        share = 0.4 if slows and last - day < 21 else 1.0
        if day > away_until and chance.random() < share * a_week / 7:
            days.append(day)
    return tuple(days)


def _modules(visits: tuple[int, ...], chance: random.Random) -> tuple[int | None, ...]:
    """About three visits finish a module; none is finished faster than five days after the one before."""
    done: list[int | None] = []
    worked, needed, before = 0, 0, -99
    for day in visits:
        worked += 1
        needed = needed or chance.choice((1, 1, 2, 3))
        if worked >= needed and day - before >= 5 and len(done) < MODULES:
            done.append(day)
            worked, needed, before = 0, 0, day
    return tuple([*done, *[None] * (MODULES - len(done))])


def write(folder: Path, everybody: list[MadeUp]) -> None:
    """The files that `waymark flags evaluate` reads: E.csv, V.csv and M.csv."""
    with (folder / "E.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("person", "invited_on", "started_on", "ended_on"))
        rows.writerows((one.name, one.invited_on, "", _on_or_none(one, one.ends_on)) for one in everybody)
    with (folder / "V.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("person", "on"))
        rows.writerows((one.name, _on(one, day)) for one in everybody for day in one.visits)
    with (folder / "M.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("person", "name", "planned_on", "done_on"))
        for one in everybody:
            begins = one.visits[0] if one.visits else 0
            for place, done in enumerate(one.done, start=1):
                planned_on = _on(one, begins + place * DAYS_A_MODULE)
                rows.writerow((one.name, f"module {place}", planned_on, _on_or_none(one, done)))


def _on_or_none(one: MadeUp, day: int | None) -> date | str:
    return "" if day is None else _on(one, day)


def _on(one: MadeUp, day: int) -> date:
    return one.invited_on + timedelta(days=day)
