"""The lead's pages: which questionnaires this service asks, when, and for how long."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for

from webapp.foundations.access import May, acting, allow
from webapp.people import service as people
from webapp.people import service_settings
from webapp.people.models import Service
from webapp.questionnaires import settings_view
from webapp.questionnaires.reading import NotFound
from webapp.questionnaires.routes import Answer, pages
from webapp.questionnaires.schedule_words import opens_in_words, time_point_name, window_in_words
from webapp.questionnaires.settings_forms import SittingForm, SwitchesForm, how_many
from webapp.safety import service as safety

__all__ = ["pages"]  # leads, staff and patients share the blueprint


@pages.route("/service/questionnaires", methods=["GET", "POST"])
@allow(May.LEAD_SERVICE)
def settings() -> Answer:
    """What is asked when, how long it takes, what cannot be asked, and what holds for all questionnaires."""
    service = _own_service()
    form = SwitchesForm.of(service)
    if form.validate_on_submit():
        service_settings.change(service, form.changes(service), by=acting())
        return redirect(url_for(".settings"), 303)
    page = render_template(
        "questionnaires/settings.jinja",
        form=form,
        schedule=settings_view.schedule_of(service),
        without_text=settings_view.without_text(),
        item_nine_is_on=safety.item_nine_is_on(service.id),
        title_of=settings_view.title_of,
        **_WORDS,
    )
    return (page, 422) if form.is_submitted() else page


@pages.route("/service/questionnaires/<sitting>", methods=["GET", "POST"])
@allow(May.LEAD_SERVICE)
def set_sitting(sitting: str) -> Answer:
    """One sitting: asked or not, with which questionnaires, in which shorter set, and for how many days."""
    service = _own_service()
    try:
        found = settings_view.sitting_settings(service, sitting)
    except NotFound:
        abort(404)
    form = SittingForm(service, found)
    if form.validate_on_submit():
        settings_view.change_sitting(service, sitting, form.wanted, by=acting())
        return redirect(url_for(".settings"), 303)
    page = render_template("questionnaires/settings_sitting.jinja", form=form, found=found, **_WORDS)
    return (page, 422) if form.is_submitted() else page


_WORDS = {
    "time_point_name": time_point_name,
    "opens_in_words": opens_in_words,
    "window_in_words": window_in_words,
    "how_many": how_many,
}


def _own_service() -> Service:
    service_id = acting().service_id
    if service_id is None:
        abort(404)
    return people.service_with(service_id)
