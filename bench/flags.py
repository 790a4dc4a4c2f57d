"""How long and how much memory `waymark flags evaluate` needs for 100,000 people and 10 million events.

Run: ``PYTHONPATH=. .venv/bin/python bench/flags.py [--people 100000] [--events 100] [--on-day 28 --on-day
56]``. It writes a made-up history to a temporary folder, runs the command as a process of its own, and
prints its wall time and its largest resident memory. The bounds: 2 GiB (dropout.md §6) and a few minutes
(issue 5)."""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

MODULES = 9


def write_history(folder: Path, people: int, events: int) -> None:
    """A history in which everybody has their own pace; the same numbers give the same files."""
    chance = random.Random(1)
    first = date(2025, 1, 1)
    day_names = [(first + timedelta(days=number)).isoformat() for number in range(1200)]
    with (
        (folder / "E.csv").open("w") as enrolments,
        (folder / "V.csv").open("w") as active,
        (folder / "M.csv").open("w") as milestones,
    ):
        enrolments.write("person,invited_on,started_on,ended_on\n")
        active.write("person,on\n")
        milestones.write("person,name,planned_on,done_on\n")
        for number in range(people):
            invited, stays = chance.randrange(365), chance.randrange(1, 200)
            enrolments.write(f"p{number},{day_names[invited]},,\n")
            active.writelines(
                f"p{number},{day_names[invited + int(chance.random() * stays)]}\n" for _ in range(events)
            )
            for module in range(1, MODULES + 1):
                done = day_names[invited + 8 * module] if 8 * module < stays else ""
                milestones.write(f"p{number},module {module},{day_names[invited + 7 * module]},{done}\n")


def run(folder: Path, on_days: list[int]) -> tuple[float, float]:
    """Seconds and largest resident MiB of one run."""
    command = [sys.executable, "-c", "from webapp.commands import main; main()", "flags", "evaluate"]
    for option, name in (("enrolments", "E"), ("events", "V"), ("milestones", "M")):
        command += [f"--{option}", str(folder / f"{name}.csv")]
    for day in on_days:
        command += ["--on-day", str(day)]
    began = time.perf_counter()
    subprocess.run([*command, "--out", str(folder / "flags.csv")], check=True)
    seconds = time.perf_counter() - began
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    """Read the sizes, write, run, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--events", type=int, default=100)
    parser.add_argument("--on-day", type=int, action="append")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        write_history(Path(name), given.people, given.events)
        seconds, mebibytes = run(Path(name), given.on_day or [28, 56])
    print(f"{given.people} people x {given.events} events: {seconds:.1f} s, {mebibytes:.0f} MiB")


if __name__ == "__main__":
    main()
