"""The forms of a service's settings. Each says what it reads from the service and what it changes."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField, ValidationError
from wtforms.validators import Email, InputRequired, Length, Optional

from webapp.design.widgets import (
    CheckboxesField,
    DatePartsField,
    EmailField,
    NumberField,
    RadiosField,
    TextareaField,
    TextField,
    TickField,
)
from webapp.design.widgets.texts import Input
from webapp.foundations.forms import BaseForm

from .models import Service
from .names import as_number
from .number_settings import Section
from .service_settings import is_small_png

PATIENTS_READ = _l("Your patients can read this.")
WEEKDAYS = {
    "mon": _l("Monday"), "tue": _l("Tuesday"), "wed": _l("Wednesday"), "thu": _l("Thursday"),
    "fri": _l("Friday"), "sat": _l("Saturday"), "sun": _l("Sunday"),
}  # fmt: skip
RHYTHMS = [
    ("weekly", _l("A module every week")),
    ("fortnightly", _l("A module every two weeks")),
    ("own_speed", _l("My own speed")),
]
NATIONS = [
    ("england", _l("England")),
    ("wales", _l("Wales")),
    ("scotland", _l("Scotland")),
    ("northern_ireland", _l("Northern Ireland")),
]
ROLES = [
    ("clinician", _l("Clinician: sees patients, reads answers, rings and invites")),
    ("caller", _l("Makes calls: sees names and the call list, not the answers")),
    ("author", _l("Writes the content: sees no patient")),
    ("lead", _l("Leads the service: as a clinician, and these settings")),
]


class SettingsForm(BaseForm):
    """A form whose fields are fields of the service, unless it says otherwise."""

    fields_of_service: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def of(cls, service: Service) -> SettingsForm:
        """The form filled in with what holds now."""
        return cls(data=cls.read(service), current_version=service.version)

    @classmethod
    def read(cls, service: Service) -> dict[str, Any]:
        """What stands in the fields at first."""
        return {name: getattr(service, name) for name in cls.fields_of_service}

    def changes(self) -> dict[str, Any]:
        """What is to be changed in the service."""
        return {name: self[name].data for name in self.fields_of_service}


class NameForm(SettingsForm):
    """What the service is called."""

    fields_of_service = ("name", "sender_name")
    name = TextField(
        _l("Name of the service"), validators=[InputRequired(_l("Write the name")), Length(max=80)]
    )
    sender_name = TextField(
        _l("Name on e-mails and envelopes"),
        description=_l("Neutral: somebody else may see it. Leave out the word pain."),
        validators=[InputRequired(_l("Write a neutral name")), Length(max=40)],
    )

    def validate_sender_name(self, field: Any) -> None:
        """Nobody's lock screen or door mat says what they live with."""
        if re.search(r"\b(pain|poen)\b", field.data or "", re.IGNORECASE):
            raise ValidationError(_("Choose a name without the word pain"))


class ContactForm(SettingsForm):
    """How patients reach the team."""

    fields_of_service = ("phone", "email", "postal_address", "contact_lines")
    phone = TextField(
        _l("Telephone"), validators=[Optional(), Length(max=40)], render_kw={"inputmode": "tel"}
    )
    email = EmailField(_l("E-mail"), validators=[Optional(), Email(_l("Type an e-mail address"))])
    postal_address = TextareaField(
        _l("Postal address"), description=_l("Also the return address of letters. Neutral."),
        read_by=PATIENTS_READ, rows=4, validators=[Length(max=400)],
    )  # fmt: skip
    contact_lines = TextareaField(
        _l("How to reach the team, in your own words"),
        read_by=PATIENTS_READ,
        rows=4,
        validators=[Length(max=600)],
    )

    def validate_phone(self, field: Any) -> None:
        """A number that can be rung."""
        if field.data and as_number(field.data) is None:
            raise ValidationError(_("Type a telephone number, like 01632 960100"))


