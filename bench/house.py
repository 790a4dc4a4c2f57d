"""The whole application on a database of its own, set up as in production, with the tests' cast."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from flask import Flask

from tests.cast import CORE_MODULES, Cast, Person
from tests.conftest import _template
from webapp import create_app
from webapp.foundations.database import db
from webapp.foundations.private_postgres import PrivatePostgres, ensure_running
from webapp.foundations.settings import load_settings
from webapp.people.visitors import COOKIE

from . import crowd

ADDRESS = "https://localhost"


@dataclass
class House:
    """One application, its cast (kept, not rolled back), and its database's owner."""

    app: Flask
    cast: Cast
    owner: psycopg.Connection[Any]
    settings: dict[str, str]

    def fill(self, service_name: str, number: int, clinician: Person) -> None:
        """Put ``number`` patients into a service of the cast."""
        assert clinician.membership
        service = getattr(self.cast, service_name)
        crowd.fill(self.owner, service.id, number, CORE_MODULES, clinician.membership.id)

    def cookie_of(self, name: str) -> str:
        """The cookie header of a new session of somebody of the cast. Ask inside ``app.app_context()``."""
        prefix = "__Host-" if self.app.extensions["waymark_settings"].https else ""
        return f"{prefix}{COOKIE}={self.cast.secret_of(name)}"


@contextmanager
def house(**given: Any) -> Iterator[House]:
    """Build it, lend it, take everything down again. ``given`` are settings that differ from production's."""
    postgres = ensure_running(fast=True)
    name = f"waymark_bench_{os.getpid()}"
    with postgres.connect("postgres") as keeper, TemporaryDirectory() as folder:
        keeper.execute(f'CREATE DATABASE "{name}" TEMPLATE "{_template(postgres)}" OWNER waymark_owner')
        try:
            yield from _lent(postgres, name, Path(folder), given)
        finally:
            keeper.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _lent(postgres: PrivatePostgres, name: str, folder: Path, given: dict[str, Any]) -> Iterator[House]:
    settings = {
        "environment": "production",
        "base_url": ADDRESS,
        "secret_key": "only for measuring " * 3,
        "smtp_url": "smtp://127.0.0.1:9",
        "database_url": postgres.url("waymark_app", name),
        "owner_database_url": postgres.url("waymark_owner", name),
        "var_folder": str(folder),
        **given,
    }
    app = create_app(load_settings(**settings))
    with postgres.connect(name) as owner:
        with app.app_context():
            cast = Cast(app)
            db.session.commit()
        yield House(app, cast, owner, settings)
    with app.app_context():
        db.engine.dispose()
