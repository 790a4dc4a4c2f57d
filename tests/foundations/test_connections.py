"""A connection that died while it rested is replaced before anybody meets it, and is nobody's in between."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine

from tests.cast import Cast
from webapp.foundations import database
from webapp.foundations.database import set_wall

WALL = text("SELECT current_setting('waymark.service', true)")


@pytest.fixture
def engine(app: Flask):  # type: ignore[no-untyped-def]
    """An engine with one connection of its own."""
    with app.app_context():
        url = database.db.engine.url
    own = create_engine(url, pool_size=1, max_overflow=0)
    yield own
    own.dispose()


def backend(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(text("SELECT pg_backend_pid()")) or 0)


def test_a_connection_that_died_while_it_rested_is_replaced(
    engine: Engine, postgres, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(database, "ASKED_AGAIN_AFTER_SECONDS", 0)
    first = backend(engine)
    with postgres.connect() as keeper:
        keeper.execute("SELECT pg_terminate_backend(%s)", (first,))
    assert backend(engine) not in (0, first)


def test_a_connection_that_lives_is_kept(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "ASKED_AGAIN_AFTER_SECONDS", 0)
    assert backend(engine) == backend(engine)


def test_after_a_service_the_same_connection_is_nobodys_again(app: Flask, cast: Cast, engine: Engine) -> None:
    """The wall ends with its transaction."""
    with engine.connect() as connection:
        set_wall(connection, cast.hillside.id)
        assert connection.scalar(WALL) == str(cast.hillside.id)
        connection.commit()
        assert not connection.scalar(WALL)
