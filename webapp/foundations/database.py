"""The database: one session a request, the base of every table, and the wall between services.

Each row of a service carries ``service_id`` and its key is ``(service_id, id)``. PostgreSQL compares it with
``current_setting('waymark.service', true)`` (row-level security), which every transaction sets first, to the
empty string for nobody.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Any, ClassVar, cast
from uuid import UUID

import psycopg
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    MetaData,
    Table,
    event,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry, Pool
from uuid6 import uuid7

ASKED_AGAIN_AFTER_SECONDS = 5

db = SQLAlchemy(
    engine_options={"pool_size": 8, "max_overflow": 0, "pool_timeout": 15},
    session_options={"expire_on_commit": False},
)

Moment = Annotated[datetime, mapped_column(DateTime(timezone=True))]
Json = Annotated[dict[str, Any], mapped_column(JSONB)]
JsonList = Annotated[list[Any], mapped_column(JSONB)]


def new_id() -> UUID:
    """A UUIDv7: unique, and in the order of making."""
    return UUID(str(uuid7()))


class Base(DeclarativeBase):
    """Every table. ``retention`` and ``category`` say how long it is kept and what kind of data it is.

    Retention: ``care-record`` (8 years after discharge, or longer by the service's schedule), ``account`` (until
    the account is closed), ``security`` (short-lived), ``service`` (while the service exists), ``audit`` (as care-record).
    Category: ``health``, ``identity``, ``security``, ``none``.
    """

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    retention: ClassVar[str]
    category: ClassVar[str]
    walled: ClassVar[bool] = True
    append_only: ClassVar[bool] = False
    wall_also: ClassVar[str | None] = None


def table_of(model: type[Base]) -> Table:
    """The table behind a model, for the hottest reads: rows only, without the ORM's work for each query."""
    return cast(Table, model.__table__)


class OfService:
    """A row of one service with an id that may stand in a URL."""

    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)


class LoggedOfService:
    """A row of one service's append-only log, in the order of writing."""

    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"), primary_key=True)
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)


def belongs_to(column: str, table: str, *, name: str | None = None) -> ForeignKeyConstraint:
    """A key to another row of the *same* service: ``(service_id, column)`` → ``table(service_id, id)``."""
    return ForeignKeyConstraint(["service_id", column], [f"{table}.service_id", f"{table}.id"], name=name)


@event.listens_for(Pool, "checkin")
def _note_when_it_rested(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.info["rested_at"] = time.monotonic()


@event.listens_for(Pool, "checkout")
def _ask_whether_it_lives(connection: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
    """A connection that rested is asked whether it still lives, and replaced if not. (The pool's own way asks
    before every request, which costs as much as a query.)"""
    rested_at = record.info.get("rested_at")
    if connection is None or rested_at is None or time.monotonic() - rested_at < ASKED_AGAIN_AFTER_SECONDS:
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except psycopg.Error as gone:
        raise DisconnectionError("The connection did not live any more.") from gone


@event.listens_for(Session, "after_begin")
def _set_the_wall_first(session: Session, _transaction: Any, connection: Connection) -> None:
    """Every transaction, to the empty string for nobody; only the query that finds the session sets it itself."""
    if not session.info.get("first_query_sets_the_wall"):
        set_wall(connection, session.info.get("service"), session.info.get("account"))


@contextmanager
def first_query_sets_the_wall() -> Iterator[None]:
    """For the one query that finds the session: it sets the wall too, so that a request costs one statement less."""
    db.session.info["first_query_sets_the_wall"] = True
    try:
        yield
    finally:
        db.session.info["first_query_sets_the_wall"] = False


def set_wall(connection: Connection, service_id: UUID | None, account_id: UUID | None = None) -> None:
    """Tell PostgreSQL whose rows this transaction may see."""
    connection.execute(
        text(
            "SELECT set_config('waymark.service', :service, true), set_config('waymark.account', :account, true)"
        ),
        {"service": str(service_id or ""), "account": str(account_id or "")},
    )


def enter_service(service_id: UUID | None, account_id: UUID | None = None) -> None:
    """From here on the session reads and writes the rows of this service (and the memberships of this account)."""
    session = db.session
    session.info["service"], session.info["account"] = service_id, account_id
    if session.in_transaction():
        session.flush()
        set_wall(session.connection(), service_id, account_id)


@contextmanager
def acting_in(service_id: UUID | None) -> Iterator[None]:
    """Work inside another service for a moment (an administrator, a job), then return."""
    before = db.session.info.get("service"), db.session.info.get("account")
    enter_service(service_id)
    try:
        yield
        db.session.flush()
    finally:
        enter_service(*before)


@contextmanager
def short_transaction(service_id: UUID | None = None) -> Iterator[Session]:
    """A transaction of its own, committed at once: refused sign-ins, throttle counts, failed tokens."""
    with db.sessionmaker() as session:
        session.info["service"] = service_id
        yield session
        session.commit()
