"""A key for every kind of door: real things of asha's and of Hillside's, so that a stranger's knock means something."""

from __future__ import annotations

from datetime import timedelta

from tests.cast import Cast
from webapp.course import entries
from webapp.course.exercises.registry import tools
from webapp.engagement import requests
from webapp.foundations import clock, post
from webapp.foundations.database import db
from webapp.goals import service as goals
from webapp.pacing import service as pacing
from webapp.pacing import service_start
from webapp.people import imports, own_record
from webapp.questionnaires import service as questionnaires
from webapp.reminders import bounces
from webapp.safety import service as safety
from webapp.support import service as support

# Arguments that are nobody's own.
OF_EVERYBODY = {
    "code", "module", "page", "name", "instrument", "item", "thing", "what", "which", "place", "day", "on", "number",
    "language", "situation", "domain", "sitting", "tool", "sheet", "screen",
}  # fmt: skip


def keys_for(cast: Cast) -> dict[str, str]:
    """Rule argument → a value that exists and belongs to asha (or to Hillside)."""
    asha, carol = cast.asha, cast.carol
    assert asha.patient and asha.enrolment and carol.membership
    cast.enter(asha)
    keys = {
        **_things_of(cast),
        "code": "en",
        "language": "en",
        "token": "not-a-token",
        "secret": "not-a-secret",
    }
    keys |= {"reference": "no-such-device", "account_id": str(asha.account.id)}
    keys |= {"patient_id": str(asha.patient.id), "service_id": str(cast.hillside.id)}
    keys |= {
        "membership_id": str(carol.membership.id),
        "name": "no-such-page",
        "thing": "contact",
        "what": "check",
    }
    keys |= {"which": "yesterday", "module": "start-here", "page": "what-this-is", "sitting": "baseline-pain"}
    keys |= {"instrument": "peg-3", "item": "q1", "domain": "family", "number": "1", "place": "0"}
    keys |= {"tool": "problem-solving", "sheet": "problem", "screen": "problem"}
    keys |= {"situation": "welcome"}
    keys |= {"day": clock.today().isoformat(), "on": clock.today().isoformat()}
    db.session.commit()
    return keys


def _things_of(cast: Cast) -> dict[str, str]:
    """One of each kind of thing that asha has, or that the team has about her."""
    asha, carol = cast.asha, cast.carol
    assert asha.patient and asha.enrolment
    plan = pacing.begin(asha.patient.id, pacing.NewActivity("walk", "", "", "time", None), by=asha.actor)
    one_try = service_start.add_try(
        plan, 360.0, clock.today() - timedelta(days=1), "good", "settled", by=asha.actor
    )
    goal = goals.begin(asha.actor, asha.patient.id)
    supporter = own_record.add_supporter(asha.patient.id, "Sam", "My appointments", by=asha.actor)
    report = support.report_problem("/course", "wrong", "", patient_id=asha.patient.id, by=asha.actor)
    contact = requests.log_contact(asha.enrolment, "call", "no_answer", "", by=carol.actor)
    sitting_id = questionnaires.enter_for_patient(
        carol.actor, asha.enrolment, "baseline-pain", {("peg-3", "q1"): 5}, "paper"
    )
    alert = safety.raise_alert(
        asha.enrolment, safety.Kind.CONCERN, str(contact.id), "contact", str(contact.id), by=carol.actor
    )
    kind = tools()["problem-solving"]
    sheet = kind.sheets[0]
    entry_id = entries.save_screen(
        kind, sheet, sheet.screens[0], {"problem": "The stairs"}, entry=None, on=clock.today(), about=None,
        is_last=False, patient_id=asha.patient.id, by=asha.actor,
    )  # fmt: skip
    return {
        "entry_id": str(entry_id),
        "plan_id": str(plan.id),
        "try_id": str(one_try.id),
        "look_back_id": str(plan.id),
        "goal_id": str(goal.id),
        "supporter_id": str(supporter.id),
        "report_id": str(report.id),
        "bounce_id": str(_bounce_of(cast).id),
        "letter_id": str(_failed_message_to(cast).id),
        "contact_id": str(contact.id),
        "alert_id": str(alert.id),
        "batch_id": str(imports.keep([], by=carol.actor).id),
        "sitting_id": str(sitting_id),
    }


def _bounce_of(cast: Cast) -> bounces.Bounce:
    assert cast.asha.patient
    return bounces.note_bounce(
        cast.carol.actor, cast.asha.patient.id, "text", cast.asha.patient.mobile, "full"
    )


def _failed_message_to(cast: Cast) -> post.Letter:
    assert cast.asha.patient
    letter = post.write(
        cast.hillside.id, "reminder:nudge", "asha@example.org", "A message", "…", language="en",
        patient_id=cast.asha.patient.id,
    )  # fmt: skip
    letter.failed_at = clock.now()
    db.session.flush()
    return letter
