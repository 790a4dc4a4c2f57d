"""The form of *My messages*: which, and by which way first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from webapp.design.widgets import CheckboxesField, RadiosField
from webapp.foundations.forms import BaseForm

from .rules import Group

GROUPS = {
    Group.WEEKLY: _l("What you did in the week, and half-way"),
    Group.NUDGES: _l("A friendly line when it has been quiet for a while"),
    Group.GOALS: _l("A goal of yours is ready to look back on"),
    Group.QUESTIONS: _l("A few questions are open for you"),
    Group.BOOSTERS: _l("A short booster after the course"),
}
"""What can be left out, in the order in which it is asked."""

WAYS = {"email": _l("E-mail"), "text": _l("Text message"), "letter": _l("Letter by post")}


class TapForm(BaseForm):
    """One tap: stop, or start again."""

    keeps_drafts = False


class MessagesForm(BaseForm):
    """Which messages the patient wants, and which way comes first where there are two."""

    keeps_drafts = False
    wanted = CheckboxesField(
        _l("What would you like us to write about?"),
        description=_l("Untick what you do not want."),
        choices=[(group.value, words) for group, words in GROUPS.items()],
    )
    way = RadiosField(_l("Which way should come first?"))

    def __init__(self, ways: Sequence[str], **kwargs: Any) -> None:
        """``ways``: e-mail and text, as far as both are on; a single one is not asked about."""
        super().__init__(**kwargs)
        self.way.choices = [(way, WAYS[way]) for way in ways]
        if len(ways) < 2:
            del self.way

    @property
    def left_out(self) -> tuple[Group, ...]:
        """The groups without a tick."""
        return tuple(group for group in GROUPS if group.value not in (self.wanted.data or ()))

    @property
    def first_way(self) -> str:
        """The way that was chosen; empty where nothing was asked."""
        return str(self.way.data or "") if "way" in self else ""
