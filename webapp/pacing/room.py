"""Opens the pacing room."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from webapp.pacing import routes, routes_days, routes_look_back, routes_start, words
from webapp.pacing.pages import pages
from webapp.pacing.rules_settings import USUAL
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
    app.register_blueprint(pages)
