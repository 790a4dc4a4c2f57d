"""The first time for staff: a colleague's invitation, and the installation's first administrator."""

from __future__ import annotations

from flask import Blueprint, make_response, render_template
from flask_babel import gettext as _

from webapp.foundations.access import May, allow
from webapp.foundations.database import db

from . import service as people
from . import staff, tokens
from .models import Account, Service
from .sign_in_forms import FirstAdministratorForm, NewPasswordForm
from .sign_in_models import Token
from .sign_in_routes import Answer, come_in

pages = Blueprint("first_time", __name__, template_folder="templates")


@pages.route("/staff/<string:secret>", methods=["GET", "POST"])
@allow(May.ENTER)
def staff_invitation(secret: str) -> Answer:
    """A colleague chooses a password; their second factor comes next."""
    token = tokens.look("staff_invitation", secret)
    if token is None:
        return _over()
    invited, service = _of(token)
    form = NewPasswordForm(
        names=(invited.display_name, invited.sign_in_name, service.name if service else "")
    )
    if form.validate_on_submit():
        begun = staff.accept(secret, form.password.data)
        return come_in(begun, None) if begun else _over()
    page = render_template("people/staff_invitation.jinja", form=form, invited=invited, of_service=service)
    return page, 422 if form.is_submitted() else 200


@pages.route("/first/<string:secret>", methods=["GET", "POST"])
@allow(May.ENTER)
def first_administrator(secret: str) -> Answer:
    """The installation's first administrator: by a link that the command line printed once."""
    if tokens.look("first_administrator", secret) is None:
        return _over()
    form = FirstAdministratorForm()
    if form.validate_on_submit():
        try:
            begun = staff.make_first_administrator(
                secret, form.email.data, form.name.data, form.password.data
            )
        except people.NameIsTaken:
            form.email.errors = [_("There is an account with this e-mail already. Use another one.")]
        else:
            return come_in(begun, None) if begun else _over()
    page = render_template("people/first_administrator.jinja", form=form)
    return page, 422 if form.is_submitted() else 200


def _of(token: Token) -> tuple[Account, Service | None]:
    service = db.session.get(Service, token.service_id) if token.service_id else None
    return db.session.get_one(Account, token.account_id), service


def _over() -> Answer:
    return make_response(render_template("people/invitation_over.jinja"), 410)
