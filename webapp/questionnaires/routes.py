"""The patient's questionnaire pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment
from webapp.foundations import clock
from webapp.foundations.access import May, acting, allow, visitor
from webapp.foundations.languages import page_language
from webapp.questionnaires import service
from webapp.questionnaires.forms import AnswersForm, OneAnswerForm, SendForm, SkipForm, WayForm, form_for
from webapp.questionnaires.schedule_rules import SittingState
from webapp.questionnaires.wording import opening_hours

pages = Blueprint("questionnaires", __name__, template_folder="templates")
Answer = str | tuple[str, int] | BaseResponse


@pages.get("/questionnaires")
@allow(May.FOLLOW_COURSE)
def overview() -> Answer:
    """What is open, and every score so far."""
    enrolment = _enrolment()
    today = clock.today(_service().time_zone)
    open_now = service.due_sittings(acting(), enrolment, today)
    return render_template(
        "questionnaires/overview.jinja",
        open_now=[(service.described(each), each.state is SittingState.SKIPPED) for each in open_now],
        all_series=service.scores_of(acting(), enrolment),
    )


@pages.route("/questionnaires/<sitting>", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def begin(sitting: str) -> Answer:
    """Before the first question: who reads it and by when, why we ask, how long it takes, and which way."""
    enrolment, view = _sitting(sitting)
    if view.state is SittingState.FINISHED:
        return redirect(url_for(".done", sitting=sitting), 303)
    if not view.planned.can_be_answered:
        return _closed(view)
    form = WayForm()
    if form.validate_on_submit():
        service.start(acting(), enrolment, sitting, form.way)
        return redirect(_first_page(view, form.way), 303)
    return _start_page(view, form)


@pages.post("/questionnaires/<sitting>/skip")
@allow(May.FOLLOW_COURSE)
def skip(sitting: str) -> Answer:
    """Not this time: no reason asked."""
    enrolment, view = _sitting(sitting)
    if SkipForm().validate_on_submit() and view.planned.can_be_answered:
        service.skip(acting(), enrolment, sitting)
    return redirect(url_for(".begin", sitting=sitting), 303)


@pages.route("/questionnaires/<sitting>/<instrument>/<item>", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def question(sitting: str, instrument: str, item: str) -> Answer:
    """One question a page: each tap is saved and leads to the next."""
    enrolment, view = _sitting(sitting)
    asked = _or_404(lambda: view.question((instrument, item)))
    if not view.is_open:
        return redirect(url_for(".begin", sitting=sitting), 303)
    form = form_for(OneAnswerForm, [asked], view.answers)
    if form.validate_on_submit():
        service.answer(acting(), enrolment, sitting, form.given, page_language()[0])
        return redirect(_page_after(view, asked), 303)
    page = render_template("questionnaires/question.jinja", form=form, view=view, asked=asked, **_who_reads())
    return (page, 422) if form.is_submitted() else page


@pages.route("/questionnaires/<sitting>/all", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def all_questions(sitting: str) -> Answer:
    """Every question on one page. What is answered is kept; what is left open is asked about, kindly."""
    enrolment, view = _sitting(sitting)
    if not view.is_open:
        return redirect(url_for(".begin", sitting=sitting), 303)
    form = form_for(AnswersForm, view.questions, view.answers)
    if form.validate_on_submit():
        service.answer(acting(), enrolment, sitting, form.given, page_language()[0])
        return redirect(url_for(".send", sitting=sitting), 303)
    page = render_template("questionnaires/all.jinja", form=form, view=view, **_who_reads())
    return (page, 422) if form.is_submitted() else page


@pages.route("/questionnaires/<sitting>/send", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def send(sitting: str) -> Answer:
    """The last look: every answer, changeable, and what is still open. Nothing goes to the team before."""
    enrolment, view = _sitting(sitting)
    if not view.is_open:
        return redirect(url_for(".begin", sitting=sitting), 303)
    form = SendForm()
    if form.validate_on_submit():
        service.finish(acting(), enrolment, sitting)
        return redirect(url_for(".done", sitting=sitting), 303)
    page = render_template("questionnaires/send.jinja", form=form, view=view, **_who_reads())
    return (page, 422) if form.is_submitted() else page


@pages.get("/questionnaires/<sitting>/done")
@allow(May.FOLLOW_COURSE)
def done(sitting: str) -> Answer:
    """Thank you, and what the answers add up to, with help beside it."""
    enrolment, view = _sitting(sitting)
    if view.state is not SittingState.FINISHED or view.row is None:
        return redirect(url_for(".begin", sitting=sitting), 303)
    return render_template(
        "questionnaires/done.jinja",
        view=view,
        reading=service.reading_of(acting(), view.row.id),
        all_series=service.scores_of_sitting(acting(), enrolment, view.row.id),
    )


@pages.errorhandler(service.SittingClosed)
def taken_away(closed: service.SittingClosed) -> Answer:
    """A sitting was sent or has closed while a page was open: tell it on the sitting's own page."""
    return redirect(url_for(".begin", sitting=(request.view_args or {})["sitting"]), 303)


def _start_page(view: service.SittingView, form: WayForm) -> Answer:
    page = render_template(
        "questionnaires/start.jinja",
        form=form,
        skip_form=SkipForm(),
        view=view,
        about=service.described(view.planned),
        topics={each.instrument.topic for each in view.questions},
        hours=opening_hours(_service().hours),
        **_who_reads(),
    )
    return (page, 422) if form.is_submitted() else page


def _closed(view: service.SittingView) -> Answer:
    return render_template("questionnaires/closed.jinja", view=view)


def _first_page(view: service.SittingView, way: str) -> str:
    if way == "all":
        return url_for(".all_questions", sitting=view.name)
    return _address(view, view.left_open[0]) if view.left_open else url_for(".send", sitting=view.name)


def _page_after(view: service.SittingView, asked: Any) -> str:
    following = None if request.args.get("then") == "send" else view.after(asked)
    return _address(view, following) if following else url_for(".send", sitting=view.name)


def _address(view: service.SittingView, asked: Any) -> str:
    return url_for(".question", sitting=view.name, instrument=asked.instrument.id, item=asked.item.id)


def _sitting(name: str) -> tuple[Enrolment, service.SittingView]:
    """The patient's own sitting. One that has not opened yet is not there."""
    enrolment = _enrolment()
    view = _or_404(lambda: service.sitting_of(acting(), enrolment, name, page_language()[0]))
    if view.state is SittingState.LATER:
        abort(404)
    return enrolment, view


def _enrolment() -> Enrolment:
    patient_id: UUID | None = getattr(visitor(), "patient_id", None)
    if patient_id is None:
        abort(404)
    found: Enrolment = _or_404(lambda: engagement.current_enrolment(acting(), patient_id))
    return found


def _or_404(ask: Any) -> Any:
    try:
        return ask()
    except LookupError:
        abort(404)


def _service() -> Any:
    return getattr(visitor(), "service", None)


def _who_reads() -> dict[str, Any]:
    return {"read_by_day": service.read_by_day(_service())}
