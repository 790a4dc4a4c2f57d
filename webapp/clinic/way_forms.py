"""How a patient takes part: online, on paper or by phone, and when somebody rings next."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired, StopValidation

from webapp.design.widgets import DatePartsField, RadiosField
from webapp.foundations.forms import BaseForm

WAYS = {
    "online": _l("Online"),
    "paper": _l("On paper: we send the booklets"),
    "phone": _l("By phone: we go through it together"),
}
FURTHEST_CALL_DAYS = 60


class WayForm(BaseForm):
    """On paper and by phone nobody is silent: a day for the next call stands in the place of the clock."""

    way = RadiosField(
        _l("How do they take part?"),
        choices=list(WAYS.items()),
        validators=[InputRequired(_l("Choose how they take part"))],
    )
    ring_on = DatePartsField(_l("When shall we ring next? (on paper or by phone)"))

    def __init__(self, today: date, has_call_ahead: bool, **kwargs: Any) -> None:
        """``today``: the call lies on it or behind it; ``has_call_ahead``: one is agreed, so none must be named."""
        super().__init__(**kwargs)
        self.ring_on.earliest = today
        self.ring_on.latest = today + timedelta(days=FURTHEST_CALL_DAYS)
        self._has_call_ahead = has_call_ahead

    def validate_ring_on(self, field: DatePartsField) -> None:
        """Refuse paper and phone without a day for a call: nobody would think of this patient."""
        if self.way.data in ("paper", "phone") and field.data is None and not self._has_call_ahead:
            raise StopValidation(_l("Name a day on which somebody rings, so that they are not forgotten"))
