"""Beginning and ending sessions. Every way of signing in ends here, so this file is the list of them."""

from __future__ import annotations

import secrets
from uuid import UUID

from flask import current_app, g, request
from flask import session as visit
from sqlalchemy import select, update
from werkzeug.wrappers import Response as BaseResponse

from webapp.foundations import clock
from webapp.foundations.database import db, enter_service
from webapp.foundations.languages import COOKIE as LANGUAGE_COOKIE

from .models import Account, Membership
from .rules import LIMITS
from .sign_in_models import SignedIn
from .visitors import cookie_name, hash_of


def memberships_of(account_id: UUID) -> list[Membership]:
    """The live memberships of an account, in all services, oldest first."""
    enter_service(None, account_id)
    live = select(Membership).where(Membership.account_id == account_id, Membership.ended_at.is_(None))
    return list(db.session.scalars(live.order_by(Membership.since_at)))


def begin(account: Account, membership: Membership | None, kind: str, *, second_factor: bool = False) -> str:
    """Start a session of this ``kind`` (own_phone, shared, staff) and enter its service; returns the
    cookie's secret.
    """
    secret, moment = secrets.token_urlsafe(32), clock.now()
    service_id = membership.service_id if membership else None
    enter_service(service_id)
    visit.clear()
    g.pop("csrf_token", None)
    db.session.add(
        SignedIn(
            token_hash=hash_of(secret),
            account_id=account.id,
            service_id=service_id,
            membership_id=membership.id if membership else None,
            patient_id=membership.patient_id if membership else None,
            role=membership.role if membership else "administrator",
            kind=kind,
            device=_device(),
            started_at=moment,
            last_seen_at=moment,
            second_factor_at=moment if second_factor else None,
        )
    )
    db.session.flush()
    return secret


def give_cookie(response: BaseResponse, secret: str, kind: str, language: str) -> None:
    """Put the session into the browser. A shared phone forgets it when the browser closes."""
    https = current_app.extensions["waymark_settings"].https
    lasts = int(LIMITS[kind].whole.total_seconds()) if kind == "own_phone" else None
    response.set_cookie(
        cookie_name(), secret, max_age=lasts, secure=https, httponly=True, samesite="Lax", path="/"
    )
    response.set_cookie(LANGUAGE_COOKIE, language, max_age=31_536_000, secure=https, samesite="Lax", path="/")


def take_cookie(response: BaseResponse) -> None:
    """Take the session out of the browser again."""
    https = current_app.extensions["waymark_settings"].https
    response.delete_cookie(cookie_name(), secure=https, httponly=True, samesite="Lax", path="/")


def end(token_hash: str) -> None:
    """End one session at once, everywhere."""
    _end(SignedIn.token_hash == token_hash)


def end_all(account_id: UUID, *, but: str | None = None) -> None:
    """End every session of an account, but perhaps the present one."""
    _end(SignedIn.account_id == account_id, SignedIn.token_hash != (but or ""))


def end_for_membership(membership_id: UUID) -> None:
    """End the sessions that rest on a membership which has just ended or changed."""
    _end(SignedIn.membership_id == membership_id)


def of_account(account_id: UUID) -> list[SignedIn]:
    """The account's live sessions, the latest used first."""
    live = select(SignedIn).where(SignedIn.account_id == account_id, SignedIn.ended_at.is_(None))
    return list(db.session.scalars(live.order_by(SignedIn.last_seen_at.desc())))


def _end(*which) -> None:  # type: ignore[no-untyped-def]
    db.session.execute(
        update(SignedIn).where(SignedIn.ended_at.is_(None), *which).values(ended_at=clock.now())
    )


def _device() -> str:
    """A browser and system in two words, good enough to recognise one's own phone."""
    agent = request.user_agent.string
    browser = next(
        (name for name in ("Firefox", "Edg", "SamsungBrowser", "Chrome", "Safari") if name in agent), "?"
    )
    system = next(
        (name for name in ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux") if name in agent), "?"
    )
    return f"{browser}, {system}"
