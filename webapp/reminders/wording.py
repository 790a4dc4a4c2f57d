"""What one message says: the texts of its things, filled in for one patient in their language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import ngettext

from webapp.foundations.languages import in_words, speaking
from webapp.people import letters
from webapp.people.models import Patient, Service
from webapp.reminders.gathering import Done, Known
from webapp.reminders.rules import Thing
from webapp.reminders.texts import About, Written
from webapp.reminders.texts_kept import message_texts

TODAY, START = "/today", "/start"


def written(
    service: Service,
    known: Known,
    things: Sequence[Thing],
    way: str,
    *,
    secret: str,
    invitation: str | None,
    done: Done | None,
) -> Written:
    """The message about these things, of which the first leads.

    ``secret``: of the message's own page. ``invitation``: of a new invitation, for who has no account yet.
    """
    lead, language = things[0], message_texts().spoken(known.language)
    others = tuple(dict.fromkeys(thing.kind for thing in things if thing.kind is not lead.kind))
    with speaking(language):
        about = About(
            first_name=known.patient.given_name,
            sender=service.sender_name,
            service_name=service.name,
            phone=service.phone,
            base=letters.address(f"{START}/{invitation}" if invitation else _first_page(known.patient)),
            link=letters.address(page_of(secret)),
            done=tuple(lines_of(done)) if done is not None else (),
            number=lead.number,
            date=in_words(lead.on),
        )
        return message_texts().written(lead.kind, others, about, channel=way, language=language)


def page_of(secret: str) -> str:
    """The address of a message's own page, for answers, a pause and a stop without signing in."""
    return f"/r/{secret}"


def stop_url(secret: str) -> str:
    """Where one tap, or the button of an e-mail program, stops these messages."""
    return letters.address(f"{page_of(secret)}/stop")


def lines_of(done: Done) -> Iterator[str]:
    """What was done in a week, a line for each kind of thing: numbers alone, no title, nothing about health."""
    if done.days:
        yield ngettext("You were here on %(num)d day.", "You were here on %(num)d days.", done.days)
    if done.modules:
        yield ngettext("You finished %(num)d part.", "You finished %(num)d parts.", done.modules)
    if done.pages:
        yield ngettext("You read %(num)d page.", "You read %(num)d pages.", done.pages)
    if done.exercises:
        yield ngettext("You did %(num)d exercise.", "You did %(num)d exercises.", done.exercises)
    if done.ticks:
        yield ngettext("You filled in %(num)d day.", "You filled in %(num)d days.", done.ticks)


def _first_page(patient: Patient) -> str:
    """Today asks for signing in by itself; who has no account begins with their letter's code."""
    return TODAY if patient.account_id is not None else START
