"""Copies of questionnaires: of one patient for staff, of a whole service for its lead, and a patient's own."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from flask import Blueprint, Response, abort, render_template
from werkzeug.wrappers import Response as BaseResponse

from webapp.foundations.access import May, acting, allow, visitor
from webapp.people import service as people

from . import service
from .files import json_text
from .forms import ServiceCopyForm
from .service import FHIR, OnePatient

pages = Blueprint("reports", __name__, template_folder="templates")
Answer = str | BaseResponse | tuple[str, int]
FHIR_TYPE, ZIP_TYPE = "application/fhir+json", "application/zip"


@pages.get("/patients/<uuid:patient_id>/copy-out")
@allow(May.READ_ANSWERS)
def copy_out(patient_id: UUID) -> Answer:
    """What can be copied out of one patient's questionnaires, and in which two forms."""
    copy = _copy_of(patient_id)
    return render_template(
        "reports/copy_out.jinja", patient=copy.patient, sittings=service.sittings_sent(copy)
    )


@pages.get("/patients/<uuid:patient_id>/copy-out/<string:which>")
@allow(May.READ_ANSWERS)
def copy_of_patient(patient_id: UUID, which: str) -> Answer:
    """The file itself: ``fhir`` or ``tables``. The patient can see who made it."""
    return _file(_copy_of(patient_id), which)


@pages.get("/me/answers")
@allow(May.FOLLOW_COURSE)
def my_answers() -> Answer:
    """A patient's own answers, to keep or to show to somebody."""
    return render_template("reports/my_answers.jinja", sittings=service.sittings_sent(_copy_of(_my_id())))


@pages.get("/me/answers/<string:which>")
@allow(May.FOLLOW_COURSE)
def my_copy(which: str) -> Answer:
    """The file itself: ``fhir`` or ``tables``."""
    return _file(_copy_of(_my_id()), which)


@pages.route("/service/exports", methods=["GET", "POST"])
@allow(May.LEAD_SERVICE)
def service_copies() -> Answer:
    """Copy all questionnaires of the service out, with a reason; and who did so before."""
    form, by = ServiceCopyForm(), acting()
    if form.validate_on_submit():
        copy = service.begin_service_copy(by, form.why.data)
        return _download(copy.pieces(), ZIP_TYPE, f"{copy.name}.zip")
    patients, sittings = service.ready_to_copy(by)
    page = render_template(
        "reports/service_copies.jinja",
        form=form,
        patients=patients,
        sittings=sittings,
        earlier=service.earlier_copies(by),
    )
    return (page, 422) if form.is_submitted() else page


def _copy_of(patient_id: UUID) -> OnePatient:
    try:
        return service.one_patient(acting(), patient_id)
    except people.NotFound:
        abort(404)


def _my_id() -> UUID:
    patient_id: UUID | None = getattr(visitor(), "patient_id", None)
    if patient_id is None:
        abort(404)
    return patient_id


def _file(copy: OnePatient, which: str) -> Answer:
    if which == FHIR:
        text = json_text(service.bundle(copy, by=acting()), indent=1)
        return _download(text.encode(), FHIR_TYPE, f"{copy.name}.json")
    if which == service.TABLES:
        return _download(service.tables(copy, by=acting()), ZIP_TYPE, f"{copy.name}.zip")
    abort(404)


def _download(content: bytes | Iterator[bytes], kind: str, name: str) -> Response:
    """A file that the browser saves and nobody on the way keeps."""
    response = Response(content, mimetype=kind)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response
