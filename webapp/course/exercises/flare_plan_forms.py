"""The questions of the flare-up plan and of the look back after a flare-up.

Source: exercise specification, 4.3. Red flags are shown beside the questions, never asked (amendment 1); medicines are
only what was agreed already (amendment 12).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from webapp.design.widgets import CheckboxesField, DatePartsField, RadiosField

from .flare_plan_steps import planned_lines
from .tool import Asking
from .tool_form import ToolForm, line_field, text_field

TRIGGERS = [
    ("more", _l("Doing a lot in one go")),
    ("less", _l("Moving much less than usual")),
    ("ill", _l("A cold or another illness")),
    ("sleep", _l("Bad nights")),
    ("stress", _l("Stress or worry")),
    ("travel", _l("Travel, or a change of plan")),
    ("mood", _l("Feeling low")),
    ("none", _l("Nothing that I know of")),
    ("not_sure", _l("I am not sure")),
]
TRIGGER_NAMES = dict(TRIGGERS)
LASTS = [
    ("hours", _l("Some hours")),
    ("two_days", _l("A day or two")),
    ("week", _l("Three days to a week")),
    ("longer", _l("More than a week")),
    ("not_sure", _l("It changes, or I am not sure")),
]
EARLIEST_DAYS = 366
"""A look back is about a flare-up of the last year."""


class UsualForm(ToolForm):
    triggers = CheckboxesField(_l("What tends to come before them?"), choices=TRIGGERS)
    lasts = RadiosField(_l("How long do they mostly last?"), choices=LASTS)


class SignsForm(ToolForm):
    early_signs = text_field(
        _l("How do you notice that one is coming?"),
        _l("For example: my neck is stiff, and I am short with people. If you get no warning, write that."),
    )


class HourForm(ToolForm):
    say = text_field(
        _l("What will you say to yourself?"),
        _l("For example: It has eased before. I know what to do."),
        rows=2,
    )
    breathing = line_field(
        _l("How will you breathe, and where?"), _l("For example: slowly, on the sofa, for five minutes")
    )
    position = line_field(
        _l("Which warmth or position helps?"), _l("For example: a wrapped hot water bottle, knees up")
    )
    tell = line_field(
        _l("Who will you tell, and what?"), _l("For example: Sam: it is a flare-up, please make tea")
    )


class DaysForm(ToolForm):
    keep = text_field(
        _l("What will you keep doing, in a smaller dose?"),
        _l("For example: get dressed. Walk to the gate and not to the shop."),
    )
    put_off = text_field(_l("What can wait?"), _l("For example: the hoovering"), rows=2)
    who_helps = text_field(
        _l("Who can help, and with what?"), _l("For example: Jo takes the children on Tuesday"), rows=2
    )


class HelpedForm(ToolForm):
    helped_before = text_field(
        _l("What has helped you before?"),
        _l("After a flare-up you can add what helped, with one tap."),
    )


class BackForm(ToolForm):
    back_when = line_field(
        _l("How will you know that it is time?"), _l("For example: two settled days in a row")
    )
    back_how = text_field(
        _l("How will you build up again?"),
        _l("For example: half of my walk first, then more when I am ready"),
    )


class MedicinesForm(ToolForm):
    medicines = text_field(
        _l("What have you already agreed with your prescriber?"),
        _l("Only what is agreed. If nothing is, leave it empty and ask them."),
    )


class NotDoForm(ToolForm):
    will_not = text_field(
        _l("What will you not do?"),
        _l("For example: stay in bed all day, cancel everything, take extra doses"),
    )


class HelpForm(ToolForm):
    ring_first = line_field(
        _l("Whom will you ring, if it is not your usual kind?"),
        _l("For example: my GP surgery, with its number"),
    )


class MessageForm(ToolForm):
    message = text_field(
        _l("What would you like to read on a hard day?"),
        _l("For example: You have come through this before. Be as kind to yourself as to a friend."),
    )
    ready_when = line_field(
        _l("What will you do to have it ready, and when?"),
        _l("For example: print it on Sunday, for the fridge"),
    )
    in_the_way = line_field(
        _l("What might get in the way, and what then?"),
        _l("For example: no printer. Then I copy it by hand."),
    )


class WhenForm(ToolForm):
    first_on = DatePartsField(_l("The first day of the flare-up"))
    last_on = DatePartsField(_l("Its last day"))
    before = CheckboxesField(_l("What came before it?"), choices=TRIGGERS)

    def prepare(self, asking: Asking) -> None:
        """No day lies ahead. A flare-up that was reported and is over fills in its days."""
        for field in (self.first_on, self.last_on):
            field.latest, field.earliest = (
                asking.told.today,
                asking.told.today - timedelta(days=EARLIEST_DAYS),
            )
        spell = next(iter(asking.told.flares), None)
        if asking.entry or self.is_submitted() or self.refilled or spell is None or spell.ended_on is None:
            return
        self._suggest(self.first_on, spell.began_on)
        self._suggest(self.last_on, max(spell.began_on, spell.ended_on - timedelta(days=1)))

    def validate_last_on(self, field: Any) -> None:
        """The last day is not before the first."""
        if field.data and self.first_on.data and field.data < self.first_on.data:
            raise ValidationError(_("The last day cannot be before the first day"))

    def _suggest(self, field: DatePartsField, day: date) -> None:
        field.process(None, day)


class WhatHelpedForm(ToolForm):
    helped = CheckboxesField(_l("Which of these from your plan helped?"), choices=[])
    helped_own = text_field(
        _l("What else helped?"),
        _l("Put each thing on a line of its own. For example: the radio in the bath."),
    )

    def prepare(self, asking: Asking) -> None:
        """The patient's own steps are the choices, and those that this look back holds already. On paper there are none."""
        lines: list[str] = []
        if asking.entry:
            lines = [*planned_lines(asking.told.latest("plan")), *asking.entry.get("helped", ())]
        self.helped.choices = [(line, line) for line in dict.fromkeys(lines)]
        if not lines:
            del self.helped


class ChangeForm(ToolForm):
    change = text_field(_l("What would you like to change in your plan?"))
    next_when = line_field(
        _l("What will you do, and when?"), _l("For example: put my heat pad by the sofa tonight")
    )
    next_in_the_way = line_field(_l("What might get in the way, and what then?"))
