"""``waymark demo``: two made-up services with about sixty made-up patients in every state, so that anybody can try it;
and ``waymark demo --simulate``: a year with hundreds of them, on a database of its own.

Every history is made by the same services that a page calls, on days that lie in the past; nothing is written
past them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from webapp.foundations.settings import SettingsRefused, load_settings

FIRST_DAY = "2026-01-05"
OPTIONS = (
    click.option("--people", default=500, show_default=True, type=click.IntRange(1, 20_000), help="How many patients."),
    click.option("--days", default=365, show_default=True, type=click.IntRange(14, 1500), help="How many days."),
    click.option("--begin", default=FIRST_DAY, show_default=True, type=click.DateTime(["%Y-%m-%d"]), help="The first day."),
    click.option("--seed", default=1, show_default=True, type=int, help="Which dice: the same seed, the same year."),
    click.option("--kills", default=50, show_default=True, type=click.IntRange(0), help="How often the worker is killed."),
    click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="A folder for report.md and report.json."),
    click.option("--keep", is_flag=True, help="Keep the simulation's database, to look at it."),
)  # fmt: skip


def _with_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@click.group(invoke_without_command=True)
@click.option(
    "--simulate", "asked", is_flag=True, help="Live through a year with made-up patients: see `simulate`."
)
@_with_options
def demo(asked: bool, **options: Any) -> None:
    """Fill the demonstration with made-up people, or live through a year with them (--simulate)."""
    context = click.get_current_context()
    if context.invoked_subcommand is None and asked:
        _simulate(**options)
    elif context.invoked_subcommand is None:
        click.echo(context.get_help())


@demo.command()
@_with_options
def simulate(**options: Any) -> None:
    """Live through a year, day by day, on a database of its own, and check every promise about messages and rows."""
    _simulate(**options)


def _simulate(
    people: int, days: int, begin: datetime, seed: int, kills: int, out: Path | None, keep: bool
) -> None:
    from webapp.commands.demo.year.running import Plan
    from webapp.commands.demo.year.simulating import simulate as live_through
    from webapp.foundations.private_postgres import PrivatePostgresFailed

    _not_in_production()
    plan = Plan(people, days, seed, kills, date(begin.year, begin.month, begin.day))
    try:
        kept = live_through(plan, out, keep=keep)
    except PrivatePostgresFailed as refusal:
        raise click.ClickException(str(refusal)) from None
    if not kept:
        raise click.ClickException("A promise was broken.")


def _not_in_production() -> None:
    try:
        settings = load_settings()
    except SettingsRefused as refusal:
        raise click.ClickException(str(refusal)) from None
    if settings.production:
        raise click.ClickException("The made-up people are not for production.")


@demo.command()
@click.option("--few", is_flag=True, help="One patient in each state only: quicker, for tests.")
def seed(few: bool) -> None:
    """Fill an empty installation once. Does nothing where there is a service already; refuses in production."""
    from webapp import create_app
    from webapp.commands.demo.filling import fill, is_empty, is_filled

    _not_in_production()
    app = create_app(load_settings())
    with app.app_context():
        if is_filled():
            click.echo("The demonstration has its people already.")
            return
        if not is_empty():
            raise click.ClickException(
                "There is something in this database already, so nothing is made up here."
            )
        click.echo("Making up two services and their people. This takes about half a minute…")
        count = fill(few=few)
        click.echo(f"{count} made-up patients are there.")
