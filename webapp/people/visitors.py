"""Who is asking: the session cookie, its account, membership and service, found by one query a request."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import current_app, flash, g, redirect, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import UserMixin
from sqlalchemy import String, bindparam, cast, func, select, update
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response as BaseResponse

from webapp.foundations import clock, drafts
from webapp.foundations.access import SAFE_METHODS, May
from webapp.foundations.database import db, enter_service, first_query_sets_the_wall, table_of

from .models import Account, Service
from .rules import CAPABILITIES, session_is_over
from .sign_in_models import SignedIn

COOKIE = "signed-in"
ENGLISH = "en"
KEPT_FOR_SECONDS = 60
SEEN_AGAIN_AFTER = timedelta(minutes=1)
NOBODY = UUID(int=0)


@dataclass
class Visitor(UserMixin):
    """A signed-in account in one of its memberships."""

    account_id: UUID
    service_id: UUID | None
    membership_id: UUID | None
    patient_id: UUID | None
    role: str
    name: str
    language: str
    session_hash: str
    session_kind: str
    second_factor_at: datetime | None
    service: Service | None
    capabilities: frozenset[str] = field(default_factory=frozenset)
    low_energy_view: bool = False

    @property
    def is_patient(self) -> bool:
        """True for somebody who follows the course."""
        return self.patient_id is not None

    @property
    def is_staff(self) -> bool:
        """True for everybody else."""
        return not self.is_patient

    @property
    def signed_in(self) -> bool:
        """Always true; the signed-out visitor is ``None``."""
        return True

    def get_id(self) -> str:
        """Flask-Login's name for the account."""
        return str(self.account_id)

    def may(self, capability: May) -> bool:
        """True if this membership carries the capability."""
        return capability.value in self.capabilities

    def as_anybody(self, name: str) -> Visitor:
        """The same role in the same service without the person: for drawing pages that are kept."""
        return replace(
            self,
            name=name,
            account_id=NOBODY,
            membership_id=self.membership_id and NOBODY,
            patient_id=self.patient_id and NOBODY,
            session_hash="",
        )

    def needs_second_factor(self) -> bool:
        """True for staff until they have shown their second factor in this session."""
        return self.is_staff and self.second_factor_at is None


def hash_of(secret: str) -> str:
    """The SHA-256 of a secret: what is stored instead of it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def cookie_name() -> str:
    """``__Host-`` where we are served by HTTPS."""
    return f"__Host-{COOKIE}" if current_app.extensions["waymark_settings"].https else COOKIE


# Tables, not entities: every page asks this, and the ORM's own work would cost as much again.
_SESSION, _ACCOUNT, _SERVICE = (table_of(model).c for model in (SignedIn, Account, Service))
_WHO = (
    select(
        _SESSION.token_hash,
        _SESSION.service_id,
        _SESSION.membership_id,
        _SESSION.patient_id,
        _SESSION.role,
        _SESSION.kind,
        _SESSION.started_at,
        _SESSION.last_seen_at,
        _SESSION.second_factor_at,
        _SESSION.ended_at,
        _ACCOUNT.id.label("account_id"),
        _ACCOUNT.display_name,
        _ACCOUNT.language,
        _ACCOUNT.low_energy_view,
        _ACCOUNT.closed_at,
        _SERVICE.version.label("service_version"),
        func.set_config("waymark.service", func.coalesce(cast(_SESSION.service_id, String), ""), True),
    )
    .join_from(table_of(SignedIn), table_of(Account), _ACCOUNT.id == _SESSION.account_id)
    .outerjoin(table_of(Service), _SERVICE.id == _SESSION.service_id)
    .where(_SESSION.token_hash == bindparam("hash"))
)
_services: dict[UUID, Service] = {}


def find_visitor() -> Visitor | None:
    """Read the session cookie; sets the service's wall. A session that is over keeps what was being typed."""
    token = request.cookies.get(cookie_name())
    if not token or len(token) > 200:
        return None
    with first_query_sets_the_wall():
        row = db.session.execute(_WHO, {"hash": hash_of(token)}).first()
    if row is None:
        enter_service(None)
        return None
    if _is_over(row):
        db.session.rollback()
        _keep_typing(row)
        return None
    db.session.info["service"] = row.service_id
    _note_that_they_are_here(row)
    service = service_of(row.service_id, row.service_version)
    g.offered_languages = tuple(service.languages) if service else ("en",)
    return _as_visitor(row, service)


def service_of(service_id: UUID | None, version: int | None) -> Service | None:
    """The service's row, read again only when its version has changed.

    Not attached to any session: read only.
    """
    if service_id is None:
        return None
    known = _services.get(service_id)
    if known is None or known.version != version:
        known = db.session.get_one(Service, service_id, populate_existing=True)
        db.session.expunge(known)
        _services[service_id] = known
    return known


_of_all: tuple[float, tuple[str, ...]] = (0.0, ())


def languages_of_all() -> tuple[str, ...]:
    """Every language that some service has switched on, English first: what a signed-out page offers.

    Kept for a minute. A page that must do without the database is in English.
    """
    global _of_all
    read_at, known = _of_all
    if known and time.monotonic() - read_at < KEPT_FOR_SECONDS and not current_app.testing:
        return known
    try:
        with (
            db.sessionmaker() as session
        ):  # its own, closed at once: the page's transaction begins when it needs one
            found = set(session.scalars(select(func.unnest(Service.languages)).distinct()))
    except SQLAlchemyError:
        return (ENGLISH,)
    _of_all = time.monotonic(), (ENGLISH, *sorted(found - {ENGLISH}))
    return _of_all[1]


def _is_over(row: Any) -> bool:
    if row.ended_at is not None or row.closed_at is not None:
        return True
    return session_is_over(row.kind, row.started_at, row.last_seen_at, clock.now())


def _keep_typing(row: Any) -> None:
    if request.method not in SAFE_METHODS and row.closed_at is None:
        g.kept_typing = drafts.keep(row.account_id, request.path, request.form)


def _note_that_they_are_here(row: Any) -> None:
    """The session's own clock: the one thing besides audit rows that a GET may write, once a minute."""
    if clock.now() - row.last_seen_at < SEEN_AGAIN_AFTER:
        return
    db.session.execute(
        update(SignedIn).where(SignedIn.token_hash == row.token_hash).values(last_seen_at=clock.now())
    )


def _as_visitor(row: Any, service: Service | None) -> Visitor:
    return Visitor(
        account_id=row.account_id,
        service_id=row.service_id,
        membership_id=row.membership_id,
        patient_id=row.patient_id,
        role=row.role,
        name=row.display_name,
        language=row.language,
        session_hash=row.token_hash,
        session_kind=row.kind,
        second_factor_at=row.second_factor_at,
        service=service,
        capabilities=frozenset(CAPABILITIES[row.role]),
        low_energy_view=row.low_energy_view and row.patient_id is not None,
    )


def to_sign_in() -> BaseResponse:
    """Where a signed-out visitor is taken: to sign in, and then back to the page that they wanted."""
    if g.get("kept_typing"):
        flash(_l("You were signed out. What you typed is kept. Sign in to go on."))
    wanted = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return redirect(url_for("sign_in.sign_in", next=wanted), 303)
