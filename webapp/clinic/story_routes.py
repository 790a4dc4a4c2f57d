"""A patient's story on one screen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import current_app, render_template, url_for

from webapp.engagement import contact_rules
from webapp.foundations import clock
from webapp.foundations.access import May, acting, allow, visitor
from webapp.goals import words as goal_words
from webapp.pacing import words as pacing_words
from webapp.people.models import Service
from webapp.questionnaires import service as questionnaires
from webapp.questionnaires.service import ScoreSeries

from . import service, stories
from .answer_routes import PAPER
from .companion_routes import companion_of
from .forms import ButtonForm
from .routes import Answer, pages, patient_here, reads_answers, story_here, words_of_rules

COPY_OUT = "reports.copy_out"
BUTTONS = {
    "invited": "welcome.invited",
    "letter": "welcome.letter",
    "details": "welcome.change_details",
}


@pages.get("/patients/<uuid:patient_id>")
@allow(May.SEE_PATIENTS)
def story(patient_id: UUID) -> Answer:
    """Where they are, what they share, what one could say, scores over time, contacts."""
    patient, enrolment = patient_here(patient_id)
    told, ours = story_here(patient, enrolment), service.service_of(acting())
    return render_template(
        "clinic/story.jinja",
        story=told,
        patient=patient,
        button=ButtonForm(),
        undo_id=_may_undo(told),
        companion=companion_of(told.course.journey) if told.course else None,
        figures=[_figure(one, ours) for one in (told.private.charted if told.private else ())],
        ratings=told.private.ratings if told.private else (),
        change_lines=ours.staff_change_lines,
        more=_addresses(patient_id, enrolment is not None),
        pacing_words=pacing_words,
        goal_words=goal_words,
        **words_of_rules(),
    )


def _figure(series: ScoreSeries, ours: Service) -> tuple[ScoreSeries, str]:
    drawn = questionnaires.plotly_figure(series, change_lines=ours.staff_change_lines, bands=ours.staff_bands)
    return series, drawn


def _may_undo(told: stories.Story) -> UUID | None:
    """The latest contact, if this visitor logged it less than ten minutes ago."""
    contacts = told.course.contacts if told.course else ()
    latest = next((one for one in contacts if one.undone_at is None), None)
    if latest is None or latest.account_id != acting().account_id:
        return None
    return latest.id if contact_rules.may_be_undone(latest.at, clock.now()) else None


def _addresses(patient_id: UUID, has_course: bool) -> dict[str, Any]:
    """The pages of other rooms about this patient, as far as they are there and this visitor may enter."""
    who = visitor()
    found = {}
    if who is not None and who.may(May.INVITE):
        found = {
            name: url_for(view, patient_id=patient_id)
            for name, view in BUTTONS.items()
            if view in current_app.view_functions
        }
    if reads_answers():
        found["tools"] = url_for("clinic.tools_of_patient", patient_id=patient_id)
    if reads_answers() and COPY_OUT in current_app.view_functions:
        found["copy_out"] = url_for(COPY_OUT, patient_id=patient_id)
    if reads_answers() and has_course and PAPER in current_app.view_functions:
        found["paper"] = url_for("clinic.paper", patient_id=patient_id)
    return found
