"""The eight skills as number buttons, and the taps of the route and of coming back."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import Optional

from webapp.design.widgets import NumberButtonsField
from webapp.foundations.forms import BaseForm

from . import skill_words
from .rules_route import HIGHEST, LOWEST, SKILLS


class SkillsForm(BaseForm):
    """How is each skill now? Any may be left out; with none there is nothing to save."""

    @property
    def answers(self) -> dict[str, int]:
        """What was answered, by skill."""
        return {skill: self[skill].data for skill in SKILLS if self[skill].data is not None}

    def validate(self, extra_validators: Any = None) -> bool:
        """True with one number at least."""
        fine = super().validate(extra_validators)
        if fine and not self.answers:
            self[SKILLS[0]].errors = [_("Tap a number for one skill or more, or skip this page")]
            return False
        return bool(fine)


for _skill in SKILLS:
    setattr(
        SkillsForm,
        _skill,
        NumberButtonsField(
            skill_words.NAMES[_skill],
            name=_skill,
            low=LOWEST,
            high=HIGHEST,
            low_label=_l("gone"),
            high_label=_l("going well"),
            description=skill_words.ASKED[_skill],
            validators=[Optional()],
        ),
    )


class StopForm(BaseForm):
    """A stop is behind them, or not after all."""

    keeps_drafts = False
    skill = HiddenField()
    done = HiddenField()


class ShareRouteForm(BaseForm):
    """Share the route, or take that back."""

    keeps_drafts = False
    share = HiddenField()


class WayForm(BaseForm):
    """How to go on after weeks away, by the button that was tapped."""

    keeps_drafts = False
    way = HiddenField()
