"""The forms of starting: one question a page, nothing ticked beforehand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, ValidationError
from wtforms.validators import InputRequired

from webapp.design.widgets import (
    CheckboxesField,
    DatePartsField,
    PasswordField,
    Radios,
    RadiosField,
    TextField,
)
from webapp.foundations.forms import BaseForm
from webapp.foundations.languages import OWN_NAMES
from webapp.people import passwords
from webapp.people.sign_in_forms import KindField, good_password

from .forms import number_in_words
from .rules import code_of

CONTACT = {
    "email": _l("E-mail"),
    "text": _l("Text message"),
    "voicemail": _l("A message on my voicemail"),
    "letter": _l("Letter"),
}
RHYTHMS = {
    "weekly": _l("A new part every week"),
    "fortnightly": _l("A new part every two weeks"),
    "own_speed": _l("My own speed"),
}
RHYTHM_HINTS = {
    "weekly": _l("About an hour a week, in small pieces."),
    "fortnightly": _l("Half as much each week."),
    "own_speed": _l("Everything opens as you finish the part before."),
}
WORDS = "words"
OWN = "own"


class StartForm(BaseForm):
    """A form of starting: never refilled from a draft."""

    keeps_drafts = False


class CodeForm(StartForm):
    """The code of a letter."""

    code = TextField(
        _l("The code in your letter"),
        description=_l("Eight letters and numbers, like CDFG-HJKM. Small letters are fine too."),
        validators=[InputRequired(_l("Type the code in your letter"))],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": False},
    )

    def validate_code(self, field: Any) -> None:
        """Only its shape: whether it is right is not said before the date of birth."""
        if field.data and code_of(field.data) is None:
            raise ValidationError(_("The code has eight letters and numbers. Check it with your letter."))


class BirthForm(StartForm):
    """The date of birth."""

    born_on = DatePartsField(_l("Your date of birth"), missing=_l("Type your date of birth"))

    @property
    def birthday(self) -> date:
        """The date of birth of a form that was well filled in."""
        assert self.born_on.data is not None
        return self.born_on.data


class ContactForm(StartForm):
    """How we may write. Each is off until chosen; none is a good answer too."""

    contact = CheckboxesField(_l("We may use"))

    def __init__(self, *args: Any, possible: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contact.choices = [(thing, words) for thing, words in CONTACT.items() if thing in possible]


class PhoneForm(StartForm):
    """Whose phone or computer this is."""

    kind = KindField()


class RhythmForm(StartForm):
    """How fast to go; the service's usual rhythm stands first."""

    rhythm = RadiosField(
        _l("How often would you like a new part?"),
        widget=Radios(hints=RHYTHM_HINTS),
        validators=[InputRequired(_l("Choose how often you would like a new part"))],
    )

    def __init__(self, *args: Any, usual: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rhythm.choices = sorted(RHYTHMS.items(), key=lambda choice: choice[0] != usual)


class LanguageForm(StartForm):
    """The language of every page and message."""

    language = RadiosField(_l("Your language"), validators=[InputRequired(_l("Choose a language"))])

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [(code, OWN_NAMES.get(code, code)) for code in languages]


class SignInForm(StartForm):
    """The name and the password with which the patient comes back."""

    name = RadiosField(
        _l("What would you like to sign in with?"),
        validators=[InputRequired(_l("Choose what you would like to sign in with"))],
    )
    which = RadiosField(
        _l("Your password"),
        choices=[(OWN, _l("I choose my own")), (WORDS, _l("Give me three words"))],
        validators=[InputRequired(_l("Choose your own password, or take three words"))],
    )
    password = PasswordField(
        _l("Choose a password"),
        new=True,
        description=_l("At least 15 characters. Three or four words are easiest."),
    )
    made_password = HiddenField()

    def __init__(
        self, *args: Any, names: Sequence[str], made_name: str, person: Collection[str], **kwargs: Any
    ) -> None:
        """*names*: e-mail and mobile as far as offered; *person*: what must not stand in a password."""
        super().__init__(*args, **kwargs)
        self._refuse_these = tuple(person)
        self.name.choices = [(name, _in_words(name)) for name in names]
        self.name.choices.append((made_name, _("Three words: %(words)s", words=made_name)))
        self.made_password.data = self.made_password.data or passwords.three_words()

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """The chosen password is held against the rules; ours too, for it came back through a browser."""
        fine = super().validate(extra_validators)
        if self.which.data == OWN and not self.password.data:
            self.password.errors = [_("Choose a password")]
            return False
        return bool(fine and self._password_is_good())

    def _password_is_good(self) -> bool:
        field = self.password if self.which.data == OWN else self.made_password
        try:
            good_password((*self._refuse_these, self.name.data or ""))(self, field)
        except ValidationError as refusal:
            field.errors = [str(refusal)]
            return False
        return True

    @property
    def chosen_password(self) -> str:
        """The password that the patient will sign in with."""
        return str(self.password.data if self.which.data == OWN else self.made_password.data)


def _in_words(name: str) -> str:
    if "@" in name:
        return str(_("My e-mail: %(address)s", address=name))
    return str(_("My mobile: %(number)s", number=number_in_words(name)))
