"""Pages of the support room for people who are signed in, and what anybody may read about this site."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from webapp.engagement.service import NotEnrolled
from webapp.foundations.access import May, acting, allow, visitor
from webapp.foundations.going_back import safe_path
from webapp.safety.help_lines import lines_for
from webapp.safety.told import asked_about_feelings
from webapp.support import calls_about_feelings, service
from webapp.support.forms import RingMeForm, SomethingWrongForm

pages = Blueprint("support", __name__, template_folder="templates")
Answer = str | BaseResponse | tuple[str, int]


def _patient_id() -> UUID:
    patient_id: UUID | None = getattr(visitor(), "patient_id", None)
    if patient_id is None:
        abort(404)
    return patient_id


@pages.route("/ring-me", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def ring_me() -> Answer:
    """Ask my team to ring me. "How I feel" shows Help now first."""
    form = RingMeForm()
    try:
        waiting = service.open_call(_patient_id(), by=acting())
        if form.validate_on_submit():
            if form.about.data == calls_about_feelings.ABOUT and not request.form.get("seen_help"):
                lines = lines_for(getattr(visitor(), "service", None))
                return render_template("support/ring_me_help_first.jinja", form=form, lines=lines)
            service.ask_for_call(_patient_id(), form.about.data, by=acting())
            return redirect(url_for("support.ring_me", then=_then() or None), 303)
    except NotEnrolled:
        abort(404)
    page = render_template(
        "support/ring_me.jinja",
        form=form,
        waiting=waiting,
        about_feelings=calls_about_feelings.ABOUT,
        known=asked_about_feelings(acting(), _patient_id()),
        lines=lines_for(getattr(visitor(), "service", None)),
        then=_then(),
    )
    return (page, 422) if form.is_submitted() else page


def _then() -> str:
    """The page that somebody goes on with afterwards, or empty."""
    return safe_path(request.args.get("then"), "")


@pages.post("/ring-me/not-any-more")
@allow(May.FOLLOW_COURSE)
def take_back() -> Answer:
    """The patient no longer waits for a call."""
    service.take_back_call(_patient_id(), by=acting())
    return redirect(url_for("support.ring_me"), 303)


@pages.route("/something-wrong", methods=["GET", "POST"])
@allow(May.USE_ACCOUNT)
def something_wrong() -> Answer:
    """Something wrong or unhelpful here? Stored with the page and the day."""
    by = acting()
    if by.service_id is None:
        abort(404)
    form = SomethingWrongForm()
    page_address = safe_path(request.args.get("page"))
    if form.validate_on_submit():
        patient_id = getattr(visitor(), "patient_id", None)
        service.report_problem(
            page_address, form.kind.data, form.words.data or "", patient_id=patient_id, by=by
        )
        return redirect(url_for("support.thank_you", page=page_address, kind=form.kind.data), 303)
    page = render_template("support/something_wrong.jinja", form=form)
    return (page, 422) if form.is_submitted() else page


@pages.get("/something-wrong/thank-you")
@allow(May.USE_ACCOUNT)
def thank_you() -> Answer:
    """Thank you, with help beside it for whoever feels worse."""
    worse = request.args.get("kind") in ("made_me_worse", "upsetting")
    return render_template("support/thank_you.jinja", back=safe_path(request.args.get("page")), worse=worse)


@pages.get("/your-information")
@allow(May.ENTER)
def privacy() -> Answer:
    """What we keep, who sees it, and on what footing."""
    return render_template("support/privacy.jinja")


@pages.get("/accessibility")
@allow(May.ENTER)
def accessibility() -> Answer:
    """How this site can be used, and whom to tell when it cannot."""
    return render_template("support/accessibility.jinja")
