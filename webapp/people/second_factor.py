"""The second factor of staff: a code from an app (TOTP, RFC 6238), and ten recovery codes for a
lost phone.
"""

from __future__ import annotations

import hmac
import re
import secrets

import pyotp
import segno
from markupsafe import Markup
from sqlalchemy import delete, or_, update

from webapp.foundations import clock
from webapp.foundations.database import db

from . import throttle
from .models import Account, RecoveryCode
from .signing_in import WaitFirst
from .visitors import hash_of

STEP_SECONDS = 30
STEPS_EITHER_SIDE = 1
HOW_MANY_RECOVERY_CODES = 10
RECOVERY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike
RECOVERY_LENGTH = 25  # 31²⁵ is 123 bits
ISSUER = "Waymark"


def start(account: Account) -> None:
    """Make a new secret for an app that is to be set up."""
    account.totp_secret = pyotp.random_base32()
    account.totp_confirmed_at = account.totp_last_step = None


def is_right(account: Account, typed: str) -> bool:
    """True if this is a code of now (or one step beside it) that was not used before, or an unused
    recovery code.

    Raises:
        WaitFirst: too many wrong codes.
    """
    key = ("second_factor", str(account.id))
    wait = throttle.attempt(key)
    if wait:
        raise WaitFirst(wait)
    plain = re.sub(r"[\s-]", "", typed).casefold()
    right = _is_code(account, plain) if plain.isdecimal() else _is_recovery_code(account, plain)
    if right:
        throttle.succeeded(key)
    return right


def confirm(account: Account) -> list[str]:
    """The app works: the factor holds from now on. Returns the recovery codes, to be shown this once."""
    account.totp_confirmed_at = clock.now()
    return new_recovery_codes(account)


def new_recovery_codes(account: Account) -> list[str]:
    """Ten new recovery codes; the old ones stop working."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    made = [
        "".join(secrets.choice(RECOVERY_LETTERS) for _ in range(RECOVERY_LENGTH))
        for _ in range(HOW_MANY_RECOVERY_CODES)
    ]
    db.session.add_all(RecoveryCode(account_id=account.id, code_hash=hash_of(code)) for code in made)
    db.session.flush()
    return ["-".join(code[at : at + 5] for at in range(0, RECOVERY_LENGTH, 5)) for code in made]


def take_away(account: Account) -> None:
    """Forget the factor (a colleague has proved who they are to their lead): the next sign-in sets up a
    new one.
    """
    account.totp_secret = account.totp_confirmed_at = account.totp_last_step = None
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))


def qr_code(account: Account) -> Markup:
    """The secret as a QR code: an SVG without style attributes."""
    code = segno.make(
        _totp(account).provisioning_uri(name=account.sign_in_name, issuer_name=ISSUER), micro=False, error="m"
    )
    return Markup(
        code.svg_inline(
            scale=5, border=2, dark="#000", light="#fff", omitsize=False, svgclass=None, lineclass=None
        )
    )


def typed_secret(account: Account) -> str:
    """The secret in groups of four, for typing."""
    secret = account.totp_secret or ""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def _totp(account: Account) -> pyotp.TOTP:
    return pyotp.TOTP(account.totp_secret or "", interval=STEP_SECONDS)


def _is_code(account: Account, typed: str) -> bool:
    if not account.totp_secret:
        return False
    step, totp = int(clock.now().timestamp()) // STEP_SECONDS, _totp(account)
    near = range(step - STEPS_EITHER_SIDE, step + STEPS_EITHER_SIDE + 1)
    fits = [at for at in near if hmac.compare_digest(totp.at(at * STEP_SECONDS), typed)]
    return any(_use_step(account, at) for at in fits)


def _use_step(account: Account, step: int) -> bool:
    """True for the first who uses this step; of two at the same moment exactly one."""
    free = or_(Account.totp_last_step.is_(None), Account.totp_last_step < step)
    used = (
        update(Account)
        .where(Account.id == account.id, free)
        .values(totp_last_step=step)
        .returning(Account.id)
    )
    return db.session.scalar(used) is not None


def _is_recovery_code(account: Account, typed: str) -> bool:
    used = (
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account.id,
            RecoveryCode.code_hash == hash_of(typed),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=clock.now())
        .returning(RecoveryCode.code_hash)
    )
    return account.totp_confirmed_at is not None and db.session.scalar(used) is not None
