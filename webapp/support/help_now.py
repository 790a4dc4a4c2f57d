"""Help now: reads no session, needs no script and hardly a database, and may be kept by every cache."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, g, render_template
from sqlalchemy.exc import SQLAlchemyError

from webapp.design.open_pages import begin_open_page, open_page
from webapp.foundations.access import May, allow, sessionless
from webapp.foundations.database import db
from webapp.foundations.languages import ENGLISH
from webapp.people.models import Service
from webapp.people.visitors import service_of
from webapp.safety.help_lines import lines_for

help_pages = Blueprint("support_help", __name__, template_folder="templates")
OWN_LANGUAGES = (
    ENGLISH,
    "cy",
)  # the general page offers every catalogue that there is, without asking anybody


@help_pages.get("/help-now")
@sessionless
@allow(May.ENTER)
def help_now() -> Response:
    """Help now for anybody in any nation."""
    return _page(None)


@help_pages.get("/help-now/<uuid:service_id>")
@sessionless
@allow(May.ENTER)
def help_now_of_service(service_id: UUID) -> Response:
    """Help now with the service's own nation, lines and hours; the general page when they cannot be read."""
    return _page(_service(service_id))


def _service(service_id: UUID) -> Service | None:
    try:
        version = db.session.scalar(db_version(service_id))
        return service_of(service_id, version) if version is not None else None
    except SQLAlchemyError:
        db.session.rollback()
        return None


def db_version(service_id: UUID):  # type: ignore[no-untyped-def]
    """The query for the version of a service."""
    from sqlalchemy import select

    return select(Service.version).where(Service.id == service_id)


def _page(service: Service | None) -> Response:
    g.shown_service = service
    begin_open_page(service.languages if service else OWN_LANGUAGES)
    return open_page(render_template("support/help_now.jinja", lines=lines_for(service), our_service=service))
