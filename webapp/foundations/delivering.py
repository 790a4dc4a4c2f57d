"""Delivering: what is due in the outbox is handed over, one message at a time, and what became of it is written down.

Each message is *taken up* (its next try is set and committed), locked, asked about, handed over, marked and committed.
Whatever dies in between, the message is still in the outbox and due again: nothing is lost. It can go out twice only
if the server took it and our last commit did not happen, and then with the same Message-ID.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy import or_, select

from . import clock
from .carriers import CannotCarry, Carrier, Carriers, Refused, as_email
from .database import db
from .mailing import held_open
from .outbox import EMAIL, NOT_WANTED, REFUSED, TEXT, Letter
from .quiet_hours import after_quiet_hours

GIVE_UP_AFTER = timedelta(hours=48)
FIRST_WAIT = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=4)
AT_A_TIME = 50
FAULTS_IN_A_ROW = 3
"""After so many messages of one channel that were cut off, it is left alone until the next sweep."""

Check = Callable[[Letter], "str | None"]
Listener = Callable[[Letter], None]
_checks: dict[str, Check] = {}
_listeners: list[Listener] = []
_log = structlog.get_logger("post")


def ask_before_sending(prefix: str, check: Check) -> None:
    """Ask ``check(letter)`` just before a message whose kind begins with ``prefix`` is handed over, at every try.

    It runs in the letter's service and transaction, and returns why not to send it after all (the message is then
    withdrawn), or None. If it raises, the message waits and is asked about again.
    """
    _checks[prefix] = check


def tell_me_of_failures(listener: Listener) -> None:
    """Call ``listener(letter)`` in the transaction in which a message fails; ``letter.was_refused`` says how."""
    if listener not in _listeners:
        _listeners.append(listener)


def withdraw(letter: Letter, why: str) -> None:
    """Do not send this message after all; no effect on one that was sent."""
    if letter.sent_at is None and letter.withdrawn_at is None:
        letter.withdrawn_at, letter.withdrawn_why = clock.now(), why


@dataclass
class Sweep:
    """One round of delivering, over one service or many.

    away: channel → why nothing of it can be taken just now. took: the channels that took something.
    """

    carriers: Carriers
    sender: str
    away: dict[str, CannotCarry] = field(default_factory=dict)
    took: set[str] = field(default_factory=set)
    sent: int = 0
    _faults: dict[str, int] = field(default_factory=dict)

    def turn(self, limit: int, go_on: Callable[[], bool] = lambda: True) -> int:
        """Deal with up to ``limit`` due messages of the service that was entered; returns with how many.

        Each is committed by itself; ``go_on()`` is asked before each, outside of any transaction.
        """
        dealt_with = 0
        while dealt_with < limit and go_on() and (letter := _next_due(set(self.away))) is not None:
            self._deal_with(letter)
            db.session.commit()
            dealt_with += 1
        db.session.rollback()
        return dealt_with

    def _deal_with(self, letter: Letter) -> None:
        wakes_at = _after_quiet(clock.now(), letter)
        if wakes_at > clock.now():
            letter.next_try_at = wakes_at
            return
        _take_up(letter)
        if _lock(letter) and _may_go(letter):
            self._hand_over(letter)

    def _hand_over(self, letter: Letter) -> None:
        try:
            self._carry(letter)
        except Refused as refusal:
            _fail(letter, f"{REFUSED if refusal.of_address else NOT_WANTED}: {refusal.why}")
        except CannotCarry as away:
            self.away.setdefault(letter.channel, away)
            _put_off(letter, away.why)
        except Exception as error:  # whatever it is: this message waits, and the others go on
            self._count_a_fault(letter.channel, error)
            _put_off(letter, type(error).__name__)
        else:
            letter.sent_at, letter.last_error = clock.now(), None
            self._faults[letter.channel] = 0
            self.took.add(letter.channel)
            self.sent += 1

    def _carry(self, letter: Letter) -> None:
        if letter.channel in self.away:  # an old one, so that it is given up in time
            raise self.away[letter.channel]
        if letter.channel == EMAIL:
            self.carriers.email(as_email(letter, self.sender))
        elif self.carriers.text is None:
            raise CannotCarry("texts are switched off", settings=True)
        else:
            reference, tried_before = str(letter.id), letter.tries > 1
            self.carriers.text(letter.to_address, letter.text, reference=reference, tried_before=tried_before)

    def _count_a_fault(self, channel: str, error: Exception) -> None:
        self._faults[channel] = self._faults.get(channel, 0) + 1
        if self._faults[channel] >= FAULTS_IN_A_ROW:
            self.away[channel] = CannotCarry(type(error).__name__)


def deliver_due(carrier: Carrier, sender: str, limit: int = AT_A_TIME) -> int:
    """Send this service's due e-mails, each committed by itself; returns how many went out."""
    with held_open(carrier) as email:
        sweep = Sweep(Carriers(email), sender)
        sweep.turn(limit)
    return sweep.sent


