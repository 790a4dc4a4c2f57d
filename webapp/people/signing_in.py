"""The verbs of signing in: by password, by an e-mailed link, and into another of one's memberships.

Every way into a session: a password, a sign-in link, a second factor, another membership, an invitation (the
welcome room), a staff invitation, the first administrator's link and, in the demonstration only, a tap on
a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pyotp
from sqlalchemy import func, select

from webapp.foundations import clock, jobs, post
from webapp.foundations.access import Actor
from webapp.foundations.database import db, enter_service
from webapp.foundations.languages import speaking

from . import letters, notices, passwords, sessions, throttle, tokens
from .models import Account, Membership, Service
from .names import normalised
from .sign_in_models import SignedIn, Token
from .visitors import hash_of

STAFF = "staff"
CAME_BY_LINK = timedelta(minutes=10)


class WaitFirst(Exception):
    """Too many tries: come back in ``seconds``."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True)
class Begun:
    """A session that has just begun: what the browser is given."""

    secret: str
    kind: str
    account: Account


def account_named(typed: str) -> Account | None:
    """The account with this sign-in name, however it was typed."""
    return db.session.scalar(
        select(Account).where(Account.sign_in_name == normalised(typed), Account.closed_at.is_(None))
    )


def by_password(typed_name: str, password: str, kind: str) -> Begun | None:
    """Sign in with a password; None if the name or the password is not right (which of them is never said).

    Raises:
        WaitFirst: too many tries for this account from this network, or from this network.
    """
    keys = throttle.of_sign_in(normalised(typed_name))
    wait = throttle.attempt(*keys)
    if wait:
        raise WaitFirst(wait)
    account = account_named(typed_name)
    right = passwords.is_right(account, password)
    begun = begin(account, kind) if right and account else None
    if begun:
        throttle.succeeded(*keys)
    return begun


def begin(account: Account, kind: str, *, second_factor: bool = False) -> Begun | None:
    """Start a session in the account's first membership; None if it has none left."""
    memberships = sessions.memberships_of(account.id)
    if not memberships and not account.administrator:
        return None
    return begin_as(account, memberships[0] if memberships else None, kind, second_factor=second_factor)


def begin_as(
    account: Account, membership: Membership | None, kind: str, *, second_factor: bool = False
) -> Begun:
    """Start a session in one membership (none: as the installation's administrator)."""
    if membership is None or membership.patient_id is None:
        kind = STAFF
        if account.totp_confirmed_at is None and not second_factor:
            account.totp_secret = pyotp.random_base32()
    secret = sessions.begin(account, membership, kind, second_factor=second_factor)
    return Begun(secret, kind, account)


def prove(account: Account, session_hash: str) -> Begun:
    """The second factor was shown: a new session takes the place of the old one, which ends (ASVS 7.2.4)."""
    old = db.session.get_one(SignedIn, session_hash)
    enter_service(old.service_id)
    membership = (
        db.session.get(Membership, (old.service_id, old.membership_id)) if old.membership_id else None
    )
    known = any(one.device == old.device for one in _proven_sessions(account.id))
    begun = begin_as(account, membership, STAFF, second_factor=True)
    sessions.end(session_hash)
    if not known and membership and account.totp_confirmed_at:
        notices.tell(account, membership, "new_device")
    return begun


def switch(by: Actor, membership_id: UUID | None, session_hash: str) -> Begun | None:
    """Leave this session for another membership of the same account (None: the installation)."""
    account = db.session.get_one(Account, by.account_id)
    present = db.session.get_one(SignedIn, session_hash)
    wanted = {membership.id: membership for membership in sessions.memberships_of(account.id)}
    if (membership_id is None and not account.administrator) or (
        membership_id and membership_id not in wanted
    ):
        return None
    membership = wanted[membership_id] if membership_id else None
    kind = "shared" if present.kind == STAFF else present.kind
    begun = begin_as(account, membership, kind, second_factor=present.second_factor_at is not None)
    sessions.end(session_hash)
    return begun


def ask_for_link(typed_name: str, browser_secret: str) -> None:
    """Send a sign-in link if this is a patient whose e-mail address we hold. Nobody learns whether it is.

    Raises:
        WaitFirst: too many requests for this name from this network.
    """
    name = normalised(typed_name)
    wait = throttle.attempt(("ask", f"{name}|{throttle.network()}"), throttle.of_sign_in(name)[1])
    if wait:
        raise WaitFirst(wait)
    to_nobody = throttle.attempt(("ask_anywhere", name)) > 0
    account = account_named(name)
    membership = _patient_membership(account)
    address = notices.address_of(account, membership) if account and membership and not to_nobody else ""
    secret = tokens.make(
        "sign_in_link",
        account_id=account.id if account and address else None,
        service_id=membership.service_id if membership and address else None,
        browser_hash=hash_of(browser_secret),
    )
    if membership and address and account:
        service = db.session.get_one(Service, membership.service_id)
        with speaking(account.language):
            letter = letters.sign_in_link(service, secret)
        enter_service(service.id)
        post.write(
            service.id,
            "sign_in_link",
            address,
            *letter,
            language=account.language,
            patient_id=membership.patient_id,
        )
    jobs.wake_the_sweep()


def link_is_good(secret: str, browser_secret: str | None) -> bool:
    """True if a button press in this browser would sign in now. Changes nothing."""
    return _fits(tokens.look("sign_in_link", secret), browser_secret)


def by_link(secret: str, browser_secret: str | None, kind: str) -> Begun | None:
    """Use a sign-in link; None if it is used, over, or was asked for in another browser."""
    if not link_is_good(secret, browser_secret):
        return None
    token = tokens.use("sign_in_link", secret)
    account = db.session.get(Account, token.account_id) if token else None
    membership = _patient_membership(account)
    if account is None or membership is None:
        return None
    return begin_as(account, membership, kind)


def came_by_link(account_id: UUID) -> bool:
    """True if this account used a sign-in link in the last ten minutes: then no old password is asked for."""
    used = select(func.max(Token.used_at)).where(
        Token.account_id == account_id, Token.purpose == "sign_in_link"
    )
    at = db.session.scalar(used)
    return at is not None and clock.now() - at < CAME_BY_LINK


def _proven_sessions(account_id: UUID) -> list[SignedIn]:
    proven = select(SignedIn).where(SignedIn.account_id == account_id, SignedIn.second_factor_at.is_not(None))
    return list(db.session.scalars(proven))


def _fits(token: Token | None, browser_secret: str | None) -> bool:
    return bool(
        token and token.account_id and browser_secret and token.browser_hash == hash_of(browser_secret)
    )


def _patient_membership(account: Account | None) -> Membership | None:
    if account is None or account.closed_at is not None:
        return None
    return next((found for found in sessions.memberships_of(account.id) if found.patient_id), None)
