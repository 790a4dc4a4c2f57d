"""What patients are sent, word for word, in both languages: a change of a message is seen and read before it goes out."""

from __future__ import annotations

import pytest

from tests.reminders.message_snapshots import ROOT, SNAPSHOTS, snapshots
from webapp.reminders.rules import Kind
from webapp.reminders.texts import read_texts

NOW = snapshots(read_texts(ROOT / "content"))


@pytest.mark.parametrize("name", sorted(NOW))
def test_the_message_is_as_it_was_read_last(name):
    file = SNAPSHOTS / name
    kept = file.read_text(encoding="utf-8") if file.exists() else ""
    assert kept == NOW[name], (
        f"{name} is not as kept. If that is meant, run 'python -m tests.reminders.message_snapshots' and read it."
    )


def test_every_kind_is_kept_in_english_and_welsh_and_nothing_else():
    kept = {path.relative_to(SNAPSHOTS).as_posix() for path in SNAPSHOTS.glob("*/*")}
    assert kept == set(NOW)
    assert {f"{language}/{kind}.txt" for language in ("en", "cy") for kind in Kind} <= kept
