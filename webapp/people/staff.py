"""Staff: inviting colleagues, their roles, and the installation's first administrator."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from webapp.foundations import audit, jobs, post
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.foundations.languages import speaking

from . import letters, notices, passwords, second_factor, sessions, signing_in, tokens
from . import service as people
from .models import Account, Membership, Service
from .names import normalised
from .signing_in import Begun

ROLES = ("clinician", "caller", "author", "lead")


class LastLead(Exception):
    """A service keeps at least one lead."""


class AlreadyHere(Exception):
    """This person works in the service already."""


@dataclass(frozen=True)
class Colleague:
    """One member of staff of a service."""

    membership_id: UUID
    account_id: UUID
    name: str
    sign_in_name: str
    role: str
    has_come: bool  # has chosen a password
    calls_a_week: int | None  # their own call budget; None: the service's usual one


def staff_of(by: Actor) -> list[Colleague]:
    """Everybody who works in the service in which ``by`` acts, by name."""
    rows = db.session.execute(
        select(
            Membership.id,
            Account.id,
            Account.display_name,
            Account.sign_in_name,
            Membership.role,
            Account.password_hash.is_not(None),
            Membership.calls_a_week,
        )
        .join(Account, Account.id == Membership.account_id)
        .where(
            Membership.service_id == by.service_id, Membership.role.in_(ROLES), Membership.ended_at.is_(None)
        )
        .order_by(Account.display_name, Membership.id)
    )
    return [Colleague(*row) for row in rows]


def colleague_of(by: Actor, membership_id: UUID) -> Colleague:
    """One member of staff.

    Raises:
        NotFound: there is none in this service.
    """
    found = next((one for one in staff_of(by) if one.membership_id == membership_id), None)
    if found is None:
        raise people.NotFound("membership")
    return found


def invite(email: str, name: str, role: str, *, by: Actor) -> None:
    """Give somebody a role in the service of ``by`` and write to them.

    Raises:
        AlreadyHere: they work here already.
    """
    known = signing_in.account_named(email)
    if known and any(one.account_id == known.id for one in staff_of(by)):
        raise AlreadyHere
    account = known or people.add_account(normalised(email), name)
    membership = people.add_member(account, role, by=by)
    _write_to(account, membership, by)


def invite_again(membership_id: UUID, *, by: Actor) -> None:
    """Send a new link, also to somebody who forgot their password; earlier links stop working."""
    colleague = colleague_of(by, membership_id)
    account = db.session.get_one(Account, colleague.account_id)
    _send_invitation(account, _membership(by, membership_id), by)
    audit.record(by, "invited_again", "membership", membership_id)


def change_role(membership_id: UUID, role: str, *, by: Actor) -> None:
    """Give a colleague another role. Their sessions end at once.

    Raises:
        LastLead: nobody would lead the service.
    """
    colleague = colleague_of(by, membership_id)
    if colleague.role == role:
        return
    _keep_a_lead(colleague, by)
    _membership(by, membership_id).role = role
    sessions.end_for_membership(membership_id)
    audit.record(by, "changed", "membership", membership_id, fields=["role"])
    for told in people.after_leaving:
        told(colleague.account_id, by)


def set_calls(membership_id: UUID, calls_a_week: int | None, *, by: Actor) -> None:
    """How many calls a week a colleague has time for; None: as many as the service says for everybody."""
    if colleague_of(by, membership_id).calls_a_week == calls_a_week:
        return
    _membership(by, membership_id).calls_a_week = calls_a_week
    audit.record(by, "changed", "membership", membership_id, fields=["calls_a_week"])


def end(membership_id: UUID, *, by: Actor) -> None:
    """A colleague no longer works here. Their sessions end at once.

    Raises:
        LastLead: nobody would lead the service.
    """
    _keep_a_lead(colleague_of(by, membership_id), by)
    people.end_member(membership_id, by=by)


def take_second_factor_away(membership_id: UUID, *, by: Actor) -> None:
    """A colleague lost their phone and codes, and proved to the lead who they are: they set up a new one."""
    colleague = colleague_of(by, membership_id)
    account = db.session.get_one(Account, colleague.account_id)
    second_factor.take_away(account)
    sessions.end_all(account.id)
    notices.tell(account, _membership(by, membership_id), "second_factor")
    audit.record(by, "took_away", "second_factor", account.id)


def accept(secret: str, password: str) -> Begun | None:
    """Use a staff invitation: the password is theirs from now on; earlier sessions end.

    None if it is over.
    """
    token = tokens.use("staff_invitation", secret)
    if token is None:
        return None
    account = db.session.get_one(Account, token.account_id)
    passwords.set_password(account, password)
    sessions.end_all(account.id)
    memberships = sessions.memberships_of(account.id)
    meant = next((one for one in memberships if one.id == token.membership_id), None)
    return signing_in.begin_as(account, meant, signing_in.STAFF) if meant else None


def there_is_an_administrator() -> bool:
    """True once somebody administers the installation."""
    return bool(
        db.session.scalar(select(func.count()).where(Account.administrator, Account.closed_at.is_(None)))
    )


def make_first_administrator(secret: str, email: str, name: str, password: str) -> Begun | None:
    """Use the link of the command line. None if it is over, or somebody was quicker.

    Raises:
        NameIsTaken: there is an account with this e-mail.
    """
    if signing_in.account_named(email):
        raise people.NameIsTaken
    if tokens.use("first_administrator", secret) is None or there_is_an_administrator():
        return None
    account = people.add_account(normalised(email), name, administrator=True)
    passwords.set_password(account, password)
    audit.record(Actor(None, account.id), "created", "administrator", account.id)
    return signing_in.begin(account, signing_in.STAFF)


def _write_to(account: Account, membership: Membership, by: Actor) -> None:
    if account.password_hash is None:
        _send_invitation(account, membership, by)
        return
    service = db.session.get_one(Service, by.service_id)
    with speaking(account.language):
        words = letters.staff_added(service, account.display_name)
    post.write(service.id, "staff_added", account.sign_in_name, *words, language=account.language)
    jobs.wake_the_sweep()


def _send_invitation(account: Account, membership: Membership, by: Actor) -> None:
    service = db.session.get_one(Service, by.service_id)
    tokens.end_all("staff_invitation", account_id=account.id)
    secret = tokens.make(
        "staff_invitation", service_id=service.id, account_id=account.id, membership_id=membership.id
    )
    with speaking(account.language):
        words = letters.staff_invitation(service, account.display_name, secret)
    post.write(service.id, "staff_invitation", account.sign_in_name, *words, language=account.language)
    jobs.wake_the_sweep()


def _keep_a_lead(colleague: Colleague, by: Actor) -> None:
    leads = [one for one in staff_of(by) if one.role == "lead"]
    if colleague.role == "lead" and len(leads) < 2:
        raise LastLead


def _membership(by: Actor, membership_id: UUID) -> Membership:
    return db.session.get_one(Membership, (by.service_id, membership_id))
