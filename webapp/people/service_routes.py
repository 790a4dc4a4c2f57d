"""A service's settings, thing by thing: names, contact, hours, closures, crisis numbers, logo, course."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import Response, abort, current_app, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l

from webapp.foundations import clock
from webapp.foundations.access import May, acting, allow, sessionless
from webapp.foundations.database import db

from . import number_settings, readiness, service_forms, service_settings
from . import service as people
from .models import Service
from .routes import pages
from .service_links import service_links
from .sign_in_routes import Answer, person

A_DAY_SECONDS = 86_400
# What may be set by one plain form: its title and form.
THINGS: dict[str, tuple[Any, type[service_forms.SettingsForm]]] = {
    "name": (_l("Names"), service_forms.NameForm),
    "contact": (_l("Contact"), service_forms.ContactForm),
    "hours": (_l("Working hours"), service_forms.HoursForm),
    "languages": (_l("Nation and languages"), service_forms.PlaceForm),
    "course": (_l("Course, calls and answers"), service_forms.CourseForm),
    "safety-officer": (_l("Clinical safety officer"), service_forms.SafetyOfficerForm),
}


def own_service() -> Service:
    """The service that the visitor leads, for changing it."""
    service_id = person().service_id
    if service_id is None:
        abort(404)
    return people.service_with(service_id)


@pages.get("/service", endpoint="service_settings")
@allow(May.LEAD_SERVICE)
def service_settings_page() -> Answer:
    """Everything that a service may set, and what is missing before patients may be invited."""
    service = own_service()
    missing = readiness.missing(service, current_app.extensions["waymark_settings"])
    sections = number_settings.settings_sections.values()
    return render_template(
        "people/service.jinja",
        things=THINGS,
        links=service_links,
        sections=sections,
        missing=missing,
        mine=service,
    )


@pages.route("/service/set/<string:thing>", methods=["GET", "POST"])
@allow(May.LEAD_SERVICE)
def set_thing(thing: str) -> Answer:
    """One plain form."""
    if thing not in THINGS:
        abort(404)
    title, form_class = THINGS[thing]
    service = own_service()
    form = form_class.of(service)
    if form.validate_on_submit():
        service_settings.change(service, form.changes(), by=acting())
        return redirect(url_for("people.service_settings"), 303)
    page = render_template("people/service_thing.jinja", form=form, title=title, in_columns=thing == "hours")
    return page, 422 if form.is_submitted() else 200


@pages.route("/service/closures", methods=["GET", "POST"])
@allow(May.LEAD_SERVICE)
def closures() -> Answer:
    """Days on which nobody works: clocks and promises leave them out."""
    service, form = own_service(), service_forms.ClosureForm()
    if form.validate_on_submit() and form.day.data:
        service_settings.add_closure(service, form.day.data, by=acting())
        return redirect(url_for("people.closures"), 303)
    days = [date.fromisoformat(day) for day in service.closures]
    page = render_template("people/closures.jinja", form=form, days=days)
    return page, 422 if form.is_submitted() else 200


@pages.post("/service/closures/<string:day>/remove")
@allow(May.LEAD_SERVICE)
def remove_closure(day: str) -> Answer:
    """We work on this day after all."""
    service_settings.remove_closure(own_service(), day, by=acting())
    return redirect(url_for("people.closures"), 303)


@pages.route("/service/crisis-numbers", methods=["GET", "POST"])
@allow(May.LEAD_SERVICE)
def crisis_numbers() -> Answer:
    """The numbers on Help now that are this service's own, each with the day on which it was checked."""
    service, form = own_service(), service_forms.CrisisLineForm()
    if form.validate_on_submit():
        line = (form.name.data, form.number.data, form.how.data or "")
        service_settings.add_crisis_line(service, *line, by=acting())
        return redirect(url_for("people.crisis_numbers"), 303)
    lines = [{**line, "checked": date.fromisoformat(line["checked_on"])} for line in service.crisis_lines]
    page = render_template("people/crisis_numbers.jinja", form=form, lines=lines)
    return page, 422 if form.is_submitted() else 200


