"""The page on which a service's lead reads what the scores of everybody say together."""

from __future__ import annotations

from flask import abort, render_template, request

from webapp.foundations.access import May, acting, allow
from webapp.people import service as people

from .routes import Answer, pages
from .together import scores_together
from .together_words import per_cent, signed, to_places


@pages.get("/service/outcomes")
@allow(May.LEAD_SERVICE)
def outcomes() -> Answer:
    """Means, sizes of change and shares, from the start to the end of the course or to months later (``to``)."""
    try:
        found = scores_together(acting(), request.args.get("to"))
    except people.NotFound:
        abort(404)
    return render_template(
        "reports/together.jinja",
        found=found,
        per_cent=per_cent,
        signed=signed,
        to_places=to_places,
    )
