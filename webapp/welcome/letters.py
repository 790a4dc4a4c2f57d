"""The words of an invitation by e-mail, and what stands on its letter."""

from __future__ import annotations

from dataclasses import dataclass

import segno
from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup

from webapp.people.letters import address
from webapp.people.models import Patient, Service

from .rules import in_two_groups


@dataclass(frozen=True)
class Letter:
    """What one printed letter shows, once: its code is never stored in the clear."""

    code: str
    address: str
    link: str

    @property
    def typed_code(self) -> str:
        """The code in two groups of four."""
        return in_two_groups(self.code)

    def picture(self) -> Markup:
        """A QR code of the link: black squares as presentation attributes, nothing inline."""
        drawn = segno.make(self.link, error="m", micro=False)
        return Markup(
            drawn.svg_inline(
                scale=4, border=4, omitsize=True, svgclass="wl-qr", lineclass=None, dark="#000", light="#fff"
            )
        )


def letter_with(code: str) -> Letter:
    """The letter of a code that was just made."""
    return Letter(code, address("/start").split("://", 1)[-1], address(f"/start/{in_two_groups(code)}"))


def invitation(service: Service, patient: Patient, secret: str) -> tuple[str, str]:
    """Subject and text of the e-mail: neutral, the first name only, no word about health."""
    subject = _("A message from %(sender)s", sender=service.sender_name)
    text = render_template(
        "welcome/mail/invitation.txt.jinja",
        service=service,
        given_name=patient.given_name,
        link=address(f"/start/{secret}"),
    )
    return subject, text


def welcome_back(service: Service, patient: Patient) -> tuple[str, str]:
    """Subject and text for somebody who can sign in already: as neutral as an invitation, without a secret."""
    subject = _("A message from %(sender)s", sender=service.sender_name)
    text = render_template(
        "welcome/mail/welcome_back.txt.jinja",
        service=service,
        given_name=patient.given_name,
        link=address("/sign-in"),
    )
    return subject, text
