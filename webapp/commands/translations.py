"""``waymark translations``: gather every string of the interface, compile the catalogues, and check that they are whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "translations"
POT = FOLDER / "messages.pot"
PSEUDO_CODE = "eo"
KEYWORDS = {
    "_": None,
    "_l": None,
    "_n": (1, 2),
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "_p": ((1, "c"), 2),
    "pgettext": ((1, "c"), 2),
    "beside": None,
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")
COUNTS = {"%(num)s", "%(num)d"}  # a plural form may say the number in a word
LETTERS = str.maketrans("aeiouAEIOUcsn", "àéîõüÀÉÎÕÜçšñ")


@click.group()
def translations() -> None:
    """Gather, compile and check the words of the interface."""


@translations.command()
def extract() -> None:
    """Gather every string into messages.pot, and bring each catalogue up to date (new strings are empty)."""
    found = gather()
    _write(POT, found)
    for file in catalogues():
        catalogue = _read(file)
        catalogue.update(found, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        _write(file, catalogue)
        click.echo(
            f"{file.parent.parent.name}: {sum(1 for m in said(catalogue) if not _is_whole(m))} still to translate"
        )


@translations.command("compile")
def compile_all() -> None:
    """Compile every catalogue for use."""
    for file in catalogues():
        _write_mo(file.with_suffix(".mo"), _read(file))


@translations.command()
def check() -> None:
    """Fail if a string is missing from the catalogues, untranslated, or has lost a placeholder."""
    problems = list(problems_of_all())
    for problem in problems[:50]:
        click.echo(problem, err=True)
    if problems:
        raise click.ClickException(
            f"{len(problems)} problems. `waymark translations extract` gathers new strings."
        )
    click.echo(f"{len(list(said(_read(POT))))} strings, {len(catalogues())} catalogue(s), all whole.")


@translations.command()
@click.argument("folder", type=click.Path(path_type=Path))
def pseudo(folder: Path) -> None:
    """Write the pseudo-language into FOLDER: every string in brackets, so that one left out shows."""
    write_pseudo(folder)


def gather() -> Catalog:
    """Every translatable string of the application, with where it stands."""
    with (FOLDER / "babel.cfg").open() as config:
        methods, options = parse_mapping_cfg(config)  # type: ignore[no-untyped-call]
    catalogue = Catalog(project="Waymark", charset="utf-8", fuzzy=False)
    rows = extract_from_dir(
        ROOT, methods, options, KEYWORDS, comment_tags=("Translators:",), directory_filter=_is_ours
    )
    for name, line, message, comments, context in sorted(rows, key=lambda row: (row[0], row[1])):
        catalogue.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return catalogue


def _is_ours(folder: str) -> bool:
    relative = Path(folder).resolve().relative_to(ROOT)
    return not relative.parts or relative.parts[0] == "webapp"


def catalogues() -> list[Path]:
    """Every language's catalogue."""
    return sorted(FOLDER.glob("*/LC_MESSAGES/messages.po"))


def said(catalogue: Catalog) -> Iterator[Message]:
    """The messages of a catalogue, without its header."""
    return (message for message in catalogue if message.id)


def problems_of_all() -> Iterator[str]:
    """Everything that is wrong with the template and the catalogues."""
    wanted = {_key(message) for message in said(gather())}
    kept = {_key(message) for message in said(_read(POT))}
    yield from (f"messages.pot lacks {key[1]!r}" for key in sorted(wanted - kept, key=str))
    yield from (f"messages.pot has {key[1]!r}, which nothing says" for key in sorted(kept - wanted, key=str))
    for file in catalogues():
        yield from _problems_of(file, wanted)


def _problems_of(file: Path, wanted: set[tuple[str, str]]) -> Iterator[str]:
    name = file.parent.parent.name
    by_key = {_key(message): message for message in said(_read(file))}
    for key in sorted(wanted, key=str):
        message = by_key.get(key)
        if message is None or not _is_whole(message):
            yield f"{name}: not translated: {key[1]!r}"
        elif _has_lost_a_placeholder(message):
            yield f"{name}: placeholders differ: {key[1]!r}"


def _key(message: Message) -> tuple[str, str]:
    first = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
    return (message.context or "", first)


def _is_whole(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    return not message.fuzzy and all(strings)


def _has_lost_a_placeholder(message: Message) -> bool:
    ids = message.id if isinstance(message.id, (tuple, list)) else [message.id]
    strings = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    wanted = set(PLACEHOLDER.findall(str(ids[-1]))) - COUNTS
    return any(set(PLACEHOLDER.findall(str(string))) - COUNTS != wanted for string in strings)


def write_pseudo(folder: Path) -> None:
    """The pseudo-language's compiled catalogue, under ``folder``."""
    catalogue = Catalog(locale=PSEUDO_CODE)
    for message in said(gather()):
        ids = message.id if isinstance(message.id, (tuple, list)) else None
        string = tuple(_bracketed(text) for text in ids) if ids else _bracketed(str(message.id))
        catalogue.add(message.id, string, context=message.context)
    target = folder / PSEUDO_CODE / "LC_MESSAGES"
    target.mkdir(parents=True, exist_ok=True)
    _write_mo(target / "messages.mo", catalogue)


def _bracketed(text: str) -> str:
    parts = re.split(r"(%\(\w+\)[sd]|%[sd]|<[^>]+>|&\w+;|https?://\S+)", text)
    return (
        "⟦"
        + "".join(part if index % 2 else part.translate(LETTERS) for index, part in enumerate(parts))
        + "⟧"
    )


def _read(file: Path) -> Catalog:
    if not file.exists():
        return Catalog()
    with file.open("rb") as handle:
        return read_po(handle, locale=None if file == POT else file.parent.parent.name)


def _write(file: Path, catalogue: Catalog) -> None:
    with file.open("wb") as handle:
        write_po(handle, catalogue, width=110, no_location=True, omit_header=False, sort_output=True)


def _write_mo(file: Path, catalogue: Catalog) -> None:
    with file.open("wb") as handle:
        write_mo(handle, catalogue)
