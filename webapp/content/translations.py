"""Whether a translation still fits the English: the same pages, blocks, names and keys, and the same age."""

import re
from collections.abc import Sequence
from itertools import zip_longest

from babel import Locale, UnknownLocaleError

from webapp.content.blocks import whole_number
from webapp.content.problems import Level, Problem
from webapp.content.texts import Block, ModuleText, Page

LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?")


def language_name(lang: str) -> str | None:
    """The English name of a language code (`cy` is Welsh), None if there is no such code."""
    if not LANGUAGE_CODE.fullmatch(lang):
        return None
    try:
        return Locale.parse(lang, sep="-").english_name
    except (UnknownLocaleError, ValueError, TypeError):
        return None


def drift(english: ModuleText, translation: ModuleText, path: str) -> list[Problem]:
    """Where the translation differs and must not, and a warning if the English has moved on."""
    found = _page_drift(english, translation, path)
    if translation.translated_from and translation.translated_from != english.fingerprint:
        language = language_name(translation.lang) or translation.lang
        message = f"{language} is out of date: the English has changed since it was translated"
        help = f"Bring it up to date, then write 'translated from: {english.fingerprint}'."
        found.append(Problem(path, _line_of_fingerprint(translation), message, help, Level.WARNING))
    return found


def _line_of_fingerprint(translation: ModuleText) -> int:
    lines = translation.source.split("\n")
    return next((number for number, line in enumerate(lines, 1) if line.startswith("translated from")), 1)


def _page_drift(english: ModuleText, translation: ModuleText, path: str) -> list[Problem]:
    ours, theirs = [page.name for page in english.pages], [page.name for page in translation.pages]
    found = [
        Problem(path, 1, f"the page '{name}' of the English is missing", "Translate it, under the same name.")
        for name in ours
        if name not in theirs
    ]
    found += [
        Problem(
            path,
            page.line,
            f"the English has no page '{page.name}'",
            "Use the English name, or remove the page.",
        )
        for page in translation.pages
        if page.name not in ours
    ]
    if not found and ours != theirs:
        found.append(
            Problem(
                path, 1, "the pages stand in another order than in English", f"English: {', '.join(ours)}."
            )
        )
    for page in english.pages:
        other = translation.page(page.name)
        if other is not None:
            found += _block_drift(page, other, path)
    return found


def _block_drift(english: Page, translation: Page, path: str) -> list[Problem]:
    for ours, theirs in zip_longest(english.blocks, translation.blocks):
        if theirs is None:
            message = (
                f"the page '{translation.name}' has no '{ours.kind} {ours.name}', which the English has here"
            )
            return [Problem(path, translation.line, message, "Translate it, under the same name.")]
        if ours is None or (ours.kind, ours.name) != (theirs.kind, theirs.name):
            expected = f"'{ours.kind} {ours.name}'" if ours else "nothing more on this page"
            message = f"'{theirs.kind} {theirs.name}' stands where the English has {expected}"
            return [Problem(path, theirs.line, message, "Kinds, names and their order must be the same.")]
    pairs = zip(english.blocks, translation.blocks, strict=True)
    return [problem for ours, theirs in pairs for problem in _inner_drift(ours, theirs, path)]


def _inner_drift(english: Block, translation: Block, path: str) -> Sequence[Problem]:
    found = []
    ours, theirs = ([answer.key for answer in block.answers] for block in (english, translation))
    if ours != theirs:
        message = f"the keys of '{translation.kind} {translation.name}' differ from the English"
        found.append(
            Problem(path, translation.line, message, f"English: {', '.join(f'[{key}]' for key in ours)}.")
        )
    for label in ("From", "To"):
        if whole_number(english.labels.get(label, "")) != whole_number(translation.labels.get(label, "")):
            message = f"'{label}:' has another number than the English"
            found.append(
                Problem(path, translation.line, message, f"English: {english.labels.get(label, 'none')}.")
            )
    if english.labels.get("Drawing") != translation.labels.get("Drawing"):
        message, help = (
            "the drawing differs from the English",
            f"English: {english.labels.get('Drawing', 'none')}.",
        )
        found.append(Problem(path, translation.line, message, help))
    return found
