"""What the documents tell people to type, open or look up is really there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from tests.docs.test_hazard_log import names_of_tests_in
from webapp.commands import main

ROOT = Path(__file__).resolve().parents[2]
OURS = [
    ROOT / "README.md",
    ROOT / "SECURITY.md",
    ROOT / "content" / "LICENSE.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "docs" / "safety").glob("*.md")),
]
FENCED = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
PLAIN_PROSE = [file for file in OURS if file.name not in {"hazard-log.md", "numbers-to-sign.md"}]


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def commands_in(file: Path) -> list[str]:
    """Each line of the fenced blocks, and each piece of code in the prose."""
    text = file.read_text(encoding="utf-8")
    fenced = [line.strip() for block in FENCED.findall(text) for line in block.splitlines()]
    return fenced + re.findall(r"`([^`\n]+)`", text)


@pytest.mark.parametrize("file", OURS, ids=name)
def test_every_make_target_exists(file: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    asked = {line.split()[1] for line in commands_in(file) if re.match(r"make [a-z-]+$", line)}
    assert asked <= targets


@pytest.mark.parametrize("file", OURS, ids=name)
def test_every_command_of_ours_exists(file: Path) -> None:
    for line in commands_in(file):
        if re.match(r"(?:\.venv/bin/|docker compose .* )?waymark [a-z]", line):
            words = shlex.split(line[line.index("waymark ") :])[1:]
            assert _resolves([word for word in words if not word.startswith("-")]), f"{name(file)}: {line}"


def _resolves(words: list[str]) -> bool:
    command: click.Command = main
    context = click.Context(main)
    for word in words:
        if not isinstance(command, click.Group):
            return True
        found = command.get_command(context, word)
        if found is None:
            return False
        command = found
    return True


@pytest.mark.parametrize("file", OURS, ids=name)
def test_every_link_inside_the_project_leads_somewhere(file: Path) -> None:
    if file.name == "writing-content.md":
        return  # its links are examples of what an author writes; tests/content/ reads them
    text = FENCED.sub("", file.read_text(encoding="utf-8"))
    inside = [link.split("#")[0] for link in LINK.findall(text) if not re.match(r"[a-z]+:|#", link)]
    assert not [link for link in inside if not (file.parent / link).exists()]


@pytest.mark.parametrize("file", OURS, ids=name)
def test_every_test_that_is_named_exists(file: Path) -> None:
    for path, test in re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", file.read_text(encoding="utf-8")):
        assert (ROOT / path).is_file(), f"{name(file)} names {path}"
        assert not test or test in names_of_tests_in(ROOT / path), f"{name(file)} names {path}::{test}"


@pytest.mark.parametrize("file", PLAIN_PROSE, ids=name)
def test_nobody_is_named_by_a_word_that_we_do_not_use(file: Path) -> None:
    if file.name == "words.md":
        return  # it lists the words that we never use
    text = FENCED.sub("", file.read_text(encoding="utf-8"))
    assert not re.findall(r"\b(?:dropouts?|non-compliant|painkillers?)\b", text, re.IGNORECASE)
