"""What stands before a question whose answer a person must see: by when, what happens out of hours, and who helps now."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.foundations.access import Actor
from webapp.people.models import Service
from webapp.safety.covering import cover_of
from webapp.safety.help_lines import HelpLine, lines_for
from webapp.safety.looking import Promise, promise


@dataclass(frozen=True)
class BeforeAsking:
    """``promise`` is for an answer that is given now; ``out_of_hours`` are the service's own words, or empty."""

    promise: Promise
    out_of_hours: str
    lines: list[HelpLine]


def before_asking(by: Actor, service: Service) -> BeforeAsking:
    """What somebody is told before they are asked, in this service and at this moment."""
    return BeforeAsking(promise(service), cover_of(by).out_of_hours, lines_for(service))
