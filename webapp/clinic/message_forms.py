"""The forms about messages that do not arrive: one address by hand, or the list of a mail system."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField, ValidationError
from wtforms.validators import InputRequired, Length

from webapp.design.widgets import DatePartsField, Input, RadiosField, TextField
from webapp.foundations.forms import BaseForm
from webapp.people.rules_import import FileTrouble, Unreadable
from webapp.reminders import bounce_rules
from webapp.reminders.bounce_rules import Fault, Faulty, Sheet, Why

WHY = {
    Why.UNKNOWN: _l("Nobody has this address or number"),
    Why.FULL: _l("The mailbox is full"),
    Why.REFUSED: _l("The other side does not take our messages"),
    Why.MOVED: _l("They have another address or number now"),
    Why.WRONG_PERSON: _l("It reaches somebody else"),
    Why.GAVE_UP: _l("We tried for two days, without an answer"),
    Why.OTHER: _l("Something else"),
}
WAYS = {"email": _l("E-mail"), "text": _l("Text message"), "letter": _l("Letter")}


def _why_field(*left_out: Why) -> RadiosField:
    return RadiosField(
        _l("Why does it not arrive?"),
        choices=[(why.value, words) for why, words in WHY.items() if why not in left_out],
        validators=[InputRequired(_l("Choose why it does not arrive"))],
    )


class AddressForm(BaseForm):
    """An e-mail address or number that came back, whoever has it."""

    address = TextField(
        _l("The e-mail address or number"),
        description=_l("As it stands in the message that came back."),
        validators=[
            InputRequired(_l("Fill in the address or number that came back")),
            Length(max=bounce_rules.LONGEST_ADDRESS, message=_l("Make it shorter: at most 254 letters")),
        ],
    )
    why = _why_field()

    def validate_address(self, field: Any) -> None:
        """An @ or at least six digits."""
        if "@" not in field.data and not bounce_rules.is_number(field.data):
            raise ValidationError(
                _("Fill in an e-mail address or a number, like asha@example.org or 07700 900552")
            )


class PatientWayForm(BaseForm):
    """By which way messages to one patient do not arrive."""

    channel = RadiosField(
        _l("What does not arrive?"), validators=[InputRequired(_l("Choose what does not arrive"))]
    )
    why = _why_field()
    since_on = DatePartsField(_l("Since when? (leave empty for today)"))

    def __init__(self, addresses: Sequence[tuple[str, str]], today: date, **kwargs: Any) -> None:
        """``addresses``: (way, address) of what the record has."""
        super().__init__(**kwargs)
        self.channel.choices = [(way, f"{WAYS[way]}: {address}") for way, address in addresses]
        self.since_on.latest = today


class BounceFileForm(BaseForm):
    """The file. ``sheet`` is what could be read of it."""

    keeps_drafts = False
    sheet: Sheet
    file = FileField(
        _l("The list of your mail system"),
        description=_l("A CSV file of at most 60 kB and 1,000 lines."),
        widget=Input(type="file"),
    )

    def __init__(self, today: date, **kwargs: Any) -> None:
        """``today``: nothing can have come back later."""
        super().__init__(**kwargs)
        self._today = today

    def validate_file(self, field: Any) -> None:
        """Read it; kind words if that cannot be done."""
        sent = field.data.read() if hasattr(field.data, "read") else b""
        if not sent and not getattr(field.data, "filename", ""):
            raise ValidationError(_("Choose the file with the list"))
        try:
            self.sheet = bounce_rules.read(sent, self._today)
        except Unreadable as refusal:
            raise ValidationError(_about_file(refusal.trouble)) from None
        if self.sheet.faults:
            raise ValidationError(
                _("Nothing was kept. Put right what the table says, then send the list again.")
            )

    @property
    def faults(self) -> list[tuple[int, str, str]]:
        """(line, what is there, what to do) of what is wrong, the first hundred."""
        found = getattr(self, "sheet", None)
        faults = found.faults[: bounce_rules.MOST_FAULTS] if found else ()
        return [(one.line, one.typed, _what_to_do(one)) for one in faults]


def _about_file(trouble: FileTrouble) -> str:
    words = {
        FileTrouble.EMPTY: _("This file is empty. Choose the file with the list."),
        FileTrouble.TOO_LARGE: _("This file is too large. Send at most 60 kB: cut the list into two files."),
        FileTrouble.WORKBOOK: _("This is an Excel workbook. Save it as a CSV file first."),
        FileTrouble.NOT_A_CSV: _("This is not a CSV file. Save your list as CSV first."),
        FileTrouble.OPEN_QUOTE: _(
            "A quotation mark has no partner in this file. Save the list as CSV again."
        ),
        FileTrouble.NO_PEOPLE: _("Only the first line is filled in. Add one line for each address."),
        FileTrouble.TOO_MANY_PEOPLE: _(
            "There are more than %(most)s lines in this file. Cut the list into two files.",
            most=bounce_rules.MOST_ROWS,
        ),
    }
    return str(words[trouble])


def _what_to_do(fault: Faulty) -> str:
    words = {
        Fault.NO_ADDRESS_COLUMN: _("Call one column “address”. The others are “reason” and “date”."),
        Fault.NO_ADDRESS: _("Fill in the address, or delete the line."),
        Fault.NOT_AN_ADDRESS: _("Write an e-mail address or a telephone number."),
        Fault.DATE: _("Write the date like 22/11/2026 or 2026-11-22, or leave it empty."),
        Fault.STILL_TO_COME: _("This day is still to come. Check the date."),
    }
    return str(words[fault.fault])
