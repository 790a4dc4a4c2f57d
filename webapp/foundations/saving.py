"""Saving: one commit a request before its response is sent, and every form saved once however often it is sent.

A form carries a one-time key (``once``). The first answer that succeeds is stored with the key in the same
transaction; a second send of the same key is shown that first result. If the commit fails nothing was saved:
the 503 page shows every typed field and offers the same POST again.
"""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from flask import Flask, Response, g, jsonify, redirect, request
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.wrappers import Response as BaseResponse

from . import clock
from .access import SAFE_METHODS, visitor
from .database import Base, Moment, db

KEYS_KEPT_FOR = timedelta(days=30)


class OnceKey(Base):
    """A form's one-time key that was used, with where its first result led."""

    __tablename__ = "once_key"
    retention: ClassVar[str] = "security"
    category: ClassVar[str] = "security"
    walled: ClassVar[bool] = False

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    path: Mapped[str]
    led_to: Mapped[str]
    at: Mapped[Moment]


def init_saving(app: Flask) -> None:
    """Commit before the response is sent; answer a repeated send with its first result."""
    app.before_request(_show_the_first_result)
    app.after_request(_finish)


def forget_old_keys() -> None:
    """Delete keys that nobody will send again (a job of the night)."""
    db.session.execute(delete(OnceKey).where(OnceKey.at < clock.now() - KEYS_KEPT_FOR))


def _show_the_first_result() -> BaseResponse | None:
    key, who = _once_key(), visitor()
    if key is None or who is None:
        return None
    led_to = db.session.scalar(_first_result(who.account_id, key))
    return None if led_to is None else redirect(led_to, 303)


def _first_result(account_id: UUID, key: str):  # type: ignore[no-untyped-def]
    return select(OnceKey.led_to).where(
        OnceKey.account_id == account_id, OnceKey.key == key, OnceKey.path == request.path
    )


def _once_key() -> str | None:
    if request.method in SAFE_METHODS:
        return None
    key = request.form.get("once", "")
    return key if 8 <= len(key) <= 64 else None


def _finish(response: Response) -> Response:
    if "_sqlalchemy_sessions" not in g:
        return response
    if response.status_code >= 400:
        db.session.rollback()
        return response
    try:
        _keep_the_key(response)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return _twin_result() or _not_saved()
    except SQLAlchemyError:
        return _not_saved()
    return _as_the_page_asked(response)


def _keep_the_key(response: Response) -> None:
    key, who = _once_key(), visitor()
    if key is None or who is None or response.status_code not in (302, 303) or g.get("key_is_known"):
        return
    if db.session.scalar(_first_result(who.account_id, key)) is not None:
        return
    db.session.add(
        OnceKey(
            account_id=who.account_id, key=key, path=request.path, led_to=response.location, at=clock.now()
        )
    )


def _twin_result() -> Response | None:
    """The same form arrived twice at the same moment: show what the first one led to."""
    key, who = _once_key(), visitor()
    if key is None or who is None:
        return None
    try:
        led_to = db.session.scalar(_first_result(who.account_id, key))
    except SQLAlchemyError:
        return None
    return None if led_to is None else _as_the_page_asked(redirect(led_to, 303))  # type: ignore[arg-type]


def _as_the_page_asked(response: Response) -> Response:
    """Our own script asks by fetch: tell it where to go. Everybody else gets the redirect."""
    if request.headers.get("X-Waymark-Save") and response.status_code in (302, 303):
        told = jsonify(go=response.location)
        for cookie in response.headers.getlist("Set-Cookie"):
            told.headers.add("Set-Cookie", cookie)
        return told
    return response


def _not_saved() -> Response:
    from .errors import not_saved_page

    return not_saved_page()
