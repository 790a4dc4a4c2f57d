"""What patients reported as wrong or unhelpful, newest first."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for

from webapp.foundations.access import May, acting, allow
from webapp.support import service as support

from . import reads, rules
from .forms import ButtonForm
from .routes import Answer, addresses, pages


@pages.get("/problems")
@allow(May.SEE_PATIENTS)
def problems() -> Answer:
    """The service's reports, newest first; "made me worse" is marked."""
    by = acting()
    assert by.service_id is not None
    unread = request.args.get("show") == "unread"
    after = _place(request.args.get("after"))
    found = support.problems_reported(by, unread_only=unread, after=after, limit=reads.PAGE_ROWS + 1)
    rows = found[: reads.PAGE_ROWS]
    more = len(found) > reads.PAGE_ROWS
    return render_template(
        "clinic/problems.jinja",
        rows=rows,
        names=reads.names_of(by.service_id, [row.patient_id for row in rows if row.patient_id]),
        next_after=f"{rows[-1].at.isoformat()}~{rows[-1].id}" if more else None,
        unread=unread,
        button=ButtonForm(),
        **addresses(),
    )


@pages.post("/problems/<uuid:report_id>/read")
@allow(May.SEE_PATIENTS)
def problem_read(report_id: UUID) -> Answer:
    """A named person has read the report."""
    if ButtonForm().validate_on_submit():
        try:
            support.mark_problem_read(report_id, by=acting())
        except support.NotFound:
            abort(404)
    return redirect(url_for("clinic.problems"), 303)


def _place(text: str | None) -> tuple[datetime, UUID] | None:
    moment, _, report_id = (text or "").partition("~")
    found = rules.row_id(report_id)
    try:
        return (datetime.fromisoformat(moment), found) if found else None
    except ValueError:
        return None
