"""The migrations are one line, make exactly what the models say, and go back again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from tests.conftest import MIGRATIONS, _as_owner
from webapp.foundations.database import Base
from webapp.rooms import load_models


@pytest.fixture
def fresh(postgres: Any) -> Iterator[str]:
    """The owner's address of an empty database."""
    name = f"waymark_migrations_{os.getpid()}"
    with _as_owner(postgres) as owner:
        owner.execute(f'DROP DATABASE IF EXISTS "{name}"')
        owner.execute(f'CREATE DATABASE "{name}"')
    yield postgres.url("waymark_owner", name)
    with _as_owner(postgres) as owner:
        owner.execute(f'DROP DATABASE "{name}"')


def config(url: str = "") -> Config:
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    made.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return made


def test_there_is_one_line_of_migrations() -> None:
    assert len(ScriptDirectory.from_config(config()).get_heads()) == 1


def test_the_migrations_make_what_the_models_say(fresh: str) -> None:
    load_models()
    command.upgrade(config(fresh), "head")
    engine = create_engine(fresh)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _is_ours})
        differences = compare_metadata(context, Base.metadata)
    engine.dispose()
    assert not differences


def test_the_migrations_go_back_and_forward_again(fresh: str) -> None:
    command.upgrade(config(fresh), "head")
    command.downgrade(config(fresh), "base")
    engine = create_engine(fresh)
    with engine.connect() as connection:
        left = connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()
    engine.dispose()
    assert left == ["alembic_version"]
    command.upgrade(config(fresh), "head")


def _is_ours(_thing: object, name: str | None, kind: str, *_: object) -> bool:
    return not (kind == "table" and (name or "").startswith("procrastinate"))
