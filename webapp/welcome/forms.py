"""The forms of inviting: one screen, every choice equal, nothing ticked beforehand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.validators import DataRequired, InputRequired, Length

from webapp.design.widgets import (
    CheckboxesField,
    DatePartsField,
    EmailField,
    Input,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
    TickField,
)
from webapp.foundations.forms import BaseForm
from webapp.foundations.languages import OWN_NAMES
from webapp.people.models import Patient
from webapp.people.names import HOME_REGION, as_number
from webapp.people.rules import ADULT_AT_YEARS, age_years
from webapp.people.service import PatientDetails

from .rules import is_believable_birthday

YES_NO = [("yes", _l("Yes")), ("no", _l("No"))]
NEEDS = [
    ("large_print", _l("Large print")),
    ("easy_read", _l("Easy read")),
    ("interpreter", _l("An interpreter")),
    ("bsl", _l("British Sign Language")),
    ("text_not_call", _l("Text, not a call")),
    ("helper", _l("Somebody who helps them")),
]
SUITABILITY = [
    ("seen_and_suitable", _l("Seen, and suitable")),
    ("not_yet", _l("Not seen yet")),
    ("not_suitable", _l("Seen, not suitable now")),
    ("prefers_another", _l("Offered this, prefers another way")),
]
DOORS = [("course", _l("The course")), ("refresher", _l("Refresher: finished a programme before"))]
CHANNELS: dict[str, tuple[str, ...]] = {
    "email_is_safe": ("email",),
    "text_is_safe": ("mobile",),
    "call_is_safe": ("mobile", "phone"),
    "voicemail_is_safe": ("mobile", "phone"),
    "letter_is_safe": ("postal_address",),
}
PLAIN = (
    "given_name",
    "family_name",
    "email",
    "mobile",
    "phone",
    "postal_address",
    "contact_times",
    "needs_note",
)
ON_THE_LETTER = _l("Printed on the letter. Your team can read it.")
STAFF = _l("Your team can read this. The patient may ask to see it.")


class _AsTyped(Input):
    def __call__(self, field: Any, **given: Any) -> Any:
        return super().__call__(field, **{"autocomplete": "off", "spellcheck": False, **given})


class _PatientField(TextField):
    """A line about somebody else: the browser must not offer the clinician's own name or address."""

    widget = _AsTyped()


class _NumberField(_PatientField):
    """A telephone number; the data is E.164, what is shown is how people in this country write it."""

    widget = _AsTyped(type="tel")
    data: Any

    def _value(self) -> str:
        return number_in_words(super()._value())

    def pre_validate(self, form: Any) -> None:
        if not self.data:
            return
        number = as_number(self.data)
        if number is None:
            raise ValidationError(_("Check this number. Write it like 07700 900552 or +44 7700 900552."))
        self.data = number


