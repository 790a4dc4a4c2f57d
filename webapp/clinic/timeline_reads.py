"""Everything that happened with one patient, in order: one query over the tables of every room, read by place.

Each kind of thing gives its own 50 newest rows along an index of its own, and the database merges them. A day's
activity is one row: what was done, never what was written. SELECT only, always within one service.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Text, cast, func, literal, select, tuple_, union_all

from webapp.engagement.models import (
    AgreedCall,
    CallRequest,
    Contact,
    Enrolment,
    Event,
    Flag,
    FlareUp,
    Pause,
)
from webapp.foundations.audit import AuditRow
from webapp.foundations.database import db
from webapp.foundations.post import Letter
from webapp.people.models import Account
from webapp.questionnaires.models import SittingRow
from webapp.reminders.models import Reminder, ReminderAnswer
from webapp.safety.models import Alert
from webapp.support.models import ProblemReport

from .reads import PAGE_ROWS
from .timeline_rules import SOURCES_OF

Query = Any
"""A SELECT of many columns: SQLAlchemy's type would name each of them."""

OWN_ROWS = ("flare_up", "call_asked", "paused", "came_back", "module_done")
"""Kinds of events that are told by a row of their own, and not again as activity of the day."""
RECORD_VERBS = ("created", "started", "ended", "reopened", "changed", "snoozed", "resumed")
RECORD_KINDS = ("enrolment", "patient")


class Place(NamedTuple):
    """Where a row stands: the newest moment first, then by kind of thing and key. No name is in it."""

    at: datetime
    source: str
    key: str


@dataclass(frozen=True)
class Row:
    """One thing that happened. ``said`` holds what its sentence is made of; days and moments are real ones."""

    at: datetime
    source: str
    said: Mapping[str, Any]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.said[name]
        except KeyError:
            raise AttributeError(name) from None


@dataclass(frozen=True)
class Page:
    """Up to 50 rows, and the place behind which the next page begins."""

    rows: tuple[Row, ...]
    next_before: Place | None


@dataclass(frozen=True)
class _Of:
    """Whose rows, and before which place."""

    service_id: UUID
    patient_id: UUID
    before: Place | None
    reads_answers: bool

    @property
    def ways(self) -> Any:
        """The ids of every way through the course that this patient has had."""
        return select(Enrolment.id).where(
            Enrolment.service_id == self.service_id, Enrolment.patient_id == self.patient_id
        )


def timeline(
    service_id: UUID, patient_id: UUID, which: str, before: Place | None, *, reads_answers: bool
) -> Page:
    """The newest things first. ``which`` is one of ``timeline_rules.WHICH``.

    Whoever may not read answers sees that a message was answered, but not what, and only alerts that are open.
    """
    of = _Of(service_id, patient_id, before, reads_answers)
    each = (select(_newest(SOURCES[name](of), name, of)) for name in SOURCES_OF[which])
    every = union_all(*each).subquery("row")
    found = db.session.execute(
        select(every)
        .order_by(every.c.at.desc(), every.c.source.desc(), every.c.key.desc())
        .limit(PAGE_ROWS + 1)
    ).all()
    shown = found[:PAGE_ROWS]
    behind = Place(shown[-1].at, shown[-1].source, shown[-1].key) if len(found) > PAGE_ROWS else None
    return Page(tuple(Row(one.at, one.source, _with_days(one.said)) for one in shown), behind)


def _newest(query: Query, source: str, of: _Of) -> Any:
    """The newest 51 of one kind of thing, before the place."""
    rows = query.subquery(f"all_{source}")
    found = select(rows.c.at, literal(source).label("source"), rows.c.key, rows.c.said)
    if of.before is not None:
        place = tuple_(rows.c.at, literal(source), rows.c.key)
        found = found.where(
            rows.c.at <= of.before.at,
            place < tuple_(literal(of.before.at), literal(of.before.source), literal(of.before.key)),
        )
    return found.order_by(rows.c.at.desc(), rows.c.key.desc()).limit(PAGE_ROWS + 1).subquery(source)


def _with_days(said: Mapping[str, Any]) -> dict[str, Any]:
    """JSON knows no days: what ends ``_on`` or ``_at`` becomes one again."""
    made: dict[str, Callable[[str], Any]] = {"_on": date.fromisoformat, "_at": datetime.fromisoformat}
    return {
        name: made[name[-3:]](value) if value and name[-3:] in made else value for name, value in said.items()
    }


def _select(model: Any, at: Any, key: Any, *columns: Any, **more: Any) -> Query:
    """A row of each thing: its moment, its key, and what its sentence is made of."""
    named: dict[str, Any] = {column.key: column for column in columns} | more
    pairs = [part for name, value in named.items() for part in (literal(name), value)]
    return select(
        at.label("at"), cast(key, Text).label("key"), func.jsonb_build_object(*pairs).label("said")
    ).select_from(model)


def _of_ways(query: Query, model: Any, of: _Of) -> Query:
    return query.where(model.service_id == of.service_id, model.enrolment_id.in_(of.ways))


def _of_patient(query: Query, model: Any, of: _Of) -> Query:
    return query.where(model.service_id == of.service_id, model.patient_id == of.patient_id)


def _activity(of: _Of) -> Query:
    """One row for each day on which something was done, at the last moment of it."""
    done = func.jsonb_agg(func.jsonb_build_array(Event.kind, Event.what, Event.by_staff))
    key = func.concat(Event.on, " ", Event.enrolment_id)
    query = _select(Event, func.max(Event.at), key, active_on=Event.on, done=done)
    return (
        _of_ways(query, Event, of).where(Event.kind.not_in(OWN_ROWS)).group_by(Event.enrolment_id, Event.on)
    )


