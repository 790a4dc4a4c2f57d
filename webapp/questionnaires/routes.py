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
from webapp.questionnaires.answer_fields import said
from webapp.questionnaires.answer_pages import (
    AnswerPage,
    page_after,
    page_before,
    page_of,
    page_to_go_on_with,
    pages_of,
    still_open,
)
from webapp.questionnaires.forms import (
    AnswersForm,
    OneAnswerForm,
    PrintForm,
    SendForm,
    SkipForm,
    WayForm,
    form_for,
)
from webapp.questionnaires.help_after import address_or_help
from webapp.questionnaires.schedule_rules import SittingState
from webapp.questionnaires.wording import opening_hours

pages = Blueprint("questionnaires", __name__, template_folder="templates")
Answer = str | tuple[str, int] | BaseResponse


@pages.get("/questionnaires")
@allow(May.FOLLOW_COURSE)
def overview() -> Answer:
    """What is open, and every score so far."""
    enrolment = _enrolment()
    today = clock.today(service_here().time_zone)
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
    enrolment, view = sitting_here(sitting)
    if view.state is SittingState.FINISHED:
        return redirect(url_for(".done", sitting=sitting), 303)
    if not view.planned.can_be_answered:
        return _closed(view)
    form = _way_form(view)
    if form.validate_on_submit():
        service.start(
            acting(),
            enrolment,
            sitting,
            form.way,
            short=_is_ticked(form.short),
            helped=_is_ticked(form.helped),
        )
        return redirect(_first_page(sitting_here(sitting)[1], form.way), 303)
    return _start_page(view, form)


@pages.post("/questionnaires/<sitting>/skip")
@allow(May.FOLLOW_COURSE)
def skip(sitting: str) -> Answer:
    """Not this time: no reason asked."""
    enrolment, view = sitting_here(sitting)
    if SkipForm().validate_on_submit() and view.planned.can_be_answered:
        service.skip(acting(), enrolment, sitting)
    return redirect(url_for(".begin", sitting=sitting), 303)


