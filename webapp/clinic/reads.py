"""What the portal reads across rooms: SELECT only, Core rows, always within one service.

The worklist is one range of ``ix_engagement_ring`` (or ``…_mine``), read in its order, 50 rows at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Text, Uuid, bindparam, case, func, select, true, tuple_
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import aliased

from webapp.engagement.models import CallRequest, Contact, Enrolment, FlareUp, MilestoneRow, Pause, Summary
from webapp.foundations.database import db, table_of
from webapp.people.models import Membership, Patient
from webapp.reminders.models import Bounce
from webapp.support.models import ProblemReport

from .rules import ALERTS_BELOW, PROMISED_BELOW

Query = Any
"""A SELECT of many columns: SQLAlchemy's type would name each of them."""
Rows = Sequence[Any]
PAGE_ROWS = 50
HISTORY_ROWS = 20
COUNT_UP_TO = 500
COUNTED_STATES = ("on_track", "paused", "finished")
_SUMMARIES, _CONTACTS = table_of(Summary), table_of(Contact)


@dataclass(frozen=True)
class Found:
    """One page of a list, and whether there is more behind it."""

    rows: Rows
    more: bool


def _page(query: Query) -> Found:
    rows = db.session.execute(query.limit(PAGE_ROWS + 1)).all()
    return Found(rows[:PAGE_ROWS], len(rows) > PAGE_ROWS)


# --- Ring today --------------------


def worklist(
    service_id: UUID,
    clinician_id: UUID | None = None,
    after: tuple[int, UUID] | None = None,
    *,
    promised_only: bool = False,
) -> Found:
    """Whom to ring, the first first; ``clinician_id`` for one clinician's own.

    ``promised_only``: safety, calls asked for and calls agreed, as when the week's budget is used up.
    """
    ring_key, enrolment_id = after or (None, None)
    given = {
        "service": service_id,
        "clinician": clinician_id,
        "ring_key": ring_key,
        "enrolment": enrolment_id,
    }
    query = worklist_query(clinician_id is not None, after is not None, promised_only)
    rows = db.session.execute(
        query, {name: value for name, value in given.items() if value is not None}
    ).all()
    return Found(rows[:PAGE_ROWS], len(rows) > PAGE_ROWS)


@cache
def worklist_query(mine: bool, later: bool, promised_only: bool = False) -> Query:
    """One index range in its own order, with what each row needs looked up by key: no sort, no count.

    Made once; takes ``service``, with ``mine`` ``clinician``, and with ``later`` the place to go on from.
    """
    row = _ring_rows(mine, later, promised_only)
    patient, enrolment, place, asked = _patient_of(row), _way_of(row), _place_of(row), _request_of(row)
    bounced = _bounce_of(row, patient)
    return (
        select(*row.c, *patient.c, *enrolment.c, *place.c, *asked.c, *bounced.c)
        .select_from(row)
        .join(patient, true())
        .join(enrolment, true())
        .join(place, true(), isouter=True)
        .join(asked, true(), isouter=True)
        .join(bounced, true(), isouter=True)
        .order_by(row.c.ring_key, row.c.enrolment_id)
    )


def _ring_rows(mine: bool, later: bool, promised_only: bool) -> Any:
    """The rows themselves: cut off here, so that no plan can begin with every patient of the service."""
    query = select(
        Summary.service_id, Summary.enrolment_id, Summary.patient_id, Summary.ring_key, Summary.state,
        Summary.since_on,
        sql_cast(Summary.reasons, Text).label("reasons"),
        sql_cast(Summary.tried, Text).label("tried"), Summary.module, Summary.modules_done, Summary.ranked_on,
    ).where(Summary.service_id == bindparam("service"), Summary.ring_key.is_not(None))  # fmt: skip
    if mine:
        query = query.where(Summary.clinician_id == bindparam("clinician"))
    if later:
        place = tuple_(bindparam("ring_key", type_=Integer), bindparam("enrolment", type_=Uuid))
        query = query.where(tuple_(Summary.ring_key, Summary.enrolment_id) > place)
    if promised_only:
        query = query.where(Summary.ring_key < PROMISED_BELOW)
    query = query.where(~_better_row_of_patient())
    in_order = query.order_by(Summary.ring_key, Summary.enrolment_id)
    return in_order.limit(PAGE_ROWS + 1).subquery("row")


