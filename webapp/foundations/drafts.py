"""Drafts: typing that was not sent, and forms whose session ended. Sign in again, same person, and it is all there."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar
from urllib.parse import urlsplit
from uuid import UUID

from flask import Blueprint, Flask, g, request
from sqlalchemy import delete, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import MultiDict

from . import clock
from .access import SAFE_METHODS, May, acting, allow, visitor
from .database import Base, Json, Moment, db, short_transaction
from .going_back import safe_path

KEPT_FOR = timedelta(days=30)
NEVER_KEPT = frozenset({"csrf_token", "once", "password", "password_again", "code", "submit", "path"})
NOT_KEPT = "not_kept"
"""The field by which a form says that nothing of it may be kept: a person must see what is sent, and at once."""
PART = "exercise"
"""The field that says which of several forms on one page was typed into."""
pages = Blueprint("drafts", __name__)


class Draft(Base):
    """What one account typed into the form at ``path`` and did not send. Only that account ever sees it.

    A page with several exercises has a draft for each: ``/course/pacing/my-plan#how-sure``.
    """

    __tablename__ = "draft"
    retention: ClassVar[str] = "security"
    category: ClassVar[str] = "health"
    walled: ClassVar[bool] = False

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    fields: Mapped[Json]
    at: Mapped[Moment]


@pages.post("/drafts")
@allow(May.USE_ACCOUNT)
def keep_typing() -> tuple[str, int]:
    """Our own script keeps what is being typed and was not sent yet. Nothing is called saved."""
    keep(acting().account_id, safe_path(request.form.get("path")), request.form)  # type: ignore[arg-type]
    return "", 204


def init_drafts(app: Flask) -> None:
    """A form that was saved no longer needs its draft."""
    app.register_blueprint(pages)

    @app.after_request
    def drop_the_draft(response):  # type: ignore[no-untyped-def]
        who = visitor()
        if request.method not in SAFE_METHODS and who and response.status_code in (302, 303):
            part = request.form.get(PART)
            done = {_key(path, part) for path in (request.path, urlsplit(request.referrer or "").path)}
            db.session.execute(delete(Draft).where(Draft.account_id == who.account_id, Draft.path.in_(done)))
        return response


def keep(account_id: UUID, path: str, form: MultiDict[str, str]) -> bool:
    """Store what was typed into ``path``, in a short transaction of its own; True if there was anything to keep.

    Passwords and codes are never kept, and nothing of a form that says ``NOT_KEPT``.
    """
    if form.get(NOT_KEPT):
        return False
    fields = {name: form.getlist(name) for name in form if name not in NEVER_KEPT}
    if not any(value.strip() for values in fields.values() for value in values):
        return False
    row = {"account_id": account_id, "path": _key(path, form.get(PART)), "fields": fields, "at": clock.now()}
    with short_transaction() as session:
        session.execute(
            insert(Draft).values(row).on_conflict_do_update(index_elements=["account_id", "path"], set_=row)
        )
    return True


def of_this_page(part: str = "") -> MultiDict[str, str] | None:
    """What the visitor once typed into this page's form, if it was never saved.

    ``part`` is the exercise, on a page that may hold several.
    """
    who = visitor()
    if who is None or request.method != "GET":
        return None
    if "draft" not in g:
        g.draft = _all_of(who.account_id, request.path)
    found: dict[str, MultiDict[str, str]] = g.draft
    return found.get(_key(request.path, part)) or None


def _all_of(account_id: UUID, path: str) -> dict[str, MultiDict[str, str]]:
    """Every draft of a page, in one query."""
    rows = select(Draft.path, Draft.fields).where(
        Draft.account_id == account_id,
        or_(Draft.path == path, Draft.path.startswith(_key(path, "-")[:-1], autoescape=True)),
    )
    return {
        key: MultiDict((name, value) for name, values in fields.items() for value in values)
        for key, fields in db.session.execute(rows)
    }


def _key(path: str, part: str | None) -> str:
    return f"{path}#{part}" if part else path


def forget_old() -> None:
    """Delete drafts older than 30 days (a job of the night)."""
    db.session.execute(delete(Draft).where(Draft.at < clock.now() - KEPT_FOR))
