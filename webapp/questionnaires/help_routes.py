"""The calm help page, at once after an answer that a person must see, and before the next question."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for

from webapp.foundations.access import May, acting, allow
from webapp.questionnaires import service
from webapp.questionnaires.answer_pages import page_of
from webapp.questionnaires.asked import Question
from webapp.questionnaires.help_after import brings_up_help
from webapp.questionnaires.routes import Answer, address_after, pages, service_here, sitting_here
from webapp.questionnaires.wording import opening_hours
from webapp.safety import service as safety
from webapp.safety.help_lines import lines_for
from webapp.safety.looking import Promise


@pages.get("/questionnaires/<sitting>/help")
@allow(May.FOLLOW_COURSE)
def help_page(sitting: str) -> Answer:
    """Numbers that answer now, then who sees the answer and by when. It can be opened again; it asks nothing."""
    _enrolment, view = sitting_here(sitting)
    asked = next((each for each in view.questions if brings_up_help(each, view.answers)), None)
    if asked is None or view.row is None:
        return redirect(url_for(".begin", sitting=sitting), 303)
    told = safety.open_alerts_at(acting(), str(view.row.id))
    promise = (
        Promise(told[-1].promised_by_at, safety.promise(service_here()).at_work_now)
        if told
        else safety.promise(service_here())
    )
    return render_template(
        "safety/calm.jinja",
        lines=lines_for(service_here()),
        promise=None if view.answers[asked.key] is None else promise,
        cover=safety.cover_of(acting()),
        hours=opening_hours(service_here().hours),
        go_on=_go_on(view, asked),
    )


def _go_on(view: service.SittingView, asked: Question) -> str:
    if view.row is None or view.row.way == "all" or request.args.get("then") == "send":
        return url_for(".send", sitting=view.name)
    return address_after(view, page_of(asked, view.questions))
