"""The made-up service of the year, its team, and its patients: invited by the real service, on working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from webapp.commands.demo.cast import FAMILY, GIVEN
from webapp.commands.demo.year.kinds import kind_of
from webapp.commands.demo.year.lives import Life, dice
from webapp.course.service import core_modules
from webapp.engagement import requests
from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment
from webapp.foundations import clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db, enter_service
from webapp.people import service as people
from webapp.people.models import Patient, Service
from webapp.welcome import service as welcome

JOB = "a simulated year"
ZONE = ZoneInfo("Europe/London")
WORKING_WEEK = {day: ["09:00", "17:00"] for day in ("mon", "tue", "wed", "thu", "fri")}
PEOPLE_FOR_ONE_CLINICIAN = 125
FIRST_PAPER_CALL_DAYS = 7


@dataclass
class Person:
    """One made-up patient: what the simulation remembers, and where their rows are."""

    life: Life
    patient_id: UUID
    enrolment_id: UUID
    name: str
    email: str
    account_id: UUID | None = None
    secret: str = ""

    def actor(self, service_id: UUID) -> Actor:
        """The person as the one who acts."""
        assert self.account_id is not None
        return Actor(service_id, self.account_id, name=self.name)


@dataclass(frozen=True)
class Team:
    """The service and its clinicians, and how many calls a week they have together."""

    service_id: UUID
    clinicians: tuple[Actor, ...]
    calls_a_week: int


def at(day: date, minute: int) -> datetime:
    """That local minute of the day, in UTC."""
    return datetime.combine(day, time(minute // 60, minute % 60), ZONE).astimezone(UTC)


def open_service(number_of_people: int) -> Team:
    """The service with a clinician for each 125 people."""
    service = people.add_service(
        "Hillside Pain Service", "Hillside", by=Actor(None, job=JOB), phone="01632 960100",
        email="hello@hillside.example", postal_address="Hillside House\n1 High Street\nAnytown AN1 1AA",
        contact_lines="Ring 01632 960100, Monday to Friday, 9 to 5.", hours=WORKING_WEEK, languages=["en", "cy"],
    )  # fmt: skip
    enter_service(service.id)
    clinicians = [
        _clinician(service, number) for number in range(max(1, number_of_people // PEOPLE_FOR_ONE_CLINICIAN))
    ]
    db.session.commit()
    return Team(service.id, tuple(clinicians), service.calls_a_week * len(clinicians))


def _clinician(service: Service, number: int) -> Actor:
    name = f"{GIVEN[number]} {FAMILY[number]}"
    account = people.add_account(f"clinician{number}@hillside.example", name)
    people.add_member(account, "clinician", by=Actor(service.id, job=JOB))
    return Actor(service.id, account.id, name=name)


def days_of_invitations(number: int, begins_on: date, days: int) -> list[date]:
    """The working day of each invitation: evenly over the first five sixths of the time, as a service invites all year."""
    open_days = [
        day
        for day in (begins_on + timedelta(days=step) for step in range(max(days * 5 // 6, 7)))
        if day.weekday() < 5
    ]
    return [open_days[place * len(open_days) // number] for place in range(number)]


def invite(number: int, seed: int, team: Team) -> Person:
    """Invite the person of this number, today; those on paper are enrolled with a first call agreed."""
    life = Life(number, kind_of(number), clock.today(), modules=len(core_modules()))
    by = team.clinicians[number % len(team.clinicians)]
    details = _details(number, seed, life.kind.way)
    if life.kind.way == "online":
        patient = welcome.invite(details, door=life.kind.door, by=by)
    else:
        patient = people.add_patient(details, by=by)
        _begin_on_paper(patient, life, by)
    enrolment = engagement.current_enrolment(by, patient.id)
    name = f"{details.given_name} {details.family_name}"
    return Person(life, patient.id, enrolment.id, name, details.email)


def _begin_on_paper(patient: Patient, life: Life, by: Actor) -> None:
    enrolment = engagement.enrol(
        patient.id,
        door=life.kind.door,
        rhythm=life.kind.rhythm,
        core_modules=core_modules(),
        by=by,
        way=life.kind.way,
    )
    for thing in ("email", "text", "voicemail", "letter"):
        people.choose(patient.id, thing, thing == "letter", by=by)
    engagement.start(enrolment, rhythm=life.kind.rhythm, by=by)
    requests.agree_call(enrolment, clock.today() + timedelta(days=FIRST_PAPER_CALL_DAYS), by=by)
    life.started_on = clock.today()


def _details(number: int, seed: int, way: str) -> people.PatientDetails:
    throw = dice(seed, number, "details")
    online = way == "online" and throw.random() < 0.95
    given, family = throw.choice(GIVEN), throw.choice(FAMILY)
    return people.PatientDetails(
        given,
        family,
        date(1940 + throw.randrange(60), throw.randint(1, 12), throw.randint(1, 28)),
        email=f"patient{number}@mail.example" if online else "",
        mobile=f"+447700900{number % 1000:03d}",
        postal_address=f"{number + 1} Mill Lane\nAnytown AN1 1AA",
        email_is_safe=online,
        call_is_safe=throw.random() < 0.9,
        voicemail_is_safe=throw.random() < 0.4,
        text_is_safe=throw.random() < 0.6,
        letter_is_safe=not online or throw.random() < 0.5,
        needs=["text_not_call"] if throw.random() < 0.06 else [],
        language="cy" if throw.random() < 0.1 else "en",
        seen_by="Dr Example",
        seen_on=clock.today() - timedelta(days=6),
    )


def enrolment_of(person: Person, service_id: UUID) -> Enrolment:
    """The person's way through the course, read anew."""
    return db.session.get_one(Enrolment, (service_id, person.enrolment_id))
