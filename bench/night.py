"""The work of the night: ranking a service again, with 1,000 to 100,000 patients of whom one in four is on the list.

Aim: as many rows a second whatever the size, and memory that stays flat, because rows are read in pieces.
Run: ``python -m bench night [--largest 100000]``.
"""

from __future__ import annotations

import argparse
import os
import resource
from contextlib import redirect_stderr
from pathlib import Path
from time import perf_counter, process_time

from sqlalchemy import text

from webapp.engagement.summing_up import rank_again
from webapp.foundations.database import db, enter_service

from .growth import SIZES, service_of
from .house import House, house


def main(words: list[str]) -> None:
    """Fill a service of each size, let its ranks be yesterday's, and rank again."""
    parser = argparse.ArgumentParser(prog="python -m bench night", description=__doc__)
    parser.add_argument("--largest", type=int, default=SIZES[-1])
    given = parser.parse_args(words)
    print(
        f"{'patients':>9}{'ranked':>9}{'seconds':>9}{'CPU':>8}{'rows a second':>15}{'MB grown by':>13}{'largest MB':>12}"
    )
    with open(os.devnull, "w") as unread, redirect_stderr(unread), house() as ours, ours.app.app_context():
        for size in (size for size in SIZES if size <= given.largest):
            _night(ours, size)


def _night(ours: House, size: int) -> None:
    clinician = service_of(ours, size)
    assert clinician.membership
    service_id = clinician.membership.service_id
    ours.owner.execute("UPDATE engagement SET ranked_on = ranked_on - 1 WHERE service_id = %s", (service_id,))
    ours.owner.commit()
    enter_service(service_id)
    before, began, used = _resident_mb(), perf_counter(), process_time()
    rank_again()
    seconds, cpu = perf_counter() - began, process_time() - used
    enter_service(service_id)
    ranked = db.session.scalar(text("SELECT count(*) FROM engagement WHERE ranked_on = current_date")) or 0
    db.session.rollback()
    grown, largest = _resident_mb() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{size:>9,}{ranked:>9,}{seconds:>9.1f}{cpu:>8.1f}{ranked / seconds:>15.0f}{grown:>13.1f}{largest:>12.0f}",
        flush=True,
    )


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20
