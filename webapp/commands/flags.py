"""``waymark flags``: try the portal's own rules on a history. Needs no database, no settings and no web
framework."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

import click

from webapp.commands.flags_history import BadHistory, read_history
from webapp.engagement.facts import Facts
from webapp.engagement.ring_key import ring_key
from webapp.engagement.rules import COMMAND_NAMES, Reason, ReasonKind, Standing, state
from webapp.engagement.thresholds import Thresholds

COLUMNS = ("person", "on", "state", "rank", "points", "reasons")
MOST_DAYS = 36_500

Line = tuple[str, str, str, int | str, int, str]
History = Sequence[tuple[str, Facts]]


@click.group()
def flags() -> None:
    """Explain the reasons for ringing a patient."""


def _thresholds(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> Thresholds:
    """The defaults, with what was given as NAME=NUMBER."""
    known = {one.name for one in fields(Thresholds)}
    changed: dict[str, int] = {}
    for text in given:
        name, _, number = text.partition("=")
        if name not in known or not (number.isascii() and number.isdigit() and len(number) < 6):
            names = ", ".join(sorted(known))
            raise click.BadParameter(f"{text!r}: expected NAME=NUMBER, NAME one of {names}")
        changed[name] = int(number)
    try:
        return replace(Thresholds(), **changed)
    except ValueError as problem:
        raise click.BadParameter(str(problem)) from None


_FILE = click.Path(path_type=Path)


@flags.command()
@click.option("--enrolments", type=_FILE, required=True, help="person, invited_on, started_on, ended_on")
@click.option("--events", type=_FILE, required=True, help="person, on: one row for each day with activity")
@click.option("--milestones", type=_FILE, required=True, help="person, name, planned_on, done_on")
@click.option("--pauses", type=_FILE, help="person, from_on, until_on (both days are part of the pause)")
@click.option(
    "--on-day",
    "on_days",
    type=click.IntRange(0, MOST_DAYS),
    multiple=True,
    required=True,
    help="Days after the invitation. Give it again for more days.",
)
@click.option("--out", type=_FILE, required=True, help="The file to write.")
@click.option(
    "--threshold",
    "thresholds",
    multiple=True,
    callback=_thresholds,
    metavar="NAME=NUMBER",
    help="Try another number, for example quieter_idle_days=10. Give it again for more.",
)
def evaluate(
    enrolments: Path,
    events: Path,
    milestones: Path,
    pauses: Path | None,
    on_days: tuple[int, ...],
    out: Path,
    thresholds: Thresholds,
) -> None:
    """Say where each person of a history stood on some days after the invitation.

    Nothing dated after the day is looked at. Contacts are not known here, so nobody is hidden after one.
    """
    if out.resolve() in {path.resolve() for path in (enrolments, events, milestones, pauses) if path}:
        raise click.UsageError(f"--out would overwrite {out}")
    try:
        history = read_history(enrolments, events, milestones, pauses)
    except BadHistory as problem:
        raise click.ClickException(str(problem)) from None
    try:
        _write(out, history, sorted(set(on_days)), thresholds)
    except OSError as problem:
        raise click.ClickException(f"{out}: cannot be written: {problem.strerror}") from None


def _write(out: Path, history: History, on_days: Sequence[int], thresholds: Thresholds) -> None:
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for on_day in on_days:
            writer.writerows(lines_of_day(history, on_day, thresholds))


def lines_of_day(history: History, on_day: int, thresholds: Thresholds) -> Iterator[Line]:
    """One line for each person, in the history's order, ``on_day`` days after each one's invitation."""
    after = timedelta(days=on_day)
    days = [facts.invited_on + after for _, facts in history]
    found = [state(facts, day, thresholds) for (_, facts), day in zip(history, days, strict=True)]
    ranks = _ranks([name for name, _ in history], days, found)
    for (name, _), day, standing in zip(history, days, found, strict=True):
        reasons = ";".join(_sentence(reason) for reason in standing.reasons)
        state_name = COMMAND_NAMES[standing.state]
        yield name, day.isoformat(), state_name, ranks.get(name, ""), standing.points, reasons


def _ranks(names: Sequence[str], days: Sequence[date], found: Sequence[Standing]) -> dict[str, int]:
    """1 to n for whoever is on the list; equal keys in the order of the names."""
    keyed = zip(names, days, found, strict=True)
    listed = sorted((key, name) for name, day, one in keyed if (key := ring_key(one, day)) is not None)
    return {name: rank for rank, (_, name) in enumerate(listed, start=1)}


SENTENCES = {
    ReasonKind.NOT_STARTED: "not started {number} days after the invitation of {since}",
    ReasonKind.NO_VISIT: "no visit for {number} days, since {since}",
    ReasonKind.MODULE_OVERDUE: "{module} was planned for {since}, {number} days overdue",
    ReasonKind.FEW_DAYS: "only {number} active days since {since}",
    ReasonKind.SLOW_START: "slow start: {number} active days in the week from {since}",
    ReasonKind.NOT_BACK: "the pause ended on {since}, no visit in the {number} days since",
    ReasonKind.PAUSED: "paused since {since}",
}
"""The engine's English for those who tune the rules; the portal's words are in its templates. A history has
no requests, contacts, flare-ups or rhythms, so the reasons that need them cannot come up."""


def _sentence(reason: Reason) -> str:
    module = " ".join((reason.module or "").replace(";", ",").split())
    return SENTENCES[reason.kind].format(
        number=reason.number, since=reason.since_on.isoformat(), module=module
    )
