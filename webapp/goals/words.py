"""Domains, days, confidence and outcomes as people say them, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from babel.dates import get_day_names
from flask_babel import format_date, get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.foundations.access import Actor
from webapp.pacing import service as pacing
from webapp.pacing import words as pacing_words
from webapp.pacing.amounts import Unit, as_shown
from webapp.pacing.models import PacingPlan

from .rules import Domain, Easier, IfThen, Rating, Sure
from .rules_review import Attainment, Choice, Outcome

DOMAIN_NAMES = {
    Domain.FAMILY: _l("Family"),
    Domain.INTIMATE_RELATIONS: _l("Being close to a partner"),
    Domain.FRIENDS: _l("Friends"),
    Domain.WORK: _l("Work, paid or not"),
    Domain.HEALTH: _l("Looking after my health"),
    Domain.GROWTH: _l("Learning, making and growing"),
    Domain.COMMUNITY: _l("Community, faith or nature"),
}
SHORT_NAMES = {
    Domain.FAMILY: _l("Family"),
    Domain.INTIMATE_RELATIONS: _l("A partner"),
    Domain.FRIENDS: _l("Friends"),
    Domain.WORK: _l("Work"),
    Domain.HEALTH: _l("Health"),
    Domain.GROWTH: _l("Learning"),
    Domain.COMMUNITY: _l("Community"),
}
SURE_NAMES = {
    Sure.NOT_AT_ALL: _l("Not at all sure"),
    Sure.SOMEWHAT: _l("Somewhat sure"),
    Sure.VERY: _l("Very sure"),
}
EASIER_NAMES = {
    Easier.SMALLER: _l("Make it smaller"),
    Easier.FEWER_DAYS: _l("Do it on fewer days"),
    Easier.HELP: _l("Ask someone to help"),
    Easier.ANOTHER_TIME: _l("Move it to a better time"),
    Easier.OTHER: _l("Something else"),
}
OUTCOME_NAMES = {
    Outcome.DID_IT: _l("I did it"),
    Outcome.PARTLY: _l("Partly"),
    Outcome.NOT_THIS_WEEK: _l("Not this week"),
}
CHOICE_NAMES = {
    Choice.KEEP: _l("Keep"),
    Choice.STEP_UP: _l("Step up"),
    Choice.SHRINK: _l("Shrink"),
    Choice.SWAP: _l("Swap"),
    Choice.REST: _l("Rest"),
    Choice.DROP: _l("Finished for now"),
}
CHOICE_HINTS = {
    Choice.KEEP: _l("The step stays as it is."),
    Choice.SHRINK: _l("Make the step smaller, so that it fits."),
    Choice.SWAP: _l("Take another step in its place."),
    Choice.REST: _l("Leave it for a week. It will be here."),
    Choice.DROP: _l("Life or your mind has changed. You can come back to it."),
}


def step_up_hint(rung: int, rung_count: int) -> str:
    """What "step up" leads to from here."""
    if not rung_count:
        return str(_("Add a next step."))
    return str(_("You have reached the top.") if rung + 1 >= rung_count else _("Go on to the next rung."))


def gap_hint(rating: Rating) -> str:
    """ "Matters 5, lived 2", beside the name of the part of life."""
    return str(_("Matters %(matters)s, lived %(lived)s", matters=rating.importance, lived=rating.lived))


def gap_sentence(rating: Rating) -> str:
    """ "Friends: matters 5, lived 2." """
    words = {"part": DOMAIN_NAMES[rating.domain], "matters": rating.importance, "lived": rating.lived}
    return str(_("%(part)s: matters %(matters)s, lived %(lived)s.", **words))


def widest_sentence(domains: Iterable[Domain]) -> str:
    """Which gap is the widest, if there is one."""
    names = [str(DOMAIN_NAMES[domain]) for domain in domains]
    if not names:
        return str(_("No part of life has a gap in these numbers"))
    if len(names) == 1:
        return str(_("The widest gap is in “%(part)s”", part=names[0]))
    return str(_("The widest gaps are in these parts: %(parts)s", parts=listed(names)))


def listed(parts: list[str]) -> str:
    """Monday, Wednesday and Friday."""
    return pacing_words.listed(parts)


def weekday_choices() -> list[tuple[int, str]]:
    """Monday to Sunday, Monday is 0."""
    names = get_day_names("wide", locale=get_locale() or "en")
    return [(day, names[day]) for day in range(7)]


def days_listed(weekdays: Iterable[int]) -> str:
    """Monday, Wednesday and Friday; every day."""
    chosen, names = sorted(weekdays), dict(weekday_choices())
    return str(_("every day")) if len(chosen) == 7 else listed([names[day] for day in chosen])


def dates_listed(days: Iterable[date]) -> str:
    """Monday 23 and Wednesday 25 November, day by day."""
    return listed([str(format_date(day, "EEEE d MMMM")) for day in days])


def plan_sentence(plan: IfThen) -> str:
    """ "After breakfast on Monday and Friday I will ring one friend, at the kitchen table." """
    words = {"cue": _tidy(plan.cue), "days": days_listed(plan.weekdays), "action": _tidy(plan.action)}
    if len(plan.weekdays) == 7:
        sentence = _("%(cue)s, every day, I will %(action)s", **words)
    else:
        sentence = _("%(cue)s on %(days)s I will %(action)s", **words)
    return f"{sentence}, {_tidy(plan.place)}." if plan.place else f"{sentence}."


def sure_sentence(rating: int | Sure | None) -> str:
    """How sure the patient is; empty if it was not said."""
    if rating is None:
        return ""
    if isinstance(rating, Sure):
        return str(_("%(sure)s.", sure=SURE_NAMES[rating]))
    return str(_("%(number)s out of 10 sure.", number=rating))


def attained_sentence(steps: Attainment) -> str:
    """How often a step was done, of the look backs so far: counts, never a share."""
    if not steps.planned:
        return ""
    looked = ngettext("You have looked back once.", "You have looked back %(num)s times.", steps.planned)
    if not steps.met:
        return str(looked)
    return f"{looked} {ngettext('You did your step once.', 'You did your step %(num)s times.', steps.met)}"


def days_sentence(days: Attainment) -> str:
    """On how many of the planned days it happened, over the look backs that said so."""
    if not days.planned:
        return ""
    return str(_("%(met)s of the %(planned)s days that you planned.", met=days.met, planned=days.planned))


def pacing_names(by: Actor, patient_id: UUID) -> dict[UUID, str]:
    """The patient's own pacing plans as a rung shows them.

    "Walk, 7 minutes". In energy mode without an amount.
    """
    energy = pacing.in_energy_mode(by, patient_id)
    return {plan.id: _pacing_name(plan, energy) for plan in pacing.plans_of(by, patient_id)}


def _pacing_name(plan: PacingPlan, energy: bool) -> str:
    name = pacing_words.activity(plan)
    if energy or plan.quota is None or plan.finished_on is not None:
        return name
    amount = pacing_words.shown(as_shown(plan.quota, Unit(plan.unit)), plan.unit)
    return str(_("%(activity)s, %(amount)s", activity=name, amount=amount))


def _tidy(text: str) -> str:
    return text.strip().rstrip(".,;:!")