def _better_row_of_patient() -> Any:
    """One row a patient: of two ways through the course the later one stands on the list.

    An alert of the earlier way stands there all the same, where the later one has none.
    """
    other = aliased(Summary)
    is_later = other.enrolment_id > Summary.enrolment_id
    rows = select(other.enrolment_id).where(
        other.service_id == Summary.service_id,
        other.patient_id == Summary.patient_id,
        other.enrolment_id != Summary.enrolment_id,
        case(
            (Summary.ring_key < ALERTS_BELOW, is_later & (other.ring_key < ALERTS_BELOW)),
            else_=is_later | (other.ring_key < ALERTS_BELOW),
        ),
    )
    return rows.correlate(Summary).exists()


def _patient_of(row: Any) -> Any:
    return (
        select(
            Patient.given_name, Patient.family_name, Patient.mobile, Patient.phone, Patient.contact_times,
            Patient.needs, Patient.call_is_safe, Patient.email, Patient.language,
        )
        .where(Patient.service_id == row.c.service_id, Patient.id == row.c.patient_id)
        .limit(1)
        .lateral("patient")
    )  # fmt: skip


def _way_of(row: Any) -> Any:
    return (
        select(Enrolment.invited_on, Enrolment.started_on)
        .where(Enrolment.service_id == row.c.service_id, Enrolment.id == row.c.enrolment_id)
        .limit(1)
        .lateral("way")
    )


def _place_of(row: Any) -> Any:
    """Which core module is next, and of how many."""
    return (
        select(
            func.max(MilestoneRow.position).filter(MilestoneRow.name == row.c.module).label("module_number"),
            func.count(MilestoneRow.id).label("modules"),
        )
        .where(MilestoneRow.service_id == row.c.service_id, MilestoneRow.enrolment_id == row.c.enrolment_id)
        .lateral("place")
    )


def _request_of(row: Any) -> Any:
    """The call that they asked for and wait for."""
    return (
        select(CallRequest.about, CallRequest.asked_at, CallRequest.promised_on)
        .where(
            CallRequest.service_id == row.c.service_id,
            CallRequest.enrolment_id == row.c.enrolment_id,
            CallRequest.closed_at.is_(None),
        )
        .order_by(CallRequest.asked_on)
        .limit(1)
        .lateral("asked")
    )


def _bounce_of(row: Any, patient: Any) -> Any:
    """Since when e-mail does not arrive at the address that the record holds now."""
    return (
        select(Bounce.since_on.label("no_email_since"))
        .where(
            Bounce.service_id == row.c.service_id,
            Bounce.patient_id == row.c.patient_id,
            Bounce.channel == "email",
            Bounce.settled_at.is_(None),
            func.lower(Bounce.address) == func.lower(patient.c.email),
        )
        .limit(1)
        .lateral("bounced")
    )


def counts(service_id: UUID, account_id: UUID, membership_id: UUID | None, since_on: date) -> Any:
    """How many are on track, paused and finished, each counted up to 501 along its index and no further.

    And, as ``calls_made``, the calls that one person has logged since a day (at most some dozens), with
    ``own_budget``, the calls a week that their membership names (None: the service's).
    """
    given = {
        "service": service_id,
        "account": account_id,
        "membership": membership_id,
        "since_on": since_on,
    }
    return db.session.execute(_counts_query(), given).one()


@cache
def _counts_query() -> Query:
    return select(*(_up_to_501(state) for state in COUNTED_STATES), _calls_made(), _own_budget())


def _own_budget() -> Any:
    own = select(Membership.calls_a_week).where(
        Membership.service_id == bindparam("service"), Membership.id == bindparam("membership", type_=Uuid)
    )
    return own.scalar_subquery().label("own_budget")


