"""Opens the pacing room."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask
from flask_babel import lazy_gettext as _l

from webapp.foundations.access import Actor
from webapp.pacing import routes, routes_days, routes_look_back, routes_start, service, words
from webapp.pacing.pages import pages
from webapp.pacing.rules_settings import USUAL
from webapp.people.me_sections import name_shared_things, say_what_was_looked_at
from webapp.people.number_settings import NumberSetting, Section, add_section

RULES = _l("Rules of two published pacing leaflets, which start at 0.8 of the average.")
OURS = _l("A proposal of this project, to be signed.")

NUMBERS = (
    NumberSetting(
        "share_of_mean", _l("Start at this share of the average"), USUAL.share_of_mean, 0.5, 1, RULES
    ),
    NumberSetting(
        "share_after_payback",
        _l("After a worse day, start at this share"),
        USUAL.share_after_payback,
        0.3,
        1,
        OURS,
    ),
    NumberSetting("wide_spread", _l("Tries differ a lot above this ratio"), USUAL.wide_spread, 1.1, 10, OURS),
    NumberSetting(
        "flare_settled_days",
        _l("Settled days before the next step back"),
        USUAL.flare_settled_days,
        1,
        14,
        OURS,
    ),
    NumberSetting(
        "flare_long_days", _l("A long flare-up is more days than"), USUAL.flare_long_days, 3, 60, OURS
    ),
)
JOURNEYS = (routes, routes_start, routes_days, routes_look_back)


def open_room(app: Flask) -> None:
    """Register the pacing pages; importing the journeys has hung their views on them."""
    assert JOURNEYS
    app.jinja_env.globals["pacing_words"] = words
    add_section(Section("pacing", _l("Pacing"), "pacing", NUMBERS))
    name_shared_things(service.SHARED_KIND, _titles)
    say_what_was_looked_at(service.SHARED_KIND, _l("the pacing plans that you share"))
    app.register_blueprint(pages)


def _titles(by: Actor, ids: Sequence[str]) -> dict[str, str]:
    return {str(plan.id): words.activity(plan) for plan in service.plans_with(by, ids)}
