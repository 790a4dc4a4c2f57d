"""In the demonstration only: the made-up people whom anybody may be, with one tap."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from webapp.foundations.database import acting_in, db

from . import service as people
from .models import Account, Membership

DEMO_NAMES_END = "@demo.waymark"


@dataclass(frozen=True)
class DemoPerson:
    """One made-up person: ``role`` is a membership's, or administrator."""

    account_id: UUID
    name: str
    sign_in_name: str
    role: str
    service: str

    @property
    def comes_first(self) -> bool:
        """True for those whom a newcomer should try: staff, and patients with a short sign-in name of their own."""
        return not self.is_patient or "." not in self.sign_in_name.removesuffix(DEMO_NAMES_END)

    @property
    def is_patient(self) -> bool:
        """True for somebody who follows the course."""
        return self.role == "patient"


def demo_cast() -> list[DemoPerson]:
    """Everybody who may be tried, service by service; nobody outside the demonstration."""
    if not current_app.extensions["waymark_settings"].demo:
        return []
    found: list[DemoPerson] = []
    for service in people.all_services():
        with acting_in(service.id):
            found += _of_service(service.id, service.name)
    return found + _administrators()


def demo_account(account_id: UUID) -> Account | None:
    """The made-up account with this id; never anybody else's, and none outside the demonstration."""
    if not current_app.extensions["waymark_settings"].demo:
        return None
    account = db.session.get(Account, account_id)
    return account if account and account.sign_in_name.endswith(DEMO_NAMES_END) else None


def _of_service(service_id: UUID, name: str) -> list[DemoPerson]:
    rows = db.session.execute(
        select(Account.id, Account.display_name, Account.sign_in_name, Membership.role)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.service_id == service_id,
            Membership.ended_at.is_(None),
            Account.closed_at.is_(None),
            Account.sign_in_name.endswith(DEMO_NAMES_END),
        )
        .order_by(Account.made_at, Account.id)
    )
    return [DemoPerson(*row, name) for row in rows]


def _administrators() -> list[DemoPerson]:
    rows = db.session.execute(
        select(Account.id, Account.display_name, Account.sign_in_name).where(
            Account.administrator, Account.closed_at.is_(None), Account.sign_in_name.endswith(DEMO_NAMES_END)
        )
    )
    return [DemoPerson(*row, "administrator", "") for row in rows]
