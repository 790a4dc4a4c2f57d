"""The form of the reports room."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.validators import DataRequired, Length

from webapp.design.widgets import TextareaField
from webapp.foundations.forms import BaseForm

LONGEST_REASON = 300
WHO_READS = _l("Whoever leads this service can read this.")


class ServiceCopyForm(BaseForm):
    """Why everything is copied."""

    why = TextareaField(
        _l("What is this copy for?"),
        description=_l("For example: the yearly report to the board. Do not name a patient."),
        read_by=WHO_READS,
        rows=2,
        filters=[lambda text: text.strip() if text else text],
        validators=[
            DataRequired(_l("Say what this copy is for.")),
            Length(max=LONGEST_REASON, message=_l("Please use at most %(max)d letters.")),
        ],
    )
