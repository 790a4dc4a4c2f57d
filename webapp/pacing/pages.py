"""The blueprint, and what every view asks first: who is it, what day is it, whose activity is it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, abort
from werkzeug.wrappers import Response as BaseResponse

from webapp.foundations import clock
from webapp.foundations.access import acting, visitor
from webapp.pacing import service
from webapp.pacing.models import PacingPlan
from webapp.pacing.rules_settings import PacingSettings

Answer = str | tuple[str, int] | BaseResponse

pages = Blueprint("pacing", __name__, template_folder="templates", url_prefix="/pacing")


def me() -> UUID:
    """The patient who is asking."""
    patient_id: UUID | None = getattr(visitor(), "patient_id", None)
    if patient_id is None:
        abort(403)
    return patient_id


def today() -> date:
    """The day on the clocks of the patient's service."""
    return clock.today(_service().time_zone)


def settings() -> PacingSettings:
    """The numbers of the patient's service."""
    return service.settings_from(_service().pacing)


def my_plan(plan_id: UUID, *, for_change: bool = False) -> PacingPlan:
    """The patient's own activity; anybody else's is a 404."""
    try:
        return service.plan_of(acting(), me(), plan_id, for_change=for_change)
    except service.NotFound:
        abort(404)


def _service() -> Any:
    return getattr(visitor(), "service")  # noqa: B009  (the gate's protocol does not name it)
