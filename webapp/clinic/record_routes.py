"""Copy for the record: a call or the whole story as plain text, for the clinic's own record system."""

from __future__ import annotations

import html
from uuid import UUID

from flask import abort, render_template, request

from webapp.foundations import audit
from webapp.foundations.access import May, acting, allow
from webapp.goals import words as goal_words
from webapp.pacing import words as pacing_words

from . import rules, service, stories
from .routes import Answer, pages, patient_here, story_here, words_of_rules


@pages.get("/patients/<uuid:patient_id>/record")
@allow(May.SEE_PATIENTS)
def record(patient_id: UUID) -> Answer:
    """The story (or, with ``contact``, one call) as text. Never what the patient wrote and did not share."""
    by = acting()
    patient, enrolment = patient_here(patient_id)
    told = story_here(patient, enrolment)
    contact = _contact(told, request.args.get("contact"))
    audit.record(by, "printed", "contact" if contact else "patient", patient.id, patient_id=patient.id)
    text = render_template(
        "clinic/record.txt.jinja",
        story=told,
        patient=patient,
        contact=contact,
        today=service.today_of(by),
        pacing_words=pacing_words,
        goal_words=goal_words,
        **words_of_rules(),
    )
    return render_template("clinic/record.jinja", patient=patient, text=_tidy(text), contact=contact)


def _contact(told: stories.Story, asked: str | None) -> object:
    if asked is None:
        return None
    contact_id = rules.row_id(asked)
    contacts = told.course.contacts if told.course else ()
    found = next((one for one in contacts if one.id == contact_id and one.undone_at is None), None)
    if found is None:
        abort(404)
    return found


def _tidy(text: str) -> str:
    """The macros of the portal's pages give markup: as text again, and at most one empty line in a row."""
    lines = [line.strip() for line in html.unescape(text).splitlines()]
    kept = [line for place, line in enumerate(lines) if line or (place and lines[place - 1])]
    return "\n".join(kept).strip() + "\n"
