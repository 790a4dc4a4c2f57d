"""The caseload: a service's patients by name, narrowed and read fifty at a time. SELECT only.

Each filter has an index, and the list begins at the narrowest one: a clinician's, a group's or a door's patients, those
whose e-mail does not arrive, those of one state in the order of their names, or else everybody by name. What a row
shows besides is looked up by key, for the rows of one page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal, or_, select, true, tuple_
from sqlalchemy.orm import aliased

from webapp.engagement.models import Enrolment, MilestoneRow, Summary
from webapp.foundations.database import db
from webapp.people.models import Patient
from webapp.reminders.bounces import is_at_present_address
from webapp.reminders.models import Bounce

from . import rules
from .reads import PAGE_ROWS, Found
from .rules import Sought

Query = Any
"""A SELECT of many columns: SQLAlchemy's type would name each of them."""
NOTHING = Sought()
LAST_LETTER = "\U0010ffff"


@dataclass(frozen=True)
class Filters:
    """What the caseload is narrowed to. Empty means everybody."""

    sought: Sought = NOTHING
    state: str = ""
    door: str = ""
    group: str = ""
    language: str = ""
    clinician_id: UUID | None = None
    no_email: bool = False

    @property
    def begins_with_state(self) -> bool:
        """Is the state the narrowest filter? Then the summary rows of that state are walked by name."""
        return bool(self.state) and not (self.clinician_id or self.group or self.no_email)


def caseload(service_id: UUID, filters: Filters, after: UUID | None = None) -> Found:
    """The service's patients by name, each with their latest way through the course (if they have one)."""
    rows = db.session.execute(caseload_query(service_id, filters, after)).all()
    return Found(rows[:PAGE_ROWS], len(rows) > PAGE_ROWS)


def caseload_query(service_id: UUID, filters: Filters, after: UUID | None) -> Query:
    """The place to go on from is looked up by id: no name is in an address."""
    narrowed = _by_state if filters.begins_with_state else _by_name
    row = narrowed(service_id, filters, after)
    latest = _latest_summary(row.c.service_id, row.c.id)
    way, modules, bounced = _way_of(latest), _number_of_modules(latest), _bounce_of(row)
    return (
        select(*row.c, *[one for one in latest.c if one.key != "service_id"], *way.c, *modules.c, *bounced.c)
        .select_from(row)
        .join(latest, true(), isouter=True)
        .join(way, true(), isouter=True)
        .join(modules, true(), isouter=True)
        .join(bounced, true(), isouter=True)
        .order_by(row.c.place, row.c.place_id)
    )


_SHOWN = (
    Patient.service_id, Patient.id, Patient.given_name, Patient.family_name, Patient.born_on, Patient.reference,
    Patient.group_name, Patient.clinician_id, Patient.email,
)  # fmt: skip


def _by_name(service_id: UUID, filters: Filters, after: UUID | None) -> Any:
    """From ``ix_patient_sort``, or from the index of a narrower filter."""
    query = select(*_SHOWN, Patient.sort_key.label("place"), Patient.id.label("place_id"))
    query = query.where(Patient.service_id == service_id, *_wanted(service_id, filters))
    if filters.state:
        latest = _latest_summary(Patient.service_id, Patient.id)
        query = query.join(latest, true()).where(latest.c.state == filters.state)
    if filters.door:
        query = query.join(
            Enrolment, (Enrolment.service_id == Patient.service_id) & (Enrolment.patient_id == Patient.id)
        ).where(Enrolment.door == filters.door, _is_latest_way())
    if after is not None:
        here = tuple_(_name_of(service_id, after), literal(after))
        query = query.where(tuple_(Patient.sort_key, Patient.id) > here)
    return query.order_by(Patient.sort_key, Patient.id).limit(PAGE_ROWS + 1).subquery("row")


def _by_state(service_id: UUID, filters: Filters, after: UUID | None) -> Any:
    """From ``ix_engagement_state``, which is in the order of the names."""
    query = (
        select(*_SHOWN, Summary.sort_key.label("place"), Summary.enrolment_id.label("place_id"))
        .select_from(Summary)
        .join(Patient, (Patient.service_id == Summary.service_id) & (Patient.id == Summary.patient_id))
        .where(Summary.service_id == service_id, Summary.state == filters.state, _is_latest_summary())
        .where(*_wanted(service_id, filters))
    )
    if filters.door:
        query = query.join(
            Enrolment,
            (Enrolment.service_id == Summary.service_id) & (Enrolment.id == Summary.enrolment_id),
        ).where(Enrolment.door == filters.door)
    if after is not None:
        here = tuple_(*_summary_place_of(service_id, after))
        query = query.where(tuple_(Summary.sort_key, Summary.enrolment_id) > here)
    return query.order_by(Summary.sort_key, Summary.enrolment_id).limit(PAGE_ROWS + 1).subquery("row")


