"""Ring today: whom to ring and why, what has just been done, and who is next."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from flask import get_flashed_messages, render_template, request, url_for
from markupsafe import Markup
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as BaseResponse

from webapp.engagement import contact_rules
from webapp.engagement.models import Enrolment
from webapp.foundations import clock
from webapp.foundations.access import May, acting, allow
from webapp.foundations.kept_pages import kept_page, slot
from webapp.foundations.languages import page_language
from webapp.people.models import Service

from . import alert_reads, reads, ring_rows, rules, service
from .forms import ButtonForm
from .routes import (
    Answer,
    module_titles,
    own_membership,
    pages,
    reads_answers,
    service_here,
    sources_of_rules,
)

WHICH_LIST = {"whose": "mine", "show": "everybody"}
"""The arguments by which the list is another one than usual, each with its one value."""
JUST_DONE = ("was", "at", "logged")
"""Arguments of the answer to what was done from the list: such a page is one person's own, and is never kept."""


@pages.get("/ring-today")
@allow(May.RING)
def ring_today() -> Answer:
    """Whom to ring today, why, since when and by which rule; the first first, 50 at a time."""
    by, ours, asked = acting(), service_here(), list_asked()
    today = clock.today(ours.time_zone)
    assert by.account_id is not None
    mine = "whose" in asked and own_membership() is not None
    counts = reads.counts(ours.id, by.account_id, own_membership(), service.week_began_on(today))
    budget = rules.budget_of(counts.own_budget, ours.calls_a_week)
    calls_left = rules.calls_left(budget, counts.calls_made)
    promised_only = calls_left == 0 and "show" not in asked
    found = reads.worklist(
        ours.id,
        own_membership() if mine else None,
        rules.ring_place(asked.get("after")),
        promised_only=promised_only,
    )
    ordered_on = min((row.ranked_on for row in found.rows), default=today)
    shown: dict[str, Hashable] = {
        "mine": mine,
        "shows_all": "show" in asked,
        "promised_only": promised_only,
        "ordered_on": ordered_on if ordered_on < today else None,
        "calls_left": calls_left,
        "calls_a_week": budget,
        "counts": counts,
        "today": today,
    }
    onward = _onward(found.rows, asked)
    last = found.rows[-1] if found.more else None
    filled = {
        "rows": _rows_drawn(found.rows, ours, today, onward),
        "next_after": rules.place_in_address(last.ring_key, last.enrolment_id) if last else "",
        "said": onward.said,
    }
    template, most = "clinic/ring_today.jinja", reads.COUNT_UP_TO
    if any(name in request.args for name in JUST_DONE):
        return render_template(template, most=most, **shown, **filled)
    marks = {name: slot(name) if value else None for name, value in filled.items()}
    return kept_page(
        (*shown.values(), *marks.values()),
        lambda: render_template(template, most=most, **shown, **marks),
        **filled,
    )


def list_asked() -> dict[str, str]:
    """Which list this page is, or was come from, as its address says: whose, how much of it, from which place."""
    found = {name: value for name, value in WHICH_LIST.items() if request.args.get(name) == value}
    after = request.args.get("after", "")
    return {**found, "after": after} if rules.ring_place(after) else found


def came_from_list() -> dict[str, str] | None:
    """The same for a page that was opened from the list; None for one that was not."""
    return {"list": "ring", **list_asked()} if request.args.get("list") == "ring" else None


def list_address(arguments: Mapping[str, str]) -> str:
    """The address of the list with these arguments, as ``came_from_list`` or ``back_to_list`` have them."""
    given = {name: value for name, value in arguments.items() if name != "list"}
    return f"{url_for('clinic.ring_today')}{'?' if given else ''}{urlencode(given)}"


def place_of(enrolment: Enrolment) -> str | None:
    """Where a row stands in the list now, for ``back_to_list`` after it was dealt with; None if it is not on it."""
    key = reads.summary_of(enrolment.service_id, enrolment.id).ring_key
    return None if key is None else rules.place_in_address(key, enrolment.id)


def back_to_list(**just_done: object) -> BaseResponse:
    """Back to the list that this page was opened from: ``was`` (a place), ``at`` (a row), ``logged`` (a contact)."""
    given = {name: str(value) for name, value in just_done.items() if value}
    return redirect(list_address({**list_asked(), "was": "", **given}), 303)


def _onward(rows: reads.Rows, asked: dict[str, str]) -> ring_rows.Onward:
    query = "?" + urlencode({"list": "ring", **asked})
    if not any(name in request.args for name in JUST_DONE):
        return ring_rows.Onward(query)
    places = [(row.ring_key, row.enrolment_id) for row in rows]
    was, at = rules.ring_place(request.args.get("was")), rules.row_id(request.args.get("at"))
    return ring_rows.Onward(query, rules.next_in(places, was, at), _what_was_done(query))


def _what_was_done(query: str) -> Markup:
    """The contact that was just logged, with its undo while there is one; else what the last page said."""
    contact_id = rules.row_id(request.args.get("logged"))
    contact = reads.contact_with_name(service_here().id, contact_id) if contact_id else None
    messages = get_flashed_messages()
    if contact is None and not messages:
        return Markup()
    may_undo = contact is not None and contact.account_id == acting().account_id and contact.undone_at is None
    return Markup(
        render_template(
            "clinic/_just_done.jinja",
            contact=contact,
            messages=messages,
            may_undo=may_undo and contact_rules.may_be_undone(contact.at, clock.now()),  # type: ignore[union-attr]
            query=query,
            button=ButtonForm(),
        )
    )


def _rows_drawn(rows: reads.Rows, ours: Service, today: date, onward: ring_rows.Onward) -> Markup:
    titles = tuple(module_titles().items())
    key = ring_rows.Key(ours.id, ours.version, page_language()[0], today, titles)
    cells = ring_rows.cells_of(key, ours, sources_of_rules())
    return ring_rows.drawn(rows, cells, url_for("clinic.caseload"), _alerts_of(rows, ours), onward)


def _alerts_of(rows: reads.Rows, ours: Service) -> ring_rows.Alerts:
    """Who has the alerts of these rows: one query, and only where a row has one."""
    patients: list[UUID] = [row.patient_id for row in rows if ring_rows.has_alert(row)]
    if not patients:
        return ring_rows.NO_ALERTS
    address = url_for("clinic.alerts") if reads_answers() else ""
    return ring_rows.Alerts(alert_reads.oldest_open_alerts(ours.id, patients), address)
