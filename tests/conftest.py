"""What every test may ask for: an application on a real PostgreSQL, rolled back after each test, and a looking client."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from sqlalchemy.engine import make_url

from tests.looking import LookingClient
from webapp.foundations.database import db

ROOT = Path(__file__).resolve().parents[1]
MIGRATIONS = ROOT / "webapp" / "migrations"


@pytest.fixture(scope="session")
def postgres():  # type: ignore[no-untyped-def]
    """A private PostgreSQL for tests (fast: no durability)."""
    from webapp.foundations import private_postgres

    return private_postgres.ensure_running(fast=True)


@pytest.fixture(scope="session")
def database_name(postgres) -> Iterator[str]:  # type: ignore[no-untyped-def]
    """This worker's own database, copied from a template that the real migrations made."""
    template = _template(postgres)
    name = f"waymark_test_{os.getpid()}"
    with _as_owner(postgres) as owner:
        owner.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield name
    with _as_owner(postgres) as owner:
        owner.execute(f'DROP DATABASE "{name}"')


@pytest.fixture(scope="session")
def app(postgres, database_name: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:  # type: ignore[no-untyped-def]
    """The whole application, as the app role."""
    from webapp import create_app
    from webapp.foundations.settings import load_settings

    settings = load_settings(
        environment="test",
        secret_key="only for tests, " * 3,
        database_url=postgres.url("waymark_app", database_name),
        owner_database_url=postgres.url("waymark_owner", database_name),
        var_folder=tmp_path_factory.mktemp("var"),
    )
    application = create_app(settings)
    application.test_client_class = LookingClient
    yield application
    with application.app_context():
        db.engine.dispose()


@pytest.fixture(autouse=True)
def jobs_in_this_application(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs run in the application that the test uses, not in whichever was built last in this process."""
    found = next((name for name in ("running_app", "app") if name in request.fixturenames), None)
    if found is not None:
        from webapp.foundations import jobs

        monkeypatch.setattr(jobs, "_flask_app", request.getfixturevalue(found))


@contextmanager
def rolled_back(app: Flask) -> Iterator[None]:
    """One outer transaction; every commit inside is a savepoint. Rolled back at the end."""
    with app.app_context():
        engine, sessions = db.engine, db.sessionmaker
    connection = engine.connect()
    outer = connection.begin()
    before = dict(sessions.kw)
    sessions.configure(bind=connection, join_transaction_mode="create_savepoint")
    with app.app_context():
        yield
    sessions.kw.clear()
    sessions.kw.update(before)
    outer.rollback()
    connection.close()


@pytest.fixture
def database(app: Flask) -> Iterator[None]:
    """The database, rolled back after the test."""
    with rolled_back(app):
        yield


@pytest.fixture
def client(app: Flask, database: None) -> LookingClient:
    """A browser that looks at every page it fetches. Signed out; `cast.signs_in(client, "asha")` signs in."""
    return app.test_client()  # type: ignore[return-value]


def _template(postgres) -> str:  # type: ignore[no-untyped-def]
    name = f"waymark_template_{_fingerprint()}"
    with _as_owner(postgres) as owner:
        owner.execute("SELECT pg_advisory_lock(20261121)")
        found = owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
        if not found:
            _migrate(postgres, owner, name)
        owner.execute("SELECT pg_advisory_unlock(20261121)")
    return name


def _migrate(postgres, owner, name: str) -> None:  # type: ignore[no-untyped-def]
    from alembic import command
    from alembic.config import Config

    half = f"{name}_half"
    owner.execute(f'DROP DATABASE IF EXISTS "{half}"')
    owner.execute(f'CREATE DATABASE "{half}"')
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("sqlalchemy.url", postgres.url("waymark_owner", half).replace("%", "%%"))
    command.upgrade(config, "head")
    owner.execute(f'ALTER DATABASE "{half}" RENAME TO "{name}"')


def _fingerprint() -> str:
    files = sorted([*(MIGRATIONS / "versions").glob("*.py"), MIGRATIONS / "wall.py"])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def _as_owner(postgres) -> psycopg.Connection:  # type: ignore[no-untyped-def,type-arg]
    url = make_url(postgres.url("waymark_owner", "postgres"))
    return psycopg.connect(host=url.query["host"], user=url.username, dbname="postgres", autocommit=True)


@pytest.fixture
def cast(app: Flask, database: None):  # type: ignore[no-untyped-def]
    """The named cast, each made when first asked for."""
    from tests.cast import Cast

    return Cast(app)


@pytest.fixture
def count_queries():  # type: ignore[no-untyped-def]
    """Count the statements of a block: ``with count_queries() as few: …; len(few.seen)``. Compare, never pin."""
    from tests.looking import Statements

    return Statements
