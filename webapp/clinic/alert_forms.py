"""The forms of alerts: what was done, to whom it is passed on, why it is opened again; and who covers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired, Length

from webapp.design.widgets import (
    DatePartsField,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
    TickField,
)
from webapp.foundations.forms import BaseForm
from webapp.safety.rules import Action, what_is_missing
from webapp.safety.service import Person

from .forms import LONGEST_NAME, LONGEST_NOTE, STAFF

ACTIONS = {
    Action.SPOKE: _l("Spoke to them"),
    Action.NO_ANSWER: _l("Tried to reach them, no answer (the alert stays open)"),
    Action.SEEN_IN_PERSON: _l("Saw them in person"),
    Action.TOLD_GP: _l("Told their GP"),
    Action.CRISIS_TEAM: _l("Handed over to a crisis team or an emergency service"),
    Action.PROCEDURE: _l("Followed the service’s procedure, and handed over"),
    Action.ALREADY_KNOWN: _l("Known already, and somebody looks after it (say who in the note)"),
    Action.OTHER: _l("Something else (say what in the note)"),
}
PATIENTS_READ = _l("Your patients can read this.")
_TOO_LONG = Length(max=LONGEST_NOTE, message=_l("Make it shorter: at most 2,000 letters"))
_NAME_TOO_LONG = Length(max=LONGEST_NAME, message=_l("Make it shorter: at most 100 letters"))


class AlertForm(BaseForm):
    """A form about one alert: it notices that somebody did something with it meanwhile."""

    stale = False

    def validate(self, extra_validators: Any = None) -> bool:
        """As every form; ``stale`` says whether the alert has changed since its page was drawn."""
        fine = super().validate(extra_validators)
        self.stale = bool(self.form_errors)
        return fine


class TapForm(AlertForm):
    """One button: seen, taken on, closed."""

    keeps_drafts = False


class ActionForm(AlertForm):
    """What was done about an alert."""

    action = RadiosField(
        _l("What was done?"),
        choices=[(action.value, words) for action, words in ACTIONS.items()],
        validators=[InputRequired(_l("Choose what was done"))],
    )
    handed_to = TextField(
        _l("Who took it?"),
        description=_l("Their name. Needed if you told the GP or handed it over."),
        validators=[_NAME_TOO_LONG],
    )
    note = TextareaField(_l("Note"), read_by=STAFF, rows=3, validators=[_TOO_LONG])

    def validate(self, extra_validators: Any = None) -> bool:
        """Handing over needs a name; what is not on the list needs a note."""
        fine = super().validate(extra_validators)
        if self.action.errors:
            return fine
        missing = what_is_missing(Action(self.action.data), self.note.data or "", self.handed_to.data or "")
        if missing == "handed_to":
            self.handed_to.errors = [*self.handed_to.errors, _l("Write the name of who took it")]
        if missing == "note":
            self.note.errors = [*self.note.errors, _l("Write a few words about it")]
        return fine and missing is None


class PassOnForm(AlertForm):
    """A colleague who is asked to take it."""

    to = SelectField(
        _l("Ask a colleague to take it"),
        choices=[],
        validators=[InputRequired(_l("Choose a colleague"))],
    )

    def __init__(self, colleagues: Sequence[Person], **kwargs: Any) -> None:
        """``colleagues``: everybody else who may read answers."""
        super().__init__(**kwargs)
        self.to.choices = [(str(one.account_id), one.name) for one in colleagues]


class OpenAgainForm(AlertForm):
    """Why a closed alert is opened again."""

    why = TextareaField(
        _l("Why is it opened again?"),
        read_by=STAFF,
        rows=2,
        validators=[InputRequired(_l("Say why, in a few words")), _TOO_LONG],
    )


class CoverForm(BaseForm):
    """Who owns alerts, who is the deputy, who is away, and what happens out of hours."""

    owner = SelectField(_l("Who owns alerts"), choices=[])
    owner_away_until = DatePartsField(_l("The owner’s last day away (leave empty if they are here)"))
    deputy = SelectField(_l("Who is the deputy"), choices=[])
    deputy_away_until = DatePartsField(_l("The deputy’s last day away (leave empty if they are here)"))
    out_of_hours = TextareaField(
        _l("What happens out of hours"),
        description=_l("Short sentences. Say whom to ring at night and at weekends."),
        read_by=PATIENTS_READ,
        rows=4,
        validators=[Length(max=600, message=_l("Make it shorter: at most 600 letters"))],
    )

    def __init__(self, colleagues: Sequence[Person], today: date, **kwargs: Any) -> None:
        """``colleagues``: everybody who may read answers. Days away lie before no day but ``today``."""
        super().__init__(**kwargs)
        named = [(str(one.account_id), one.name) for one in colleagues]
        self.owner.choices = self.deputy.choices = named
        self.owner_away_until.earliest = self.deputy_away_until.earliest = today

    def validate(self, extra_validators: Any = None) -> bool:
        """The deputy is somebody else."""
        fine = super().validate(extra_validators)
        if self.owner.data and self.owner.data == self.deputy.data:
            self.deputy.errors = [*self.deputy.errors, _l("Choose somebody else as deputy")]
            return False
        return fine

    def changes(self) -> dict[str, Any]:
        """What is to be changed in the cover."""
        return {
            "owner_account_id": UUID(self.owner.data) if self.owner.data else None,
            "deputy_account_id": UUID(self.deputy.data) if self.deputy.data else None,
            "owner_away_until": self.owner_away_until.data,
            "deputy_away_until": self.deputy_away_until.data,
            "out_of_hours": (self.out_of_hours.data or "").strip(),
        }


class ItemNineForm(BaseForm):
    """Switching the question on, after reading what to expect."""

    keeps_drafts = False
    read = TickField(
        _l("We have read this, and we have time for it"),
        validators=[InputRequired(_l("Tick this once your team has read it and has time for it"))],
    )
