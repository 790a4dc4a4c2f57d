"""What a patient shares of their tools, and the locked tools that a clinician opens with them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for

from webapp.course import entries
from webapp.course.exercises.registry import tools
from webapp.course.exercises.tool import ToolKind
from webapp.course.tool_views import ToolView
from webapp.foundations import audit
from webapp.foundations.access import May, acting, allow

from . import service
from .forms import ButtonForm
from .routes import Answer, pages, patient_here


@dataclass(frozen=True)
class Locked:
    """A tool that stays locked until the team opens it for this patient."""

    kind: ToolKind
    is_open: bool


@pages.get("/patients/<uuid:patient_id>/tools")
@allow(May.READ_ANSWERS)
def tools_of_patient(patient_id: UUID) -> Answer:
    """The tools that the patient shares, and those that the team may open."""
    patient, _enrolment = patient_here(patient_id)
    by = acting()
    return render_template(
        "clinic/tools.jinja",
        patient=patient,
        shared=entries.shared_tools(by, patient.id),
        locked=[
            Locked(kind, entries.is_opened(by, patient.id, name))
            for name, kind in tools().items()
            if kind.opened_by_team
        ],
        button=ButtonForm(),
    )


@pages.get("/patients/<uuid:patient_id>/tools/<tool>")
@allow(May.READ_ANSWERS)
def shared_tool(patient_id: UUID, tool: str) -> Answer:
    """One tool as the patient shares it; 404 if they do not."""
    patient, _enrolment = patient_here(patient_id)
    by = acting()
    kind = next((kind for kind in entries.shared_tools(by, patient.id) if kind.name == tool), None)
    if kind is None:
        abort(404)
    audit.record(by, "looked", "tool", kind.name, patient_id=patient.id)
    told = entries.told_by(by, patient.id, kind, service.service_of(by))
    return render_template(
        "clinic/tool.jinja", patient=patient, tool=ToolView(kind, told, is_shared=True, for_team=True)
    )


@pages.post("/patients/<uuid:patient_id>/tools/<tool>/lock")
@allow(May.READ_ANSWERS)
def set_lock(patient_id: UUID, tool: str) -> Answer:
    """Open a locked tool for this patient (``lock=open``), or lock it again (``lock=locked``)."""
    patient, _enrolment = patient_here(patient_id)
    kind, wanted = tools().get(tool), request.form.get("lock")
    if kind is None or not kind.opened_by_team or wanted not in ("open", "locked"):
        abort(404)
    if ButtonForm().validate_on_submit():
        entries.set_opened(patient.id, tool, wanted == "open", by=acting())
    return redirect(url_for("clinic.tools_of_patient", patient_id=patient.id), 303)
