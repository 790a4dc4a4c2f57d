"""What a service may set about routes, boosters and coming back."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from webapp.people.number_settings import NumberSetting, Section, add_section

from .rules_route import HIGHEST, USUAL

OURS = _l("A proposal of this project. There is no published number.")
SPECIFICATION = _l(
    "A proposal of this project. Others have tried two boosters, and there is no agreed number."
)
MONTHS, DAYS = _l("months"), _l("days")
LONGEST_MONTHS, LONGEST_DAYS = 36, 365
NUMBERS = (
    NumberSetting("slipped_below", _l("A skill has slipped below"), USUAL.slipped_below, 1, HIGHEST, OURS),
    NumberSetting(
        "first_booster_months", _l("First booster after"), USUAL.first_booster_months, 1, LONGEST_MONTHS,
        SPECIFICATION, MONTHS,
    ),
    NumberSetting(
        "second_booster_months", _l("Second booster after"), USUAL.second_booster_months, 1, LONGEST_MONTHS,
        SPECIFICATION, MONTHS,
    ),
    NumberSetting(
        "third_booster_months", _l("Third booster after"), USUAL.third_booster_months, 1, LONGEST_MONTHS,
        SPECIFICATION, MONTHS,
    ),
    NumberSetting(
        "fourth_booster_months", _l("Fourth booster after"), USUAL.fourth_booster_months, 1, LONGEST_MONTHS,
        SPECIFICATION, MONTHS,
    ),
    NumberSetting(
        "booster_shown_days", _l("A booster is offered for"), USUAL.booster_shown_days, 1, LONGEST_DAYS, OURS, DAYS
    ),
    NumberSetting(
        "back_after_days", _l("Three ways to go on are offered after"), USUAL.back_after_days, 1, LONGEST_DAYS,
        OURS, DAYS,
    ),
)  # fmt: skip


def offer() -> None:
    """Put the numbers on the service's settings pages."""
    add_section(Section("route", _l("Refreshers, boosters and coming back"), "pacing", NUMBERS))
