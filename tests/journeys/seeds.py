"""States of the cast that a journey begins with, brought about by the rooms' own services and really
stored.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update

from tests.cast import Cast
from tests.cast import Person as CastMember
from webapp.engagement import service as engagement
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.goals import service as goals
from webapp.pacing import service as pacing
from webapp.pacing import service_start as starts
from webapp.people import passwords
from webapp.people.sign_in_models import SignedIn
from webapp.questionnaires import service as questionnaires

PASSWORD = "otter-lamp-violet-9"
SITTING = "baseline-pain"


def enters(town: Cast, name: str) -> CastMember:
    """Act as this person from here on, on what is stored now."""
    db.session.rollback()
    person: CastMember = getattr(town, name)
    town.enter(person)
    return person


def rows_of(town: Cast, name: str, model: Any) -> int:
    """How many rows of this kind the service of this person has now."""
    enters(town, name)
    found = db.session.scalar(select(func.count()).select_from(model))
    db.session.rollback()
    return int(found or 0)


def new_walk(town: Cast, name: str = "asha") -> str:
    """A walk without a starting point yet; the address of its plan."""
    person = enters(town, name)
    assert person.patient
    plan = pacing.begin(person.patient.id, pacing.NewActivity("walk", "", "", "time", None), by=person.actor)
    address = f"/pacing/{plan.id}"
    db.session.commit()
    return address


def walk_of_seven(town: Cast, name: str = "asha") -> str:
    """A walk of 7 minutes from the tries 12, 6 and 9; the address of its plan."""
    person = enters(town, name)
    assert person.patient
    plan = pacing.begin(person.patient.id, pacing.NewActivity("walk", "", "", "time", None), by=person.actor)
    for days_ago, minutes in ((2, 12), (1, 6), (0, 9)):
        day = clock.today() - timedelta(days=days_ago)
        starts.add_try(plan, minutes * 60.0, day, None, None, by=person.actor)
    found = starts.found_start(plan, starts.tries_of(plan))
    starts.choose_start(plan, found, found.options[0].kind, clock.today(), by=person.actor)
    address = f"/pacing/{plan.id}"
    db.session.commit()
    return address


def new_goal(town: Cast, name: str = "asha") -> str:
    """A goal in the making; its address."""
    person = enters(town, name)
    assert person.patient
    address = f"/goals/{goals.begin(person.actor, person.patient.id).row.id}"
    db.session.commit()
    return address


def open_questions(town: Cast, name: str = "asha", *, way: str = "one") -> str:
    """Module 1 is done and the first sitting was begun; its address."""
    person = enters(town, name)
    assert person.enrolment
    engagement.reach_milestone(person.actor, person.enrolment, "start-here")
    questionnaires.start(person.actor, person.enrolment, SITTING, way)
    db.session.commit()
    return f"/questionnaires/{SITTING}"


def password_of(town: Cast, name: str) -> str:
    """Give this person a password; their sign-in name."""
    person = enters(town, name)
    passwords.set_password(person.account, PASSWORD)
    found = str(person.account.sign_in_name)
    db.session.commit()
    return found


def ends_sessions(town: Cast, name: str) -> None:
    """Every session of this person is over, as after a night on a shared phone."""
    person = enters(town, name)
    db.session.execute(
        update(SignedIn).where(SignedIn.account_id == person.account.id).values(ended_at=clock.now())
    )
    db.session.commit()