def _wanted(service_id: UUID, filters: Filters) -> list[Any]:
    found = _matches(filters.sought)
    if filters.group:
        spelt = sorted(rules.spellings(filters.group))
        found.append(or_(*(Patient.group_name.between(begins, begins + LAST_LETTER) for begins in spelt)))
    if filters.language:
        found.append(Patient.language == filters.language)
    if filters.clinician_id is not None:
        found.append(Patient.clinician_id == filters.clinician_id)
    if filters.no_email:
        found += [Patient.id.in_(_with_a_bounce(service_id)), _has_silent_email()]
    return found


def _matches(wanted: Sought) -> list[Any]:
    if wanted.born_on is not None:
        return [Patient.born_on == wanted.born_on]
    if wanted.digits:
        return [Patient.search_key.contains(wanted.digits, autoescape=True)]
    spaced = func.concat(" ", Patient.search_key)
    return [spaced.contains(f" {word}", autoescape=True) for word in wanted.words]


def _with_a_bounce(service_id: UUID) -> Any:
    """The few of whom any address was noted: the list begins with them. Their present address is compared then."""
    return select(Bounce.patient_id).where(
        Bounce.service_id == service_id, Bounce.channel == "email", Bounce.settled_at.is_(None)
    )


def _has_silent_email() -> Any:
    return (
        select(Bounce.id)
        .where(
            Bounce.service_id == Patient.service_id,
            Bounce.patient_id == Patient.id,
            Bounce.channel == "email",
            Bounce.settled_at.is_(None),
            is_at_present_address(),
        )
        .correlate(Patient)
        .exists()
    )


def _is_latest_summary() -> Any:
    later = aliased(Summary)
    newer = select(later.enrolment_id).where(
        later.service_id == Summary.service_id,
        later.patient_id == Summary.patient_id,
        later.enrolment_id > Summary.enrolment_id,
    )
    return ~newer.correlate(Summary).exists()


def _is_latest_way() -> Any:
    later = aliased(Enrolment)
    newer = select(later.id).where(
        later.service_id == Enrolment.service_id,
        later.patient_id == Enrolment.patient_id,
        later.id > Enrolment.id,
    )
    return ~newer.correlate(Enrolment).exists()


def _name_of(service_id: UUID, patient_id: UUID) -> Any:
    one = aliased(Patient)
    return select(one.sort_key).where(one.service_id == service_id, one.id == patient_id).scalar_subquery()


def _summary_place_of(service_id: UUID, patient_id: UUID) -> tuple[Any, Any]:
    def of(column: str) -> Any:
        one = aliased(Summary)
        rows = select(getattr(one, column)).where(one.service_id == service_id, one.patient_id == patient_id)
        return rows.order_by(one.enrolment_id.desc()).limit(1).scalar_subquery()

    return of("sort_key"), of("enrolment_id")


def _latest_summary(service_id: Any, patient_id: Any) -> Any:
    return (
        select(
            Summary.service_id, Summary.enrolment_id, Summary.state, Summary.since_on, Summary.modules_done,
            Summary.tried, Summary.last_active_on,
        )
        .where(Summary.service_id == service_id, Summary.patient_id == patient_id)
        .order_by(Summary.enrolment_id.desc())
        .limit(1)
        .lateral("latest")
    )  # fmt: skip


def _way_of(latest: Any) -> Any:
    return (
        select(Enrolment.door, Enrolment.way)
        .where(Enrolment.service_id == latest.c.service_id, Enrolment.id == latest.c.enrolment_id)
        .limit(1)
        .lateral("way")
    )


def _number_of_modules(latest: Any) -> Any:
    return (
        select(func.count(MilestoneRow.id).label("modules"))
        .where(
            MilestoneRow.service_id == latest.c.service_id,
            MilestoneRow.enrolment_id == latest.c.enrolment_id,
        )
        .lateral("modules")
    )


def _bounce_of(row: Any) -> Any:
    """Since when e-mail does not arrive at the address that the record holds now."""
    return (
        select(Bounce.since_on.label("no_email_since"))
        .where(
            Bounce.service_id == row.c.service_id,
            Bounce.patient_id == row.c.id,
            Bounce.channel == "email",
            Bounce.settled_at.is_(None),
            func.lower(Bounce.address) == func.lower(row.c.email),
        )
        .limit(1)
        .lateral("bounced")
    )