class PlaceForm(SettingsForm):
    """Nation and languages."""

    fields_of_service = ("nation", "languages")
    nation = RadiosField(_l("Nation"), choices=NATIONS, validators=[InputRequired(_l("Choose a nation"))])
    languages = CheckboxesField(
        _l("Languages that patients may choose"),
        choices=[("en", "English"), ("cy", _l("Cymraeg (Welsh): a draft, not checked by a translator"))],
    )

    def validate_languages(self, field: Any) -> None:
        """The checked text is English."""
        if "en" not in (field.data or []):
            raise ValidationError(_("English stays: it is the checked text"))


class CourseForm(SettingsForm):
    """The course's rhythm and the team's promises."""

    fields_of_service = (
        "rhythm", "calls_within_working_days", "answers_read_within_working_days", "calls_a_week",
    )  # fmt: skip
    rhythm = RadiosField(
        _l("Rhythm offered first"), choices=RHYTHMS, validators=[InputRequired(_l("Choose one"))]
    )
    calls_within_working_days = NumberField(
        _l("We ring who asks for a call within"), whole=True, least=1, most=10, unit=_l("working days"),
        validators=[InputRequired(_l("Write a number of days"))],
    )  # fmt: skip
    answers_read_within_working_days = NumberField(
        _l("We read new questionnaires within"), whole=True, least=1, most=20, unit=_l("working days"),
        validators=[InputRequired(_l("Write a number of days"))],
    )  # fmt: skip
    calls_a_week = NumberField(
        _l("Calls that a clinician has time for in a week"), whole=True, least=0, most=200, unit=_l("calls"),
        validators=[InputRequired(_l("Write a number of calls"))],
    )  # fmt: skip

    def changes(self) -> dict[str, Any]:
        """Numbers are whole."""
        found = super().changes()
        return {key: int(value) if self[key].type == "NumberField" else value for key, value in found.items()}


class SafetyOfficerForm(SettingsForm):
    """Who answers for clinical safety."""

    fields_of_service = ("safety_officer",)
    safety_officer = TextField(
        _l("Name of the clinical safety officer"),
        description=_l("A registered clinician, as DCB0160 asks. Leave it empty if there is none yet."),
        validators=[Length(max=100)],
    )


class HoursForm(SettingsForm):
    """When the team works, day by day. Two empty boxes are a closed day."""

    @classmethod
    def read(cls, service: Service) -> dict[str, Any]:
        """The boxes of each day."""
        open_days = {day: service.hours.get(day, ["", ""]) for day in WEEKDAYS}
        return {
            f"{day}_{end}": times[at]
            for day, times in open_days.items()
            for at, end in enumerate(("from", "to"))
        }

    def changes(self) -> dict[str, Any]:
        """The open days."""
        times = {day: [self[f"{day}_from"].data, self[f"{day}_to"].data] for day in WEEKDAYS}
        return {"hours": {day: both for day, both in times.items() if all(both)}}

    def validate(self, extra_validators: Any = None) -> bool:
        """Each day has two times in their order, or none."""
        fine = super().validate(extra_validators)
        for day in WEEKDAYS:
            begins, ends = self[f"{day}_from"], self[f"{day}_to"]
            if not begins.errors and not ends.errors and not _in_order(begins.data, ends.data):
                ends.errors, fine = [_("Write when this day begins and, later, when it ends")], False
        return fine


def _in_order(begins: str | None, ends: str | None) -> bool:
    return (not begins and not ends) or bool(begins and ends and begins < ends)


def _a_time(_form: Any, field: Any) -> None:
    if not field.data:
        field.data = ""
        return
    match = re.fullmatch(r"([01]?\d|2[0-3])[:.]([0-5]\d)", field.data)
    if match is None:
        raise ValidationError(_("Write a time, like 09:00"))
    field.data = f"{int(match[1]):02}:{match[2]}"


for _day, _name in WEEKDAYS.items():
    setattr(
        HoursForm, f"{_day}_from", TextField(_l("%(day)s from", day=_name), [_a_time], render_kw={"width": 5})
    )
    setattr(
        HoursForm, f"{_day}_to", TextField(_l("%(day)s to", day=_name), [_a_time], render_kw={"width": 5})
    )


