"""The forms of the page *Me*."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired, Length

from webapp.design.widgets import TEAM, PasswordField, RadiosField, TextareaField, TextField
from webapp.foundations.forms import BaseForm
from webapp.foundations.languages import OWN_NAMES

from .sign_in_forms import CodeForm, NewPasswordForm, PlainForm


class HelperForm(BaseForm):
    """Somebody who helps, and what we may discuss with them."""

    name = TextField(_l("Their name"), validators=[InputRequired(_l("Write their name")), Length(max=100)])
    may_discuss = TextareaField(
        _l("What may we talk about with them?"),
        description=_l("For example: my appointments, or anything about my pain."),
        read_by=TEAM,
        rows=3,
        validators=[InputRequired(_l("Write what we may talk about")), Length(max=500)],
    )


class LanguageForm(BaseForm):
    """The language of the pages and of what we write."""

    language = RadiosField(
        _l("Which language do you want?"), validators=[InputRequired(_l("Choose a language"))]
    )

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [(code, OWN_NAMES.get(code, code)) for code in languages]


class ChangePasswordForm(NewPasswordForm):
    """The present password and a new one.

    Who has just come by an e-mailed link is not asked for the present one.
    """

    present = PasswordField(_l("Your password now"), validators=[InputRequired(_l("Type your password"))])
    field_order = ("present", "password")


class ThreeWordsForm(PlainForm):
    """Three words that we made, to be the password."""

    present = PasswordField(_l("Your password now"), validators=[InputRequired(_l("Type your password"))])
    words = TextField(validators=[InputRequired(), Length(max=60)])


class NewCodesForm(CodeForm):
    """A code from the app, to make new recovery codes."""
