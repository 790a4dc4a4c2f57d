"""How one patient can be reached by our messages, from what we hold, what is safe, what they chose and what arrives."""

from __future__ import annotations

from webapp.foundations import post
from webapp.people import service as people
from webapp.people.models import Patient, Service
from webapp.reminders.bounces import bounced
from webapp.reminders.models import ReminderChoice
from webapp.reminders.way_rules import Reach

ONLINE = "online"
NOT_INVITED = frozenset({"not_suitable", "prefers_another"})
"""Before activation nobody is reminded of a course that is not for them, or that they do not want."""


def reach_of(patient: Patient, chosen: ReminderChoice | None, service: Service, *, online: bool) -> Reach:
    """Everything that decides by which way we may write. ``online``: False for who follows on paper or by phone."""
    safe = {"email": patient.email_is_safe, "text": patient.text_is_safe, "letter": patient.letter_is_safe}
    if not service.phone:
        safe["letter"] = False  # a letter says whom to ring instead of a link
    as_invited = online and patient.account_id is None
    if as_invited and patient.suitability in NOT_INVITED:
        safe = {}
    on = {} if as_invited else people.choices_of(patient.service_id, patient.id)
    return Reach(
        addresses={"email": patient.email, "text": patient.mobile, "letter": patient.postal_address},
        safe=frozenset(way for way, is_safe in safe.items() if is_safe),
        chosen=None if as_invited else frozenset(way for way, is_on in on.items() if is_on),
        bounced=frozenset(bounced(patient.service_id, patient.id)),
        preferred=chosen.way if chosen is not None else "",
        online=online,
        can_text=post.can_text(),
    )
