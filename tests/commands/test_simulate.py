"""``waymark demo --simulate``: a small year in the suite, with the clocks going forward and the worker dying."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from webapp.commands import main
from webapp.commands.demo.year.kills import Place
from webapp.foundations.private_postgres import PrivatePostgres

ROOT = Path(__file__).resolve().parents[2]
RUN = "from webapp.commands import main\nif __name__ == '__main__':\n    main()"
PEOPLE, KILLS = 10, 8
SMALL = ("--people", str(PEOPLE), "--days", "49", "--begin", "2026-03-02", "--kills", str(KILLS))
"""Seven weeks round 29 March 2026, when the clocks go forward."""


@pytest.fixture(scope="module")
def small_year(postgres: PrivatePostgres, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The figures of a small year, lived through by the command as anybody would give it."""
    out = tmp_path_factory.mktemp("year")
    given = {name: value for name, value in os.environ.items() if not name.startswith("WAYMARK_")}
    command = [sys.executable, "-c", RUN, "demo", "--simulate", *SMALL, "--out", str(out)]
    with subprocess.Popen(
        command, cwd=ROOT, env={**given, "PYTHONPATH": str(ROOT)}, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as year:  # fmt: skip
        said, errors = year.communicate()
    assert year.returncode == 0, said + errors
    assert said == (out / "report.md").read_text(encoding="utf-8")
    figures: dict[str, Any] = json.loads((out / "report.json").read_text(encoding="utf-8"))
    return {**figures, "said": said, "errors": errors, "pid": year.pid}


def test_every_promise_is_kept(small_year: dict[str, Any]) -> None:
    assert small_year["broken_promises"] == {}
    assert "BROKEN" not in small_year["said"] and small_year["said"].count("- kept: ") == 10
    assert "2026-04-01: " in small_year["errors"]


def test_messages_of_many_kinds_arrived_by_day_and_two_days_apart(small_year: dict[str, Any]) -> None:
    messages = small_year["messages"]
    assert messages["in_all"] > 2 * PEOPLE
    assert {"welcome", "weekly-summary", "questions"} <= set(messages["by_kind"]) and len(
        messages["by_kind"]
    ) >= 6
    assert {int(hour) for hour in messages["by_local_hour"]} <= set(range(8, 20))
    assert messages["hours_between_two"]["least"] >= 48
    assert messages["others_arrived"] >= PEOPLE * 0.7  # invitations


def test_the_worker_died_as_often_as_asked_and_only_the_window_doubled(small_year: dict[str, Any]) -> None:
    worker = small_year["worker"]
    assert worker["kills"] == KILLS == sum(worker["kills_by_place"].values())
    assert worker["kills_by_place"].keys() <= {place.value for place in Place}
    assert worker["messages_that_arrived_twice"] <= worker["messages_in_the_window"] <= KILLS


def test_everybody_stands_somewhere_and_the_team_had_something_to_do(small_year: dict[str, Any]) -> None:
    assert sum(small_year["states_at_the_end"].values()) == PEOPLE
    assert sum(small_year["kinds_of_people"].values()) == PEOPLE
    worklist = small_year["worklist"]
    assert 0 < worklist["most_in_a_week"] <= worklist["weekly_budget"]
    assert worklist["person_weeks"] > PEOPLE


def test_nothing_of_it_is_left_behind(small_year: dict[str, Any], postgres: PrivatePostgres) -> None:
    with postgres.connect("postgres") as keeper:
        left = keeper.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)",
            [f"waymark_year_{small_year['pid']}_"],
        )
        assert left.fetchall() == []


def test_production_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    production = {
        "ENVIRONMENT": "production", "SECRET_KEY": "a secret of more than 32 characters", "BASE_URL": "https://localhost",
        "DATABASE_URL": "postgresql+psycopg://waymark_app@localhost/none", "SMTP_URL": "smtp://localhost:9",
    }  # fmt: skip
    for name, value in production.items():
        monkeypatch.setenv(f"WAYMARK_{name}", value)
    for command in (["demo", "--simulate"], ["demo", "simulate"]):
        refused = CliRunner().invoke(main, command)
        assert refused.exit_code == 1
        assert "not for production" in refused.output


def test_without_anything_it_says_what_it_can_do() -> None:
    shown = CliRunner().invoke(main, ["demo"])
    assert shown.exit_code == 0 and "--simulate" in shown.output and "seed" in shown.output
