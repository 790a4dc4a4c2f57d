"""The patient's page of the safety room: what I told my team, and who saw it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, render_template

from webapp.foundations.access import May, acting, allow, visitor
from webapp.safety.help_lines import lines_for
from webapp.safety.told import told_by

pages = Blueprint("safety", __name__, template_folder="templates")


@pages.get("/me/what-i-told")
@allow(May.FOLLOW_COURSE)
def what_i_told() -> str:
    """Each thing that a person had to see: when I said it, by when somebody sees it, who saw it."""
    who = visitor()
    patient_id: UUID | None = getattr(who, "patient_id", None)
    if patient_id is None:
        abort(404)
    lines = lines_for(getattr(who, "service", None))
    return render_template("safety/what_i_told.jinja", told=told_by(acting(), patient_id), lines=lines)
