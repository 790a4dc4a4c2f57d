"""What the team says on the phone: the lead changes each call script for this service, or takes Waymark's again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from webapp.foundations.access import May, acting, allow
from webapp.foundations.languages import ENGLISH, OWN_NAMES

from . import scripts, service
from .forms import ButtonForm
from .models import CallScript
from .routes import Answer, pages
from .rules import SITUATIONS
from .script_forms import ScriptForm
from .scripts import Script


@dataclass(frozen=True)
class Said:
    """One script in one language as this service says it, and by whom; ``own`` is None for Waymark's text."""

    script: Script
    language: str
    language_name: str
    own: CallScript | None


@pages.get("/service/scripts")
@allow(May.LEAD_SERVICE)
def call_scripts() -> Answer:
    """Every situation in every language of the service, and whose text it is."""
    ours = service.service_of(acting())
    own = scripts.own_texts(ours.id)
    found = [
        _said(situation, language, own.get((situation, language)))
        for situation in SITUATIONS
        for language in ours.languages or [ENGLISH]
    ]
    return render_template("clinic/scripts.jinja", found=found, zone=ours.time_zone)


@pages.route("/service/scripts/<string:situation>/<string:language>", methods=["GET", "POST"])
@allow(May.LEAD_SERVICE)
def call_script(situation: str, language: str) -> Answer:
    """Change one script. *See it first* shows it as a caller would, and saves nothing."""
    own = _own(situation, language)
    text = own.text if own else scripts.text_of_waymark(situation, language)
    form = ScriptForm(situation, language, data={"text": text}, current_version=own.version if own else 0)
    if form.validate_on_submit() and "only_look" not in request.form:
        scripts.say_it_so(acting(), situation, language, form.as_saved)
        flash(_("Saved. It is beside the next call."))
        return redirect(url_for("clinic.call_scripts"), 303)
    page = _page(form, _said(situation, language, own))
    return (page, 422) if form.errors else page


@pages.post("/service/scripts/<string:situation>/<string:language>/as-waymark")
@allow(May.LEAD_SERVICE)
def script_as_waymark(situation: str, language: str) -> Answer:
    """Use the text that came with Waymark again."""
    _own(situation, language)
    if ButtonForm().validate_on_submit():
        scripts.say_it_as_waymark(acting(), situation, language)
        flash(_("The text that came with Waymark is used again."))
    return redirect(url_for("clinic.call_scripts"), 303)


def _own(situation: str, language: str) -> CallScript | None:
    """The service's own text, or None; a page that says there is none where no such script can be."""
    ours = service.service_of(acting())
    if situation not in SITUATIONS or language not in (ours.languages or [ENGLISH]):
        abort(404)
    return scripts.own_text(ours.id, situation, language)


def _said(situation: str, language: str, own: CallScript | None) -> Said:
    text = own.text if own else scripts.text_of_waymark(situation, language)
    script = scripts.as_script(text, situation, language)
    return Said(script, language, OWN_NAMES.get(language, language), own)


def _page(form: ScriptForm, said: Said) -> str:
    return render_template(
        "clinic/script.jinja",
        form=form,
        said=said,
        shown=_shown(form, said.script),
        zone=service.service_of(acting()).time_zone,
        button=ButtonForm(formdata=None),
    )


def _shown(form: ScriptForm, as_saved: Script) -> Any:
    """The script as a caller sees it: what was typed, as far as it can be read; else what is saved."""
    if not form.is_submitted():
        return as_saved
    try:
        return scripts.as_script(form.as_saved, as_saved.situation, as_saved.language)
    except scripts.NotAScript:
        return Script(as_saved.situation, "", Markup(), Markup(), as_saved.language)