def _up_to_501(state: str) -> Any:
    counted = (
        select(_SUMMARIES.c.enrolment_id)
        .where(_SUMMARIES.c.service_id == bindparam("service"), _SUMMARIES.c.state == state)
        .limit(COUNT_UP_TO + 1)
        .subquery()
    )
    return select(func.count()).select_from(counted).scalar_subquery().label(state)


def _calls_made() -> Any:
    made = select(func.count()).where(
        _CONTACTS.c.service_id == bindparam("service"),
        _CONTACTS.c.account_id == bindparam("account"),
        _CONTACTS.c.on >= bindparam("since_on"),
        _CONTACTS.c.channel == "call",
        _CONTACTS.c.undone_at.is_(None),
    )
    return made.select_from(_CONTACTS).scalar_subquery().label("calls_made")


# --- a patient's story --------------------


def summary_of(service_id: UUID, enrolment_id: UUID) -> Any:
    """The summary row of one enrolment."""
    return db.session.execute(
        select(*Summary.__table__.c).where(
            Summary.service_id == service_id, Summary.enrolment_id == enrolment_id
        )
    ).one()


def contacts_of(service_id: UUID, enrolment_id: UUID) -> Rows:
    """The latest contacts by a person, those taken back as well, newest first."""
    return db.session.execute(
        select(
            Contact.id, Contact.channel, Contact.outcome, Contact.note, Contact.at, Contact.on,
            Contact.by_name,
            Contact.undone_at, Contact.offered, Contact.account_id,
        )
        .where(Contact.service_id == service_id, Contact.enrolment_id == enrolment_id)
        .order_by(Contact.at.desc())
        .limit(HISTORY_ROWS)
    ).all()  # fmt: skip


def contact_with_name(service_id: UUID, contact_id: UUID) -> Any:
    """One contact with its patient's name; None if there is none in this service."""
    return db.session.execute(
        select(
            Contact.id, Contact.outcome, Contact.at, Contact.account_id, Contact.undone_at,
            Enrolment.patient_id, Patient.given_name, Patient.family_name,
        )
        .join(Enrolment, (Enrolment.service_id == Contact.service_id) & (Enrolment.id == Contact.enrolment_id))
        .join(Patient, (Patient.service_id == Contact.service_id) & (Patient.id == Enrolment.patient_id))
        .where(Contact.service_id == service_id, Contact.id == contact_id)
    ).first()  # fmt: skip


def requests_of(service_id: UUID, enrolment_id: UUID) -> Rows:
    """The latest calls that the patient asked for."""
    return _latest(CallRequest, service_id, enrolment_id, CallRequest.asked_at)


def pauses_of(service_id: UUID, enrolment_id: UUID) -> Rows:
    """The latest pauses."""
    return _latest(Pause, service_id, enrolment_id, Pause.from_on)


def flares_of(service_id: UUID, enrolment_id: UUID) -> Rows:
    """The latest flare-ups."""
    return _latest(FlareUp, service_id, enrolment_id, FlareUp.from_on)


def _latest(model: Any, service_id: UUID, enrolment_id: UUID, newest: Any) -> Rows:
    rows = select(*model.__table__.c).where(
        model.service_id == service_id, model.enrolment_id == enrolment_id
    )
    return db.session.execute(rows.order_by(newest.desc()).limit(HISTORY_ROWS)).all()


def problems_of(service_id: UUID, patient_id: UUID) -> Rows:
    """What the patient reported as wrong or unhelpful, newest first."""
    return db.session.execute(
        select(*ProblemReport.__table__.c)
        .where(ProblemReport.service_id == service_id, ProblemReport.patient_id == patient_id)
        .order_by(ProblemReport.at.desc())
        .limit(HISTORY_ROWS)
    ).all()


def names_of(service_id: UUID, patient_ids: Sequence[UUID]) -> dict[UUID, Any]:
    """The two identifiers of some patients, for a list about other things."""
    rows = db.session.execute(
        select(Patient.id, Patient.given_name, Patient.family_name, Patient.born_on, Patient.reference).where(
            Patient.service_id == service_id, Patient.id.in_(patient_ids)
        )
    )
    return {row.id: row for row in rows}
