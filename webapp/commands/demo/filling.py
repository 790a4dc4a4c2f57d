"""Fills an empty installation: services, staff, patients, and each patient's last weeks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, text

from webapp.commands.demo import team
from webapp.commands.demo.cast import (
    FAMILY,
    FEW,
    GIVEN,
    HAVE_POST,
    HILLSIDE,
    OTHERS,
    VALLEY,
    WITH_A_NAME,
    MadeUpPatient,
    MadeUpService,
)
from webapp.commands.demo.histories import STORIES, Life
from webapp.commands.demo.post import Post
from webapp.commands.demo.tools import keep_tools
from webapp.course.service import core_modules
from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment
from webapp.engagement.summing_up import rank_everybody
from webapp.foundations import clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db, enter_service
from webapp.people import service as people
from webapp.people.demo_cast import DEMO_NAMES_END
from webapp.people.models import Account, Patient, Service
from webapp.people.rules import plain_key

JOB = "demonstration"
LATELY_DAYS = 5
LAST = "ada"  # the administrator is made last: where she is, everybody is
ZONE = ZoneInfo("Europe/London")
WORKING_WEEK = {day: ["09:00", "17:00"] for day in ("mon", "tue", "wed", "thu", "fri")}


def is_filled() -> bool:
    """True where both made-up services are, with the last of their people."""
    admin = db.session.scalar(select(Account.id).where(Account.sign_in_name == f"{LAST}{DEMO_NAMES_END}"))
    return admin is not None


def is_empty() -> bool:
    """True where there is no service yet."""
    return not people.all_services()


def fill(*, few: bool = False) -> int:
    """Make everything up; returns the number of patients."""
    count = 0
    db.session.execute(text("SET synchronous_commit TO off"))  # made-up people may be made up again
    for place, made_up in enumerate((HILLSIDE, VALLEY)):
        enter_service(None)
        service, staff = _service(made_up)
        for number, one in enumerate(_patients(place, few), start=1):
            _live(one, service, made_up, staff[number % len(staff)], number, _post_of(one, service, few))
            count += 1
        enter_service(service.id)
        team.read_answers(staff[0])
        if made_up is HILLSIDE:
            team.say_it_our_way(service)
        rank_everybody(people.service_with(service.id))
        db.session.commit()
    enter_service(None)
    people.add_account(f"{LAST}{DEMO_NAMES_END}", "Ada Quist", administrator=True)
    db.session.commit()
    return count


def _service(made_up: MadeUpService) -> tuple[Service, list[Actor]]:
    """The service, and its clinicians as those who act."""
    service = people.add_service(
        made_up.name,
        made_up.sender,
        by=Actor(None, job=JOB),
        phone=made_up.phone,
        email=f"hello@{made_up.sender.lower()}.example",
        postal_address=f"{made_up.sender} House\n1 High Street\nAnytown AN1 1AA",
        contact_lines=f"Ring {made_up.phone}, Monday to Friday, 9 to 5.",
        hours=WORKING_WEEK,
        nation=made_up.nation,
        languages=list(made_up.languages),
    )
    enter_service(service.id)
    actors = []
    for name, role, sign_in_name in made_up.staff:
        account = people.add_account(f"{sign_in_name}{DEMO_NAMES_END}", name)
        member = people.add_member(account, role, by=Actor(service.id, job=JOB))
        if role == "clinician":
            actors.append((member.id, Actor(service.id, account.id, name=name)))
    clinicians = [actor for _, actor in actors]
    team.name_who_covers(service, clinicians)
    db.session.commit()
    return service, clinicians


def _patients(place: int, few: bool) -> Iterator[MadeUpPatient]:
    """Hillside has those with a name and every story; the second service a third of the stories."""
    if place == 0:
        yield from WITH_A_NAME
    rows = [row for row in OTHERS if not few or row[0] in FEW]
    rows = list({row[0]: row for row in reversed(rows)}.values()) if few else rows
    chosen = rows if place == 0 else rows[:: 4 if few else 3]
    for number, (story, days_ago, door, rhythm, way) in enumerate(chosen):
        given = GIVEN[(number * 7 + place * 11) % len(GIVEN)]
        family = FAMILY[(number * 11 + place * 5) % len(FAMILY)]
        born = date(1945 + (number * 13 + place * 7) % 55, 1 + number % 12, 1 + number * 5 % 28)
        yield MadeUpPatient(given, family, born, story, days_ago, door, rhythm, way)


def _live(
    one: MadeUpPatient,
    service: Service,
    made_up: MadeUpService,
    clinician: Actor,
    number: int,
    post: Post | None,
) -> None:
    """Invite the patient on their day, let them live their story, and keep it."""
    invited = datetime.combine(clock.today() - timedelta(days=one.days_ago), time(10, 12), ZONE)
    enter_service(service.id)
    with clock.standing_at(invited):
        patient = people.add_patient(_details(one, made_up, clinician, number), by=clinician)
        enrolment = engagement.enrol(
            patient.id,
            door=one.door,
            rhythm=one.rhythm,
            core_modules=core_modules(),
            by=clinician,
            way=one.way,
        )
    db.session.commit()
    enter_service(service.id)
    life = _life(one, service, patient, enrolment, clinician, invited.date())
    life.post = post
    with clock.standing_at(invited):
        _choose_ways(life)
    STORIES[one.story](life)
    keep_tools(one.signs_in_as, life)
    life.hears_until(clock.now())
    db.session.commit()


def _post_of(one: MadeUpPatient, service: Service, few: bool) -> Post | None:
    """From the invitation on for those with a name or a story about messages; for the others lately, or with few never."""
    if one.signs_in_as or one.story in HAVE_POST:
        return Post(service, clock.today() - timedelta(days=one.days_ago))
    return None if few else Post(service, clock.today() - timedelta(days=LATELY_DAYS))


def _choose_ways(life: Life) -> None:
    """Whoever has an account chose at the start what is safe for them: e-mail, or letters where there is none."""
    if life.patient.account_id is not None:
        people.choose(life.patient.id, "email", life.patient.email_is_safe, by=life.me)
        people.choose(life.patient.id, "letter", not life.patient.email_is_safe, by=life.me)
    db.session.commit()


def _life(
    one: MadeUpPatient,
    service: Service,
    patient: Patient,
    enrolment: Enrolment,
    clinician: Actor,
    invited_on: date,
) -> Life:
    account = None
    if one.story != "invited" and one.way == "online":
        name = one.signs_in_as or plain_key(one.given, one.family).replace(" ", ".")
        account = _account(f"{name}{DEMO_NAMES_END}", f"{one.given} {one.family}")
        patient.account_id = account.id
        people.add_member(account, "patient", by=clinician, patient_id=patient.id)
    me = Actor(service.id, account.id, name=account.display_name) if account else clinician
    return Life(service, patient, enrolment, me, clinician, invited_on, one.rhythm)


def _account(sign_in_name: str, name: str) -> Account:
    """A new account; a name that is taken gets a number."""
    taken = db.session.scalars(
        select(Account.sign_in_name).where(Account.sign_in_name.startswith(sign_in_name.split("@")[0]))
    ).all()
    if sign_in_name in taken:
        sign_in_name = sign_in_name.replace("@", f"{len(taken)}@")
    return people.add_account(sign_in_name, name)


def _details(
    one: MadeUpPatient, made_up: MadeUpService, clinician: Actor, number: int
) -> people.PatientDetails:
    details = people.PatientDetails(
        one.given,
        one.family,
        one.born,
        email=f"{plain_key(one.given, one.family).replace(' ', '.')}@mail.example",
        mobile=f"+447700900{number:03d}",
        postal_address=f"{number} Mill Lane\nAnytown AN1 1AA",
        email_is_safe=True,
        call_is_safe=number % 7 != 0,
        voicemail_is_safe=number % 3 == 0,
        text_is_safe=number % 2 == 0,
        letter_is_safe=number % 4 == 0,
        contact_times=("mornings", "after 2 pm", "", "not Thursdays")[number % 4],
        needs=[["large_print"], [], ["text_not_call"], [], [], ["helper"]][number % 6],
        seen_by=clinician.name,
        seen_on=clock.today() - timedelta(days=6),
        group_name="Autumn group" if one.door == "refresher" else "",
        reference=f"{made_up.prefix}-{400 + number:04d}",
        clinician_id=_membership_of(clinician),
    )
    if one.story == "by_letter":
        return replace(details, email="", email_is_safe=False, letter_is_safe=True)
    return replace(details, email="", email_is_safe=False) if one.way != "online" else details


def _membership_of(clinician: Actor):  # type: ignore[no-untyped-def]
    from webapp.people.models import Membership

    return db.session.scalar(
        select(Membership.id).where(
            Membership.service_id == clinician.service_id, Membership.account_id == clinician.account_id
        )
    )