def _milestones(of: _Of) -> Query:
    query = _select(Event, Event.at, Event.id, module=Event.what)
    return _of_ways(query, Event, of).where(Event.kind == "module_done")


def _contacts(of: _Of) -> Query:
    columns = (
        Contact.id, Contact.channel, Contact.outcome, Contact.note, Contact.by_name, Contact.undone_at,
        Contact.offered,
    )  # fmt: skip
    return _of_ways(_select(Contact, Contact.at, Contact.id, *columns), Contact, of)


def _calls_asked(of: _Of) -> Query:
    columns = (CallRequest.about, CallRequest.promised_on, CallRequest.closed_at)
    return _of_ways(_select(CallRequest, CallRequest.asked_at, CallRequest.id, *columns), CallRequest, of)


def _calls_agreed(of: _Of) -> Query:
    columns = (AgreedCall.due_on, AgreedCall.withdrawn_at)
    return _of_ways(_select(AgreedCall, AgreedCall.made_at, AgreedCall.id, *columns), AgreedCall, of)


def _pauses(of: _Of) -> Query:
    columns = (Pause.from_on, Pause.until_on, Pause.why, Pause.by_patient)
    return _of_ways(_select(Pause, Pause.set_at, Pause.id, *columns), Pause, of)


def _flares(of: _Of) -> Query:
    query = _select(FlareUp, FlareUp.reported_at, FlareUp.id, FlareUp.from_on, FlareUp.until_on)
    return _of_ways(query, FlareUp, of)


def _flags(of: _Of) -> Query:
    columns = (Flag.state, Flag.tier, Flag.since_on, Flag.reasons, Flag.points)
    return _of_ways(_select(Flag, Flag.at, Flag.id, *columns), Flag, of)


def _sittings(of: _Of) -> Query:
    query = _select(SittingRow, SittingRow.finished_at, SittingRow.id, SittingRow.id, SittingRow.mode)
    return _of_patient(query, SittingRow, of).where(SittingRow.finished_at.is_not(None))


def _alerts(of: _Of) -> Query:
    columns = (
        Alert.id, Alert.kind, Alert.written_on, Alert.owner_name, Alert.closed_at, Alert.closed_by,
        Alert.raised_at,
    )  # fmt: skip
    query = _of_patient(_select(Alert, Alert.raised_at, Alert.id, *columns), Alert, of)
    return query if of.reads_answers else query.where(Alert.closed_at.is_(None))


def _messages(of: _Of) -> Query:
    """What we wrote, without its text; ``kinds`` only where it was a message of the reminders."""
    columns = (
        Letter.kind, Letter.channel, Letter.sent_at, Letter.failed_at, Letter.withdrawn_at, Letter.settled_at,
        Letter.settled_by,
    )  # fmt: skip
    query = _select(Letter, Letter.written_at, Letter.id, *columns, kinds=Reminder.kinds)
    joined = query.outerjoin(
        Reminder, (Reminder.service_id == Letter.service_id) & (Reminder.letter_id == Letter.id)
    )
    return _of_patient(joined, Letter, of)


def _answers(of: _Of) -> Query:
    """What was answered by one tap; for a caller only that something was."""
    what = (ReminderAnswer.answer, ReminderAnswer.until_on) if of.reads_answers else ()
    empty = {} if what else {"answer": literal("")}
    query = _select(ReminderAnswer, ReminderAnswer.at, ReminderAnswer.id, *what, **empty)
    return _of_ways(query, ReminderAnswer, of)


def _problems(of: _Of) -> Query:
    query = _select(ProblemReport, ProblemReport.at, ProblemReport.id, ProblemReport.kind)
    return _of_patient(query, ProblemReport, of)


def _record(of: _Of) -> Query:
    """Ways through the course begun, left and taken up again, and details that were changed; by whom."""
    way = (
        select(
            func.jsonb_build_object(
                "door", Enrolment.door, "ended_on", Enrolment.ended_on, "left_reason", Enrolment.left_reason
            )
        )
        .where(
            Enrolment.service_id == AuditRow.service_id,
            cast(Enrolment.id, Text) == AuditRow.object_id,
            Enrolment.patient_id == of.patient_id,
        )
        .scalar_subquery()
    )
    query = _select(
        AuditRow, AuditRow.at, AuditRow.id, AuditRow.verb, AuditRow.kind, AuditRow.fields, AuditRow.job,
        way=way, by_name=Account.display_name,
    ).outerjoin(Account, Account.id == AuditRow.account_id)  # fmt: skip
    return _of_patient(query, AuditRow, of).where(
        AuditRow.verb.in_(RECORD_VERBS), AuditRow.kind.in_(RECORD_KINDS)
    )


SOURCES: Mapping[str, Callable[[_Of], Query]] = {
    "activity": _activity,
    "milestone": _milestones,
    "contact": _contacts,
    "call_asked": _calls_asked,
    "call_agreed": _calls_agreed,
    "pause": _pauses,
    "flare": _flares,
    "flag": _flags,
    "sitting": _sittings,
    "alert": _alerts,
    "message": _messages,
    "answer": _answers,
    "problem": _problems,
    "record": _record,
}


def _every_source_is_read(names: Collection[str]) -> bool:
    return {name for found in SOURCES_OF.values() for name in found} == set(names)


assert _every_source_is_read(SOURCES)
