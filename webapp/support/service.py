"""The verbs of the support room."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select, tuple_

from webapp.engagement import requests
from webapp.engagement import service as engagement
from webapp.engagement.models import CallRequest
from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.people import service as people
from webapp.support import calls_about_feelings
from webapp.support.models import ProblemReport

AT_A_TIME = 50


class NotFound(LookupError):
    """There is no such report here."""


def ask_for_call(patient_id: UUID, about: str, *, by: Actor) -> CallRequest:
    """The patient asks to be rung about something. About how they feel: a named person has to see it at once."""
    enrolment = engagement.current_enrolment(by, patient_id)
    request = requests.ask_for_call(enrolment, about, by=by)
    if about == calls_about_feelings.ABOUT:
        calls_about_feelings.raise_alert(enrolment, request, by=by)
    return request


def open_call(patient_id: UUID, *, by: Actor) -> CallRequest | None:
    """The call that the patient waits for."""
    return requests.open_call_request(engagement.current_enrolment(by, patient_id))


def take_back_call(patient_id: UUID, *, by: Actor) -> None:
    """The patient no longer waits for a call."""
    requests.take_back_call(engagement.current_enrolment(by, patient_id), by=by)


def report_problem(page: str, kind: str, words: str, *, patient_id: UUID | None, by: Actor) -> ProblemReport:
    """Store what was wrong or unhelpful, with the page and the day."""
    assert by.service_id is not None
    zone = people.service_with(by.service_id).time_zone
    report = ProblemReport(
        service_id=by.service_id,
        patient_id=patient_id,
        kind=kind,
        page=page[:300],
        words=words.strip(),
        at=clock.now(),
        on=clock.today(zone),
    )
    db.session.add(report)
    db.session.flush()
    audit.record(by, "created", "problem_report", report.id, patient_id=patient_id)
    return report


def problems_reported(
    by: Actor, *, unread_only: bool = False, after: tuple[object, UUID] | None = None, limit: int = AT_A_TIME
) -> list[ProblemReport]:
    """The service's reports, newest first, by key set: ``after`` is the last row's ``(at, id)``."""
    rows = select(ProblemReport).where(ProblemReport.service_id == by.service_id)
    if unread_only:
        rows = rows.where(ProblemReport.read_at.is_(None))
    if after is not None:
        rows = rows.where(tuple_(ProblemReport.at, ProblemReport.id) < after)
    return list(
        db.session.scalars(rows.order_by(ProblemReport.at.desc(), ProblemReport.id.desc()).limit(limit))
    )


def mark_problem_read(report_id: UUID, *, by: Actor) -> None:
    """A named person has read the report.

    Raises:
        NotFound: there is no such report in this service.
    """
    report = db.session.get(ProblemReport, (by.service_id, report_id))
    if report is None:
        raise NotFound(str(report_id))
    report.read_by, report.read_at = by.name, clock.now()
    audit.record(by, "read", "problem_report", report_id, patient_id=report.patient_id)
