"""A service's staff, seen by its lead; and the installation, seen by an administrator."""

from __future__ import annotations

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp.foundations.access import Actor, May, acting, allow
from webapp.foundations.database import acting_in

from . import service as people
from . import staff
from .installation_notes import troubles_of_a_service
from .installation_state import look_at_installation
from .routes import pages
from .service_forms import ColleagueForm, NewServiceForm, RoleForm
from .service_routes import own_service
from .sign_in_routes import Answer, person


@pages.route("/service/staff", methods=["GET", "POST"])
@allow(May.LEAD_SERVICE)
def colleagues() -> Answer:
    """Who works here; add somebody."""
    form = ColleagueForm()
    if form.validate_on_submit() and _invited(form, acting()):
        return redirect(url_for("people.colleagues"), 303)
    page = render_template("people/staff.jinja", form=form, staff=staff.staff_of(acting()))
    return page, 422 if form.is_submitted() else 200


@pages.route("/service/staff/<uuid:membership_id>", methods=["GET", "POST"])
@allow(May.LEAD_SERVICE)
def colleague(membership_id: UUID) -> Answer:
    """One colleague: their role and calls a week, a new link, a lost phone, the end."""
    one = _colleague(membership_id)
    form = _colleague_form(one)
    if form.validate_on_submit():
        try:
            staff.set_calls(membership_id, form.calls(), by=acting())
            staff.change_role(membership_id, form.role.data, by=acting())
            return redirect(url_for("people.colleagues"), 303)
        except staff.LastLead:
            form.role.errors = [_("The service needs a lead. Make somebody else a lead first.")]
    page = render_template("people/colleague.jinja", form=form, one=one)
    return page, 422 if form.is_submitted() else 200


@pages.post("/service/staff/<uuid:membership_id>/<string:what>")
@allow(May.LEAD_SERVICE)
def change_colleague(membership_id: UUID, what: str) -> Answer:
    """A new link, a new second factor, or the end."""
    verbs = {"invite-again": staff.invite_again, "new-codes": staff.take_second_factor_away, "end": staff.end}
    one = _colleague(membership_id)
    if what not in verbs:
        abort(404)
    try:
        verbs[what](membership_id, by=acting())
    except staff.LastLead:
        form = _colleague_form(one)
        form.role.errors = [_("The service needs a lead. Make somebody else a lead first.")]
        return render_template("people/colleague.jinja", form=form, one=one), 422
    return redirect(url_for("people.colleagues"), 303)


@pages.route("/installation", methods=["GET", "POST"])
@allow(May.ADMINISTER)
def installation() -> Answer:
    """The services of this installation; add one. No patient is seen here."""
    form = NewServiceForm()
    if form.validate_on_submit():
        service = people.add_service(form.name.data, form.sender_name.data, by=acting())
        return redirect(url_for("people.service_of_installation", service_id=service.id), 303)
    services = people.all_services()
    page = render_template(
        "people/installation.jinja",
        form=form,
        services=services,
        troubles={one.id: _what_does_not_work(one.id) for one in services},
        installed=look_at_installation(services),
    )
    return page, 422 if form.is_submitted() else 200


@pages.route("/installation/services/<uuid:service_id>", methods=["GET", "POST"])
@allow(May.ADMINISTER)
def service_of_installation(service_id: UUID) -> Answer:
    """One service: its staff, and somebody more for it (its first lead)."""
    found = next((one for one in people.all_services() if one.id == service_id), None) or abort(404)
    by = Actor(service_id, person().account_id, capability=May.ADMINISTER, name=person().name)
    form = ColleagueForm()
    with acting_in(service_id):
        if form.validate_on_submit() and _invited(form, by):
            return redirect(url_for("people.service_of_installation", service_id=service_id), 303)
        there = staff.staff_of(by)
    page = render_template("people/service_of_installation.jinja", form=form, found=found, staff=there)
    return page, 422 if form.is_submitted() else 200


def _what_does_not_work(service_id: UUID) -> list[str]:
    """Sentences with counts, without a patient."""
    with acting_in(service_id):
        return [said for troubles in troubles_of_a_service for said in troubles(service_id)]


def _invited(form: ColleagueForm, by: Actor) -> bool:
    try:
        staff.invite(form.email.data, form.name.data, form.role.data, by=by)
    except staff.AlreadyHere:
        form.email.errors = [_("This person works here already")]
        return False
    return True


def _colleague_form(one: staff.Colleague) -> RoleForm:
    usual = own_service().calls_a_week
    return RoleForm(usual, data={"role": one.role, "calls_a_week": one.calls_a_week})


def _colleague(membership_id: UUID) -> staff.Colleague:
    try:
        return staff.colleague_of(acting(), membership_id)
    except people.NotFound:
        abort(404)
