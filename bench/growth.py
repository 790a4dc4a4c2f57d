"""How the worklist and the caseload grow: time and plan of their queries with 1,000 to 100,000 patients.

Aim: flat. The worklist is one range of its index, without a sort of more than one patient's own rows; and so is the
question whose messages are due.
Run: ``python -m bench growth [--largest 100000] [--repeats 40]``.
"""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable
from contextlib import redirect_stderr
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import event

from tests.cast import Person
from webapp.clinic import caseload_reads, reads
from webapp.engagement import service as engagement
from webapp.foundations import clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db, enter_service
from webapp.people import service as people

from .house import House, house

JOB = "the benchmark"
List = Callable[[], Any]
SIZES = (1_000, 10_000, 100_000)
MESSAGES_AT_A_TIME = 50
OWN_ROWS = {
    "call_request.asked_on",
    *(f"engagement{alias}.enrolment_id DESC" for alias in ("", "_1", "_2")),
}
"""Sorts of the few rows of one patient are none of the list."""


def main(words: list[str]) -> None:
    """Fill one service of each size; time the lists and look at their plans."""
    parser = argparse.ArgumentParser(prog="python -m bench growth", description=__doc__)
    parser.add_argument("--largest", type=int, default=SIZES[-1])
    parser.add_argument("--repeats", type=int, default=40)
    given = parser.parse_args(words)
    with open(os.devnull, "w") as unread, redirect_stderr(unread), house() as ours, ours.app.app_context():
        found = {size: _measured(ours, size, given.repeats) for size in SIZES if size <= given.largest}
    smallest = found[SIZES[0]]
    print(f"{'list':<22}{'patients':>9}{'ms':>8}{'growth':>8}   plan")
    for name in smallest:
        for size, lists in found.items():
            took, plan = lists[name]
            print(f"{name:<22}{size:>9,}{took:>8.2f}{took / smallest[name][0]:>7.2f}×   {plan}")


def _measured(ours: House, size: int, repeats: int) -> dict[str, tuple[float, str]]:
    clinician = service_of(ours, size)
    assert clinician.membership
    service_id, own = clinician.membership.service_id, clinician.membership.id
    enter_service(service_id)
    some_row = reads.worklist(service_id).rows[-1]
    deep, patient_id = ((6 << 24) + size // 2, some_row.enrolment_id), some_row.patient_id
    lists: dict[str, List] = {
        "worklist": lambda: reads.worklist(service_id),
        "worklist, mine": lambda: reads.worklist(service_id, own),
        "worklist, half way": lambda: reads.worklist(service_id, None, deep),
        "caseload": lambda: caseload_reads.caseload(service_id, caseload_reads.Filters()),
        "caseload, half way": lambda: caseload_reads.caseload(
            service_id, caseload_reads.Filters(), patient_id
        ),
        "caseload, quieter": lambda: caseload_reads.caseload(
            service_id, caseload_reads.Filters(state="quieter")
        ),
        "messages due": lambda: engagement.due_for_messages(service_id, clock.today(), MESSAGES_AT_A_TIME),
    }
    found = {name: (_milliseconds(read, repeats), _plan(read)) for name, read in lists.items()}
    db.session.rollback()
    return found


def service_of(ours: House, size: int) -> Person:
    """A service of this size with a clinician who looks after those on its list."""
    name = f"Service of {size}"
    enter_service(None)
    service = people.add_service(name, name, by=Actor(None, job=JOB))
    enter_service(service.id)
    account = people.add_account(f"clinician{size}@example.org", "Clinician", administrator=False)
    membership = people.add_member(account, "clinician", by=Actor(service.id, job=JOB), patient_id=None)
    db.session.commit()
    setattr(ours.cast, name, service)
    person = Person(account, membership)
    ours.fill(name, size, person)
    return person


def _milliseconds(read: List, repeats: int) -> float:
    """The median of asking and of fetching every row."""
    for _ in range(10):
        read()
    times = []
    for _ in range(repeats):
        began = perf_counter()
        read()
        times.append((perf_counter() - began) * 1000)
    return median(times)


def _plan(read: List) -> str:
    """The index that leads the plan, and whether anything is sorted or read from end to end."""
    connection = db.session.connection()
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    read()
    event.remove(connection, "before_cursor_execute", note)
    statement, parameters = asked[0]
    plan = "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters))
    sorts = set(re.findall(r"Sort Key: (.*)", plan)) - OWN_ROWS
    scans = set(re.findall(r"Seq Scan on (\w+)", plan))
    index = re.search(r"Index (?:Only )?Scan (?:Backward )?using (\w+)", plan)
    return ", ".join(
        [
            f"range of {index[1]}" if index else "no index",
            f"SORTS BY {sorts}" if sorts else "no sort",
            f"READS ALL OF {scans}" if scans else "no whole table",
        ]
    )