@pages.post("/service/crisis-numbers/<int:place>/<string:what>")
@allow(May.LEAD_SERVICE)
def change_crisis_number(place: int, what: str) -> Answer:
    """Checked today, or no longer needed."""
    verbs = {"checked": service_settings.check_crisis_line, "remove": service_settings.remove_crisis_line}
    try:
        verbs[what](own_service(), place, by=acting())
    except (KeyError, IndexError):
        abort(404)
    return redirect(url_for("people.crisis_numbers"), 303)


@pages.route("/service/logo", methods=["GET", "POST"])
@allow(May.LEAD_SERVICE)
def logo() -> Answer:
    """The service's logo."""
    service, form = own_service(), service_forms.LogoForm()
    if form.validate_on_submit():
        service_settings.change(service, {"logo": form.logo.data}, by=acting())
        return redirect(url_for("people.logo"), 303)
    page = render_template("people/logo.jinja", form=form, mine=service)
    return page, 422 if form.is_submitted() else 200


@pages.post("/service/logo/remove")
@allow(May.LEAD_SERVICE)
def remove_logo() -> Answer:
    """No logo any more."""
    service_settings.change(own_service(), {"logo": None}, by=acting())
    return redirect(url_for("people.logo"), 303)


@pages.get("/service-logo/<uuid:service_id>")
@sessionless
@allow(May.ENTER)
def service_logo(service_id: UUID) -> Response:
    """The picture itself, for anybody; its address changes with the service's version."""
    service = db.session.get(Service, service_id)
    if service is None or not service.logo:
        abort(404)
    response = Response(service.logo, mimetype="image/png")
    response.headers["Cache-Control"] = f"public, max-age={A_DAY_SECONDS}"
    return response


@pages.route("/service/numbers/<string:name>", methods=["GET", "POST"])
@allow(May.LEAD_SERVICE)
def numbers(name: str) -> Answer:
    """One section of clinical numbers, each with its source."""
    section = number_settings.settings_sections.get(name) or abort(404)
    service = own_service()
    form = service_forms.numbers_form(section, number_settings.present(section, service), service.version)
    if form.validate_on_submit():
        wanted = {one.key: form[one.key].data for one in section.settings}
        changes: dict[str, Any] = {section.column: number_settings.differing(section, service, wanted)}
        try:
            service_settings.change(service, changes, by=acting())
        except ValueError as contradiction:
            form.form_errors.append(str(contradiction))
        else:
            return redirect(url_for("people.service_settings"), 303)
    page = render_template("people/service_thing.jinja", form=form, title=section.title, in_columns=True)
    return page, 422 if form.is_submitted() else 200


@pages.route("/service/sign-numbers", methods=["GET", "POST"])
@allow(May.LEAD_SERVICE)
def sign_numbers() -> Answer:
    """Read every number once more, and sign."""
    service, form = own_service(), service_forms.SignNumbersForm()
    if form.validate_on_submit():
        service_settings.sign_numbers(service, form.name.data, by=acting())
        return redirect(url_for("people.service_settings"), 303)
    found = [
        (section, number_settings.present(section, service))
        for section in number_settings.settings_sections.values()
    ]
    page = render_template("people/sign_numbers.jinja", form=form, found=found, mine=service)
    return page, 422 if form.is_submitted() else 200


@pages.route("/service/modules", methods=["GET", "POST"])
@allow(May.LEAD_SERVICE)
def modules() -> Answer:
    """Each module with who accepted its text; a changed text asks again."""
    service = own_service()
    if request.method == "POST":
        name, fingerprint = request.form.get("module", ""), request.form.get("fingerprint", "")
        if not readiness.accept_module(name, fingerprint, by=acting(), today_in=service.time_zone):
            abort(404)
        return redirect(url_for("people.modules"), 303)
    found = readiness.standings(service.id)
    return render_template("people/modules.jinja", standings=found, today_is=clock.today(service.time_zone))
