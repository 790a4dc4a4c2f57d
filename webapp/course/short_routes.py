"""A whole module in five minutes, for a day on which that is what there is."""

from __future__ import annotations

from flask import redirect, render_template, url_for

from webapp.foundations.access import May, acting, allow
from webapp.foundations.languages import chosen

from . import service, shelf
from .forms import StepForm
from .routes import Answer, enrolment_of_visitor, in_module_of, is_open, page_of, pages


@pages.route("/course/<module>/in-short", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def in_short(module: str) -> Answer:
    """The short versions of its pages on one page. A POST says that they were read."""
    enrolment = enrolment_of_visitor()
    here = in_module_of(enrolment, module)
    if here.begun is None and not is_open(enrolment, module):
        return redirect(url_for(".front", module=module), 303)
    if StepForm().validate_on_submit():
        service.read_in_short(here, by=acting())
        return redirect(url_for(".end", module=module), 303)
    return render_template(
        "course/in_short.jinja",
        reading=here,
        short_of=shelf.short_pieces_of,
        key_page=page_of(here, here.key),
        translated=shelf.in_language(here.text, chosen()),
        step=StepForm(formdata=None),
    )
