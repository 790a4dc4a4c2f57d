"""``waymark demo --simulate``: lives through the year, says how far it is, and writes down what was found.

A large crowd is several clinics of at most 125 people, each with a database, a worker, a mail server and a clinician of its
own, so that a machine with several processors lives through several at a time. Which clinics there are follows from the
number of people alone, never from the machine: the same seed gives the same year.
"""

from __future__ import annotations

import json
import logging
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

import click

from webapp.commands.demo.year.crowd import at
from webapp.commands.demo.year.findings import Findings, gather
from webapp.commands.demo.year.house import own_house
from webapp.commands.demo.year.promises import broken_promises
from webapp.commands.demo.year.report import as_text, figures_of
from webapp.commands.demo.year.running import Lived, Plan, live_through

LARGEST_CLINIC = 125


def say(words: str) -> None:
    """A line of progress, beside the report: on standard error."""
    click.echo(words, err=True)


def simulate(plan: Plan, out: Path | None, *, keep: bool = False) -> bool:
    """Live through it, print the report (and keep it in ``out``); True if every promise was kept."""
    found = all_findings(plan, keep=keep)
    figures, broken = figures_of(found), broken_promises(found)
    text = as_text(found, figures, broken)
    click.echo(text, nl=False)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / "report.md").write_text(text, encoding="utf-8")
        kept = {**figures, "broken_promises": broken}
        (out / "report.json").write_text(json.dumps(kept, indent=2, ensure_ascii=False), encoding="utf-8")
    return not broken


def all_findings(plan: Plan, *, keep: bool = False) -> Findings:
    """What was found in every clinic, several at a time where there are several processors."""
    clinics, one = clinics_of(plan), partial(findings_of, keep=keep)
    at_once = min(len(clinics), os.cpu_count() or 1)
    if at_once == 1:
        return together(plan, [one(clinic) for clinic in clinics])
    with ProcessPoolExecutor(at_once, mp_context=get_context("spawn")) as pool:
        return together(plan, list(pool.map(one, clinics)))


def clinics_of(plan: Plan) -> list[Plan]:
    """The clinics of a crowd, as even as can be; people keep their numbers, and the kills are shared out."""
    number = -(-plan.people // LARGEST_CLINIC)
    people, kills = list(_shared(plan.people, number)), list(_shared(plan.kills, number))
    return [
        replace(plan, people=people[place], kills=kills[place], first=sum(people[:place]))
        for place in range(number)
    ]


def _shared(whole: int, among: int) -> Iterator[int]:
    return (whole * (place + 1) // among - whole * place // among for place in range(among))


def findings_of(clinic: Plan, *, keep: bool = False) -> Findings:
    """Live through one clinic on a database of its own."""
    logging.disable(logging.INFO)
    with own_house(say, keep=keep) as app:
        lived = live_through(app, clinic, _telling(clinic))
        return gather(app, lived, at(clinic.until_on, 0))


def together(plan: Plan, clinics: Sequence[Findings]) -> Findings:
    """The findings of several clinics as those of one crowd."""
    return Findings(
        plan=plan,
        messages=tuple(chain.from_iterable(one.messages for one in clinics)),
        spells=tuple(chain.from_iterable(one.spells for one in clinics)),
        rows=tuple(chain.from_iterable(one.rows for one in clinics)),
        contacted=tuple(chain.from_iterable(one.contacted for one in clinics)),
        waiting={day: sum(one.waiting.get(day, 0) for one in clinics) for day in clinics[0].waiting},
        calls_a_week=sum(one.calls_a_week for one in clinics),
        ends=sum((one.ends for one in clinics), Counter()),
        kinds=sum((one.kinds for one in clinics), Counter()),
        stopped=sum(one.stopped for one in clinics),
        struck=tuple(chain.from_iterable(one.struck for one in clinics)),
        windows=frozenset(chain.from_iterable(one.windows for one in clinics)),
        kills_left=sum(one.kills_left for one in clinics),
        refused=sum(one.refused for one in clinics),
        ended_at=clinics[0].ended_at,
    )


def _telling(clinic: Plan) -> Callable[[date, Lived], None]:
    """Says on the first of each month how far it is."""

    def tell(today: date, lived: Lived) -> None:
        if today.day == 1:
            say(
                f"{today}: people {clinic.first} to {clinic.first + len(lived.people)}, "
                f"{len(lived.receiver.receipts)} messages arrived, {len(lived.ringing.contacted)} contacts, "
                f"{len(lived.killer.struck)} kills"
            )

    return tell
