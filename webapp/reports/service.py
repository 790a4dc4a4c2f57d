"""The verbs of the reports room: copy out one patient's questionnaires, or those of a whole service.

Every copy is audited. The copy of a service is sent while it is being read, in a session of its own: the request
has committed the audit by then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.people import service as people
from webapp.people.models import Patient, Service
from webapp.questionnaires.catalogue import instruments, twins

from . import files, reads
from .answer_resources import Copying, observations, patient, responses
from .codings import Place, Resource
from .dictionary import DICTIONARY, HEADINGS, ITEMS, SCORES, dictionary_rows
from .files import Part, csv_text, ndjson_text
from .models import ServiceCopy
from .questionnaire_resource import questionnaire
from .reads import Scope
from .rules import cell
from .tables import ITEM_COLUMNS, SCORE_COLUMNS, Shelf, headings, item_rows, score_rows

KIND = "questionnaires"
FHIR, TABLES = "fhir", "tables"
EARLIER = 20


@dataclass(frozen=True)
class OnePatient:
    """The copy of one patient. ``name`` is what its file is called, without the ending."""

    patient: Patient
    name: str
    at: datetime
    scope: Scope
    how: Copying


@dataclass(frozen=True)
class WholeService:
    """The copy of a service that was asked for and written down: ``pieces`` makes it."""

    name: str
    at: datetime
    scope: Scope
    how: Copying
    sessions: Callable[[], Session]

    def pieces(self) -> Iterator[bytes]:
        """The zip file, piece by piece, by a session of its own that sees this service's rows only."""
        with self.sessions() as session:
            session.info["service"] = self.scope.service_id
            parts = [*_tables(session, self.scope, self.how), *_lines_of_fhir(session, self.scope, self.how)]
            yield from files.zipped(parts, self.at, self.how.zone)


def one_patient(by: Actor, patient_id: UUID) -> OnePatient:
    """What there is to copy of one patient.

    Raises:
        people.NotFound: there is no such patient in this service.
    """
    found = people.patient_of(by, patient_id)
    service, at = people.service_with(found.service_id), clock.now()
    scope = Scope(found.service_id, at, found.id)
    name = f"questionnaires-{found.reference}-{clock.local(at, service.time_zone).date()}"
    return OnePatient(found, name, at, scope, _copying(service, in_full=True))


def sittings_sent(copy: OnePatient) -> int:
    """How many sittings of the patient a copy holds."""
    return reads.how_many(db.session, copy.scope)[1]


def bundle(copy: OnePatient, *, by: Actor) -> Resource:
    """Everything that the patient sent, as one FHIR R4 ``Bundle``: patient, questionnaires, responses, scores."""
    audit.record(by, "exported", KIND, copy.patient.id, patient_id=copy.patient.id, fields=[FHIR])
    how, scope = copy.how, copy.scope
    sent = list(reads.sittings(db.session, scope))
    resources = [
        patient(copy.patient, how),
        *_questionnaires(db.session, scope, how),
        *(one for each in sent for one in responses(each, how)),
        *(one for each in sent for one in observations(each, how)),
    ]
    entries = [{"fullUrl": how.place.full_url(one), "resource": one} for one in resources]
    made_at = copy.at.isoformat(timespec="seconds")
    return {"resourceType": "Bundle", "type": "collection", "timestamp": made_at, "entry": entries}


def tables(copy: OnePatient, *, by: Actor) -> bytes:
    """The same as tables: a zip file of scores, items and the data dictionary."""
    audit.record(by, "exported", KIND, copy.patient.id, patient_id=copy.patient.id, fields=[TABLES])
    parts = _tables(db.session, copy.scope, copy.how)
    return b"".join(files.zipped(parts, copy.at, copy.how.zone))


def begin_service_copy(by: Actor, why: str) -> WholeService:
    """Write down who copies everything and ``why``, and give the copy that can now be made.

    Raises:
        people.NotFound: ``by`` acts in no service. ValueError: a job copies nothing.
    """
    if by.account_id is None:
        raise ValueError("Only a person copies a service's questionnaires.")
    service, at = _service_of(by), clock.now()
    scope = Scope(service.id, at)
    patients, sittings = reads.how_many(db.session, scope)
    db.session.add(
        ServiceCopy(
            service_id=service.id,
            at=at,
            account_id=by.account_id,
            by_name=by.name,
            why=why,
            patients=patients,
            sittings=sittings,
        )
    )
    audit.record(by, "exported", f"{KIND} of the service", service.id, fields=[FHIR, TABLES])
    name = f"questionnaires-{clock.local(at, service.time_zone).date()}"
    return WholeService(name, at, scope, _copying(service, in_full=False), db.sessionmaker)


def ready_to_copy(by: Actor) -> tuple[int, int]:
    """How many patients and sittings a copy of the service would hold now."""
    return reads.how_many(db.session, Scope(_service_of(by).id, clock.now()))


def earlier_copies(by: Actor) -> Sequence[ServiceCopy]:
    """The latest copies of the whole service, the newest first."""
    wanted = select(ServiceCopy).where(ServiceCopy.service_id == _service_of(by).id)
    return db.session.scalars(wanted.order_by(ServiceCopy.id.desc()).limit(EARLIER)).all()


def _service_of(by: Actor) -> Service:
    if by.service_id is None:
        raise people.NotFound("service")
    return people.service_with(by.service_id)


def _copying(service: Service, *, in_full: bool) -> Copying:
    base_url = current_app.extensions["waymark_settings"].base_url
    return Copying(
        Place(base_url, service.id), service.time_zone, Shelf(instruments(), twins()), in_full=in_full
    )


def _tables(session: Session, scope: Scope, how: Copying) -> Iterator[Part]:
    zone, shelf = how.zone, how.shelf
    scores = (row for sent in reads.sittings(session, scope) for row in score_rows(sent, shelf, zone))
    items = (
        row
        for sent in reads.sittings(session, scope)
        for row in item_rows(sent, shelf, zone, with_words=how.in_full)
    )
    meanings = dictionary_rows(reads.instruments_in(session, scope), shelf.known)
    yield SCORES, csv_text(headings(SCORE_COLUMNS), scores)
    yield ITEMS, csv_text(headings(ITEM_COLUMNS), items)
    yield DICTIONARY, csv_text(HEADINGS, ([cell(one, zone) for one in row] for row in meanings))


def _lines_of_fhir(session: Session, scope: Scope, how: Copying) -> Iterator[Part]:
    """A file for each type of resource, one resource a line."""
    yield "Questionnaire.ndjson", ndjson_text(_questionnaires(session, scope, how))
    yield "Patient.ndjson", ndjson_text(patient(row, how) for row in reads.patients(session, scope))
    yield (
        "QuestionnaireResponse.ndjson",
        ndjson_text(one for sent in reads.sittings(session, scope) for one in responses(sent, how)),
    )
    yield (
        "Observation.ndjson",
        ndjson_text(one for sent in reads.sittings(session, scope) for one in observations(sent, how)),
    )


def _questionnaires(session: Session, scope: Scope, how: Copying) -> Iterator[Resource]:
    """The questionnaires whose answers are in the copy, as far as their text is here."""
    for name in reads.instruments_in(session, scope):
        found = how.shelf.known.by_id.get(name)
        if found is not None and found.texts:
            yield questionnaire(found, how.place)
