"""`waymark database`: the private PostgreSQL of a trial, and the migrations of any database."""

from pathlib import Path
from typing import NoReturn

import click

from webapp.foundations.private_postgres import (
    APP_ROLE,
    OWNER_ROLE,
    PrivatePostgres,
    PrivatePostgresFailed,
    at,
    ensure_running,
)
from webapp.foundations.settings import Settings, SettingsRefused, load_settings

MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"
GIVEN = "The database is the one in WAYMARK_DATABASE_URL."


@click.group()
def database() -> None:
    """Start, stop and migrate the database."""


@database.command()
def start() -> None:
    """Make the private database if need be, and start it. Does nothing where one is given."""
    settings = _settings()
    if settings.database_url:
        click.echo(GIVEN)
        return
    click.echo(f"The private database runs. Its data is in {_started(settings).data_dir}.")


@database.command()
def stop() -> None:
    """Stop the private database, and the one that the tests use."""
    for postgres in (at(), at(fast=True)):
        if postgres.is_ready():
            postgres.stop()
            click.echo(f"Stopped the private database in {postgres.data_dir}.")


@database.command()
def status() -> None:
    """Say which database is used, and whether the private one runs. Exit code 3: it does not."""
    settings = _settings()
    if settings.database_url:
        click.echo(GIVEN)
        return
    postgres = at()
    runs = postgres.is_ready()
    click.echo(f"The private database in {postgres.data_dir} {'runs' if runs else 'does not run'}.")
    if not runs:
        raise SystemExit(3)


@database.command()
@click.option("--owner", is_flag=True, help="The owner's address (for migrations), not the app's.")
def url(owner: bool) -> None:
    """Print the address of the database, starting the private one if need be."""
    click.echo(owner_url(_settings()) if owner else app_url(_settings()))


@database.command()
def migrate() -> None:
    """Bring the tables up to date, as the owner."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("sqlalchemy.url", owner_url(_settings()).replace("%", "%%"))
    command.upgrade(config, "head")
    click.echo("The tables are up to date.")


def owner_url(settings: Settings) -> str:
    """The owner's address: the setting, or the private database's (which is then started)."""
    if settings.owner_database_url:
        return settings.owner_database_url
    if settings.database_url:
        _refuse("WAYMARK_OWNER_DATABASE_URL is missing: migrations need the owner's role.")
    return _started(settings).url(OWNER_ROLE)


def app_url(settings: Settings) -> str:
    """The app's address: the setting, or the private database's (which is then started)."""
    return settings.database_url or _started(settings).url(APP_ROLE)


def _started(settings: Settings) -> PrivatePostgres:
    if settings.production:
        _refuse("Production needs a database of its own: WAYMARK_DATABASE_URL is missing.")
    try:
        return ensure_running()
    except PrivatePostgresFailed as refusal:
        _refuse(str(refusal))


def _settings() -> Settings:
    try:
        return load_settings()
    except SettingsRefused as refusal:
        _refuse(str(refusal))


def _refuse(why: str) -> NoReturn:
    raise click.ClickException(why)
