"""The rules behind the list and the caseload, and what every page of the portal asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, g, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from webapp.course import shelf
from webapp.engagement import gathering
from webapp.engagement.facts import Door
from webapp.engagement.standing import ReasonKind, State
from webapp.foundations.access import May, acting, allow, visitor
from webapp.foundations.languages import OWN_NAMES, page_language
from webapp.people import service as people
from webapp.people.models import Service
from webapp.people.rules import plain_key

from . import caseload_reads, rule_book, rules, service, stories
from .caseload_reads import Filters

pages = Blueprint("clinic", __name__, template_folder="templates")
Answer = str | BaseResponse | tuple[str, int]
LONGEST_SEARCH = 100


def service_here() -> Service:
    """The visitor's service, for reading: found with the session, so that it costs no query."""
    found: Service | None = getattr(visitor(), "service", None)
    if found is None:
        abort(404)
    return found


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
    ours = service_here()
    asked = {
        name: (request.args.get(name) or "").strip()[:LONGEST_SEARCH]
        for name in ("q", "state", "door", "group", "language", "email")
    }
    clinician = rules.row_id(request.args.get("clinician"))
    filters = Filters(
        sought=rules.sought(plain_key(asked["q"])),
        state=asked["state"] if asked["state"] in set(State) else "",
        door=asked["door"] if asked["door"] in set(Door) else "",
        group=asked["group"],
        language=asked["language"] if asked["language"] in ours.languages else "",
        clinician_id=clinician,
        no_email=asked["email"] == "silent",
    )
    found = caseload_reads.caseload(by.service_id, filters, rules.row_id(request.args.get("after")))
    kept = {**asked, "clinician": str(clinician or "")}
    return render_template(
        "clinic/caseload.jinja",
        rows=found.rows,
        next_page=_next_page(kept, found.rows[-1].id) if found.more else None,
        asked=kept,
        is_narrowed=any(kept.values()) or "after" in request.args,
        states=list(State),
        languages_here=[(code, OWN_NAMES.get(code, code)) for code in ours.languages],
        clinicians=people.clinicians_of(by.service_id),
        **addresses(),
    )


def _next_page(kept: Mapping[str, str], last: UUID) -> str:
    return url_for("clinic.caseload", after=last, **{name: value for name, value in kept.items() if value})  # type: ignore[arg-type]


def own_membership() -> UUID | None:
    """The visitor's own membership: whose patients are "mine"."""
    return getattr(visitor(), "membership_id", None)


def reads_answers() -> bool:
    """May the visitor see answers, scores and shared things? A caller may not."""
    who = visitor()
    return who is not None and who.may(May.READ_ANSWERS)


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
        "sources": sources_of_rules(),
    }


@cache
def sources_of_rules() -> dict[str, str]:
    """Where the rule of each kind of reason comes from."""
    return {kind.value: rule_book.source_behind(kind) for kind in ReasonKind}


def patient_here(patient_id: UUID) -> Any:
    """The patient and their enrolment, or a page that says there is none. The look is written down."""
    try:
        patient, enrolment = service.patient_of(acting(), patient_id)
    except service.NotFound:
        abort(404)
    if request.method == "GET":
        service.look_at(patient, by=acting(), what=g.get("looked_at", "patient"))
    return patient, enrolment


def story_here(patient: Any, enrolment: Any) -> stories.Story:
    """Everything that this visitor may see of a patient. ``patient_here`` has written down the look."""
    by, ours = acting(), service.service_of(acting())
    language, today = page_language()[0], service.today_of(by)
    return stories.story_of(patient, enrolment, ours, today, language, by=by, reads_answers=reads_answers())


def enrolled_here(patient_id: UUID) -> Any:
    """The same for pages that need an enrolment."""
    patient, enrolment = patient_here(patient_id)
    if enrolment is None:
        abort(404)
    return patient, enrolment
