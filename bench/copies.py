"""How a copy of a whole service grows: seconds, megabytes sent, and the memory that it takes beside them.

Aim: memory stays flat, because sittings are read by a cursor and sent while they are read.
Run: ``python -m bench copies [--largest 2000] [--sittings 5]``.
"""

from __future__ import annotations

import argparse
import os
from contextlib import redirect_stderr
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from psycopg import Connection

from tests.cast import Person
from webapp.foundations.access import Actor
from webapp.foundations.database import db, enter_service
from webapp.people import service as people
from webapp.questionnaires.catalogue import instruments
from webapp.reports import service

from .house import House, house

JOB = "the benchmark"
SIZES = (200, 2_000)
ASKED = ("peg-3", "pseq-10", "phq-8", "gad-7")
_SITTINGS = """
INSERT INTO sitting (service_id, id, enrolment_id, patient_id, battery, time_point, name, way, mode, short, helped,
    instruments, started_at, finished_at)
SELECT e.service_id, gen_random_uuid(), e.id, e.patient_id, 'default/1', 'point-' || n, 'sitting-' || n, 'one',
    'online', false, false, %(asked)s, now() - interval '1 hour', now() - n * interval '1 minute'
FROM enrolment e, generate_series(1, %(sittings)s) AS n WHERE e.service_id = %(service)s
"""
_ANSWERS = """
INSERT INTO answer (service_id, sitting_id, instrument, item, value, at, language, fingerprint)
SELECT s.service_id, s.id, %(instrument)s, item, 1, s.finished_at, 'en', %(fingerprint)s
FROM sitting s, unnest(%(items)s::text[]) AS item WHERE s.service_id = %(service)s
"""
_SCORES = """
INSERT INTO score (service_id, id, sitting_id, patient_id, instrument, version, total, exact, subscales, answered,
    missing, prorated, derived, at, "on")
SELECT s.service_id, gen_random_uuid(), s.id, s.patient_id, %(instrument)s, %(version)s, 1, '1', '{}',
    cardinality(%(items)s::text[]), '{}', false, false, s.finished_at, s.finished_at::date
FROM sitting s WHERE s.service_id = %(service)s
"""


def main(words: list[str]) -> None:
    """Fill one service of each size, copy it out, and say what it cost."""
    parser = argparse.ArgumentParser(prog="python -m bench copies", description=__doc__)
    parser.add_argument("--largest", type=int, default=SIZES[-1])
    parser.add_argument("--sittings", type=int, default=5)
    given = parser.parse_args(words)
    titles = f"{'seconds':>9}{'CPU seconds':>13}{'first piece':>13}{'MB sent':>9}{'MB grown by':>13}"
    print(f"{'patients':>9}{'sittings':>10}" + titles)
    with open(os.devnull, "w") as unread, redirect_stderr(unread), house() as ours, ours.app.app_context():
        for size in sorted({SIZES[0], given.largest}):
            actor = _filled(ours, size, given.sittings)
            cost = _cost_of(_copy_of(actor))
            print(f"{size:>9,}{size * given.sittings:>10,}" + cost)


def _filled(ours: House, size: int, sittings: int) -> Actor:
    """A service of this size whose patients have all sent this many sittings; its lead."""
    name = f"Service of {size}"
    enter_service(None)
    made = people.add_service(name, name, by=Actor(None, job=JOB))
    enter_service(made.id)
    account = people.add_account(f"lead{size}@example.org", "Lead", administrator=False)
    membership = people.add_member(account, "lead", by=Actor(made.id, job=JOB), patient_id=None)
    db.session.commit()
    setattr(ours.cast, name, made)
    person = Person(account, membership)
    ours.fill(name, size, person)
    _send_sittings(ours.owner, made.id, sittings)
    return person.actor


def _send_sittings(owner: Connection[Any], service_id: object, sittings: int) -> None:
    with owner.transaction():
        owner.execute(_SITTINGS, {"service": service_id, "sittings": sittings, "asked": list(ASKED)})
        for name in ASKED:
            one = instruments().get(name)
            about = {
                "service": service_id,
                "instrument": name,
                "version": one.version,
                "items": [item.id for item in one.definition.items],
                "fingerprint": one.texts["en"].fingerprint,
            }
            owner.execute(_ANSWERS, about)
            owner.execute(_SCORES, about)
    owner.execute("ANALYZE")


def _copy_of(lead: Actor) -> service.WholeService:
    enter_service(lead.service_id)
    copy = service.begin_service_copy(lead, "The benchmark")
    db.session.commit()
    return copy


def _cost_of(copy: service.WholeService) -> str:
    """Make the copy once and throw it away."""
    before, busy, began = _megabytes(), process_time(), perf_counter()
    first, most, sent = 0.0, before, 0
    for piece in copy.pieces():
        first = first or perf_counter() - began
        most = max(most, _megabytes())
        sent += len(piece)
    took, used = perf_counter() - began, process_time() - busy
    return f"{took:>9.1f}{used:>13.1f}{first:>13.2f}{sent / 1e6:>9.1f}{most - before:>13.1f}"


def _megabytes() -> float:
    """What the process holds in memory now (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
