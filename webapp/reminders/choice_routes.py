"""*My messages*: what we write to a patient, by which way, a rest from it, and none at all."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from webapp.foundations import clock
from webapp.foundations.access import May, acting, allow, visitor
from webapp.foundations.languages import in_words
from webapp.people import service as people

from . import choices
from .answer_forms import RestForm
from .choice_forms import WAYS, MessagesForm, TapForm
from .rules import Group

Answered = str | BaseResponse | tuple[str, int]
pages = Blueprint("message_choices", __name__, template_folder="templates")


@pages.route("/me/messages", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def messages() -> Answered:
    """Which messages, and by which way first."""
    form = _messages_form()
    if form.validate_on_submit():
        way = form.first_way or _first_way()
        choices.choose(_patient_id(), way=way, left_out=form.left_out, by=acting())
        return _saved(_("Saved. We write to you as you chose."))
    return _page(messages_form=form)


@pages.post("/me/messages/rest")
@allow(May.FOLLOW_COURSE)
def rest() -> Answered:
    """No messages before a day."""
    form = RestForm(_today())
    if not form.validate_on_submit():
        return _page(rest_form=form)
    choices.quiet_until(_patient_id(), form.first_day, by=acting())
    return _saved(_("Saved. We do not write before %(day)s.", day=in_words(form.first_day)))


@pages.post("/me/messages/stop")
@allow(May.FOLLOW_COURSE)
def stop() -> Answered:
    """None at all, in one tap."""
    if TapForm().validate_on_submit():
        choices.stop(_patient_id(), by=acting())
    return _saved(_("Saved. We write no more of these messages."))


@pages.post("/me/messages/start")
@allow(May.FOLLOW_COURSE)
def start() -> Answered:
    """Again, in one tap."""
    if TapForm().validate_on_submit():
        choices.start_again(_patient_id(), by=acting())
    return _saved(_("Saved. We write to you again."))


def _page(*, messages_form: MessagesForm | None = None, rest_form: RestForm | None = None) -> Answered:
    """The whole page; a form that was refused is given, the other one is fresh."""
    patient = people.patient_of(acting(), _patient_id())
    chosen = choices.choice_of(patient.service_id, patient.id)
    rests = chosen.quiet_until_on if chosen else None
    refused = next((one for one in (messages_form, rest_form) if one is not None and one.errors), None)
    page = render_template(
        "reminders/messages.jinja",
        messages_form=messages_form or _messages_form(fresh=True),
        rest_form=rest_form or RestForm(_today(), formdata=None),
        form=refused,
        tap=TapForm(formdata=None),
        ways=[(WAYS[way], address) for way, address in choices.ways_now(patient, by=acting())],
        is_stopped=chosen is not None and chosen.stopped_at is not None,
        rests_until=rests if rests and rests > _today() else None,
    )
    return page, 200 if refused is None else 422


def _messages_form(*, fresh: bool = False) -> MessagesForm:
    patient = people.patient_of(acting(), _patient_id())
    chosen = choices.choice_of(patient.service_id, patient.id)
    left_out = set(chosen.left_out) if chosen else set()
    ways = [way for way, _address in choices.ways_now(patient, by=acting()) if way in choices.WAYS]
    data = {
        "wanted": [group.value for group in Group if group not in left_out],
        "way": ways[0] if ways else None,
    }
    more = {"formdata": None} if fresh else {}
    return MessagesForm(ways, data=data, **more)


def _first_way() -> str:
    """The way that was chosen before stays, while there is nothing to choose."""
    chosen = choices.choice_of(people.patient_of(acting(), _patient_id()).service_id, _patient_id())
    return chosen.way if chosen else ""


def _saved(words: str) -> BaseResponse:
    flash(words, "saved")
    return redirect(url_for("message_choices.messages"), 303)


def _today() -> date:
    service = getattr(visitor(), "service", None)
    return clock.today(service.time_zone) if service else clock.today()


def _patient_id() -> UUID:
    found: UUID | None = getattr(visitor(), "patient_id", None)
    if found is None:
        abort(404)
    return found
