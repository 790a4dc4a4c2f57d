"""Everything that happened with a patient, in order."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request

from webapp.foundations.access import May, acting, allow

from . import rules, service, timeline_reads, timeline_rules
from .routes import Answer, pages, patient_here, reads_answers, words_of_rules
from .timeline_reads import Place


@pages.get("/patients/<uuid:patient_id>/timeline")
@allow(May.SEE_PATIENTS)
def timeline(patient_id: UUID) -> Answer:
    """Visits, contacts, messages, flags and changes, newest first, 50 at a time; all of them or one kind."""
    patient, _enrolment = patient_here(patient_id)
    which = request.args.get("show", "all")
    which = which if which in timeline_rules.WHICH else "all"
    place = timeline_rules.place(request.args.get("before"))
    found = timeline_reads.timeline(
        service.service_of(acting()).id,
        patient.id,
        which,
        Place(*place) if place else None,
        reads_answers=reads_answers(),
    )
    behind = found.next_before
    return render_template(
        "clinic/timeline.jinja",
        patient=patient,
        which=which,
        rows=found.rows,
        is_later=place is not None,
        next_before=timeline_rules.place_in_address(*behind) if behind else None,
        day_of=timeline_rules.day_of,
        reasons_from=rules.reasons_from,
        **words_of_rules(),
    )
