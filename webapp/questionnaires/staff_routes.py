"""The staff's pages: from the code on a form to its patient, typing in, typing a second time, putting right."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l

from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment
from webapp.foundations import audit, clock
from webapp.foundations.access import May, acting, allow
from webapp.people import service as people
from webapp.people.models import Patient
from webapp.questionnaires import service
from webapp.questionnaires.answer_fields import Given, said
from webapp.questionnaires.answer_pages import Key
from webapp.questionnaires.asked import Question
from webapp.questionnaires.forms import form_for
from webapp.questionnaires.routes import Answer, pages
from webapp.questionnaires.schedule_rules import SittingState
from webapp.questionnaires.staff_forms import (
    CodeForm,
    CorrectionForm,
    SecondForm,
    differences_form,
    staff_form,
)
from webapp.safety import service as safety

__all__ = ["pages", "typing_for"]  # staff and patients share the blueprint

WHY_NO_CODE = {
    "length": _l("A code has 8 letters and digits. Please check it against the form"),
    "sign": _l("A code never has 0, 1, I, L or O in it. Please check it against the form"),
    "slip": _l("One letter or digit is not right. Please check the code against the form"),
    "unknown": _l("No form of your service has this code. Please check it against the form"),
    "earlier": _l("This form belongs to an earlier programme of this patient, which takes no more answers"),
}


@dataclass(frozen=True)
class Typing:
    """What staff have before them: whose sitting it is, and where it stands."""

    patient: Patient
    enrolment: Enrolment
    view: service.SittingView

    def address(self, page: str = "enter") -> str:
        """Where one of the staff's pages about this sitting is."""
        return url_for(f".{page}", patient_id=self.patient.id, sitting=self.view.name)


@pages.route("/answers/paper", methods=["GET", "POST"])
@allow(May.READ_ANSWERS)
def find_paper() -> Answer:
    """The code on a form leads to the right patient and the right questions."""
    form = CodeForm()
    if form.validate_on_submit():
        found, why = _with_code(form.paper_code.data)
        if found is not None:
            return redirect(found, 303)
        form.paper_code.errors = [WHY_NO_CODE[why]]
    shown = render_template("questionnaires/find_paper.jinja", form=form)
    return (shown, 422) if form.is_submitted() else shown


@pages.route("/patients/<uuid:patient_id>/questionnaires/<sitting>/enter", methods=["GET", "POST"])
@allow(May.READ_ANSWERS)
def enter(patient_id: UUID, sitting: str) -> Answer:
    """The same questions in the same words and order, to be typed in from paper or a call, and marked so."""
    typing = typing_for(patient_id, sitting)
    if typing.view.state is SittingState.FINISHED:
        return _what_is_in(typing)
    form = staff_form(typing.view.questions, clock.today(_service_of(typing).time_zone))
    if form.validate_on_submit():
        return _entered(typing, form)
    return _shown("enter", typing, form)


@pages.route("/patients/<uuid:patient_id>/questionnaires/<sitting>/check", methods=["GET", "POST"])
@allow(May.READ_ANSWERS)
def check(patient_id: UUID, sitting: str) -> Answer:
    """A second person types the same form. Where the two differ, that person looks at the form and chooses."""
    typing = typing_for(patient_id, sitting)
    if not service.may_check(acting(), typing.view):
        return redirect(typing.address(), 303)
    form = form_for(SecondForm, typing.view.questions, {})
    if not form.validate_on_submit():
        return _shown("check", typing, form)
    differing = service.check_typed(acting(), typing.enrolment, sitting, form.given)
    if not differing:
        return redirect(typing.address(), 303)
    choosing = differences_form(_both_in_words(typing.view, form.given, differing))
    if choosing.was_shown and choosing.validate():
        resolved = _resolved(differing, choosing.chosen)
        service.check_typed(acting(), typing.enrolment, sitting, form.given, resolved)
        return redirect(typing.address(), 303)
    shown = _page("differences", typing, choosing, typed=_as_typed(form))
    return (shown, 422) if choosing.was_shown else shown