class ClosureForm(BaseForm):
    """One day on which nobody works."""

    day = DatePartsField(_l("A day on which nobody works"), missing=_l("Write the day"))


class CrisisLineForm(BaseForm):
    """One number for a crisis."""

    name = TextField(_l("Who answers"), validators=[InputRequired(_l("Write who answers")), Length(max=80)])
    number = TextField(
        _l("Number"),
        validators=[InputRequired(_l("Write the number")), Length(max=30)],
        render_kw={"inputmode": "tel"},
    )
    how = TextField(_l("When, and what it costs"), validators=[Length(max=120)])

    def validate_number(self, field: Any) -> None:
        """Digits, as they are dialled: 111, 116 123, 01632 960100."""
        if field.data and not re.fullmatch(r"\+?[\d ]{3,20}", field.data):
            raise ValidationError(_("Write the number in digits, like 116 123"))


class LogoForm(BaseForm):
    """A logo: a small PNG."""

    keeps_drafts = False
    logo = FileField(
        _l("Picture file"), description=_l("A PNG of at most 60 kB."), widget=Input(type="file"),
    )  # fmt: skip

    def validate_logo(self, field: Any) -> None:
        """Judge the file by its bytes."""
        file = field.data.read() if hasattr(field.data, "read") else b""
        if not file:
            raise ValidationError(_("Choose a picture file"))
        if not is_small_png(file):
            raise ValidationError(_("Choose a PNG picture of at most 60 kB and 2,000 pixels a side"))
        field.data = file


class SignNumbersForm(BaseForm):
    """Somebody answers for the numbers."""

    name = TextField(_l("Who signs"), validators=[InputRequired(_l("Write the name")), Length(max=100)])
    read = TickField(
        _l("I have read every number and its source, and we use them in our service"),
        validators=[InputRequired(_l("Tick this once you have read the numbers"))],
    )


class ColleagueForm(BaseForm):
    """Somebody who is to work in the service."""

    name = TextField(_l("Their name"), validators=[InputRequired(_l("Write their name")), Length(max=100)])
    email = EmailField(
        _l("Their e-mail at work"), validators=[Email(_l("Type an e-mail address")), Length(max=254)]
    )
    role = RadiosField(
        _l("What they do"), choices=ROLES, validators=[InputRequired(_l("Choose what they do"))]
    )


class RoleForm(BaseForm):
    """Another role for a colleague, and how many calls a week they have time for."""

    role = RadiosField(
        _l("What they do"), choices=ROLES, validators=[InputRequired(_l("Choose what they do"))]
    )
    calls_a_week = NumberField(
        _l("Calls that they have time for in a week"), whole=True, least=0, most=200, unit=_l("calls"),
        validators=[Optional()],
    )  # fmt: skip

    def __init__(self, usual: int, **kwargs: Any) -> None:
        """``usual``: the service's own number, which counts where this one is empty."""
        super().__init__(**kwargs)
        self.calls_a_week.description = _(
            "Leave it empty for the usual number of your service: %(number)s.", number=usual
        )

    def calls(self) -> int | None:
        """The number that was written, or None."""
        return None if self.calls_a_week.data is None else int(self.calls_a_week.data)


class NewServiceForm(NameForm):
    """A new service, with its two names."""


def numbers_form(section: Section, present: dict[str, Any], version: int) -> BaseForm:
    """A form with one box for each number of the section."""
    boxes = {
        one.key: NumberField(
            one.label, whole=one.whole, least=Decimal(str(one.low)), most=Decimal(str(one.high)),
            unit=one.unit, description=one.source,
            validators=[InputRequired(_l("Write a number"))],
        )
        for one in section.settings
    }  # fmt: skip
    form = type("NumbersForm", (BaseForm,), boxes)
    made: BaseForm = form(data=present, current_version=version)
    return made
