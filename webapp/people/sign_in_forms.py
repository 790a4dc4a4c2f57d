"""The forms of signing in. None of them keeps a draft: what is typed here is secret."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, ValidationError
from wtforms.validators import Email, InputRequired, Length

from webapp.design.widgets import EmailField, PasswordField, Radios, RadiosField, TextField
from webapp.foundations.forms import BaseForm

from . import passwords
from .names import LONGEST_NAME
from .password_rules import Refusal
from .rules import LONGEST_PASSWORD

KINDS = [("own_phone", _l("My own phone or computer")), ("shared", _l("A shared phone or computer"))]
HINTS = {
    "own_phone": _l("You stay signed in for up to 14 days."),
    "shared": _l("You are signed out when the browser closes, or after 20 hours."),
}
REFUSALS = {
    Refusal.TOO_SHORT: _l("Use at least 15 characters. Three or four words are easiest."),
    Refusal.TOO_LONG: _l("Use at most 128 characters."),
    Refusal.COMMON: _l("Many people use this password. Choose words that only you would put together."),
    Refusal.REPEATED: _l("This repeats itself. Choose words that only you would put together."),
    Refusal.SEQUENCE: _l("This follows the keyboard or the alphabet. Choose words instead."),
    Refusal.HOLDS_A_NAME: _l("Leave out your own name and the name of the service."),
}


def good_password(names: Iterable[str]) -> Any:
    """A validator for a new password: refuses, in plain words, what a stranger would try first."""
    known = tuple(names)

    def check(form: Any, field: Any) -> None:
        if field.data and (refusal := passwords.why_refused(field.data, names=known)):
            raise ValidationError(str(REFUSALS[refusal]))

    return check


class PlainForm(BaseForm):
    """A form of sign-in: never refilled from a draft."""

    keeps_drafts = False
    next = HiddenField()


class KindField(RadiosField):
    """Own phone or shared: asked of everybody, so that the question tells nothing about the account."""

    widget = Radios(hints=HINTS)

    def __init__(self, **kwargs: Any) -> None:
        needed = [InputRequired(_l("Choose whose phone or computer this is"))]
        super().__init__(_l("Which phone or computer is this?"), choices=KINDS, validators=needed, **kwargs)


class SignInForm(PlainForm):
    """A name and a password."""

    name = TextField(
        _l("Your e-mail, mobile number or three words"),
        validators=[
            InputRequired(_l("Type your e-mail, mobile number or three words")),
            Length(max=LONGEST_NAME),
        ],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": False},
    )
    password = PasswordField(
        _l("Your password"),
        validators=[InputRequired(_l("Type your password")), Length(max=1000)],
    )
    kind = KindField()


class LinkForm(PlainForm):
    """Asking for a sign-in link."""

    name = TextField(
        _l("Your e-mail, mobile number or three words"),
        validators=[
            InputRequired(_l("Type your e-mail, mobile number or three words")),
            Length(max=LONGEST_NAME),
        ],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": False},
    )
    kind = KindField()


class ButtonForm(PlainForm):
    """Nothing but its button."""


class CodeForm(PlainForm):
    """A code from the app, or a recovery code."""

    code = TextField(
        _l("Your code"),
        validators=[InputRequired(_l("Type the code from your app")), Length(max=60)],
        render_kw={
            "autocomplete": "one-time-code",
            "autocapitalize": "none",
            "spellcheck": False,
        },
    )


class NewPasswordForm(PlainForm):
    """A new password. ``names``: what must not stand in it."""

    password = PasswordField(
        _l("Choose a password"), new=True, validators=[InputRequired(_l("Choose a password"))]
    )

    def __init__(self, *args: Any, names: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.password.description = _("At least 15 characters. Three or four words are easiest.")
        self.password.validators = [*self.password.validators, good_password(names)]


class FirstAdministratorForm(NewPasswordForm):
    """The first administrator: e-mail, name and password."""

    email = EmailField(
        _l("Your e-mail address"), validators=[Email(_l("Type an e-mail address")), Length(max=254)]
    )
    name = TextField(_l("Your name"), validators=[InputRequired(_l("Type your name")), Length(max=100)])


assert LONGEST_PASSWORD < 1000, "a longer text is refused before it is hashed"
