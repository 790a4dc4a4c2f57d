"""A database of its own for a simulated year: made, lent, and removed again. The demonstration's is never touched."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from webapp.foundations.private_postgres import APP_ROLE, OWNER_ROLE, PrivatePostgres, ensure_running

MIGRATIONS = Path(__file__).resolve().parents[3] / "migrations"
Say = Callable[[str], None]


@contextmanager
def own_house(say: Say, *, keep: bool = False) -> Iterator[Flask]:
    """The whole application on a new database of the private PostgreSQL that tests use (nothing durable is in it).

    ``keep`` leaves the database where it is and says how to look at it.

    Raises:
        PrivatePostgresFailed: the private PostgreSQL cannot be had here.
    """
    postgres = ensure_running(fast=True)
    name = f"waymark_year_{os.getpid()}_{secrets.token_hex(3)}"  # one process may keep several
    with postgres.connect("postgres") as keeper:
        keeper.execute(f'CREATE DATABASE "{name}" OWNER {OWNER_ROLE}')
    try:
        with TemporaryDirectory() as folder:
            yield from _lent(postgres, name, Path(folder))
    finally:
        if keep:
            say(f"The database is kept. Look at it with WAYMARK_DATABASE_URL={postgres.url(APP_ROLE, name)}")
        else:
            with postgres.connect("postgres") as keeper:
                keeper.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _lent(postgres: PrivatePostgres, name: str, folder: Path) -> Iterator[Flask]:
    from webapp import create_app
    from webapp.foundations.database import db
    from webapp.foundations.settings import load_settings

    _migrate(postgres.url(OWNER_ROLE, name))
    settings = load_settings(
        environment="test",
        secret_key="only for a simulated year " * 2,
        database_url=postgres.url(APP_ROLE, name),
        owner_database_url=postgres.url(OWNER_ROLE, name),
        smtp_url="",
        base_url="http://127.0.0.1:8000",
        var_folder=folder,
    )
    app = create_app(settings)
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()


def _migrate(owner_url: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("sqlalchemy.url", owner_url.replace("%", "%%"))
    command.upgrade(config, "head")
