"""The verbs of inviting a group: keep a checked list, see who is here already, invite everybody else at once.

Between the check and the second tap the rows lie in ``people.imports``, on our side. Who is here already is asked
again at the second tap: in between a colleague may have invited one of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment
from webapp.foundations import audit, jobs, post
from webapp.foundations.access import Actor
from webapp.foundations.languages import speaking
from webapp.people import imports
from webapp.people import service as people
from webapp.people.import_models import ImportBatch
from webapp.people.models import Patient
from webapp.people.rules import plain_key
from webapp.people.service import PatientDetails

from . import letters
from . import service as inviting
from .import_rules import Known, Meeting, Offer, Standing, meeting_of, offer_for, standing_of
from .rules import sends_something

DOOR = "refresher"
LONGEST_NOTE = 2000
E_MAIL, LETTER, WELCOMED_BACK, TELL, HERE = "e_mail", "letter", "welcomed_back", "tell", "here"


@dataclass(frozen=True)
class Met:
    """One person of the list, and the record that they may have already."""

    row: int
    details: PatientDetails
    meeting: Meeting
    patient: Patient | None = None
    enrolment: Enrolment | None = None
    standing: Standing = Standing.WRITTEN_DOWN

    @property
    def offer(self) -> Offer:
        """What may be ticked for them."""
        return Offer.NOTHING if self.patient is None else offer_for(self.meeting, self.standing)

    @property
    def by_e_mail(self) -> bool:
        """True if the invitation goes by e-mail; else a letter is printed."""
        return bool(self.details.email and self.details.email_is_safe)


@dataclass(frozen=True)
class Outcome:
    """What came of one person of the list."""

    row: int
    patient: Patient
    outcome: str

    @property
    def by_hand(self) -> bool:
        """True if the letter cannot go by post."""
        return not (self.patient.postal_address and self.patient.letter_is_safe)


def keep(rows: Iterable[tuple[int, PatientDetails]], *, by: Actor) -> ImportBatch:
    """Keep the checked rows until the second tap."""
    return imports.keep([{"row": row, "details": _as_json(details)} for row, details in rows], by=by)


def meet(batch: ImportBatch, *, by: Actor) -> list[Met]:
    """Everybody of the list with the record they may have: two queries, and one for each who is here already."""
    rows = [(int(one["row"]), _from_json(one["details"])) for one in batch.rows]
    patients = imports.who_may_be_known(
        by, (details.born_on for _row, details in rows), (details.email for _row, details in rows)
    )
    known = [Known(one.id, one.sort_key, one.born_on, one.email) for one in patients]
    by_id = {patient.id: patient for patient in patients}
    return [_meet(row, details, known, by_id, by=by) for row, details in rows]


def look_at(met: Iterable[Met], *, by: Actor) -> None:
    """Write down that somebody of the staff has seen who is here already."""
    for one in met:
        if one.patient is not None:
            inviting.look_at(one.patient, by=by)


def invite_all(batch: ImportBatch, also: Collection[int], *, by: Actor) -> None:
    """Invite everybody who is new, and those whose row was ticked: all of them, or with an error nobody.

    A list that was dealt with already stays as it is. Take it by ``imports.batch_to_invite``.
    """
    if batch.invited_at is not None:
        return
    met = meet(batch, by=by)
    taken = imports.references_taken(by, (one.details.reference for one in met))
    outcomes = [_deal_with(one, batch, also, taken, by=by) for one in met]
    imports.close(batch, outcomes, by=by)


def outcomes_of(batch: ImportBatch, *, by: Actor) -> list[Outcome]:
    """What came of everybody of the list, in its order."""
    ids = [UUID(one["patient_id"]) for one in batch.outcomes]
    patients = people.patients_by_id(by, ids)
    return [
        Outcome(int(one["row"]), patients[key], one["outcome"])
        for one, key in zip(batch.outcomes, ids, strict=True)
        if key in patients
    ]


def letters_to_print(batch: ImportBatch, *, by: Actor) -> list[Outcome]:
    """Those of the list who get a letter and have not started yet."""
    return [
        one
        for one in outcomes_of(batch, by=by)
        if one.outcome == LETTER
        and one.patient.account_id is None
        and sends_something(one.patient.suitability)
        and (enrolment := inviting.enrolment_of(one.patient, by=by)) is not None
        and enrolment.ended_on is None
    ]


def print_letters(wanted: Sequence[Outcome], *, by: Actor) -> list[tuple[Outcome, letters.Letter]]:
    """A new code for each; earlier letters to them stop working."""
    return [(one, inviting.print_letter(one.patient, by=by)) for one in wanted]


def _meet(
    row: int, details: PatientDetails, known: Sequence[Known], by_id: dict[UUID, Patient], *, by: Actor
) -> Met:
    key = plain_key(details.family_name, details.given_name)
    meeting, found = meeting_of(key, details.born_on, details.email, known)
    if found is None:
        return Met(row, details, meeting)
    patient = by_id[found]
    enrolment = inviting.enrolment_of(patient, by=by)
    standing = standing_of(
        enrolled=enrolment is not None,
        suitable=sends_something(patient.suitability),
        started_on=enrolment.started_on if enrolment else None,
        finished_on=enrolment.finished_on if enrolment else None,
        ended_on=enrolment.ended_on if enrolment else None,
    )
    return Met(row, details, meeting, patient, enrolment, standing)


def _deal_with(
    one: Met, batch: ImportBatch, also: Collection[int], taken: set[str], *, by: Actor
) -> dict[str, Any]:
    ticked = one.row in also
    if one.patient is not None and one.offer is Offer.AGAIN and ticked:
        patient, outcome = one.patient, _open_again(one.patient, one.details, by=by)
    elif one.patient is None or (one.offer is Offer.SOMEBODY_ELSE and ticked):
        if one.details.reference in taken:
            one.details.reference = ""  # given to somebody since the check: the next number instead
        patient = inviting.invite(one.details, door=DOOR, by=by)
        outcome = E_MAIL if one.by_e_mail else LETTER
    else:
        return _outcome(one.row, one.patient, HERE)
    audit.record(by, "imported", "import_batch", batch.id, patient_id=patient.id)
    return _outcome(one.row, patient, outcome)


def _open_again(patient: Patient, details: PatientDetails, *, by: Actor) -> str:
    """A second way through the course for somebody who finished or left; what we hold about them stays."""
    note = f"{patient.note}\n{details.note}".strip()
    changes = {"group_name": details.group_name} | ({"note": note} if len(note) <= LONGEST_NOTE else {})
    people.change_patient(patient, changes, by=by)
    enrolment = inviting.enrol(patient, door=DOOR, by=by)
    if patient.account_id is None:
        return E_MAIL if inviting.invite_again(patient, by=by) else LETTER
    engagement.start(enrolment, rhythm=inviting.OWN_SPEED, by=by)
    return WELCOMED_BACK if _welcome_back(patient, by=by) else TELL


def _welcome_back(patient: Patient, *, by: Actor) -> bool:
    """Write to somebody who can sign in already; False where that is not safe or they chose no e-mails."""
    chosen = people.choices_of(patient.service_id, patient.id).get("email", False)
    if not (patient.email and patient.email_is_safe and chosen):
        return False
    service = people.service_with(patient.service_id)
    with speaking(patient.language):
        subject, text = letters.welcome_back(service, patient)
    post.write(
        service.id, "welcome_back", patient.email, subject, text,
        language=patient.language, patient_id=patient.id,
    )  # fmt: skip
    audit.record(by, "sent", "invitation", patient_id=patient.id)
    jobs.wake_the_sweep()
    return True


def _outcome(row: int, patient: Patient, outcome: str) -> dict[str, Any]:
    return {"row": row, "patient_id": str(patient.id), "outcome": outcome}


def _as_json(details: PatientDetails) -> dict[str, Any]:
    plain = asdict(details)
    for name in ("born_on", "seen_on"):
        plain[name] = plain[name].isoformat() if plain[name] else None
    plain["clinician_id"] = str(details.clinician_id) if details.clinician_id else None
    return plain


def _from_json(plain: dict[str, Any]) -> PatientDetails:
    told = dict(plain)
    for name in ("born_on", "seen_on"):
        told[name] = date.fromisoformat(told[name]) if told[name] else None
    told["clinician_id"] = UUID(told["clinician_id"]) if told["clinician_id"] else None
    return PatientDetails(**told)
