"""The forms of stopping and of coming back."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import InputRequired

from webapp.design.widgets import RadiosField
from webapp.engagement.contact_rules import LEFT_REASONS, SAID_BY_STAFF_ONLY
from webapp.foundations.forms import BaseForm

REASONS = {
    "got_better": _l("I feel better, or I have what I needed"),
    "not_relevant": _l("It is not for me"),
    "no_time": _l("I have no time for it now"),
    "too_unwell": _l("I am too unwell for it"),
    "flare_up": _l("I am having a flare-up"),
    "low_mood": _l("My mood is low"),
    "other_health": _l("Another illness or an operation"),
    "technical": _l("Trouble with the website or my phone"),
    "reading": _l("It is hard to read or to understand"),
    "wants_people": _l("I would rather meet people"),
    "privacy": _l("I worry about privacy"),
    "other": _l("Something else, or I would rather not say"),
}
"""The patient's own words for the codes of the call log, in its order."""
assert tuple(REASONS) == tuple(code for code in LEFT_REASONS if code not in SAID_BY_STAFF_ONLY)


class LeaveForm(BaseForm):
    """Why the patient stops."""

    keeps_drafts = False
    reason = RadiosField(
        _l("What is the main reason?"),
        description=_l("Your team sees this answer. It helps them to do better."),
        choices=list(REASONS.items()),
        validators=[InputRequired(_l("Choose what fits best. The last one is fine too"))],
    )


class BackForm(BaseForm):
    """One of two ways back, by its button."""

    keeps_drafts = False
    said = HiddenField()
