"""The named cast: two services and the people whom the tests know by their first names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient

from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment
from webapp.foundations.access import Actor
from webapp.foundations.database import db, enter_service
from webapp.people import service as people
from webapp.people import sessions
from webapp.people.models import Account, Membership, Patient, Service
from webapp.people.visitors import COOKIE

_NUMBERS = count(1)
SETTING_UP = "the cast"


@dataclass
class Person:
    """Somebody who can sign in."""

    account: Account
    membership: Membership | None
    patient: Patient | None = None
    enrolment: Enrolment | None = None

    @property
    def actor(self) -> Actor:
        """The person as the one who acts."""
        service_id = self.membership.service_id if self.membership else None
        return Actor(service_id, self.account.id, name=self.account.display_name)


class Cast:
    """Makes people when a test asks for them, each once: ``cast.asha``, ``cast.carol``."""

    def __init__(self, app: Flask, keep: bool = False) -> None:
        self.app = app
        self._mark = f".{next(_NUMBERS)}" if keep else ""  # a kept cast has sign-in names of its own
        self._known: dict[str, Person] = {}
        self.hillside = self._service("Hillside Pain Service", "Hillside")
        self.valley = self._service("Valley Pain Clinic", "Valley")

    def __getattr__(self, name: str) -> Person:
        if name.startswith("_") or name not in PEOPLE:
            raise AttributeError(name)
        if name not in self._known:
            self._known[name] = self._make(name)
        return self._known[name]

    def job(self, service: Service) -> Actor:
        """A named job that acts in a service."""
        return Actor(service.id, job=SETTING_UP)

    def enter(self, person: Person) -> None:
        """Set the wall as this person's requests would."""
        enter_service(person.membership.service_id if person.membership else None)

    def signs_in(self, client: FlaskClient, name: str, kind: str | None = None) -> Person:
        """Give this browser a session of that person (staff with their second factor shown)."""
        person: Person = getattr(self, name)
        client.set_cookie(COOKIE, self.secret_of(name, kind))
        return person

    def secret_of(self, name: str, kind: str | None = None) -> str:
        """A new session of that person: what the browser's cookie holds."""
        person: Person = getattr(self, name)
        staff = person.patient is None
        with self.app.test_request_context():
            secret = sessions.begin(
                person.account,
                person.membership,
                kind or ("staff" if staff else "own_phone"),
                second_factor=staff,
            )
            db.session.commit()
        return secret

    def _service(self, name: str, sender: str) -> Service:
        return people.add_service(
            name,
            sender,
            by=Actor(None, job=SETTING_UP),
            phone="01632 960100",
            hours={day: ["09:00", "17:00"] for day in ("mon", "tue", "wed", "thu", "fri")},
        )

    def _make(self, name: str) -> Person:
        role, service_name, given, family = PEOPLE[name]
        account = people.add_account(
            f"{name}{self._mark}@example.org", f"{given} {family}", administrator=role == "administrator"
        )
        if role == "administrator":
            db.session.commit()
            return Person(account, None)
        service: Service = getattr(self, service_name)
        enter_service(service.id)
        patient = self._patient(service, given, family, account) if role == "patient" else None
        membership = people.add_member(
            account, role, by=self.job(service), patient_id=patient.id if patient else None
        )
        enrolment = self._enrolment(name, service, patient) if patient else None
        db.session.commit()
        return Person(account, membership, patient, enrolment)

    def _enrolment(self, name: str, service: Service, patient: Patient) -> Enrolment:
        """Everybody has activated, but for those in ``NOT_STARTED``."""
        job = self.job(service)
        door = "refresher" if name in REFRESHERS else "course"
        enrolment = engagement.enrol(
            patient.id, door=door, rhythm="weekly", core_modules=CORE_MODULES, by=job
        )
        if name not in NOT_STARTED:
            engagement.start(enrolment, rhythm="weekly", by=job)
        return enrolment

    def _patient(self, service: Service, given: str, family: str, account: Account) -> Patient:
        details = people.PatientDetails(
            given, family, date(1979, 3, 3), email=account.sign_in_name, mobile="+447700900552", email_is_safe=True,
            call_is_safe=True, contact_times="after 2 pm",
        )  # fmt: skip
        patient = people.add_patient(details, by=self.job(service))
        patient.account_id = account.id
        return patient


CORE_MODULES = ("start-here", "understanding-persistent-pain", "pacing", "goals-and-values")
REFRESHERS = {"marjorie"}
NOT_STARTED = {"tomasz"}
PEOPLE: dict[str, tuple[str, str, str, str]] = {
    "asha": ("patient", "hillside", "Asha", "Patel"),
    "dewi": ("patient", "hillside", "Dewi", "Rees"),
    "tomasz": ("patient", "hillside", "Tomasz", "Nowak"),
    "marjorie": ("patient", "hillside", "Marjorie", "Bell"),
    "vera": ("patient", "valley", "Vera", "Okafor"),
    "carol": ("clinician", "hillside", "Carol", "Osei"),
    "colin": ("caller", "hillside", "Colin", "Marsh"),
    "lena": ("lead", "hillside", "Lena", "Brandt"),
    "arthur": ("author", "hillside", "Arthur", "Pym"),
    "victor": ("clinician", "valley", "Victor", "Hale"),
    "ada": ("administrator", "", "Ada", "Quist"),
}


def id_of(patient: Patient | None) -> UUID:
    """A patient's id, for those who know that there is one."""
    assert patient is not None
    return patient.id
