"""The house is kept tidy: short files, no forbidden names, nothing that is for later."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE_LINES = 500
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "manager"}
FOR_LATER = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError|lorem ipsum|coming soon)\b", re.IGNORECASE)
SOURCES = {".py", ".jinja", ".html", ".js", ".mjs", ".scss"}


def tracked() -> list[Path]:
    """The files that git tracks, as they are in the work tree."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.splitlines() if (ROOT / name).exists()]


FILES = [file for file in tracked() if file.suffix in SOURCES]


def test_no_file_is_long() -> None:
    long = {
        str(f.relative_to(ROOT)): n
        for f in FILES
        if (n := len(f.read_text().splitlines())) > LONGEST_FILE_LINES
    }
    assert not long


def test_no_module_has_a_name_that_means_nothing() -> None:
    assert not [file for file in FILES if file.stem in FORBIDDEN_NAMES]


def test_nothing_is_left_for_later() -> None:
    here = Path(__file__)
    found = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in FILES
        if file != here and file.parent.name != "house"
        for number, line in enumerate(file.read_text().splitlines(), start=1)
        if FOR_LATER.search(line)
    ]
    assert not found


@pytest.mark.parametrize("ending", ["*.ttf", "*.woff", "*.woff2"])
def test_no_font_is_shipped(ending: str) -> None:
    assert not [file for file in tracked() if file.match(ending)]


def test_no_template_loads_from_elsewhere() -> None:
    third_party = re.compile(r"""(?:src|@import|url\()\s*=?\s*["']?(?:https?:)?//""")
    found = [
        str(file.relative_to(ROOT))
        for file in FILES
        if file.suffix in {".jinja", ".scss"} and third_party.search(file.read_text())
    ]
    assert not found
