"""The forms behind a message's link, and of a rest from messages. Signed out, the secret in the address is the proof."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from webapp.design.widgets import DatePartsField, RadiosField
from webapp.foundations.forms import BaseForm
from webapp.foundations.languages import in_words

from .answer_rules import LONGEST_QUIET_DAYS, MOST_DAYS, OFFERED_DAYS

ANOTHER_DAY = "another"


class _SignedOut:
    """No session, so no token of one: whoever can send this form holds the secret already."""

    keeps_drafts = False

    class Meta(BaseForm.Meta):
        """The library's own token rests on a session."""

        csrf = False


class SendForm(_SignedOut, BaseForm):
    """One button."""


class NotForMeForm(_SignedOut, BaseForm):
    """Two buttons: may somebody get in touch, or not?"""

    get_in_touch = RadiosField(
        choices=[("yes", ""), ("no", "")], validators=[InputRequired(_l("Tap one of the two buttons"))]
    )


class RestForm(BaseForm):
    """The first day on which we may write again."""

    keeps_drafts = False
    day = RadiosField(
        _l("From which day may we write again?"), validators=[InputRequired(_l("Choose a day"))]
    )
    on = DatePartsField(_l("The day"))

    def __init__(self, today: date, *, most_days: int = LONGEST_QUIET_DAYS, **kwargs: Any) -> None:
        """``today``: the service's local day. ``most_days``: the furthest day from today."""
        super().__init__(**kwargs)
        self._today = today
        self.on.earliest, self.on.latest = today + timedelta(days=1), today + timedelta(days=most_days)
        self.day.choices = [
            *((str(days), self._said(days)) for days in OFFERED_DAYS),
            (ANOTHER_DAY, _("Another day")),
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """A day that is not asked for is not looked at; one that is must be there."""
        if self.day.data != ANOTHER_DAY:
            self.on.typed = dict.fromkeys(self.on.typed, "")
        fine = super().validate(extra_validators)
        if self.day.data == ANOTHER_DAY and self.on.data is None and not self.on.errors:
            self.on.errors = [_("Fill in the day")]
            return False
        return fine

    @property
    def first_day(self) -> date:
        """The day that was chosen, once the form is valid."""
        if self.day.data == ANOTHER_DAY:
            assert self.on.data is not None
            return self.on.data
        return self._today + timedelta(days=int(self.day.data))

    def _said(self, days: int) -> str:
        day = in_words(self._today + timedelta(days=days))
        words = {
            1: _("Tomorrow, %(day)s", day=day),
            7: _("In a week, %(day)s", day=day),
            14: _("In two weeks, %(day)s", day=day),
            28: _("In four weeks, %(day)s", day=day),
        }
        return str(words[days])


class LinkRestForm(_SignedOut, RestForm):
    """The same by a link, at most 28 days on."""

    def __init__(self, today: date, **kwargs: Any) -> None:
        """``today``: the service's local day."""
        super().__init__(today, most_days=MOST_DAYS, **kwargs)