@pages.route("/questionnaires/<sitting>/<instrument>/<item>", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def question(sitting: str, instrument: str, item: str) -> Answer:
    """One question a page, or all sentences to tick: each tap is saved and leads to the next."""
    enrolment, view = sitting_here(sitting)
    asked = _or_404(lambda: view.question((instrument, item)))
    if not view.is_open:
        return redirect(url_for(".begin", sitting=sitting), 303)
    page = page_of(asked, view.questions)
    form = form_for(OneAnswerForm, page.questions, view.answers)
    if form.validate_on_submit():
        service.answer(acting(), enrolment, sitting, form.given, page_language()[0])
        return redirect(address_or_help(view, form.given, _page_after(view, page)), 303)
    shown = render_template(
        "questionnaires/question.jinja",
        form=form,
        view=view,
        page=page,
        asked=page.first,
        back_to=_page_before(view, page),
        **_who_reads(),
    )
    return (shown, 422) if form.is_submitted() else shown


@pages.route("/questionnaires/<sitting>/all", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def all_questions(sitting: str) -> Answer:
    """Every question on one page. What is answered is kept; what is left open is asked about, kindly."""
    enrolment, view = sitting_here(sitting)
    if not view.is_open:
        return redirect(url_for(".begin", sitting=sitting), 303)
    form = form_for(AnswersForm, view.questions, view.answers)
    if form.validate_on_submit():
        service.answer(acting(), enrolment, sitting, form.given, page_language()[0])
        return redirect(address_or_help(view, form.given, url_for(".send", sitting=sitting)), 303)
    shown = render_template("questionnaires/all.jinja", form=form, view=view, **_who_reads())
    return (shown, 422) if form.is_submitted() else shown


@pages.route("/questionnaires/<sitting>/send", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def send(sitting: str) -> Answer:
    """The last look: every answer, changeable, and what is still open. Nothing goes to the team before."""
    enrolment, view = sitting_here(sitting)
    if not view.is_open:
        return redirect(url_for(".begin", sitting=sitting), 303)
    form = SendForm()
    if form.validate_on_submit():
        service.finish(acting(), enrolment, sitting)
        return redirect(url_for(".done", sitting=sitting), 303)
    open_ones = still_open(view.questions, view.answers)
    shown = render_template(
        "questionnaires/send.jinja",
        form=form,
        view=view,
        pages=pages_of(view.questions),
        open_ones=open_ones,
        said=said,
        **_who_reads(),
    )
    return (shown, 422) if form.is_submitted() else shown


@pages.get("/questionnaires/<sitting>/done")
@allow(May.FOLLOW_COURSE)
def done(sitting: str) -> Answer:
    """Thank you, and what the answers add up to, with help beside it."""
    enrolment, view = sitting_here(sitting)
    if view.state is not SittingState.FINISHED or view.row is None:
        return redirect(url_for(".begin", sitting=sitting), 303)
    return render_template(
        "questionnaires/done.jinja",
        next_part=service.go_on_with(acting(), enrolment, sitting, clock.today(service_here().time_zone)),
        view=view,
        reading=service.reading_of(acting(), view.row.id),
        all_series=service.scores_of_sitting(acting(), enrolment, view.row.id),
    )


@pages.errorhandler(service.SittingClosed)
def taken_away(closed: service.SittingClosed) -> Answer:
    """A sitting was sent or has closed while a page was open: tell it on the sitting's own page."""
    return redirect(url_for(".begin", sitting=(request.view_args or {})["sitting"]), 303)


def _way_form(view: service.SittingView) -> WayForm:
    """What is offered: the shorter set where there is one, and a helper only where somebody is asked alone."""
    form = WayForm()
    if not view.short_is_offered:
        del form.short
    if not view.has_questions_for_one_alone:
        del form.helped
    return form


def _is_ticked(field: Any) -> bool:
    return field is not None and bool(field.data)


def _start_page(view: service.SittingView, form: WayForm) -> Answer:
    shown = render_template(
        "questionnaires/start.jinja",
        form=form,
        skip_form=SkipForm(),
        print_form=PrintForm(),
        view=view,
        headings=_headings(view),
        topics={each.instrument.topic for each in view.questions},
        go_on_with=page_to_go_on_with(view.questions, view.answers),
        **_who_reads(),
    )
    return (shown, 422) if form.is_submitted() else shown


def _headings(view: service.SittingView) -> list[str]:
    """Our names for what is asked, in the page's language."""
    names = [each.instrument.names_in(page_language()[0]).heading for each in view.questions]
    return list(dict.fromkeys(names))


def _closed(view: service.SittingView) -> Answer:
    return render_template("questionnaires/closed.jinja", view=view)


def _first_page(view: service.SittingView, way: str) -> str:
    if way == "all":
        return url_for(".all_questions", sitting=view.name)
    return _address(view, page_to_go_on_with(view.questions, view.answers))


def _page_after(view: service.SittingView, page: AnswerPage) -> str:
    return _address(view, None) if request.args.get("then") == "send" else address_after(view, page)


def address_after(view: service.SittingView, page: AnswerPage) -> str:
    """Where the next page of questions is, or the last look before sending."""
    return _address(view, page_after(page, view.questions))


def _page_before(view: service.SittingView, page: AnswerPage) -> str:
    if request.args.get("then") == "send":
        return url_for(".send", sitting=view.name)
    before = page_before(page, view.questions)
    return _address(view, before) if before else url_for(".begin", sitting=view.name)


def _address(view: service.SittingView, page: AnswerPage | None) -> str:
    """Where a page of questions is; None is the last look before sending."""
    if page is None:
        return url_for(".send", sitting=view.name)
    instrument, item = page.first.key
    return url_for(".question", sitting=view.name, instrument=instrument, item=item)


def sitting_here(name: str) -> tuple[Enrolment, service.SittingView]:
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


def service_here() -> Any:
    """The service of the patient who is here."""
    return getattr(visitor(), "service", None)


def _who_reads() -> dict[str, Any]:
    return {
        "read_by_day": service.read_by_day(service_here()),
        "hours": opening_hours(service_here().hours),
    }
