"""The questionnaires as they are shipped, and folders of made-up ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from webapp.questionnaires.instruments import Instruments, read_instruments

OWN_FOLDER = Path(__file__).resolve().parents[2] / "content" / "questionnaires"


@pytest.fixture(scope="session")
def shipped() -> Instruments:
    """Waymark's own folder, read."""
    return read_instruments([OWN_FOLDER])


@pytest.fixture
def folder_with(tmp_path: Path) -> Callable[[Mapping[str, str]], Path]:
    """Writes files into an empty folder (and its sub-folders) and gives the folder."""

    def write(files: Mapping[str, str]) -> Path:
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write
