"""``waymark demo --simulate``: lives through the year, says how far it is, and writes down what was found."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click
from flask import Flask

from webapp.commands.demo.year.crowd import at
from webapp.commands.demo.year.findings import gather
from webapp.commands.demo.year.promises import broken_promises
from webapp.commands.demo.year.report import as_text, figures_of
from webapp.commands.demo.year.running import Lived, Plan, live_through


def say(words: str) -> None:
    """A line of progress, beside the report: on standard error."""
    click.echo(words, err=True)


def simulate(app: Flask, plan: Plan, out: Path | None) -> bool:
    """Live through it, print the report (and keep it in ``out``); True if every promise was kept."""
    logging.disable(logging.INFO)
    lived = live_through(app, plan, _telling())
    found = gather(app, lived, at(plan.until_on, 0))
    figures, broken = figures_of(found), broken_promises(found)
    text = as_text(found, figures, broken)
    click.echo(text, nl=False)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / "report.md").write_text(text, encoding="utf-8")
        kept = {**figures, "broken_promises": broken}
        (out / "report.json").write_text(json.dumps(kept, indent=2, ensure_ascii=False), encoding="utf-8")
    return not broken


def _telling() -> Callable[[date, Lived], None]:
    """Says on the first of each month how far it is."""

    def tell(today: date, lived: Lived) -> None:
        if today.day == 1:
            say(
                f"{today}: {len(lived.people)} people, {len(lived.receiver.receipts)} messages arrived, "
                f"{len(lived.ringing.contacted)} contacts, {len(lived.killer.struck)} kills"
            )

    return tell
