"""When each message is sent, in plain words with the service's own numbers, and where each rule comes from."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.engagement.thresholds import Thresholds

from .answer_rules import BUSY_DAYS
from .due_rules import NO_SUMMARY_DAYS, NUDGE_FROM_SILENT_DAYS, WELCOME_WITHIN_DAYS
from .rules import Kind

ENCOURAGING = "A trial of encouraging e-mails (Titov 2013, self-guided course, n=257): 58% finished with them, 35% without."
PROJECT = "Project design."
SOURCES = {
    Kind.REMIND_ME: "Project design: who is busy chooses the day themselves.",
    Kind.PAUSE_ENDS: "Project design: a gentle word on the day before an agreed return.",
    Kind.FLARE_CHECK_IN: "Project design; flare-ups commonly last 2 to 7 days (Cambridge University Hospitals’ leaflet).",
    Kind.WELCOME: ENCOURAGING,
    Kind.GOODBYE: "Project design: the way back is left open.",
    Kind.NOT_STARTED: "Project design; project measurement: 62% of those who had not begun after 7 days never finished.",
    Kind.NOT_STARTED_AGAIN: "Project design; of those who were rung next 24% finished, of others 6% (Pihlaja 2020, n=100).",
    Kind.NUDGE: "The Drink Less studies’ definition of non-use. Project measurement: 57% came back within a week.",
    Kind.SOMEBODY_WILL_RING: "Project design: no more prompts, and the word that a person may ring.",
    Kind.STILL_HERE: "Project design: stopped means 28 days; one message with three ways on, then none.",
    Kind.FINISHED: ENCOURAGING,
    Kind.HALF_WAY: ENCOURAGING,
    Kind.QUESTIONS: PROJECT,
    Kind.GOAL_REVIEW: "A synthesis of what patients ask for: structured goals that come back on their day.",
    Kind.BOOSTER: "Trials of e-mails over a year: they raised use for up to 5 months; 6 and 12 months are project design.",
    Kind.WEEKLY_SUMMARY: ENCOURAGING,
}
"""Where each rule comes from, in English, as everywhere on staff's pages."""


def when_sent(kind: Kind, thresholds: Thresholds) -> str:
    """The rule of a kind in a sentence or two, for the service lead."""
    return str(_WHEN[kind](thresholds))


def _remind_me(_thresholds: Thresholds) -> object:
    return _(
        "On the day that the patient set in a message. After “I’m busy just now”: %(days)s days later.",
        days=BUSY_DAYS,
    )


def _pause_ends(_thresholds: Thresholds) -> object:
    return _("On the day before an agreed pause ends, or on its last day.")


def _flare_check_in(thresholds: Thresholds) -> object:
    return ngettext(
        "%(num)s day after a flare-up was reported, if it still goes on.",
        "%(num)s days after a flare-up was reported, if it still goes on.",
        thresholds.flare_check_in_days,
    )


def _welcome(_thresholds: Thresholds) -> object:
    return _(
        "On the day that somebody starts, or soon after. Never more than %(days)s days later.",
        days=WELCOME_WITHIN_DAYS - 1,
    )


def _goodbye(_thresholds: Thresholds) -> object:
    return _("Once, when somebody has left the course. After it nothing more is sent.")


def _not_started(thresholds: Thresholds) -> object:
    return ngettext(
        "%(num)s day after the invitation, if nothing was begun.",
        "%(num)s days after the invitation, if nothing was begun.",
        thresholds.not_started_days,
    )


def _not_started_again(thresholds: Thresholds) -> object:
    return _(
        "%(days)s days after the invitation, if nothing was begun. After %(call)s days a person rings instead.",
        days=thresholds.second_nudge_days,
        call=thresholds.not_started_call_days,
    )


def _nudge(thresholds: Thresholds) -> object:
    return _(
        "Once in a quiet spell: after %(days)s days without a visit. Or when a planned module is open for "
        "%(open)s days and nobody came for %(silent)s.",
        days=thresholds.quieter_idle_days,
        open=thresholds.quieter_overdue_days,
        silent=NUDGE_FROM_SILENT_DAYS,
    )


def _somebody_will_ring(_thresholds: Thresholds) -> object:
    return _("Once in a quiet spell, when “Ring today” says “Ring first” and a call is safe.")


def _still_here(thresholds: Thresholds) -> object:
    return _(
        "Once, after more than %(days)s quiet days, or after %(contacts)s contacts without an answer.",
        days=thresholds.lapsed_idle_days,
        contacts=thresholds.lapsed_unanswered_contacts,
    )


def _finished(_thresholds: Thresholds) -> object:
    return _("Once, when every core module is done.")


def _half_way(_thresholds: Thresholds) -> object:
    return _("Once, when half of the core modules are done.")


def _questions(_thresholds: Thresholds) -> object:
    return _("On the day after a questionnaire opens, and once more when half of its time is over.")


def _goal_review(_thresholds: Thresholds) -> object:
    return _("On the day that the patient chose to look back on a goal.")


def _booster(_thresholds: Thresholds) -> object:
    return _("1, 3, 6 and 12 months after the course, once each.")


def _weekly_summary(_thresholds: Thresholds) -> object:
    return _(
        "Every week on the weekday of the start, to those who did something in that week. Not in the first %(days)s days.",
        days=NO_SUMMARY_DAYS,
    )


_WHEN = {
    Kind.REMIND_ME: _remind_me,
    Kind.PAUSE_ENDS: _pause_ends,
    Kind.FLARE_CHECK_IN: _flare_check_in,
    Kind.WELCOME: _welcome,
    Kind.GOODBYE: _goodbye,
    Kind.NOT_STARTED: _not_started,
    Kind.NOT_STARTED_AGAIN: _not_started_again,
    Kind.NUDGE: _nudge,
    Kind.SOMEBODY_WILL_RING: _somebody_will_ring,
    Kind.STILL_HERE: _still_here,
    Kind.FINISHED: _finished,
    Kind.HALF_WAY: _half_way,
    Kind.QUESTIONS: _questions,
    Kind.GOAL_REVIEW: _goal_review,
    Kind.BOOSTER: _booster,
    Kind.WEEKLY_SUMMARY: _weekly_summary,
}
"""In the order in which things lead a message."""

ORDER = tuple(_WHEN)
