"""Amounts, activities, days and choices as people say them, in the reader's language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from babel.dates import get_day_names
from flask_babel import format_date, format_decimal, get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.pacing.activities import OWN
from webapp.pacing.amounts import SECONDS_A_MINUTE, Unit, minutes_and_seconds
from webapp.pacing.models import PacingPlan

ACTIVITY_NAMES = {
    "walk": _l("Walk"),
    "stairs": _l("Stairs"),
    "exercises": _l("Stretches or exercises"),
    "swimming": _l("Swimming"),
    "cycling": _l("Cycling"),
    "sitting": _l("Sitting"),
    "standing": _l("Standing"),
    "driving": _l("Driving"),
    "cooking": _l("Cooking"),
    "washing_up": _l("Washing up"),
    "cleaning": _l("Cleaning"),
    "ironing": _l("Ironing"),
    "gardening": _l("Gardening"),
    "reading": _l("Reading"),
    "screen": _l("Screens and forms"),
    "phone_calls": _l("Phone calls"),
    "visiting": _l("Seeing people"),
    "playing": _l("Playing with children"),
}
CATEGORY_NAMES = {
    "moving": _l("Moving about"),
    "staying": _l("Staying in one place"),
    "home": _l("At home"),
    "thinking": _l("Thinking jobs"),
    "people": _l("With people"),
}
UNIT_NAMES = {
    Unit.TIME.value: _l("Minutes"),
    Unit.STEPS.value: _l("Steps"),
    Unit.METRES.value: _l("Metres"),
    Unit.REPETITIONS.value: _l("Times (how often I do it)"),
    Unit.PORTIONS.value: _l("Things done, such as pages or shirts"),
}
UNIT_SUFFIXES = {
    Unit.TIME.value: _l("minutes"),
    Unit.STEPS.value: _l("steps"),
    Unit.METRES.value: _l("metres"),
    Unit.REPETITIONS.value: _l("times"),
    Unit.PORTIONS.value: _l("things"),
}


def activity(plan: PacingPlan) -> str:
    """The name of the activity: the patient's own words, or the picked one's."""
    return plan.own_words if plan.activity_key == OWN else str(ACTIVITY_NAMES[plan.activity_key])


def in_unit(amount: float, unit: str) -> Decimal:
    """A stored amount as the number that people say: minutes for time, to two places."""
    number = amount / SECONDS_A_MINUTE if unit == Unit.TIME else amount
    return Decimal(str(round(number, 2)))


def from_unit(number: Decimal, unit: str) -> float:
    """A number that somebody typed as the amount to store: seconds for time."""
    return float(number) * SECONDS_A_MINUTE if unit == Unit.TIME else float(number)


def number(amount: float, unit: str) -> str:
    """An exact amount without its unit: 7.2."""
    return str(format_decimal(in_unit(amount, unit)))


def exact(amount: float, unit: str) -> str:
    """An exact amount in words, for sums: 7.2 minutes."""
    said = number(amount, unit)
    whole = 1 if in_unit(amount, unit) == 1 else 2
    return _in_unit_words(said, whole, unit)


def shown(amount: int, unit: str) -> str:
    """A shown amount in words: 7 minutes, 9½ minutes, 45 seconds, 5 times."""
    if unit == Unit.TIME:
        return _time(amount)
    return _in_unit_words(str(format_decimal(amount)), amount, unit)


def _time(seconds: int) -> str:
    minutes, rest = minutes_and_seconds(seconds)
    if not minutes:
        return str(ngettext("%(num)s second", "%(num)s seconds", rest))
    if rest == 30:
        return str(_("%(minutes)s½ minutes", minutes=minutes))
    said = ngettext("%(num)s minute", "%(num)s minutes", minutes)
    if not rest:
        return str(said)
    left_over = ngettext("%(num)s second", "%(num)s seconds", rest)
    return str(_("%(minutes)s %(seconds)s", minutes=said, seconds=left_over))


def _in_unit_words(said: str, whole: int, unit: str) -> str:
    if unit == Unit.TIME:
        return str(ngettext("%(said)s minute", "%(said)s minutes", whole, said=said))
    if unit == Unit.STEPS:
        return str(ngettext("%(said)s step", "%(said)s steps", whole, said=said))
    if unit == Unit.METRES:
        return str(ngettext("%(said)s metre", "%(said)s metres", whole, said=said))
    if unit == Unit.REPETITIONS:
        return str(ngettext("%(said)s time", "%(said)s times", whole, said=said))
    return str(ngettext("%(said)s thing", "%(said)s things", whole, said=said))


def on_chart(amount: float, unit: str) -> Decimal:
    """An amount as the drawings take it."""
    return in_unit(amount, unit)


def weekday(day: date) -> str:
    """Monday."""
    return str(format_date(day, "EEEE"))


def weekday_short(day: date) -> str:
    """Mon."""
    return str(format_date(day, "EEE"))


def weekday_names() -> list[str]:
    """Mon to Sun."""
    names = get_day_names("abbreviated", locale=get_locale() or "en")
    return [names[day] for day in range(7)]


def week_in_words(plan: PacingPlan, active_days: int) -> str:
    """ "You did your walk on 5 days this week": never fewer words than the truth, never a blame."""
    if not active_days:
        return str(_("Nothing is noted yet this week."))
    if plan.activity_key == "walk":
        return str(
            ngettext(
                "You did your walk on %(num)s day this week.",
                "You did your walk on %(num)s days this week.",
                active_days,
            )
        )
    return str(
        ngettext(
            "You did “%(activity)s” on %(num)s day this week.",
            "You did “%(activity)s” on %(num)s days this week.",
            active_days,
            activity=activity(plan),
        )
    )


def plain(value: float) -> str:
    """A number on its own, to one place: 2, 3.5."""
    return str(format_decimal(Decimal(str(round(value, 1))).normalize(), "#,##0.#"))


def listed(parts: list[str]) -> str:
    """12, 6 and 9."""
    if len(parts) < 2:
        return "".join(parts)
    return str(_("%(first)s and %(last)s", first=", ".join(parts[:-1]), last=parts[-1]))


def too_many_tries(most: int) -> str:
    """When the page takes no more tries."""
    return str(_("You have %(most)s tries, and that is plenty. Change one, or go on.", most=most))
