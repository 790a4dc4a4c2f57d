"""The words for the eight skills: how each is called, what is asked, and a tip for a booster."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from .rules_route import Change

NAMES: dict[str, Any] = {
    "pacing": _l("Pacing"),
    "flare-up-plan": _l("Flare-up plan"),
    "goals-and-values": _l("Goals"),
    "moving-and-stretching": _l("Moving"),
    "thoughts-and-mood": _l("Thoughts and mood"),
    "relaxation-and-mindfulness": _l("Relaxation"),
    "sleep-and-fatigue": _l("Sleep"),
    "work-and-relationships": _l("Talking to people"),
}
ASKED: dict[str, Any] = {
    "pacing": _l("I keep to steady amounts, on better and harder days."),
    "flare-up-plan": _l("I know what to do in a flare-up, and I do it."),
    "goals-and-values": _l("I take small steps towards things that matter to me."),
    "moving-and-stretching": _l("I move and stretch in a way that suits me."),
    "thoughts-and-mood": _l("I notice my thoughts, and I can be kind to myself."),
    "relaxation-and-mindfulness": _l("I take time to relax or to breathe slowly."),
    "sleep-and-fatigue": _l("I have habits that help my sleep and my energy."),
    "work-and-relationships": _l("I say what I need, and I ask for help."),
}
TIPS: dict[str, Any] = {
    "pacing": _l("Pick one activity today. Stop a little before you think you need to."),
    "flare-up-plan": _l("Read your flare-up plan once on a good day. Then it is there on a hard one."),
    "goals-and-values": _l("Choose one small step for this week. Say on which day you will take it."),
    "moving-and-stretching": _l("Do one movement that you know, in the smallest amount that feels easy."),
    "thoughts-and-mood": _l("Ask yourself what you would say to a good friend. Then say it to yourself."),
    "relaxation-and-mindfulness": _l(
        "Let your next five breaths out be a little longer than your breaths in."
    ),
    "sleep-and-fatigue": _l("Choose one small thing that helps you wind down. Do it this evening."),
    "work-and-relationships": _l("Think of one thing that would help. Ask one person for it."),
}
ANY_TIP = _l("Choose one thing that helped you before. Do a small piece of it this week.")


def name(skill: str) -> str:
    """How the skill is called."""
    return str(NAMES[skill])


def tip_for(skill: str | None) -> str:
    """A tip for the skill, or one for any."""
    return str(TIPS.get(skill or "", ANY_TIP))


def in_words(change: Change, today: date) -> str:
    """ "Pacing: 3 in May, 6 now". Within the last weeks the day is named, in another year the year too."""
    if change.before is None or change.before_on is None:
        return str(_("%(skill)s: %(now)s now", skill=name(change.skill), now=change.now))
    given = {"skill": name(change.skill), "before": change.before, "now": change.now}
    if (change.before_on.year, change.before_on.month) == (today.year, today.month):
        day = format_date(change.before_on, "d MMMM")
        return str(_("%(skill)s: %(before)s on %(day)s, %(now)s now", day=day, **given))
    month = format_date(change.before_on, "MMMM" if change.before_on.year == today.year else "MMMM y")
    return str(_("%(skill)s: %(before)s in %(month)s, %(now)s now", month=month, **given))