class DetailsForm(BaseForm):
    """Who the patient is, how to reach them, what is safe and what they need."""

    given_name = _PatientField(
        _l("First name"), validators=[DataRequired(_l("Fill in the first name")), Length(max=100)]
    )
    family_name = _PatientField(
        _l("Last name"), validators=[DataRequired(_l("Fill in the last name")), Length(max=100)]
    )
    born_on = DatePartsField(_l("Date of birth"), missing=_l("Fill in the date of birth"))
    email = EmailField(_l("E-mail"), widget=_AsTyped(type="email", autocapitalize="none"))
    mobile = _NumberField(_l("Mobile number"))
    phone = _NumberField(_l("Other phone number"))
    postal_address = TextareaField(
        _l("Postal address"), read_by=ON_THE_LETTER, rows=3, validators=[Length(max=500)]
    )
    email_is_safe = RadiosField(_l("E-mail"), choices=YES_NO)
    text_is_safe = RadiosField(_l("Text message"), choices=YES_NO)
    call_is_safe = RadiosField(_l("Call"), choices=YES_NO)
    voicemail_is_safe = RadiosField(_l("Voicemail"), choices=YES_NO)
    letter_is_safe = RadiosField(_l("Letter"), choices=YES_NO)
    contact_times = _PatientField(
        _l("Good times to ring"), description=_l("For example: after 2 pm"), validators=[Length(max=100)]
    )
    suitability = RadiosField(
        _l("Seen and suitable"),
        choices=SUITABILITY,
        validators=[InputRequired(_l("Choose whether the patient was seen and is suitable"))],
    )
    seen_by = _PatientField(_l("Seen by"), validators=[Length(max=100)])
    seen_on = DatePartsField(_l("Seen on"))
    why_not_suitable = _PatientField(_l("Why not suitable"), validators=[Length(max=300)])
    why_another = _PatientField(_l("Which way they prefer, and why"), validators=[Length(max=300)])
    needs = CheckboxesField(_l("What the patient needs"), choices=NEEDS)
    needs_note = _PatientField(
        _l("More about these needs"),
        description=_l("Which language, who helps"),
        validators=[Length(max=300)],
    )
    language = RadiosField(_l("Language"), validators=[InputRequired(_l("Choose a language"))])
    door = RadiosField(_l("Which way in"), choices=DOORS)
    clinician = SelectField(_l("Clinician"))
    group_name = _PatientField(_l("Group (optional)"), validators=[Length(max=100)])
    reference = _PatientField(_l("Your own reference (optional)"), validators=[Length(max=40)])
    note = TextareaField(_l("Note (optional)"), read_by=STAFF, rows=3, validators=[Length(max=2000)])

    def __init__(
        self,
        *args: Any,
        languages: Sequence[str],
        clinicians: Sequence[tuple[UUID, str]],
        today: date,
        taken: Callable[[str], bool],
        **kwargs: Any,
    ) -> None:
        """*taken*: whether somebody else has a local number; *clinicians*: membership ids and names."""
        super().__init__(*args, **kwargs)
        self._today, self._taken = today, taken
        self.clinician.choices = [(str(key), name) for key, name in clinicians]
        self.language.choices = [(code, OWN_NAMES.get(code, code)) for code in languages]
        if len(languages) < 2:
            del self.language

    def validate_born_on(self, field: Any) -> None:
        """Adults only, born within a human life."""
        if field.data is None:
            return
        if not is_believable_birthday(field.data, self._today):
            raise ValidationError(_("Check the year of birth"))
        years = age_years(field.data, self._today)
        if years < ADULT_AT_YEARS:
            raise ValidationError(
                _("This date makes the patient %(years)s. Waymark is for adults of 18 and over.", years=years)
            )

    def validate_email(self, field: Any) -> None:
        """An address as it may be written to; no mail server is asked."""
        if not field.data:
            return
        try:
            field.data = validate_email(field.data, check_deliverability=False).normalized
        except EmailNotValidError:
            raise ValidationError(_("Check this e-mail address. It looks like name@example.org.")) from None

    def validate_seen_on(self, field: Any) -> None:
        """Nobody was seen tomorrow."""
        if field.data and field.data > self._today:
            raise ValidationError(_("This day is still to come. Fill in the day on which they were seen."))

    def validate_reference(self, field: Any) -> None:
        """Each local number is one patient's."""
        if field.data and self._taken(field.data):
            raise ValidationError(_("Another patient has this reference. Check it, or leave it empty."))

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Also what belongs together: a way to reach them, what is safe, and why not."""
        fine = super().validate(extra_validators)
        asked = [self._ask_for_a_way(), self._ask_what_is_safe(), self._ask_about_suitability()]
        return bool(fine and all(asked))

    def _ask_for_a_way(self) -> bool:
        if any(self[name].data for name in ("email", "mobile", "phone", "postal_address")):
            return True
        return _refuse(self.email, _("Fill in one way to reach the patient: e-mail, phone or postal address"))

    def _ask_what_is_safe(self) -> bool:
        fine = True
        for name, contacts in CHANNELS.items():
            if self[name].data is None and any(self[contact].data for contact in contacts):
                fine = _refuse(self[name], _("Choose yes or no: %(way)s", way=self[name].label.text))
        return fine

    def _ask_about_suitability(self) -> bool:
        if self.suitability.data == "seen_and_suitable" and not (self.seen_by.data and self.seen_on.data):
            field = self.seen_on if self.seen_by.data else self.seen_by
            return bool(field.errors) is False and _refuse(
                field, _("Fill in who saw the patient, and on which day")
            )
        if self.suitability.data == "not_suitable" and not self.why_not_suitable.data:
            return _refuse(self.why_not_suitable, _("Write in a few words why it is not suitable now"))
        if self.suitability.data == "prefers_another" and not self.why_another.data:
            return _refuse(self.why_another, _("Write in a few words what the patient prefers"))
        return True

    @property
    def birthday(self) -> date:
        """The date of birth of a form that was well filled in."""
        assert self.born_on.data is not None
        return self.born_on.data

    def changes(self) -> dict[str, Any]:
        """What the form says, by the patient's own column names."""
        said: dict[str, Any] = {name: self[name].data or "" for name in (*PLAIN, "group_name", "note")}
        said |= {name: self[name].data == "yes" for name in CHANNELS}
        said |= {"born_on": self.born_on.data, "needs": list(self.needs.data or [])}
        said["language"] = self.language.data if "language" in self else "en"
        said["clinician_id"] = UUID(self.clinician.data) if self.clinician.data else None
        return (
            said | self._suitability() | ({"reference": self.reference.data} if self.reference.data else {})
        )

    def _suitability(self) -> dict[str, Any]:
        chosen = self.suitability.data
        seen = chosen == "seen_and_suitable"
        why = {"not_suitable": self.why_not_suitable.data, "prefers_another": self.why_another.data}
        return {
            "suitability": chosen,
            "seen_by": (self.seen_by.data or "") if seen else "",
            "seen_on": self.seen_on.data if seen else None,
            "suitability_why": why.get(chosen) or "",
        }

    def fill_from(self, patient: Patient) -> None:
        """Show what is stored (only on the first look: what was typed wins)."""
        if self.is_submitted() or self.refilled:
            return
        for name in (*PLAIN, "group_name", "note", "reference", "needs", "suitability", "seen_by"):
            self[name].data = getattr(patient, name)
        for name in CHANNELS:
            self[name].data = "yes" if getattr(patient, name) else "no"
        _set_date(self.born_on, patient.born_on)
        _set_date(self.seen_on, patient.seen_on)
        self.why_not_suitable.data = self.why_another.data = patient.suitability_why
        self.clinician.data = str(patient.clinician_id) if patient.clinician_id else None
        if "language" in self:
            self.language.data = patient.language


