"""Whether patients may be invited: the safety officer named, every module accepted, the numbers signed.

Production refuses to invite until nothing is missing; until then every page says that it is a demonstration.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from flask import current_app, g
from sqlalchemy import select, update

from webapp.foundations import audit, clock
from webapp.foundations.access import Actor, visitor
from webapp.foundations.database import db
from webapp.foundations.settings import Settings

from .models import ModuleAcceptance, Service
from .visitors import Visitor


@dataclass(frozen=True)
class ModuleText:
    """One module in the text that patients would read now."""

    name: str
    title: str
    fingerprint: str


class Lack(StrEnum):
    """What a service has not done yet."""

    SAFETY_OFFICER = "safety_officer"
    NUMBERS = "numbers"
    MODULES = "modules"  # there are none to accept: the course is not there
    MODULE = "module"


@dataclass(frozen=True)
class Missing:
    """One thing that is missing; ``title`` is the module's."""

    what: Lack
    title: str = ""


@dataclass(frozen=True)
class Standing:
    """A module's text of now beside the acceptances of this and older texts, the newest first."""

    module: ModuleText
    accepted: ModuleAcceptance | None
    older: ModuleAcceptance | None


_modules: Callable[[], Sequence[ModuleText]] = tuple
_known: dict[tuple[UUID, int, tuple[str, ...]], bool] = {}


def set_modules(source: Callable[[], Sequence[ModuleText]]) -> None:
    """The course room says here which modules there are."""
    global _modules
    _modules = source


def modules_to_accept() -> list[ModuleText]:
    """Every module in today's text, in the order of the course."""
    return list(_modules())


def standings(service_id: UUID) -> list[Standing]:
    """Each module with who accepted it."""
    rows = db.session.scalars(
        select(ModuleAcceptance)
        .where(ModuleAcceptance.service_id == service_id)
        .order_by(ModuleAcceptance.accepted_on.desc(), ModuleAcceptance.id.desc())
    ).all()
    return [
        _standing(module, [row for row in rows if row.module == module.name])
        for module in modules_to_accept()
    ]


def missing(service: Service, settings: Settings) -> list[Missing]:
    """What has to be done before patients may be invited; the same list whatever the environment in
    ``settings``.
    """
    found = [] if service.safety_officer.strip() else [Missing(Lack.SAFETY_OFFICER)]
    if not service.numbers_signed_by or service.numbers_signed_on is None:
        found.append(Missing(Lack.NUMBERS))
    modules = standings(service.id)
    if not modules:
        found.append(Missing(Lack.MODULES))
    return found + [Missing(Lack.MODULE, one.module.title) for one in modules if one.accepted is None]


def may_invite(service: Service) -> bool:
    """True outside production, and in production once nothing is missing."""
    settings: Settings = current_app.extensions["waymark_settings"]
    return not settings.production or not missing(service, settings)


def accept_module(name: str, fingerprint: str, *, by: Actor, today_in: str) -> bool:
    """Accept a module in the text with this fingerprint; False if the text has changed meanwhile."""
    now = {module.name: module.fingerprint for module in modules_to_accept()}
    if now.get(name) != fingerprint:
        return False
    if any(one.module.name == name and one.accepted for one in standings(_service_of(by))):
        return True
    accepted = ModuleAcceptance(
        service_id=by.service_id, module=name, fingerprint=fingerprint, accepted_by=by.name,
        accepted_on=clock.today(today_in),
    )  # fmt: skip
    db.session.add(accepted)
    db.session.execute(update(Service).where(Service.id == by.service_id).values(version=Service.version + 1))
    audit.record(by, "accepted", "module", name)
    return True


def demonstration() -> bool:
    """True while the page is not for patients.

    Asks the database only in production, once a version of the service.
    """
    settings: Settings = current_app.extensions["waymark_settings"]
    if not settings.production:
        return True
    who = visitor()
    if not isinstance(who, Visitor) or who.service is None or g.get("visitor_is_unknown"):
        return False
    texts = tuple(module.fingerprint for module in modules_to_accept())
    key = (who.service.id, who.service.version, texts)
    if key not in _known:
        _known[key] = bool(missing(who.service, settings))
    return _known[key]


def _standing(module: ModuleText, rows: list[ModuleAcceptance]) -> Standing:
    accepted = next((row for row in rows if row.fingerprint == module.fingerprint), None)
    older = next((row for row in rows if row.fingerprint != module.fingerprint), None)
    return Standing(module, accepted, older)


def _service_of(by: Actor) -> UUID:
    assert by.service_id is not None, "modules are accepted inside a service"
    return by.service_id
