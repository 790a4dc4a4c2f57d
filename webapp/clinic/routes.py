"""Whom to ring today and why, the rules behind it, and the caseload."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, g, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from webapp.course import shelf
from webapp.engagement import gathering
from webapp.engagement.facts import Door
from webapp.engagement.standing import ReasonKind, State
from webapp.foundations import clock
from webapp.foundations.access import May, acting, allow, visitor
from webapp.foundations.kept_pages import kept_page, slot
from webapp.foundations.languages import page_language
from webapp.people import service as people
from webapp.people.models import Service
from webapp.people.rules import plain_key

from . import alert_reads, reads, ring_rows, rule_book, rules, service
from .reads import Filters

pages = Blueprint("clinic", __name__, template_folder="templates")
Answer = str | BaseResponse | tuple[str, int]
LONGEST_SEARCH = 100


@pages.get("/ring-today")
@allow(May.RING)
def ring_today() -> Answer:
    """Whom to ring today, why, since when and by which rule; the first first, 50 at a time."""
    by, ours = acting(), service_here()
    mine = request.args.get("whose") == "mine" and own_membership() is not None
    found = reads.worklist(
        ours.id, own_membership() if mine else None, rules.ring_place(request.args.get("after"))
    )
    today = clock.today(ours.time_zone)
    assert by.account_id is not None
    counts = reads.counts(ours.id, by.account_id, service.week_began_on(today))
    ordered_on = min((row.ranked_on for row in found.rows), default=today)
    shown: dict[str, Hashable] = {
        "mine": mine,
        "ordered_on": ordered_on if ordered_on < today else None,
        "calls_left": rules.calls_left(ours.calls_a_week, counts.calls_made),
        "calls_a_week": ours.calls_a_week,
        "counts": counts,
        "today": today,
        "rows": slot("rows") if found.rows else None,
        "next_after": slot("next_after") if found.more else None,
    }
    return kept_page(
        tuple(shown.values()),
        lambda: render_template("clinic/ring_today.jinja", most=reads.COUNT_UP_TO, **shown),
        rows=_rows_drawn(found.rows, ours, today),
        next_after=f"{found.rows[-1].ring_key}.{found.rows[-1].enrolment_id}" if found.more else "",
    )


def _rows_drawn(rows: reads.Rows, ours: Service, today: date) -> Markup:
    titles = tuple(module_titles().items())
    key = ring_rows.Key(ours.id, ours.version, page_language()[0], today, titles)
    cells = ring_rows.cells_of(key, ours, _sources())
    return ring_rows.drawn(rows, cells, url_for("clinic.caseload"), _alerts_of(rows, ours))


def _alerts_of(rows: reads.Rows, ours: Service) -> ring_rows.Alerts:
    """Who has the alerts of these rows: one query, and only where a row has one."""
    patients = [row.patient_id for row in rows if ring_rows.has_alert(row)]
    if not patients:
        return ring_rows.NO_ALERTS
    address = url_for("clinic.alerts") if reads_answers() else ""
    return ring_rows.Alerts(alert_reads.oldest_open_alerts(ours.id, patients), address)


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
        "sources": _sources(),
    }


@cache
def _sources() -> dict[str, str]:
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


def enrolled_here(patient_id: UUID) -> Any:
    """The same for pages that need an enrolment."""
    patient, enrolment = patient_here(patient_id)
    if enrolment is None:
        abort(404)
    return patient, enrolment
