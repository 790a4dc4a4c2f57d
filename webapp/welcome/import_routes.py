"""Inviting a group that has finished a face-to-face programme: the file, the check, the second tap, the letters."""

from __future__ import annotations

from uuid import UUID

from flask import Response, abort, redirect, render_template, url_for
from markupsafe import Markup

from webapp.foundations import clock
from webapp.foundations.access import May, acting, allow
from webapp.foundations.languages import speaking
from webapp.people import imports
from webapp.people import service as people
from webapp.people.import_models import ImportBatch
from webapp.people.models import Patient
from webapp.people.rules_import import MOST_ROWS
from webapp.people.rules_import_columns import example_file
from webapp.safety.help_lines import lines_for

from . import import_service
from .forms import ButtonForm
from .import_forms import Asked, FileForm, SecondTapForm, check
from .import_rules import Offer
from .import_service import Met
from .import_words import Fault, columns
from .letters import Letter
from .routes import Answer, own_membership, own_service, pages, what_is_missing

MOST_FAULTS_SHOWN = 100
FILE_NAME = "people-to-invite.csv"


@pages.route("/invite/group", methods=["GET", "POST"])
@allow(May.INVITE)
def invite_group() -> Answer:
    """Choose the file. A wrong row is shown in a table and nothing is kept; else on to the second tap."""
    if (missing := what_is_missing()) is not None:
        return missing
    form, faults = FileForm(), list[Fault]()
    if form.validate_on_submit():
        rows, faults = check(form.sheet, _asked(form))
        if not faults:
            batch = import_service.keep(((row.number, row.details) for row in rows), by=acting())
            return redirect(url_for("welcome.group_to_invite", batch_id=batch.id), 303)
        form.refuse(faults)
    page = render_template(
        "welcome/group_file.jinja",
        form=form,
        faults=faults[:MOST_FAULTS_SHOWN],
        more=len(faults[MOST_FAULTS_SHOWN:]),
        columns=columns(),
        most=MOST_ROWS,
    )
    return page, 422 if form.is_submitted() else 200


@pages.get("/invite/group/example.csv")
@allow(May.INVITE)
def group_example() -> Response:
    """The file to fill in, with one example line."""
    answer = Response(example_file(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return answer


@pages.route("/invite/group/<uuid:batch_id>", methods=["GET", "POST"])
@allow(May.INVITE)
def group_to_invite(batch_id: UUID) -> Answer:
    """Who will be invited and who is here already; the second tap invites."""
    if (batch := _batch(batch_id)).invited_at is not None:
        return redirect(url_for("welcome.group_invited", batch_id=batch_id), 303)
    if (missing := what_is_missing()) is not None:
        return missing
    met = import_service.meet(batch, by=acting())
    form = _second_tap(met)
    if form.validate_on_submit():
        return _invite(batch_id, form)
    if not form.is_submitted():
        import_service.look_at(met, by=acting())
    page = render_template(
        "welcome/group.jinja",
        form=form,
        batch=batch,
        new=[one for one in met if one.patient is None],
        known=[one for one in met if one.patient is not None],
    )
    return page, 422 if form.is_submitted() else 200


@pages.post("/invite/group/<uuid:batch_id>/throw-away")
@allow(May.INVITE)
def throw_group_away(batch_id: UUID) -> Answer:
    """Invite nobody of this list."""
    batch = _batch(batch_id)
    if ButtonForm().validate_on_submit() and batch.invited_at is None:
        imports.throw_away(batch, by=acting())
    return redirect(url_for("welcome.invite_group"), 303)


@pages.get("/invite/group/<uuid:batch_id>/invited")
@allow(May.INVITE)
def group_invited(batch_id: UUID) -> Answer:
    """What came of everybody of the list, and the letters to print."""
    if (batch := _batch(batch_id)).invited_at is None:
        return redirect(url_for("welcome.group_to_invite", batch_id=batch_id), 303)
    found = import_service.outcomes_of(batch, by=acting())
    invited = [one for one in found if one.outcome != import_service.HERE]
    dealt_with = {one.patient.id for one in invited}
    return render_template(
        "welcome/group_invited.jinja",
        batch=batch,
        invited=invited,
        known=[one for one in found if one.patient.id not in dealt_with],
        to_print=import_service.letters_to_print(batch, by=acting()),
        button=ButtonForm(),
    )


@pages.post("/invite/group/<uuid:batch_id>/letters")
@allow(May.INVITE)
def group_letters(batch_id: UUID) -> Answer:
    """Every letter of the list in one document, each with a new code, shown this once."""
    batch = _batch(batch_id)
    if (missing := what_is_missing()) is not None:
        return missing
    wanted = import_service.letters_to_print(batch, by=acting())
    if not wanted or not ButtonForm().validate_on_submit():
        return redirect(url_for("welcome.group_invited", batch_id=batch_id), 303)
    printed = import_service.print_letters(wanted, by=acting())
    return render_template(
        "welcome/group_letters.jinja",
        printed=printed,
        batch=batch,
        sheet=_sheet,
    )


def _sheet(patient: Patient, letter: Letter) -> Markup:
    """One letter, in its reader's language."""
    with speaking(patient.language):
        return Markup(
            render_template(
                "welcome/_letter_sheet.jinja",
                patient=patient,
                letter=letter,
                lines=lines_for(own_service()),
                clinician=acting().name,
                today=clock.today(own_service().time_zone),
            )
        )


def _asked(form: FileForm) -> Asked:
    service, by = own_service(), acting()
    taken = imports.references_taken(by, (row.cells.get("reference", "") for row in form.sheet.rows))
    return Asked(
        service.languages,
        people.clinicians_of(service.id),
        own_membership(),
        clock.today(service.time_zone),
        taken.__contains__,
    )


def _second_tap(met: list[Met]) -> SecondTapForm:
    form = SecondTapForm()
    form.offer(_offered(met, Offer.AGAIN), _offered(met, Offer.SOMEBODY_ELSE))
    return form


def _offered(met: list[Met], offer: Offer) -> list[tuple[str, str]]:
    return [
        (str(one.row), f"{one.details.given_name} {one.details.family_name}")
        for one in met
        if one.offer is offer
    ]


def _invite(batch_id: UUID, form: SecondTapForm) -> Answer:
    batch = imports.batch_to_invite(acting(), batch_id)
    import_service.invite_all(batch, form.also(), by=acting())
    return redirect(url_for("welcome.group_invited", batch_id=batch_id), 303)


def _batch(batch_id: UUID) -> ImportBatch:
    try:
        return imports.batch_of(acting(), batch_id)
    except people.NotFound:
        abort(404)
