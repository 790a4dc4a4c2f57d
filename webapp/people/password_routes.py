"""Changing the password: an own one, or three words that we make and that can be printed; and new
recovery codes.
"""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp.foundations import audit
from webapp.foundations.access import May, acting, allow
from webapp.foundations.database import db, enter_service

from . import notices, passwords, second_factor, sessions, signing_in, throttle
from .me_forms import ChangePasswordForm, NewCodesForm, ThreeWordsForm
from .models import Account, Membership
from .routes import pages
from .sign_in_routes import Answer, account, person, wait_page
from .signing_in import WaitFirst
from .visitors import Visitor


@pages.route("/me/password", methods=["GET", "POST"])
@allow(May.USE_ACCOUNT)
def password() -> Answer:
    """An own password, with the present one as proof."""
    mine, who = account(), person()
    form = ChangePasswordForm(names=names_of(mine, who))
    return _change(form, "people/password.jinja", lambda: form.password.data)


@pages.route("/me/three-words", methods=["GET", "POST"])
@allow(May.USE_ACCOUNT)
def three_words() -> Answer:
    """Three words that we make. Each visit makes new ones; nothing is stored until they are taken."""
    form = ThreeWordsForm()
    if not form.is_submitted():
        form.words.data = passwords.three_words()
    return _change(form, "people/three_words.jinja", lambda: form.words.data)


@pages.post("/me/three-words/print")
@allow(May.USE_ACCOUNT)
def print_three_words() -> Answer:
    """The words on paper, neutral: no name and nothing about pain."""
    form = ThreeWordsForm()
    if passwords.why_refused(form.words.data or "") is not None:
        abort(404)
    return render_template("people/three_words_print.jinja", words=form.words.data)


@pages.route("/me/codes", methods=["GET", "POST"])
@allow(May.PROVE_SECOND_FACTOR)
def recovery_codes() -> Answer:
    """New recovery codes, for a code from the app; the old ones stop working."""
    form, mine = NewCodesForm(), account()
    if form.validate_on_submit():
        try:
            if second_factor.is_right(mine, form.code.data):
                codes = second_factor.new_recovery_codes(mine)
                _tell(mine, person(), "second_factor")
                return render_template("people/recovery_codes.jinja", codes=codes, go_on=url_for("people.me"))
        except WaitFirst as wait:
            return wait_page("people/new_codes.jinja", form, wait)
        form.code.errors = [_("This code does not fit. Wait for the next one and type that.")]
    return render_template("people/new_codes.jinja", form=form), 422 if form.is_submitted() else 200


def names_of(mine: Account, who: Visitor) -> tuple[str, ...]:
    """What a new password may not contain."""
    return (mine.display_name, mine.sign_in_name.split("@")[0], who.service.name if who.service else "")


def _change(form: Any, template: str, new: Any) -> Answer:
    mine, who = account(), person()
    if signing_in.came_by_link(mine.id):
        del form.present
    if form.validate_on_submit():
        if (wait := _wait_for_proof(form, mine)) is not None:
            return wait_page(template, form, wait)
        if not form.errors:
            _save(mine, who, new())
            return redirect(url_for("people.me"), 303)
    return render_template(template, form=form), 422 if form.is_submitted() else 200


def _wait_for_proof(form: Any, mine: Account) -> WaitFirst | None:
    """Hold the present password against the account; its field gets an error if it is not right."""
    if "present" not in form:
        return None
    key = throttle.of_sign_in(mine.sign_in_name)[0]
    if seconds := throttle.attempt(key):
        return WaitFirst(seconds)
    if passwords.is_right(mine, form.present.data):
        throttle.succeeded(key)
    else:
        form.present.errors = [_("This is not your password now.")]
    return None


def _save(mine: Account, who: Visitor, new: str) -> None:
    enter_service(who.service_id)
    passwords.set_password(mine, new)
    sessions.end_all(mine.id, but=who.session_hash)
    audit.record(acting(), "changed", "account", mine.id, fields=["password"], patient_id=who.patient_id)
    _tell(mine, who, "password")


def _tell(mine: Account, who: Visitor, what: str) -> None:
    if who.membership_id is None:
        return
    enter_service(who.service_id)
    notices.tell(mine, db.session.get_one(Membership, (who.service_id, who.membership_id)), what)