@pages.route("/patients/<uuid:patient_id>/questionnaires/<sitting>/correct", methods=["GET", "POST"])
@allow(May.READ_ANSWERS)
def correct(patient_id: UUID, sitting: str) -> Answer:
    """A slip of typing is put right. What stood there before is kept, with who typed it."""
    typing = typing_for(patient_id, sitting)
    if not _was_typed_in(typing.view):
        return redirect(typing.address(), 303)
    form = form_for(CorrectionForm, typing.view.questions, typing.view.answers)
    if form.validate_on_submit():
        service.correct_typed(acting(), typing.enrolment, sitting, form.given)
        return redirect(typing.address(), 303)
    return _shown("correct", typing, form)


def _with_code(typed: str) -> tuple[str | None, str]:
    """The address of the page for typing in the form with this code, or why there is none."""
    try:
        found = service.sitting_with_code(acting(), typed)
    except service.CodeRefused as refused:
        return None, refused.why
    except LookupError:
        return None, "unknown"
    patient_id = found.enrolment.patient_id
    if engagement.current_enrolment(acting(), patient_id).id != found.enrolment.id:
        return None, "earlier"
    return url_for(".enter", patient_id=patient_id, sitting=found.name), ""


def typing_for(patient_id: UUID, sitting: str) -> Typing:
    by = acting()
    try:
        patient = people.patient_of(by, patient_id)
        enrolment = engagement.current_enrolment(by, patient_id)
        short = "short" in request.args
        view = service.sitting_of(by, enrolment, sitting, as_printed=True, short=short)
        return Typing(patient, enrolment, view)
    except LookupError:
        abort(404)


def _service_of(typing: Typing) -> Any:
    return people.service_with(typing.enrolment.service_id)


def _entered(typing: Typing, form: Any) -> Answer:
    """Keep what was typed, then show what is in. Somebody else was quicker: show that."""
    with suppress(service.SittingClosed):
        service.enter_for_patient(
            acting(),
            typing.enrolment,
            typing.view.name,
            form.given,
            form.mode.data,
            written_on=form.written_on.data,
            short="short" in request.args,
        )
    return redirect(typing.address(), 303)


def _what_is_in(typing: Typing) -> Answer:
    by, view = acting(), typing.view
    audit.record(by, "looked", "questionnaire", view.row and view.row.id, patient_id=typing.patient.id)
    return render_template(
        "questionnaires/entered.jinja",
        view=view,
        patient=typing.patient,
        said=said,
        may_check=_waits_for_check(typing) and service.may_check(by, view),
        may_correct=_was_typed_in(view),
        waits_for_check=_waits_for_check(typing),
        typing=typing,
        alerts=[] if view.row is None else safety.open_alerts_at(by, str(view.row.id)),
    )


def _was_typed_in(view: service.SittingView) -> bool:
    return view.state is SittingState.FINISHED and view.row is not None and view.row.mode != "online"


def _waits_for_check(typing: Typing) -> bool:
    """True if the service has each form typed in twice, and this one was typed once."""
    row = typing.view.row
    is_asked = service.asks_double_entry(_service_of(typing))
    return is_asked and _was_typed_in(typing.view) and row is not None and row.checked_at is None


def _shown(name: str, typing: Typing, form: Any) -> Answer:
    shown = _page(name, typing, form)
    return (shown, 422) if form.is_submitted() else shown


def _page(name: str, typing: Typing, form: Any, **more: Any) -> str:
    return render_template(
        f"questionnaires/{name}.jinja",
        form=form,
        view=typing.view,
        patient=typing.patient,
        typing=typing,
        **more,
    )


def _both_in_words(
    view: service.SittingView, second: dict[Key, Given], differing: Sequence[service.Difference]
) -> list[tuple[Question, str, str]]:
    """Each question that was typed differently, with both answers in words."""
    asked = [view.question(each.key) for each in differing]
    return [(each, said(each, view.answers), said(each, second)) for each in asked]


def _resolved(differing: Sequence[service.Difference], chosen: dict[Key, str]) -> dict[Key, Given]:
    """For each difference the answer that was chosen."""
    return {each.key: each.first if chosen[each.key] == "first" else each.second for each in differing}


def _as_typed(form: Any) -> list[tuple[str, str]]:
    """What the second person typed, to be sent along with the choices."""
    names = {page.name for page in form.pages} | {"left_empty"}
    return [(name, value) for name, value in request.form.items(multi=True) if name in names]
