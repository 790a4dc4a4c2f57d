"""The forms of the portal."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired, Length

from webapp.design.widgets import (
    CheckboxesField,
    DatePartsField,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
)
from webapp.engagement import contact_rules
from webapp.foundations.forms import BaseForm

LONGEST_NOTE = 2000
LONGEST_NAME = 100
STAFF = _l("Your team can read this, and the patient may ask to see it.")
LONGEST_PAUSE_DAYS = 182
RING_AGAIN_WITHIN_DAYS = 182

OUTCOMES = {
    "reached_continuing": _l("Spoke to them: carrying on"),
    "reached_plan_changed": _l("Spoke to them: plan changed"),
    "reached_pausing": _l("Spoke to them: pausing"),
    "reached_stopping": _l("Spoke to them: stopping"),
    "worried_about_safety": _l("Worried about safety: followed the service’s procedure"),
    "no_answer": _l("No answer"),
    "voicemail_left": _l("Voicemail left"),
    "wrong_number": _l("Wrong number"),
    "third_party": _l("Somebody else answered"),
    "text_sent": _l("Text sent"),
    "email_sent": _l("E-mail sent"),
    "letter_sent": _l("Letter sent"),
    "message_answered": _l("They answered a message"),
}
LEFT_REASONS = {
    "got_better": _l("They feel better, or have what they needed"),
    "not_relevant": _l("It is not for them"),
    "no_time": _l("No time for it now"),
    "too_unwell": _l("Too unwell"),
    "flare_up": _l("A flare-up"),
    "low_mood": _l("Low mood"),
    "other_health": _l("Another illness or an operation"),
    "technical": _l("Trouble with the website or the phone"),
    "reading": _l("Hard to read or to understand"),
    "wants_people": _l("They would rather meet people"),
    "privacy": _l("Worried about privacy"),
    "no_response": _l("No answer to our calls and letters"),
    "died": _l("They have died. Nothing more is sent"),
    "other": _l("Something else"),
}
ALTERNATIVES = {
    "group": _l("A group"),
    "one_to_one": _l("Appointments in person"),
    "paper": _l("The booklet on paper"),
    "phone": _l("Going through it by phone"),
    "later": _l("Coming back later"),
}
PAUSE_REASONS = {
    "holiday": _l("A holiday"),
    "operation": _l("An operation or a stay in hospital"),
    "flare": _l("A flare-up"),
    "life": _l("A lot going on"),
    "other": _l("Something else"),
}
HIDE = {
    "until": _l("Show again on a date"),
    "dismiss": _l("No call is needed now: show again in 28 days, or when something new happens"),
    "do_not_ring": _l("They asked not to be rung: show only what they ask for"),
}
_TOO_LONG = Length(max=LONGEST_NOTE, message=_l("Make it shorter: at most 2,000 letters"))


class CallForm(BaseForm):
    """What came of a call: an outcome and one button. Everything else may be left out."""

    outcome = RadiosField(
        _l("What came of it?"),
        choices=list(OUTCOMES.items()),
        validators=[InputRequired(_l("Choose what came of it"))],
    )
    pause_until = DatePartsField(_l("Pausing until (leave empty if they do not know)"))
    left_reason = SelectField(_l("Why are they stopping?"), choices=list(LEFT_REASONS.items()))
    handed_to = TextField(
        _l("Handed over to (their name)"),
        description=_l("An alert is made at once. It closes only with the name of who took it."),
        validators=[Length(max=LONGEST_NAME, message=_l("Make it shorter: at most 100 letters"))],
    )
    offered = CheckboxesField(_l("What did you offer instead?"), choices=list(ALTERNATIVES.items()))
    ring_again_on = DatePartsField(_l("Ring again on (if you agreed a day)"))
    note = TextareaField(_l("Note (if you need one)"), read_by=STAFF, rows=2, validators=[_TOO_LONG])

    def __init__(self, today: date, *, voicemail_is_safe: bool, **kwargs: Any) -> None:
        """``today`` limits the days; without a safe voicemail that outcome is not offered."""
        super().__init__(**kwargs)
        self.pause_until.earliest = self.ring_again_on.earliest = today + timedelta(days=1)
        self.pause_until.latest = today + timedelta(days=LONGEST_PAUSE_DAYS)
        self.ring_again_on.latest = today + timedelta(days=RING_AGAIN_WITHIN_DAYS)
        if not voicemail_is_safe:
            self.outcome.choices = [one for one in OUTCOMES.items() if one[0] != "voicemail_left"]

    def validate(self, extra_validators: Any = None) -> bool:
        """Stopping needs its reason; the rest of the form does not."""
        fine = super().validate(extra_validators)
        if self.outcome.data == "reached_stopping" and not self.left_reason.data:
            self.left_reason.errors = [*self.left_reason.errors, _l("Choose why they are stopping")]
            return False
        return fine


class HideForm(BaseForm):
    """Snooze or dismiss a row of the worklist, with a reason."""

    how = RadiosField(
        _l("What should happen?"),
        choices=list(HIDE.items()),
        validators=[InputRequired(_l("Choose what should happen"))],
    )
    until_on = DatePartsField(_l("Show again on"))
    why = TextField(
        _l("Why?"),
        validators=[
            InputRequired(_l("Say why, in a few words")),
            Length(max=200, message=_l("Make it shorter: at most 200 letters")),
        ],
    )

    def __init__(self, today: date, **kwargs: Any) -> None:
        """``today``: a row is shown again on a later day."""
        super().__init__(**kwargs)
        self.until_on.earliest = today + timedelta(days=1)
        self.until_on.latest = today + timedelta(days=RING_AGAIN_WITHIN_DAYS)

    def validate(self, extra_validators: Any = None) -> bool:
        """A snooze needs its day."""
        fine = super().validate(extra_validators)
        if self.how.data == "until" and self.until_on.data is None and not self.until_on.errors:
            self.until_on.errors = [_l("Fill in the day on which to show it again")]
            return False
        return fine


class PauseForm(BaseForm):
    """Pause for the patient: no messages, no flags."""

    why = RadiosField(
        _l("Why are they pausing?"),
        choices=list(PAUSE_REASONS.items()),
        validators=[InputRequired(_l("Choose why they are pausing"))],
    )
    until_on = DatePartsField(_l("They come back on (leave empty if they do not know)"))

    def __init__(self, today: date, **kwargs: Any) -> None:
        """``today``: the return lies behind it."""
        super().__init__(**kwargs)
        self.until_on.earliest = today + timedelta(days=1)
        self.until_on.latest = today + timedelta(days=LONGEST_PAUSE_DAYS)


class LeaveForm(BaseForm):
    """The patient has left, with a reason."""

    reason = RadiosField(
        _l("Why have they stopped?"),
        choices=list(LEFT_REASONS.items()),
        validators=[InputRequired(_l("Choose why they have stopped"))],
    )


class ButtonForm(BaseForm):
    """A form that is one button: come back, undo, read, show again."""

    keeps_drafts = False


assert tuple(OUTCOMES) == contact_rules.OUTCOMES and tuple(LEFT_REASONS) == contact_rules.LEFT_REASONS
assert (
    tuple(ALTERNATIVES) == contact_rules.ALTERNATIVES and tuple(PAUSE_REASONS) == contact_rules.PAUSE_REASONS
)
