"""The verbs of starting: recognise who holds an invitation, send a new link, and open their account."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import IntegrityError

from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment
from webapp.foundations import audit
from webapp.foundations.access import Actor
from webapp.foundations.database import db, enter_service
from webapp.people import passwords, sessions, signing_in, throttle
from webapp.people import service as people
from webapp.people.models import Account, Patient, Service
from webapp.people.names import normalised
from webapp.people.sign_in_models import Token
from webapp.people.signing_in import Begun, WaitFirst

from . import service as inviting
from . import tokens
from .rules import Reach, code_of, sends_something, steps_for

STARTING = "starting by invitation"
NEW_LINK = "new link asked for"


@dataclass(frozen=True)
class Invitation:
    """One link or code, and whom it invites to what."""

    token: Token
    service: Service
    patient: Patient
    enrolment: Enrolment | None

    @property
    def has_started(self) -> bool:
        """True once the patient has an account."""
        return self.patient.account_id is not None

    @property
    def may_start(self) -> bool:
        """True while the link or code works and the invitation stands."""
        return tokens.is_open(self.token) and self.stands and not self.has_started

    @property
    def stands(self) -> bool:
        """True unless the team has taken the invitation back or the patient has left."""
        return bool(
            self.enrolment and self.enrolment.ended_on is None and sends_something(self.patient.suitability)
        )

    @property
    def steps(self) -> tuple[str, ...]:
        """The pages of starting, in order."""
        return steps_for(self.enrolment.door if self.enrolment else "course", len(self.service.languages))

    @property
    def possible(self) -> tuple[str, ...]:
        """The ways of writing to the patient that may be offered as choices."""
        return reach_of(self.patient).possible()


@dataclass(frozen=True)
class Answers:
    """What the patient chose on the way: nothing is on that was not chosen."""

    contact: tuple[str, ...]
    kind: str
    rhythm: str
    language: str


def reach_of(patient: Patient) -> Reach:
    """What we hold and what was marked as safe."""
    return Reach(
        email=bool(patient.email and patient.email_is_safe),
        text=bool(patient.mobile and patient.text_is_safe),
        voicemail=bool((patient.mobile or patient.phone) and patient.voicemail_is_safe),
        letter=bool(patient.postal_address and patient.letter_is_safe),
    )


def invitation_of(secret: str) -> Invitation | None:
    """Whom this link or code invites, whatever its state; enters that service. None if it never was one."""
    token = tokens.find(secret)
    if token is None or token.service_id is None or token.patient_id is None:
        return None
    enter_service(token.service_id)
    patient = db.session.get(Patient, (token.service_id, token.patient_id))
    if patient is None:
        return None
    enrolment = inviting.enrolment_of(patient, by=Actor(token.service_id, job=STARTING))
    return Invitation(token, people.service_with(token.service_id), patient, enrolment)


def recognise(secret: str, born_on: date) -> Invitation | None:
    """The invitation if the date of birth is right; None for a wrong secret and a wrong date alike.

    Raises:
        WaitFirst: too many tries for this invitation, or too many typed codes from this network.
    """
    keys = _tries(secret)
    if wait := throttle.attempt(*keys):
        raise WaitFirst(wait)
    invitation = invitation_of(secret)
    if invitation is None or invitation.patient.born_on != born_on:
        return None
    throttle.succeeded(*keys)
    return invitation


def ask_for_new_link(secret: str) -> None:
    """Send a new link to the address that we hold, if there is one. Nobody learns whether there is.

    Raises:
        WaitFirst: too many requests from this network with this link.
    """
    if wait := throttle.attempt(
        ("ask", f"{code_of(secret) or secret}|{throttle.network()}"), *_typed(secret)
    ):
        raise WaitFirst(wait)
    invitation = invitation_of(secret)
    if invitation is None or invitation.has_started or not invitation.stands:
        return
    if throttle.attempt(("ask_anywhere", str(invitation.patient.id))) == 0:
        enter_service(invitation.service.id)
        inviting.send_e_mail(invitation.patient, by=Actor(invitation.service.id, job=NEW_LINK))


def names_offered(patient: Patient) -> tuple[str, ...]:
    """What this patient may sign in with: e-mail and mobile, where nobody signs in with them yet."""
    return tuple(
        name for name in (patient.email, patient.mobile) if name and signing_in.account_named(name) is None
    )


def three_free_words() -> str:
    """Three words with which nobody signs in yet."""
    while signing_in.account_named(made := passwords.three_words()):
        pass
    return made


def sign_in_name_of(by: Actor) -> str:
    """What the patient signs in with, as it is typed."""
    return db.session.get_one(Account, by.account_id).sign_in_name


def finish(secret: str, answers: Answers, name: str, password: str) -> Begun | None:
    """Open the account, write down what was chosen, start the course and begin the session.

    None if the link was used meanwhile or no longer stands.

    Raises:
        people.NameIsTaken: somebody signs in with this name.
    """
    invitation = invitation_of(secret)
    if invitation is None or not invitation.may_start or invitation.enrolment is None:
        return None
    patient, enrolment = invitation.patient, invitation.enrolment
    account = _open_account(patient, name, password, answers.language)
    if tokens.use(secret) is None:
        return None
    by = Actor(patient.service_id, account.id, name=account.display_name)
    membership = people.add_member(account, "patient", by=by, patient_id=patient.id)
    people.change_patient(patient, {"account_id": account.id, "language": answers.language}, by=by)
    _write_down_choices(patient, answers.contact, by=by)
    engagement.start(enrolment, rhythm=answers.rhythm, by=by)
    tokens.end_invitations(patient.id)
    audit.record(by, "used", "invitation", patient_id=patient.id)
    return Begun(sessions.begin(account, membership, answers.kind), answers.kind, account)


def _open_account(patient: Patient, name: str, password: str, language: str) -> Account:
    display_name = f"{patient.given_name} {patient.family_name}"
    try:
        with db.session.begin_nested():
            account = people.add_account(normalised(name), display_name, language=language)
    except IntegrityError:
        raise people.NameIsTaken(name) from None
    passwords.set_password(account, password)
    return account


def _write_down_choices(patient: Patient, chosen: Collection[str], *, by: Actor) -> None:
    people.choose(patient.id, "understood", True, by=by)
    for thing in reach_of(patient).possible():
        people.choose(patient.id, thing, thing in chosen, by=by)


def _tries(secret: str) -> tuple[throttle.Key, ...]:
    return (("birth", code_of(secret) or secret), *_typed(secret))


def _typed(secret: str) -> tuple[throttle.Key, ...]:
    return (("code", throttle.network()),) if code_of(secret) else ()
