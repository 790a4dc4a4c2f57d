"""Who may enter: every view names the capability that it needs, and the gate refuses any that names none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, TypeVar
from uuid import UUID

from flask import Flask, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

View = TypeVar("View", bound=Callable[..., Any])
LARGEST_BODY_BYTES = 64 * 1024
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class May(StrEnum):
    """The capabilities. A role is a set of them; a view asks for one, never for a role."""

    ENTER = "enter"  # anybody, signed in or out
    USE_ACCOUNT = "use_account"  # anybody signed in: sign out, own sessions, drafts
    PROVE_SECOND_FACTOR = "prove_second_factor"  # staff between password and second factor
    FOLLOW_COURSE = "follow_course"  # a patient, on their own things
    SEE_PATIENTS = "see_patients"  # names, contacts, progress
    READ_ANSWERS = "read_answers"  # questionnaires, scores, shared things
    RING = "ring"  # worklist and call log
    INVITE = "invite"
    PREVIEW_CONTENT = "preview_content"
    LEAD_SERVICE = "lead_service"  # a service's settings, staff, acceptance of modules and numbers
    ADMINISTER = "administer"  # the installation: services and staff; sees no patient


class Visitor(Protocol):
    """Who is asking, as the people room finds them (one query a request)."""

    account_id: UUID
    service_id: UUID | None

    def may(self, capability: May) -> bool:
        """True if one of this visitor's memberships carries the capability."""
        ...

    def needs_second_factor(self) -> bool:
        """True for staff who have not yet shown their second factor in this session."""
        ...


@dataclass(frozen=True)
class Actor:
    """Who does something: a person of a service (``account_id``) or a named job. Every service call takes one."""

    service_id: UUID | None
    account_id: UUID | None = None
    job: str | None = None
    capability: May | None = None
    name: str = ""

    def __post_init__(self) -> None:
        if (self.account_id is None) == (self.job is None):
            raise ValueError("An actor is either an account or a named job.")


def allow(capability: May) -> Callable[[View], View]:
    """Say which capability a view needs. Stands directly above the function."""

    def mark(view: View) -> View:
        view.waymark_may = capability  # type: ignore[attr-defined]
        return view

    return mark


def capability_of(endpoint: str) -> May | None:
    """The capability that a view names, or None if it names none."""
    view = current_app.view_functions.get(endpoint)
    return getattr(view, "waymark_may", None)


def visitor() -> Visitor | None:
    """Who is asking; None when signed out."""
    found: Visitor | None = g.get("visitor")
    return found


def acting() -> Actor:
    """The signed-in visitor as an actor, with the capability by which they came in."""
    who = visitor()
    if who is None:
        abort(401)
    return Actor(
        who.service_id, who.account_id, capability=g.get("capability"), name=getattr(who, "name", "")
    )


def init_access(app: Flask, find_visitor: Callable[[], Visitor | None]) -> None:
    """Put the gate before every request. ``find_visitor`` reads the session cookie and sets the service's wall."""

    @app.before_request
    def gate() -> BaseResponse | None:
        if request.endpoint is None:
            return None
        capability = capability_of(request.endpoint)
        if capability is None:
            if request.endpoint == "design.built_file":
                return None
            raise RuntimeError(f"The view {request.endpoint} names no capability: add @allow(May.…).")
        _read_the_whole_body()
        g.capability = capability
        if getattr(current_app.view_functions[request.endpoint], "waymark_sessionless", False):
            g.visitor = None
            return None
        g.visitor = who = find_visitor()
        return _turned_away(who, capability)


def sessionless(view: View) -> View:
    """Mark a public view that reads no session (Help now, health): it works when everything else is down."""
    view.waymark_sessionless = True  # type: ignore[attr-defined]
    return view


def _read_the_whole_body() -> None:
    """Read an unsafe request's body before the first query, so that a slow phone never holds a connection."""
    if request.method in SAFE_METHODS:
        return
    request.max_content_length = LARGEST_BODY_BYTES
    request.get_data(cache=True)


def _turned_away(who: Visitor | None, capability: May) -> BaseResponse | None:
    if capability is May.ENTER:
        return None
    if who is None:
        return current_app.extensions["waymark_to_sign_in"]()  # type: ignore[no-any-return]
    if who.needs_second_factor() and capability not in (May.PROVE_SECOND_FACTOR, May.USE_ACCOUNT):
        return redirect(url_for("sign_in.second_factor"))
    if not who.may(capability):
        abort(403)
    return None
