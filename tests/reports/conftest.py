"""The questionnaires of the tests: all that are shipped, and one that a service would add under a licence."""

from __future__ import annotations

from pathlib import Path

import pytest

from webapp.questionnaires.instruments import Instruments, read_instruments

OWN_FOLDER = Path(__file__).resolve().parents[2] / "content" / "questionnaires"


@pytest.fixture(scope="session")
def shipped() -> Instruments:
    """Waymark's own folder, read."""
    return read_instruments([OWN_FOLDER])
