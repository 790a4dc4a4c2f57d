"""Messages that did not arrive: who, by which way, since when and why, and what somebody can do about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext as _n
from werkzeug.wrappers import Response as BaseResponse

from webapp.foundations.access import May, acting, allow, visitor
from webapp.reminders import again, bounces, printed
from webapp.reminders.bounces import Imported

from . import message_reads, rules, service
from .forms import ButtonForm
from .message_forms import AddressForm, BounceFileForm, PatientWayForm
from .phones import as_written
from .routes import Answer, addresses, pages, patient_here

DETAILS, INVITED, STAFF = "welcome.change_details", "welcome.invited", "people.colleagues"
MOST_LINES_SAID = 20


@pages.get("/messages")
@allow(May.RING)
def messages() -> Answer:
    """What did not arrive, and the letters that wait to be printed."""
    by = acting()
    assert by.service_id is not None
    found = message_reads.not_arrived(by.service_id, rules.row_id(request.args.get("after")))
    failed = message_reads.failures(
        by.service_id, to_colleagues=_leads(), after=rules.row_id(request.args.get("failed_after"))
    )
    return render_template(
        "clinic/messages.jinja",
        rows=found.rows,
        next_after=found.rows[-1].id if found.more else None,
        failed=failed.rows,
        next_failed=failed.rows[-1].id if failed.more else None,
        letters=printed.number_waiting(by),
        most=printed.COUNT_UP_TO,
        posted=printed.just_posted(by),
        can_go_again=again.can_go_again,
        can_be_printed=again.can_be_printed,
        details=_address_or_none(DETAILS),
        invited=_address_or_none(INVITED),
        staff=_address_or_none(STAFF, May.LEAD_SERVICE),
        **addresses(),
    )


def _leads() -> bool:
    who = visitor()
    return who is not None and who.may(May.LEAD_SERVICE)


def _address_or_none(view: str, capability: May = May.INVITE) -> str | None:
    """The name of a view of another room, if it is there and this visitor may enter."""
    who = visitor()
    return view if who is not None and who.may(capability) and view in current_app.view_functions else None


# --- noting --------------------


@pages.route("/messages/note", methods=["GET", "POST"])
@allow(May.RING)
def note_address() -> Answer:
    """Note an e-mail address or number that came back."""
    form = AddressForm()
    if form.validate_on_submit():
        try:
            noted = bounces.note_by_address(acting(), form.address.data, form.why.data)
        except bounces.NoSuchAddress:
            form.address.errors = [_("Nobody here has this address or number. Check it letter by letter.")]
        else:
            flash(
                _n(
                    "Noted for one person.",
                    "Noted for %(num)s people.",
                    len({one.patient_id for one in noted}),
                )
            )
            return _back()
    page = render_template("clinic/message_note.jinja", form=form)
    return page, 422 if form.is_submitted() else 200


@pages.route("/patients/<uuid:patient_id>/does-not-arrive", methods=["GET", "POST"])
@allow(May.RING)
def note_for_patient(patient_id: UUID) -> Answer:
    """Note that messages to this patient do not arrive."""
    patient, _enrolment = patient_here(patient_id)
    ways = [(way, address) for way in bounces.CHANNELS if (address := bounces.address_of(patient, way))]
    form = PatientWayForm(
        [(way, _one_line(way, address)) for way, address in ways], service.today_of(acting())
    )
    if form.validate_on_submit():
        bounces.note_bounce(
            acting(),
            patient_id,
            form.channel.data,
            dict(ways)[form.channel.data],
            form.why.data,
            form.since_on.data,
        )
        flash(_("Noted. No message goes there until somebody says that it works again."))
        return redirect(url_for("clinic.story", patient_id=patient_id), 303)
    page = render_template(
        "clinic/message_note_patient.jinja", form=form, patient=patient, has_ways=bool(ways)
    )
    return page, 422 if form.is_submitted() else 200


def _one_line(way: str, address: str) -> str:
    return as_written(address) if way == "text" else ", ".join(address.splitlines())


@pages.route("/messages/import", methods=["GET", "POST"])
@allow(May.RING)
def import_bounces() -> Answer:
    """Note what the list of a mail system says came back."""
    form = BounceFileForm(service.today_of(acting()))
    if form.validate_on_submit():
        done = bounces.import_bounces(acting(), form.sheet.rows)
        for said in _what_came_of(done, form.sheet.for_now):
            flash(said)
        return _back()
    page = render_template("clinic/message_import.jinja", form=form, faults=form.faults)
    return page, 422 if form.is_submitted() else 200


def _what_came_of(done: Imported, for_now: tuple[int, ...]) -> list[str]:
    said = [_n("One address was noted.", "%(num)s addresses were noted.", done.noted)]
    if done.known:
        said.append(_n("One was known already.", "%(num)s were known already.", done.known))
    if for_now:
        words = _("Only delays, so left out: %(lines)s.", lines=_lines(for_now))
        said.append(words)
    if done.unknown:
        said.append(_("Nobody here has these addresses: %(lines)s.", lines=_lines(done.unknown)))
    return said


def _lines(numbers: tuple[int, ...]) -> str:
    named = ", ".join(str(one) for one in numbers[:MOST_LINES_SAID])
    more = len(numbers) - MOST_LINES_SAID
    if more > 0:
        return str(_("lines %(named)s and %(more)s more", named=named, more=more))
    return str(_n("line %(named)s", "lines %(named)s", len(numbers), named=named))


# --- one tap --------------------


@pages.post("/messages/addresses/<uuid:bounce_id>/works-again")
@allow(May.RING)
def works_again(bounce_id: UUID) -> Answer:
    """Somebody says that the address works."""
    return _tap(bounces.works_again, bounce_id, _("Messages go there again from now on."))


@pages.post("/messages/addresses/<uuid:bounce_id>/dealt-with")
@allow(May.RING)
def bounce_dealt_with(bounce_id: UUID) -> Answer:
    """Somebody has found another way."""
    return _tap(bounces.deal_with, bounce_id, _("Off the list. No message goes to that address."))


@pages.post("/messages/<uuid:letter_id>/again")
@allow(May.RING)
def send_again(letter_id: UUID) -> Answer:
    """The same words to the address that the record has now."""
    return _tap(again.send_again, letter_id, _("It is on its way again."))


@pages.post("/messages/<uuid:letter_id>/by-post")
@allow(May.RING)
def print_instead(letter_id: UUID) -> Answer:
    """The same by post."""
    return _tap(again.print_instead, letter_id, _("A letter waits to be printed."))


@pages.post("/messages/<uuid:letter_id>/dealt-with")
@allow(May.RING)
def message_dealt_with(letter_id: UUID) -> Answer:
    """Somebody has dealt with a message that did not arrive."""
    return _tap(again.deal_with, letter_id, _("Off the list."))


def _tap(verb: Any, row_id: UUID, said: str) -> Answer:
    """Do it, and say so on the list. A form that is not ours changes nothing."""
    if ButtonForm().validate_on_submit():
        try:
            verb(row_id, by=acting())
            flash(said)
        except (bounces.NotFound, again.NotFound):
            abort(404)
        except again.NoWay:
            flash(
                _(
                    "It cannot go: the record has no address for it that is safe and works. Correct the record first."
                )
            )
    return _back()


def _back() -> BaseResponse:
    return redirect(url_for("clinic.messages"), 303)
