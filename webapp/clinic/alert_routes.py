"""Alerts: what is open, oldest first; one alert with its history; and each step that a person takes with it."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from webapp.foundations import audit
from webapp.foundations.access import May, acting, allow
from webapp.safety import service as safety
from webapp.safety.models import Alert
from webapp.safety.service import Action

from . import alert_stories, rules
from .alert_forms import ActionForm, OpenAgainForm, PassOnForm, TapForm
from .routes import Answer, addresses, pages

TAPS = {"seen": safety.see, "take": safety.own, "close": safety.close}


@pages.get("/alerts")
@allow(May.READ_ANSWERS)
def alerts() -> Answer:
    """Every open alert, the oldest first, and what does not work."""
    try:
        found = alert_stories.alerts_open(acting(), rules.row_id(request.args.get("after")))
    except safety.NotFound:
        abort(404)
    troubles = safety.troubles_counted(acting())
    return render_template(
        "clinic/alerts.jinja",
        found=found,
        troubles=troubles,
        **addresses(),
    )


@pages.route("/alerts/<uuid:alert_id>", methods=["GET", "POST"])
@allow(May.READ_ANSWERS)
def alert(alert_id: UUID) -> Answer:
    """One alert; a form that comes back says what was done about it."""
    story = _story(alert_id)
    form = ActionForm(current_version=story.alert.version)
    if form.validate_on_submit():
        try:
            safety.record_action(
                alert_id,
                Action(form.action.data),
                form.note.data or "",
                form.handed_to.data or "",
                by=acting(),
            )
        except safety.NotYet as refused:
            return _told_kindly(alert_id, refused.why)
        flash(_("What you did is written down."))
        return _to(alert_id)
    return _page(story, action=form)


@pages.route("/alerts/<uuid:alert_id>/pass-on", methods=["GET", "POST"])
@allow(May.READ_ANSWERS)
def pass_alert_on(alert_id: UUID) -> Answer:
    """Ask a named colleague to take it."""
    story = _story(alert_id)
    form = PassOnForm(_colleagues(), current_version=story.alert.version)
    if form.validate_on_submit():
        try:
            safety.pass_on(alert_id, UUID(form.to.data), by=acting())
        except safety.NotYet as refused:
            return _told_kindly(alert_id, refused.why)
        flash(_("Your colleague is told. Nobody has it until they take it."))
        return _to(alert_id)
    return _page(story, pass_on=form)


@pages.route("/alerts/<uuid:alert_id>/open-again", methods=["GET", "POST"])
@allow(May.READ_ANSWERS)
def open_alert_again(alert_id: UUID) -> Answer:
    """Open a closed alert again, with a reason."""
    story = _story(alert_id)
    form = OpenAgainForm(current_version=story.alert.version)
    if form.validate_on_submit():
        try:
            safety.reopen(alert_id, form.why.data, by=acting())
        except safety.NotYet as refused:
            return _told_kindly(alert_id, refused.why)
        flash(_("The alert is open again, and the owner of alerts is told."))
        return _to(alert_id)
    return _page(story, open_again=form)


@pages.route("/alerts/<uuid:alert_id>/<string:what>", methods=["GET", "POST"])
@allow(May.READ_ANSWERS)
def tap_alert(alert_id: UUID, what: str) -> Answer:
    """One button: I have seen it, I take this on, close. A page that is out of date changes nothing."""
    found = _alert(alert_id)
    if what not in TAPS:
        abort(404)
    form = TapForm(current_version=None if what == "seen" else found.version)
    if form.validate_on_submit():
        try:
            TAPS[what](alert_id, by=acting())
        except safety.NotYet as refused:
            return _told_kindly(alert_id, refused.why)
    elif form.stale:
        flash(_("Something happened with this alert meanwhile. Look once more, then tap again."))
    return _to(alert_id)


def _alert(alert_id: UUID) -> Alert:
    try:
        return safety.alert_of(acting(), alert_id)
    except safety.NotFound:
        abort(404)


def _story(alert_id: UUID) -> alert_stories.AlertStory:
    try:
        return alert_stories.story_of(acting(), alert_id)
    except safety.NotFound:
        abort(404)


def _page(
    story: alert_stories.AlertStory,
    *,
    action: ActionForm | None = None,
    pass_on: PassOnForm | None = None,
    open_again: OpenAgainForm | None = None,
) -> Answer:
    """The alert's page with the form that was sent, if one was. A look at it is written down."""
    sent = action or pass_on or open_again
    if request.method == "GET":
        audit.record(acting(), "looked", "alert", story.alert.id, patient_id=story.patient.id)
    version = story.alert.version
    page = render_template(
        "clinic/alert.jinja",
        story=story,
        patient=story.patient,
        form=sent,
        action=action or ActionForm(current_version=version, formdata=None),
        pass_on=pass_on or PassOnForm(_colleagues(), current_version=version, formdata=None),
        open_again=open_again or OpenAgainForm(current_version=version, formdata=None),
        button=TapForm(current_version=version, formdata=None),
    )
    return (page, 422) if request.method == "POST" else page


def _colleagues() -> list[safety.Person]:
    by = acting()
    return [one for one in safety.readers(by) if one.account_id != by.account_id]


def _told_kindly(alert_id: UUID, why: str) -> BaseResponse:
    """The alert cannot take this step now: say why, and show it as it stands."""
    said = {
        "closed": _("This alert is closed. To add something, open it again with a reason."),
        "open": _("This alert is open already."),
        "not_owned": _("Only the person who has the alert can close it. Take it on first."),
        "no_action": _("First write down what was done. A try without an answer is not enough to close."),
        "handed_to": _("Write the name of who took it."),
        "note": _("Write a few words about it."),
    }[why]
    flash(said)
    return _to(alert_id)


def _to(alert_id: UUID) -> BaseResponse:
    return redirect(url_for("clinic.alert", alert_id=alert_id), 303)
