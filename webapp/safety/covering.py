"""Who covers: the owner and the deputy of a service's alerts, who is away, and who is told at which level."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from webapp.engagement.gathering import closures_of
from webapp.foundations import audit, clock
from webapp.foundations.access import Actor, May
from webapp.foundations.database import db, new_id
from webapp.people import service as people
from webapp.people import staff
from webapp.people.models import Service
from webapp.people.rules import CAPABILITIES
from webapp.safety.models import Cover
from webapp.safety.rules import Deadlines, Level, deadlines
from webapp.safety.working_time_rules import WorkingTime, hours_from

READERS = frozenset(role for role, may in CAPABILITIES.items() if May.READ_ANSWERS.value in may)


class NotCovered(Exception):
    """Item 9 cannot be asked: nobody is named who sees the answers. ``missing`` says what is lacking."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        self.missing = missing
        super().__init__(", ".join(missing))


@dataclass(frozen=True)
class Person:
    """A member of staff who can be told: their address is an e-mail, or empty."""

    account_id: UUID
    name: str
    address: str
    leads: bool


def cover_of(by: Actor) -> Cover:
    """The service's cover, made empty when it is first asked for in a transaction that writes."""
    return _cover(by.service_id) or Cover(service_id=by.service_id, id=new_id(), **_EMPTY)


def change_cover(by: Actor, **changes: Any) -> Cover:
    """Set fields of the cover (``owner_account_id``, ``deputy_account_id``, the days away, ``out_of_hours``).

    If the cover is no longer whole, item 9 is not asked from this moment (``item_nine_is_on``).
    """
    cover = _locked(by)
    changed = [name for name, value in changes.items() if getattr(cover, name) != value]
    for name in changed:
        setattr(cover, name, changes[name])
    if changed:
        db.session.flush()
        audit.record(by, "changed", "safety_cover", cover.id, fields=changed)
    return cover


def switch_item_nine(on: bool, load_shown: dict[str, Any], *, by: Actor) -> None:
    """Ask PHQ-9 in place of PHQ-8, or no longer. ``load_shown`` is kept: what the lead was told to expect.

    Raises:
        NotCovered: an owner, a deputy, working hours or the words for out of hours are missing.
    """
    missing = what_cover_lacks(by)
    if on and missing:
        raise NotCovered(missing)
    cover = _locked(by)
    cover.item_nine_on, cover.switched_by, cover.switched_at = on, by.name, clock.now()
    cover.load_shown = load_shown if on else cover.load_shown
    db.session.flush()
    audit.record(
        by, "switched_on" if on else "switched_off", "safety_cover", cover.id, fields=["item_nine_on"]
    )


def what_cover_lacks(by: Actor) -> tuple[str, ...]:
    """Which of ``owner``, ``deputy``, ``hours``, ``out_of_hours`` are not named; empty when the cover is whole."""
    cover, working = _cover(by.service_id), _readers(by)
    owner = cover and working.get(cover.owner_account_id)
    deputy = cover and working.get(cover.deputy_account_id)
    lacks = {
        "owner": owner is None,
        "deputy": deputy is None or deputy == owner,
        "hours": not people.service_with(_service_id(by)).hours,
        "out_of_hours": cover is None or not cover.out_of_hours.strip(),
    }
    return tuple(name for name, lacking in lacks.items() if lacking)


def cover_is_whole(service_id: UUID) -> bool:
    """Is an owner, a deputy, working hours and the words for out of hours named, and do both work here?"""
    return not what_cover_lacks(_asking(service_id))


def item_nine_is_on(service_id: UUID) -> bool:
    """May PHQ-9 be asked? Only while it is switched on and the cover is whole: somebody leaving switches it off."""
    cover = _cover(service_id)
    return cover is not None and cover.item_nine_on and cover_is_whole(service_id)


def people_by_level(service_id: UUID) -> dict[Level, list[Person]]:
    """Who is told at each level. Where there is no owner, or they are away, the next level is told at once."""
    by = _asking(service_id)
    cover, working = _cover(service_id), _readers(by)
    today = clock.today(people.service_with(service_id).time_zone)
    owner = [] if cover is None else _present(working, cover.owner_account_id, cover.owner_away_until, today)
    deputy = (
        [] if cover is None else _present(working, cover.deputy_account_id, cover.deputy_away_until, today)
    )
    leads = [person for person in working.values() if person.leads]
    everyone = list(working.values())
    first = next((some for some in (owner, deputy, leads, everyone) if some), [])
    return {Level.OWNER: first, Level.DEPUTY: deputy, Level.LEADS: leads, Level.EVERYONE: everyone}


def readers(by: Actor) -> list[Person]:
    """Everybody in the service who may own an alert, by name."""
    return list(_readers(by).values())


def working_time(service: Service) -> WorkingTime:
    """When the service works: its hours, its closures and its nation's bank holidays."""
    year = clock.today(service.time_zone).year
    return WorkingTime(hours_from(service.hours), closures_of(service, year), service.time_zone)


def deadlines_of(service: Service, at: datetime) -> Deadlines:
    """When an alert that is raised at this moment goes up, and by when the patient is told that it is seen."""
    return deadlines(working_time(service), at)


_EMPTY: dict[str, Any] = {"out_of_hours": "", "item_nine_on": False, "load_shown": {}, "version": 1}


def _cover(service_id: UUID | None) -> Cover | None:
    return db.session.scalar(select(Cover).where(Cover.service_id == service_id))


def _locked(by: Actor) -> Cover:
    """The one row of the service, made if it is not there, locked until the transaction ends."""
    made = {"service_id": by.service_id, "id": new_id(), **_EMPTY}
    db.session.execute(insert(Cover).values(made).on_conflict_do_nothing())
    wanted = select(Cover).where(Cover.service_id == by.service_id).with_for_update()
    row: Cover = db.session.scalars(wanted, execution_options={"populate_existing": True}).one()
    return row


def _readers(by: Actor) -> dict[UUID | None, Person]:
    """Everybody who works here and may read answers."""
    return {
        one.account_id: Person(
            one.account_id, one.name, one.sign_in_name if "@" in one.sign_in_name else "", one.role == "lead"
        )
        for one in staff.staff_of(by)
        if one.role in READERS
    }


def _present(
    working: dict[UUID | None, Person], account_id: UUID | None, away_until: date | None, today: date
) -> list[Person]:
    person = working.get(account_id)
    away = away_until is not None and today <= away_until
    return [person] if person is not None and not away else []


def _asking(service_id: UUID) -> Actor:
    return Actor(service_id, job="safety")


def _service_id(by: Actor) -> UUID:
    assert by.service_id is not None, "alerts belong to a service"
    return by.service_id
