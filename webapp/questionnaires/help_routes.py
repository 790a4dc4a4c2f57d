"""The calm help page, at once after an answer that a person must see, and before the next question."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for

from webapp.engagement.requests import open_call_request
from webapp.foundations.access import May, acting, allow
from webapp.foundations.forms import BaseForm
from webapp.questionnaires import service
from webapp.questionnaires.answer_pages import page_of
from webapp.questionnaires.asked import Question
from webapp.questionnaires.help_after import brings_up_help
from webapp.questionnaires.routes import Answer, address_after, pages, service_here, sitting_here
from webapp.questionnaires.wording import opening_hours
from webapp.safety.before_asking import before_asking
from webapp.safety.told import told_at

HOW_I_FEEL = "how_i_feel"
"""What a call is about that the patient asks for on this page."""


class RingMeForm(BaseForm):
    """One tap: ring me about how I feel. It is sent to the page for asking, with help shown already."""

    keeps_drafts = False


@pages.get("/questionnaires/<sitting>/help")
@allow(May.FOLLOW_COURSE)
def help_page(sitting: str) -> Answer:
    """Numbers that answer now, then who sees the answer and by when. It can be opened again; it asks nothing."""
    enrolment, view = sitting_here(sitting)
    asked = next((each for each in view.questions if brings_up_help(each, view.answers)), None)
    if asked is None or view.row is None:
        return redirect(url_for(".begin", sitting=sitting), 303)
    call = open_call_request(enrolment)
    return render_template(
        "safety/calm.jinja",
        before=before_asking(acting(), service_here()),
        told=told_at(acting(), str(view.row.id)),
        was_said=view.answers[asked.key] is not None,
        hours=opening_hours(service_here().hours),
        go_on=_go_on(view, asked) if view.is_open else None,
        call=call if call is not None and call.about == HOW_I_FEEL else None,
        ring_me=RingMeForm(formdata=None),
    )


def _go_on(view: service.SittingView, asked: Question) -> str:
    if view.row is None or view.row.way == "all" or request.args.get("then") == "send":
        return url_for(".send", sitting=view.name)
    return address_after(view, page_of(asked, view.questions))
