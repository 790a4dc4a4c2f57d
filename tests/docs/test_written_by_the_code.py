"""What is written from the code is current: the numbers to sign, how long things are kept, the settings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from webapp.commands.docs_numbers import numbers_as_markdown
from webapp.commands.docs_retention import retention_as_markdown
from webapp.engagement.thresholds import Thresholds
from webapp.foundations.settings import Settings
from webapp.pacing.rules_settings import PacingSettings
from webapp.questionnaires.instruments import read_instruments

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
INSTRUMENTS = read_instruments([ROOT / "content" / "questionnaires"])


def test_the_numbers_to_sign_are_current() -> None:
    written = (DOCS / "safety" / "numbers-to-sign.md").read_text(encoding="utf-8")
    assert written == numbers_as_markdown(INSTRUMENTS), "run: .venv/bin/waymark docs numbers"


@pytest.mark.parametrize("kind", [PacingSettings, Thresholds])
def test_no_number_is_left_out(kind: type) -> None:
    listed = numbers_as_markdown(INSTRUMENTS)
    assert kind.__annotations__
    assert not [name for name in kind.__annotations__ if f"| `{name}` |" not in listed]


def test_every_change_rule_stands_beside_its_source() -> None:
    listed = " ".join(numbers_as_markdown(INSTRUMENTS).split())
    rules = [rule for one in INSTRUMENTS.by_id.values() for rule in one.definition.scale.changes]
    assert rules
    assert not [rule.id for rule in rules if " ".join(rule.source.split()) not in listed]


def test_how_long_things_are_kept_is_current() -> None:
    written = (DOCS / "retention.md").read_text(encoding="utf-8")
    assert written == retention_as_markdown(), "run: .venv/bin/waymark docs retention"


def test_every_setting_stands_in_the_table_and_no_other() -> None:
    written = (DOCS / "running.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| `WAYMARK_([A-Z_]+)` \|", written, re.MULTILINE)
    assert sorted(table) == sorted(name.upper() for name in Settings.model_fields)


def test_the_example_and_compose_name_only_settings_that_exist() -> None:
    known = {f"WAYMARK_{name.upper()}" for name in Settings.model_fields}
    for name in ("compose.yaml", "deploy/example.env", "Dockerfile"):
        found = set(re.findall(r"\bWAYMARK_[A-Z_]+\b", (ROOT / name).read_text(encoding="utf-8")))
        assert found and found <= known, f"{name}: {sorted(found - known)}"
