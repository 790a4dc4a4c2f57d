"""The low-energy view: on or off in one tap, for oneself. It has nothing to do with how pacing counts a day."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for

from webapp.foundations.access import May, acting, allow
from webapp.foundations.going_back import safe_path

from . import own_record
from .me_routes import patient_id
from .routes import pages
from .sign_in_routes import Answer


@pages.get("/me/low-energy-view")
@allow(May.FOLLOW_COURSE)
def low_energy_view() -> Answer:
    """What it changes, and one button."""
    return render_template("people/low_energy_view.jinja")


@pages.post("/me/low-energy-view")
@allow(May.FOLLOW_COURSE)
def choose_low_energy_view() -> Answer:
    """On or off; then back to the page where it was tapped."""
    own_record.choose_low_energy_view(request.form.get("on") == "yes", patient_id(), by=acting())
    return redirect(safe_path(request.form.get("to"), url_for("people.low_energy_view")), 303)
