"""What the made-up teams did: who covers alerts, which answers were read, and what came of an alert."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from webapp.clinic import scripts
from webapp.engagement import requests
from webapp.engagement.models import Enrolment
from webapp.foundations import clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.people.models import Account, Membership, Patient, Service
from webapp.questionnaires import service as questionnaires
from webapp.safety import service as safety
from webapp.safety.rules import Action
from webapp.support import service as support

READ_AFTER = timedelta(days=2)
STILL_TO_READ = timedelta(days=9)
OUT_OF_HOURS = (
    "Nobody reads this site at night or at weekends. If you need someone then, ring 111 and choose option 2."
)


def name_who_covers(service: Service, clinicians: list[Actor]) -> None:
    """The first clinician owns alerts, the lead is the deputy; what happens out of hours is written down."""
    lead = db.session.scalars(
        select(Membership.account_id).where(
            Membership.service_id == service.id, Membership.role == "lead", Membership.ended_at.is_(None)
        )
    ).first()
    safety.change_cover(
        clinicians[0],
        owner_account_id=clinicians[0].account_id,
        deputy_account_id=lead,
        out_of_hours=OUT_OF_HOURS,
    )


OWN_SCRIPT = """# Quiet for a while

“Hello, may I speak to …? Could you tell me your date of birth first? Thank you. I am … from your pain team.”

- “We have not seen you on the site for a while. How are you getting on?”
- “Our Thursday group has a free chair. Would you like to hear about it?”
- If they want to stop: “That is fine. What was the main reason?”

If they sound very low, ask directly whether they are safe, and follow our plan.
"""


def say_it_our_way(service: Service) -> None:
    """The lead has written the service's own script for those who are quiet."""
    lead = db.session.execute(
        select(Account.id, Account.display_name)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.service_id == service.id, Membership.role == "lead")
    ).first()
    if lead is not None:
        by = Actor(service.id, lead.id, name=lead.display_name)
        scripts.say_it_so(by, "quiet", "en", OWN_SCRIPT)


def read_answers(by: Actor) -> None:
    """Everything older than nine days was read two days after it came in."""
    after: str | None = None
    while True:
        page = questionnaires.answers_to_read(by, after)
        for row in page.rows:
            if clock.now() - row.finished_at > STILL_TO_READ:
                with clock.standing_at(row.finished_at + READ_AFTER):
                    questionnaires.mark_read(by, row.sitting_id)
        after = page.next_after
        if after is None:
            return


def ask_about_feelings(patient: Patient, *, by: Actor) -> None:
    """The patient asks to be rung about how they feel, now."""
    support.ask_for_call(patient.id, "how_i_feel", by=by)


def meet_alert(enrolment: Enrolment, *, by: Actor) -> None:
    """Somebody takes the patient's alert on, speaks to them, writes it down and closes it, now."""
    alert = safety.alerts_of_patient(by, enrolment.patient_id)[0]
    safety.record_action(
        alert.id, Action.SPOKE, "Spoke for twenty minutes. We ring again on Thursday.", by=by
    )
    safety.close(alert.id, by=by)
    requests.log_contact(enrolment, "call", "reached_continuing", "", by=by)