class InviteForm(DetailsForm):
    """The same for somebody who is new, with the question whether they really are."""

    somebody_else = TickField(_l("This is somebody else"))

    def __init__(self, *args: Any, me: UUID | None = None, **kwargs: Any) -> None:
        """*me*: the clinician's own membership, chosen beforehand."""
        super().__init__(*args, **kwargs)
        self.door.validators = [InputRequired(_l("Choose the course or the refresher"))]
        if not self.is_submitted() and not self.refilled and me is not None:
            self.clinician.data = str(me)

    def ask_about_twins(self) -> bool:
        """Mark the question that a likely twin raises; False: nothing is saved before it is answered."""
        return _refuse(
            self.somebody_else, _("We may know this patient already. Look at the record below first.")
        )

    def details(self) -> PatientDetails:
        """The record to make."""
        return PatientDetails(**self.changes())


class ButtonForm(BaseForm):
    """Nothing but its button."""

    keeps_drafts = False


def number_in_words(number: str) -> str:
    """A number as people write it here: "07700 900552"; what is no E.164 number stays as it was typed."""
    if not number.startswith("+"):
        return number
    try:
        parsed = phonenumbers.parse(number, HOME_REGION)
    except phonenumbers.NumberParseException:
        return number
    home = parsed.country_code == phonenumbers.country_code_for_region(HOME_REGION)
    shape = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(parsed, shape))


def _set_date(field: DatePartsField, day: date | None) -> None:
    if day is not None:
        field.process(None, day)


def _refuse(field: Any, words: str) -> bool:
    field.errors = [*field.errors, words]
    return False
