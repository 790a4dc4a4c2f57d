"""Slowing down guesses: a growing wait per account *and* network, and per network.

A stranger elsewhere can never make somebody wait: nothing is counted for an account alone. Counts are
written in
short transactions of their own, before the guess is judged, so that many guesses at once do not slip through.
"""

from __future__ import annotations

import ipaddress
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import request
from sqlalchemy import case, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from webapp.foundations import clock
from webapp.foundations.database import db, short_transaction

from .sign_in_models import Throttle
from .visitors import hash_of


@dataclass(frozen=True)
class Limit:
    """So many are free; then the wait begins at ``first_wait`` and doubles up to ``longest``.

    Forgotten after a while.
    """

    free: int
    first_wait: timedelta
    longest: timedelta
    forgotten_after: timedelta = timedelta(hours=24)

    def wait_after(self, failures: int) -> timedelta:
        """How long to wait after so many failures."""
        over = failures - self.free
        return timedelta() if over < 0 else min(self.first_wait * 2 ** min(over, 20), self.longest)


LIMITS = {
    "account": Limit(5, timedelta(seconds=5), timedelta(minutes=15)),  # one account from one network
    "network": Limit(
        50, timedelta(seconds=2), timedelta(minutes=2)
    ),  # a hospital is one network: be generous
    "second_factor": Limit(5, timedelta(seconds=5), timedelta(minutes=15)),
    "birth": Limit(5, timedelta(seconds=30), timedelta(hours=1)),  # a date of birth, one invitation
    "code": Limit(10, timedelta(seconds=10), timedelta(minutes=15)),  # typed letter codes, one network
    "message": Limit(
        20, timedelta(seconds=2), timedelta(minutes=2)
    ),  # unknown links of messages, one network
    "ask": Limit(3, timedelta(seconds=30), timedelta(minutes=15), timedelta(hours=1)),  # asking for messages
    "ask_anywhere": Limit(
        10, timedelta(minutes=1), timedelta(minutes=30), timedelta(hours=1)
    ),  # one name, all networks
}

SHARED = frozenset({"network", "code", "message"})  # kinds that many people may share
Key = tuple[str, str]


def network() -> str:
    """The visitor's network: the IPv4 address, or the /64 of an IPv6 address."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "0.0.0.0")
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return str(address)


def of_sign_in(name: str) -> tuple[Key, Key]:
    """What is counted when somebody signs in as ``name``: this account from here, and this network."""
    here = network()
    return ("account", f"{name}|{here}"), ("network", here)


def attempt(*keys: Key) -> int:
    """Ask to try: 0 means go on (and it is counted until it succeeds), else the seconds to wait first."""
    with short_transaction() as session:
        rows = [
            (kind, session.execute(_one_more(kind, what)).one(), _hash(kind, what)) for kind, what in keys
        ]
        wait = max(_seconds_until(row.wait_until) for _, row, _ in rows)
        if wait:
            session.rollback()
            return wait
        for kind, row, key_hash in rows:
            until = clock.now() + LIMITS[kind].wait_after(row.failures)
            session.execute(update(Throttle).where(Throttle.key_hash == key_hash).values(wait_until=until))
    return 0


def seconds_to_wait(*keys: Key) -> int:
    """How long somebody who only looks has to wait; nothing is counted and nothing is written."""
    hashes = [_hash(kind, what) for kind, what in keys]
    until = db.session.scalar(select(func.max(Throttle.wait_until)).where(Throttle.key_hash.in_(hashes)))
    return 0 if until is None else _seconds_until(until)


def succeeded(*keys: Key) -> None:
    """It was right. The account's failures are forgotten; a network only gets this one try back."""
    with short_transaction() as session:
        for kind, what in keys:
            mine = Throttle.key_hash == _hash(kind, what)
            if kind in SHARED:
                less = {"failures": func.greatest(Throttle.failures - 1, 0), "wait_until": clock.now()}
                session.execute(update(Throttle).where(mine).values(less))
            else:
                session.execute(delete(Throttle).where(mine))


def _one_more(kind: str, what: str):  # type: ignore[no-untyped-def]
    moment = clock.now()
    forgotten = moment - LIMITS[kind].forgotten_after
    fresh = insert(Throttle).values(key_hash=_hash(kind, what), failures=1, last_at=moment, wait_until=moment)
    again = case((Throttle.last_at < forgotten, 1), else_=Throttle.failures + 1)
    counted = fresh.on_conflict_do_update(
        index_elements=[Throttle.key_hash], set_={"failures": again, "last_at": moment}
    )
    return counted.returning(Throttle.failures, Throttle.wait_until)


def _seconds_until(moment: datetime) -> int:
    return max(0, math.ceil((moment - clock.now()).total_seconds()))


def _hash(kind: str, what: str) -> str:
    return hash_of(f"{kind}:{what}")
