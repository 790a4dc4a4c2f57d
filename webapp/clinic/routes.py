"""Whom to ring today and why, the rules behind it, and the caseload."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, g, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from webapp.course import shelf
from webapp.engagement import gathering
from webapp.engagement.facts import Door
from webapp.engagement.standing import ReasonKind, State
from webapp.foundations.access import May, acting, allow, visitor
from webapp.foundations.languages import page_language
from webapp.people import service as people
from webapp.people.rules import plain_key

from . import reads, rule_book, rules, service
from .reads import Filters

pages = Blueprint("clinic", __name__, template_folder="templates")
Answer = str | BaseResponse | tuple[str, int]
LONGEST_SEARCH = 100


@pages.get("/ring-today")
@allow(May.RING)
def ring_today() -> Answer:
    """Whom to ring today, why, since when and by which rule; the first first, 50 at a time."""
    by, ours = acting(), service.service_of(acting())
    mine = request.args.get("whose") == "mine" and own_membership() is not None
    found = reads.worklist(
        ours.id, own_membership() if mine else None, rules.ring_place(request.args.get("after"))
    )
    today = service.today_of(by)
    ordered_on = min((row.ranked_on for row in found.rows), default=today)
    assert by.account_id is not None
    made = reads.calls_since(ours.id, by.account_id, service.week_began_on(today))
    return render_template(
        "clinic/ring_today.jinja",
        rows=found.rows,
        reasons_of=rules.reasons_from,
        tag_of=rules.tag_of,
        day_of=lambda row: rules.day_of_course(row.started_on, row.invited_on, today),
        next_after=f"{found.rows[-1].ring_key}.{found.rows[-1].enrolment_id}" if found.more else None,
        mine=mine,
        ordered_on=ordered_on if ordered_on < today else None,
        calls_left=rules.calls_left(ours.calls_a_week, made),
        calls_a_week=ours.calls_a_week,
        counts=reads.states_counted(ours.id),
        most=reads.COUNT_UP_TO,
        today=today,
        **words_of_rules(),
        **addresses(),
    )


@pages.get("/ring-today/rules")
@allow(May.RING)
def rules_in_words() -> Answer:
    """Every rule in words, with its number here and where the number comes from."""
    thresholds = gathering.thresholds_of(service.service_of(acting()))
    return render_template("clinic/rules.jinja", entries=rule_book.entries(thresholds), **words_of_rules())


@pages.get("/patients")
@allow(May.SEE_PATIENTS)
def caseload() -> Answer:
    """Every patient of the service by name: found by name, number, e-mail or day of birth, and filtered."""
    by = acting()
    assert by.service_id is not None
    asked = {
        name: (request.args.get(name) or "").strip()[:LONGEST_SEARCH]
        for name in ("q", "state", "door", "group")
    }
    clinician = rules.row_id(request.args.get("clinician"))
    filters = Filters(
        sought=rules.sought(plain_key(asked["q"])),
        state=asked["state"] if asked["state"] in set(State) else "",
        door=asked["door"] if asked["door"] in set(Door) else "",
        group=asked["group"],
        clinician_id=clinician,
    )
    found = reads.caseload(by.service_id, filters, rules.row_id(request.args.get("after")))
    kept = {**asked, "clinician": str(clinician or "")}
    return render_template(
        "clinic/caseload.jinja",
        rows=found.rows,
        next_page=_next_page(kept, found.rows[-1].id) if found.more else None,
        asked=kept,
        is_narrowed=any(kept.values()) or "after" in request.args,
        states=list(State),
        clinicians=people.clinicians_of(by.service_id),
        **addresses(),
    )


def _next_page(kept: Mapping[str, str], last: UUID) -> str:
    return url_for("clinic.caseload", after=last, **{name: value for name, value in kept.items() if value})  # type: ignore[arg-type]


def own_membership() -> UUID | None:
    """The visitor's own membership: whose patients are "mine"."""
    return getattr(visitor(), "membership_id", None)


def addresses() -> dict[str, Any]:
    """What stands before a patient's id in an address (made once for many rows), and stored days."""
    return {"patients": url_for("clinic.caseload"), "day_from": date.fromisoformat}


def module_titles() -> dict[str, str]:
    """The course's modules by name, in the page's language (or English)."""
    language = page_language()[0]
    return {module.name: module.text(language).title for module in shelf.course().modules}


def words_of_rules() -> dict[str, Any]:
    """What the words of reasons are made with: module titles, this service's numbers, and their sources."""
    return {
        "titles": module_titles(),
        "thresholds": gathering.thresholds_of(service.service_of(acting())),
        "sources": {kind.value: rule_book.source_behind(kind) for kind in ReasonKind},
    }


def patient_here(patient_id: UUID) -> Any:
    """The patient and their enrolment, or a page that says there is none. The look is written down."""
    try:
        patient, enrolment = service.patient_of(acting(), patient_id)
    except service.NotFound:
        abort(404)
    if request.method == "GET":
        service.look_at(patient, by=acting(), what=g.get("looked_at", "patient"))
    return patient, enrolment


def enrolled_here(patient_id: UUID) -> Any:
    """The same for pages that need an enrolment."""
    patient, enrolment = patient_here(patient_id)
    if enrolment is None:
        abort(404)
    return patient, enrolment
