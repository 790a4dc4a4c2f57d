"""All files of `content/messages/` together: which are there, which are not, and whether they fit each other."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path

from webapp.content.layers import Layers
from webapp.content.problems import Level, Problem, did_you_mean
from webapp.content.translations import language_name

from .rules import Kind
from .texts_file import (
    ENGLISH,
    EVERY_MESSAGE,
    LINK_CHARACTERS,
    LONGEST_TEXT,
    Around,
    KindText,
    Sheet,
    length_of,
)
from .texts_words import has_a_list

FOLDER = "messages"
NAMES = (*map(str, Kind), EVERY_MESSAGE)


@dataclass
class Shelf:
    """The files of all languages, and what is wrong with them. Use the texts only if no problem refuses."""

    layers: Layers
    kinds: dict[tuple[str, Kind], KindText] = field(default_factory=dict)
    around: dict[str, Around] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def read(self) -> None:
        """Read every file, then hold them against each other."""
        there = self.layers.files_in(FOLDER, "*/*")
        for name, file in there.items():
            self._read_file(name.split("/")[0], file)
        for language in sorted({name.split("/")[0] for name in there} | {ENGLISH}):
            if language_name(language):
                self._say_what_is_not_there(language, set(there))
        self._compare()

    @property
    def fingerprint(self) -> str:
        """Twelve letters and digits that change with any of the words."""
        kinds = [f"{language} {kind} {text.fingerprint}" for (language, kind), text in self.kinds.items()]
        marks = sorted(kinds + [f"{language} {one.fingerprint}" for language, one in self.around.items()])
        return hashlib.sha256("\n".join(marks).encode()).hexdigest()[:12]

    def _read_file(self, language: str, file: Path) -> None:
        path = self.layers.shown(file)
        if language_name(language) is None:
            self._complain(path, f"'{language}' is not a language", "Call the folder en, cy and so on.")
        elif file.suffix != ".md" or file.stem not in NAMES:
            self._complain(
                path, f"no message is called '{file.name}'", did_you_mean(file.stem, NAMES, ending=".md")
            )
        elif (source := self._source(file, path)) is not None:
            self._read_sheet(Sheet(language, path, source), file.stem)

    def _read_sheet(self, sheet: Sheet, name: str) -> None:
        if name == EVERY_MESSAGE:
            self.around[sheet.language] = sheet.read_around()
        else:
            self.kinds[sheet.language, Kind(name)] = sheet.read_kind(Kind(name))
        self.problems += sheet.problems

    def _source(self, file: Path, path: str) -> str | None:
        try:
            return file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            self._complain(path, "this file cannot be read", "Save it as plain text (UTF-8).")
            return None

    def _say_what_is_not_there(self, language: str, there: set[str]) -> None:
        folder, called = (
            self.layers.shown(self.layers.folders[0] / FOLDER / language),
            language_name(language),
        )
        for name in NAMES:
            if f"{language}/{name}.md" not in there:
                said = f"there are no words for '{name}' in {called}"
                self._complain(f"{folder}/{name}.md", said, "A language has every message or none.")
        if not has_a_list(language):
            said = f"we have no list of words about health in {called}"
            self.problems.append(Problem(folder, 1, said, "Let somebody read them for that.", Level.WARNING))

    def _compare(self) -> None:
        for (language, kind), text in self.kinds.items():
            english = self.kinds.get((ENGLISH, kind))
            if english is not None and language != ENGLISH:
                text = self.kinds[language, kind] = replace(
                    text, answers=english.answers, letter=english.letter
                )
            self._judge_translation(text, english)
            self._judge_letter(text)
            self._judge_length(text)
        for around in self.around.values():
            self._judge_translation(around, self.around.get(ENGLISH))

    def _judge_letter(self, text: KindText) -> None:
        if text.letter and not text.letter_body:
            said = "this message may be a letter, and has no words for one"
            self._complain(text.path, said, "Write them at the end, below a line '## letter'.")
        elif text.letter_body and not text.letter and text.language == ENGLISH:
            said = "this message has words for a letter, and may not be one"
            self._complain(text.path, said, "Write 'letter: true', or remove them.")

    def _judge_length(self, text: KindText) -> None:
        around = self.around.get(text.language)
        length = length_of(text.text) + (1 + length_of(around["text end"]) + LINK_CHARACTERS if around else 0)
        if length > LONGEST_TEXT:
            said = f"'text:' has {length} characters with its end and links, and may have {LONGEST_TEXT}"
            self._complain(text.path, said, "Say it more briefly.", text.lines.get("text", 1))

    def _judge_translation(self, text: KindText | Around, english: KindText | Around | None) -> None:
        if text.language == ENGLISH or english is None or text.translated_from == english.fingerprint:
            return
        said = (
            f"{language_name(text.language)} is out of date: the English has changed since it was translated"
        )
        help = f"Bring it up to date, then write 'translated from: {english.fingerprint}'."
        line = text.lines.get("translated from", 1)
        self.problems.append(Problem(text.path, line, said, help, Level.WARNING))

    def _complain(self, path: str, message: str, help: str, line: int = 1) -> None:
        self.problems.append(Problem(path, line, message, help))
