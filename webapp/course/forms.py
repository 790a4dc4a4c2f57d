"""The forms of the course besides the exercises: next, later, go on now, share, pause, rhythm."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, ValidationError
from wtforms.validators import InputRequired

from webapp.design.widgets import DatePartsField, RadiosField
from webapp.foundations.forms import BaseForm


class StepForm(BaseForm):
    """One button: the page was read, or one of the other steps was taken."""

    keeps_drafts = False


class ShareForm(BaseForm):
    """Share one exercise with the team, or take it back. What is being typed into it meanwhile stays a draft."""

    keeps_drafts = False
    thing = HiddenField()
    share = HiddenField()


class TapForm(BaseForm):
    """One tap that says something by its button (``said``)."""

    keeps_drafts = False
    said = HiddenField()


RHYTHMS = [
    ("weekly", _l("A module every week")),
    ("fortnightly", _l("A module every two weeks")),
    ("own_speed", _l("My own speed")),
]


class RhythmForm(BaseForm):
    """How often the next module opens."""

    rhythm = RadiosField(
        _l("How often would you like the next module to open?"),
        choices=RHYTHMS,
        validators=[InputRequired(_l("Choose a rhythm"))],
    )


WHY_PAUSED = [
    ("holiday", _l("A holiday")),
    ("operation", _l("An operation or treatment")),
    ("flare", _l("A hard patch with my pain")),
    ("life", _l("Life is busy")),
    ("other", _l("Something else, or I would rather not say")),
]


LONGEST_PAUSE_DAYS = 366
"""A day of return lies within a year: a year that was mistyped would stop every message for good."""


class PauseForm(BaseForm):
    """Stop messages and dates for a while."""

    until = RadiosField(
        _l("How long would you like to pause?"),
        choices=[
            ("open", _l("Until I come back")),
            ("date", _l("Until a day that I choose")),
        ],
        validators=[InputRequired(_l("Choose how long to pause"))],
    )
    until_on = DatePartsField(_l("The day when you would like to come back"))
    why = RadiosField(
        _l("Why would you like to pause?"),
        choices=WHY_PAUSED,
        description=_l("Your team sees this answer. You can leave it out."),
    )

    def __init__(self, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(**kwargs)
        self.until_on.latest = today + timedelta(days=LONGEST_PAUSE_DAYS)

    def validate_until_on(self, field: DatePartsField) -> None:
        """A day of return lies ahead."""
        if self.until.data == "date" and (field.data is None or field.data <= self.today):
            raise ValidationError(_("Choose a day after today"))

    @property
    def back_on(self) -> date | None:
        """The day of return, None for an open pause."""
        return self.until_on.data if self.until.data == "date" else None
