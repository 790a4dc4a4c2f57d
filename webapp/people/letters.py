"""What our e-mails say: a neutral subject and plain text, in the language that is spoken at the moment."""

from __future__ import annotations

from typing import Any

from flask import current_app, render_template
from flask_babel import gettext as _

from .models import Service

Words = tuple[str, str]


def sign_in_link(service: Service, secret: str) -> Words:
    """Subject and text of the e-mail with a sign-in link."""
    link = address(f"/sign-in/link/{secret}")
    return _("Your link to sign in"), _text("sign_in_link", service=service, link=link)


def staff_invitation(service: Service, name: str, secret: str) -> Words:
    """Subject and text of the e-mail that invites a colleague."""
    link = address(f"/staff/{secret}")
    return _("Your account at %(service)s", service=service.sender_name), _text(
        "staff_invitation", service=service, link=link, name=name
    )


def staff_added(service: Service, name: str) -> Words:
    """Subject and text for a colleague who has an account already."""
    subject = _("You can now work in %(service)s", service=service.sender_name)
    return subject, _text("staff_added", service=service, link=address("/sign-in"), name=name)


def sign_in_changed(service: Service, what: str) -> Words:
    """Subject and text that say what has changed: ``password``, ``second_factor`` or ``new_device``."""
    return _("A change to how you sign in"), _text(
        "sign_in_changed", service=service, what=what, link=address("/sign-in")
    )


def address(path: str) -> str:
    """The whole address of a page, as it stands in an e-mail."""
    base: str = current_app.extensions["waymark_settings"].base_url
    return base.rstrip("/") + path


def _text(template: str, **words: Any) -> str:
    return render_template(f"people/letters/{template}.txt.jinja", **words)
