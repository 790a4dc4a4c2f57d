"""Letters that wait: printed a page each, and marked as posted once somebody has posted exactly those."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext as _n
from markupsafe import Markup

from webapp.foundations import clock
from webapp.foundations.access import Actor, May, acting, allow
from webapp.foundations.languages import speaking
from webapp.foundations.post import Letter
from webapp.people import service as people
from webapp.people.models import Patient
from webapp.reminders import bounces, printed

from . import rules, service
from .forms import ButtonForm
from .routes import Answer, pages


@dataclass(frozen=True)
class Sheet:
    """One letter as it is printed: to whom, and the words in paragraphs of lines."""

    letter: Letter
    patient: Patient
    day: date
    can_be_posted: bool

    @property
    def paragraphs(self) -> list[list[str]]:
        """The words: paragraphs stand apart by an empty line."""
        blocks = self.letter.text.strip().split("\n\n")
        return [block.strip().splitlines() for block in blocks if block.strip()]

    def drawn(self) -> Markup:
        """The page in the letter's language and the patient's size."""
        with speaking(self.letter.language):
            return Markup(render_template("clinic/_letter_sheet.jinja", sheet=self, patient=self.patient))


@pages.get("/messages/letters")
@allow(May.RING)
def letters() -> Answer:
    """The letters that wait, to be printed; at most 50 at once, the first written first."""
    by = acting()
    sheets = _sheets(by)
    return render_template(
        "clinic/letters.jinja",
        sheets=[sheet for sheet in sheets if sheet.can_be_posted],
        kept_back=[sheet for sheet in sheets if not sheet.can_be_posted],
        more=max(printed.number_waiting(by) - len(sheets), 0),
    )


def _sheets(by: Actor) -> list[Sheet]:
    waiting = printed.waiting_letters(by)
    patients = people.patients_by_id(by, [one.patient_id for one in waiting if one.patient_id])
    zone = service.service_of(by).time_zone
    silent = bounces.bounced_of(by, list(patients))
    return [
        Sheet(one, patient, clock.local(one.written_at, zone).date(), _can_be_posted(patient, silent))
        for one in waiting
        if one.patient_id and (patient := patients.get(one.patient_id))
    ]


def _can_be_posted(patient: Patient, silent: set[tuple[UUID, str]]) -> bool:
    """A safe address, at which letters arrive."""
    return bool(patient.letter_is_safe and patient.postal_address) and (patient.id, "letter") not in silent


@pages.post("/messages/letters/posted")
@allow(May.RING)
def letters_posted() -> Answer:
    """Exactly the letters that stood on the page went into the post."""
    if ButtonForm().validate_on_submit():
        ids = [found for text in request.form.getlist("letter") if (found := rules.row_id(text))]
        number = printed.posted(acting(), ids)
        flash(_n("One letter is marked as posted.", "%(num)s letters are marked as posted.", number))
    return redirect(url_for("clinic.messages"), 303)


@pages.post("/messages/letters/not-posted")
@allow(May.RING)
def letters_not_posted() -> Answer:
    """They were not posted after all: they wait again."""
    if ButtonForm().validate_on_submit():
        try:
            number = printed.not_posted(acting(), _moment(request.form.get("at", "")))
        except (ValueError, printed.TooLate):
            flash(_("Ten minutes are over: the letters stay marked as posted."))
        else:
            flash(_n("One letter waits again.", "%(num)s letters wait again.", number))
    return redirect(url_for("clinic.messages"), 303)


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found
