"""My flare-up plan: written on a better day, read as big steps on a hard one, mended with what helped.

Its words: a *stage* is a part of a flare-up (the first hour, the first two days, coming back), a *step* is one thing that
the patient planned for it, a *look back* is an entry of the sheet ``after``. The sums are in ``flare_plan_steps``, the
questions in ``flare_plan_forms``; the flare-up page (``course.flare_routes``) shows the steps.
Source: exercise specification, 4.3, with amendments 6, 8, 9, 12 and 13.
"""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.foundations.languages import in_words
from webapp.people.number_settings import NumberSetting

from . import flare_plan_forms as forms
from .flare_plan_steps import AFTER, PLAN, plan_of
from .tool import Asking, Entry, HowMany, Screen, Sheet, ToolKind


def _comes_back_in_steps(asking: Asking) -> bool:
    return not asking.told.energy_mode


def _line_of_look_back(entry: Entry) -> str:
    began, last = entry.get("first_on"), entry.get("last_on")
    if not began or not last:
        return str(_("A look back at a flare-up"))
    days = {"first": in_words(date.fromisoformat(began)), "last": in_words(date.fromisoformat(last))}
    return str(_("Flare-up from %(first)s to %(last)s", **days))


_PLAN_SCREENS = (
    Screen("usual", _l("How my flare-ups usually are"), forms.UsualForm),
    Screen("signs", _l("My early signs"), forms.SignsForm),
    Screen(
        "hour",
        _l("The first hour"),
        forms.HourForm,
        _l("Short lines are best. Thinking is hard in a flare-up."),
    ),
    Screen("days", _l("The first two days"), forms.DaysForm, _l("Put each thing on a line of its own.")),
    Screen("helped", _l("What has helped before"), forms.HelpedForm),
    Screen("back", _l("Coming back"), forms.BackForm, asked=_comes_back_in_steps),
    Screen("medicines", _l("My medicines in a flare-up"), forms.MedicinesForm),
    Screen("not-do", _l("What I will not do"), forms.NotDoForm),
    Screen("help", _l("When to get help"), forms.HelpForm),
    Screen("message", _l("A message to the future me"), forms.MessageForm),
)
_AFTER_SCREENS = (
    Screen("when", _l("When was it?"), forms.WhenForm),
    Screen("helped", _l("What helped?"), forms.WhatHelpedForm),
    Screen("change", _l("For next time"), forms.ChangeForm),
)


KIND = ToolKind(
    name="flare-plan",
    title=_l("My flare-up plan"),
    purpose=_l("Write it on a better day. On a hard day, the flare-up page shows it to you step by step."),
    sheets=(
        Sheet(
            name=PLAN,
            add=_l("Write my plan"),
            heading=_l("My plan"),
            how_many=HowMany.ONE,
            one_line=lambda entry: str(_("My plan for a flare-up")),
            listed=False,
            screens=_PLAN_SCREENS,
        ),
        Sheet(
            name=AFTER,
            add=_l("Look back at a flare-up"),
            heading=_l("My look backs"),
            one_line=_line_of_look_back,
            screens=_AFTER_SCREENS,
        ),
    ),
    compute=plan_of,
    asks_more=True,
    knows_flares=True,
    numbers=(
        NumberSetting(
            "flare_plan_count_days",
            _l("Count flare-ups over this many days"),
            90,
            28,
            365,
            _l("Exercise specification, 4.3: a proposal of this project, to be signed."),
        ),
    ),
)
