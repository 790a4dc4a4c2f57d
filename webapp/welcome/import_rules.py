"""Plain truths about a list of people: who of them may be here already, and what may be offered then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from .rules import are_alike


class Meeting(StrEnum):
    """How a line of the file meets the records of the service."""

    NEW = "new"
    SAME_PERSON = "same_person"  # the same whole name and date of birth
    SAME_E_MAIL = "same_e_mail"  # another name or birthday, but the same address: never invited from a list
    ALIKE = "alike"  # born on the same day with a similar name: a question to the clinician


class Standing(StrEnum):
    """How far a known patient is."""

    WRITTEN_DOWN = "written_down"  # a record only, or not suitable
    INVITED = "invited"
    TAKES_PART = "takes_part"
    FINISHED = "finished"
    LEFT = "left"


class Offer(StrEnum):
    """What a tick may do for somebody who is, or may be, here already."""

    NOTHING = "nothing"
    AGAIN = "again"  # a second way through the course: the refresher
    SOMEBODY_ELSE = "somebody_else"  # the clinician says that it is not the same person


@dataclass(frozen=True)
class Known:
    """A record of the service, as far as telling people apart goes. ``name_key``: family name, given name, plain."""

    id: UUID
    name_key: str
    born_on: date
    email: str


def meeting_of(
    name_key: str, born_on: date, email: str, known: Sequence[Known]
) -> tuple[Meeting, UUID | None]:
    """How one person meets the records, the surest way first, and which record that is."""
    address = email.casefold()
    ways = (
        (Meeting.SAME_PERSON, lambda one: (one.name_key, one.born_on) == (name_key, born_on)),
        (Meeting.SAME_E_MAIL, lambda one: address and one.email.casefold() == address),
        (Meeting.ALIKE, lambda one: one.born_on == born_on and are_alike(one.name_key, name_key)),
    )
    for meeting, is_so in ways:
        for one in known:
            if is_so(one):
                return meeting, one.id
    return Meeting.NEW, None


def standing_of(
    *,
    enrolled: bool,
    suitable: bool,
    started_on: date | None,
    finished_on: date | None,
    ended_on: date | None,
) -> Standing:
    """How far a known patient is, by their latest way through the course."""
    if not enrolled or not suitable:
        return Standing.WRITTEN_DOWN
    if finished_on:
        return Standing.FINISHED
    if ended_on:
        return Standing.LEFT
    return Standing.TAKES_PART if started_on else Standing.INVITED


def offer_for(meeting: Meeting, standing: Standing) -> Offer:
    """What may be ticked. Whoever is invited or takes part already is never asked a second time."""
    if meeting is Meeting.ALIKE:
        return Offer.SOMEBODY_ELSE
    if meeting is Meeting.SAME_PERSON and standing in (Standing.FINISHED, Standing.LEFT):
        return Offer.AGAIN
    return Offer.NOTHING
