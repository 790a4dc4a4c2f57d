"""Patients of the portal's tests, put into a state by what really happens to them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from tests.cast import Cast, Person
from webapp.engagement import requests
from webapp.engagement.models import Enrolment, Summary
from webapp.foundations import clock
from webapp.foundations.database import db, new_id
from webapp.people.models import Patient

TODAY = clock.today


def asks_for_a_call(cast: Cast, name: str, about: str = "exercise") -> Person:
    """This patient asked to be rung."""
    person: Person = getattr(cast, name)
    cast.enter(person)
    assert person.enrolment
    requests.ask_for_call(person.enrolment, about, by=person.actor)
    db.session.commit()
    return person


def crowd(cast: Cast, number: int) -> None:
    """So many more patients of Hillside on the worklist, written as rows."""
    cast.enter(cast.carol)
    for model, rows in crowd_rows(cast.hillside.id, number):
        db.session.execute(insert(model), rows)
    db.session.commit()


def crowd_rows(
    service_id: UUID, number: int, clinician_id: UUID | None = None
) -> list[tuple[Any, list[dict[str, Any]]]]:
    """Rows of patients who are quieter than planned: Crowd00000, Crowd00001 … in the worklist's order."""
    today = TODAY()
    ids = [(new_id(), new_id()) for _ in range(number)]
    reason = {
        "kind": "no_visit",
        "since_on": str(today - timedelta(days=9)),
        "rule": "no_visit>=7",
        "number": 9,
    }
    patients = [
        {
            "service_id": service_id,
            "id": patient,
            "reference": f"C-{n:05}",
            "given_name": "Pat",
            "family_name": f"Crowd{n:05}",
            "sort_key": f"crowd{n:05} pat",
            "search_key": f"pat crowd{n:05} c-{n:05}",
            "born_on": today,
            "suitability": "",
            "made_at": clock.now(),
        }
        for n, (patient, _) in enumerate(ids)
    ]
    enrolments = [
        {
            "service_id": service_id,
            "id": enrolment,
            "patient_id": patient,
            "door": "course",
            "rhythm": "weekly",
            "invited_on": today,
            "started_on": today,
            "invited_by": "",
        }
        for patient, enrolment in ids
    ]
    summaries = [
        {
            "service_id": service_id,
            "enrolment_id": enrolment,
            "patient_id": patient,
            "sort_key": f"crowd{n:05} pat",
            "state": "quieter",
            "since_on": today,
            "reasons": [reason],
            "points": 3,
            "silent_days": 9,
            "modules_done": 0,
            "tried": {},
            "ring_key": (6 << 24) + n,
            "ranked_on": today,
            "next_change_on": None,
            "module": None,
            "last_active_on": None,
            "clinician_id": clinician_id,
        }
        for n, (patient, enrolment) in enumerate(ids)
    ]
    return [(Patient, patients), (Enrolment, enrolments), (Summary, summaries)]