def _next_due(away: set[str]) -> Letter | None:
    """The message that waits longest; of channels that are away, only what is old enough to be given up."""
    at = clock.now()
    waiting = select(Letter).where(
        Letter.sent_at.is_(None),
        Letter.failed_at.is_(None),
        Letter.withdrawn_at.is_(None),
        Letter.channel.in_((EMAIL, TEXT)),
        Letter.next_try_at <= at,
    )
    if away:
        waiting = waiting.where(or_(Letter.channel.not_in(away), Letter.written_at <= at - GIVE_UP_AFTER))
    return db.session.scalar(waiting.order_by(Letter.next_try_at).limit(1).with_for_update(skip_locked=True))


def _take_up(letter: Letter) -> None:
    """Count the try before it happens: a message that kills us cannot come first again and again."""
    letter.tries += 1
    letter.next_try_at = _next_try(letter)
    db.session.commit()


def _lock(letter: Letter) -> bool:
    """Hold the row while we hand it over. False: somebody else holds it, or dealt with it since."""
    key = (letter.service_id, letter.id)
    held = db.session.get(Letter, key, with_for_update={"skip_locked": True}, populate_existing=True)
    return held is not None and not (held.sent_at or held.failed_at or held.withdrawn_at)


def _may_go(letter: Letter) -> bool:
    for check in [check for prefix, check in _checks.items() if letter.kind.startswith(prefix)]:
        try:
            with db.session.begin_nested():
                why = check(letter)
        except Exception as error:
            _tell_of(error, "check before sending", letter)
            _put_off(letter, f"check: {type(error).__name__}")
            return False
        if why is not None:
            withdraw(letter, why)
            return False
    return True


def _put_off(letter: Letter, error: str) -> None:
    """Later; after 48 hours never. A first try is not the last one, however long nobody swept."""
    letter.last_error = error
    if clock.now() - letter.written_at >= GIVE_UP_AFTER and letter.tries > 1:
        _fail(letter, error)
    letter.next_try_at = _next_try(letter)


def _fail(letter: Letter, error: str) -> None:
    letter.failed_at, letter.last_error = clock.now(), error
    _log.warning("not delivered", kind=letter.kind, channel=letter.channel, why=error)
    for listener in _listeners:
        try:
            with db.session.begin_nested():
                listener(letter)
        except Exception as error:
            _tell_of(error, "listener to failures", letter)


def _tell_of(error: Exception, what: str, letter: Letter) -> None:
    """In the log: where it broke, but nothing that the error says (it may quote an address)."""
    ours = [one for one in traceback.extract_tb(error.__traceback__) if "webapp" in Path(one.filename).parts]
    place = ours[-1]
    _log.error(
        what, kind=letter.kind, error=type(error).__name__, at=f"{Path(place.filename).name}:{place.lineno}"
    )


def _next_try(letter: Letter) -> datetime:
    """After a wait that doubles, but once more when the 48 hours are over; never in the letter's quiet hours."""
    at, ends_at = clock.now(), letter.written_at + GIVE_UP_AFTER
    wait = min(FIRST_WAIT * 2 ** min(letter.tries - 1, 10), LONGEST_WAIT)
    return _after_quiet(min(at + wait, ends_at) if at < ends_at else at + wait, letter)


def _after_quiet(moment: datetime, letter: Letter) -> datetime:
    return after_quiet_hours(moment, letter.quiet_in) if letter.quiet_in else moment
