"""One file of `content/messages/<language>/`, read and judged: every problem with its line, nothing let through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from webapp.content.desk import Desk, fingerprint, tidy
from webapp.content.front_matter import FrontMatter, read_fields
from webapp.content.kinds import Known
from webapp.content.problems import Problem, did_you_mean

from .rules import Answer, Kind
from .texts_judge import PLACEHOLDER, Judge

ENGLISH = "en"
EVERY_MESSAGE = "every-message"
LONGEST_SUBJECT, LONGEST_TEXT, LINK_CHARACTERS = 60, 300, 60
"""Characters of a subject and of a text with its links, each counted with 60. Source: project design; a phone
shows about 40 to 60 of a subject, and 300 are two texts of plain letters."""

STAND_INS = {"link": "x" * LINK_CHARACTERS, "answers_link": "", "first_name": "x" * 12, "sender": "x" * 16}
"""What a placeholder is counted with where its length matters."""

OWN_PLACEHOLDERS = {Kind.WEEKLY_SUMMARY: ("done",), Kind.BOOSTER: ("number",), Kind.PAUSE_ENDS: ("date",)}
"""What a kind may tell besides names, because whoever writes it knows it: what was done, months, a day."""

FIELDS = ("subject", "text", "line", "button", "answers", "letter")
TRANSLATED_FIELDS = ("subject", "text", "line", "button", "translated from", "translation checked by")
WORDS_OF_EVERY_MESSAGE = {
    "greeting": ("first_name",),
    "also": (),
    "replies": (),
    **{str(answer): () for answer in Answer},
    "button": (),
    "from": ("sender",),
    "phone": ("phone",),
    "pause": (),
    "stop": (),
    "text end": ("answers_link",),
    "letter phone": ("phone",),
    "letter end": (),
}
"""What stands around every message, and the placeholders that each may hold."""

LETTER_BEGINS = re.compile(r"##\s*letter\s*", re.IGNORECASE)


@dataclass(frozen=True)
class KindText:
    """The words of one kind in one language. ``letter_body`` is empty where no letter is written."""

    kind: Kind
    language: str
    path: str
    fingerprint: str
    subject: str
    text: str
    line: str
    button: str
    answers: tuple[Answer, ...]
    letter: bool
    body: str
    letter_body: str
    translated_from: str
    lines: Mapping[str, int] = field(repr=False, compare=False)  # of the fields, from 1


@dataclass(frozen=True)
class Around:
    """The words around every message of one language."""

    language: str
    path: str
    fingerprint: str
    words: Mapping[str, str]
    translated_from: str
    lines: Mapping[str, int] = field(repr=False, compare=False)  # of the fields, from 1

    def __getitem__(self, key: str) -> str:
        return self.words[key]


@dataclass
class Sheet:
    """One file on the desk: its language, its fields, and what was complained about."""

    language: str
    path: str
    source: str
    desk: Desk = field(init=False)
    judge: Judge = field(init=False)

    def __post_init__(self) -> None:
        self.desk = Desk(self.path, "", tidy(self.source).split("\n"), {}, Known())
        self.judge = Judge(self.desk, self.language)

    @property
    def problems(self) -> list[Problem]:
        """What was found, in the order of its place."""
        return sorted(set(self.desk.problems))

    def read_kind(self, kind: Kind) -> KindText:
        """The words of a kind. Use them only if there is no problem that refuses."""
        english = self.language == ENGLISH
        front = self._fields(FIELDS if english else TRANSLATED_FIELDS, "subject")
        self._need(front, ("subject", "text", "line", *(("answers", "letter") if english else ())))
        self._judge_fields(kind, front)
        body, letter_body = self._two_parts(front.ends_before)
        found = KindText(
            kind=kind,
            language=self.language,
            path=self.path,
            fingerprint=fingerprint(self.source),
            subject=front["subject"],
            text=front["text"],
            line=front["line"],
            button=front["button"],
            answers=self._answers(front),
            letter=self._letter(front),
            body=self.judge.part(front.ends_before, body, self._names(kind)),
            letter_body=self._judge_letter(kind, letter_body),
            translated_from=front["translated from"],
            lines=_lines(front),
        )
        if front.ends_before and not found.body.strip():
            self.desk.complain(
                front.ends_before - 1, "the message has no words", "Write them below the line '---'."
            )
        return found

    def read_around(self) -> Around:
        """What stands around every message. Use it only if there is no problem that refuses."""
        keys = tuple(WORDS_OF_EVERY_MESSAGE)
        front = self._fields(keys + (() if self.language == ENGLISH else TRANSLATED_FIELDS[-2:]), "greeting")
        self._need(front, keys)
        for key, allowed in WORDS_OF_EVERY_MESSAGE.items():
            if front[key]:
                self.judge.words(
                    front.line_of[key], front[key], allowed, neutral=not key.startswith("letter")
                )
                self._need_placeholder(front, key, allowed)
        below = [n for n, line in enumerate(self.desk.lines) if n >= front.ends_before and line.strip()]
        if front.ends_before and below:
            self.desk.complain(below[0], "this file holds no words below its fields", "Remove them.")
        return Around(
            self.language,
            self.path,
            fingerprint(self.source),
            {key: front[key] for key in keys},
            front["translated from"],
            _lines(front),
        )

    def _fields(self, allowed: tuple[str, ...], begins_with: str) -> FrontMatter:
        return read_fields(self.desk, allowed, begins_with)

    def _need(self, front: FrontMatter, keys: Iterable[str]) -> None:
        for key in keys:
            if front.ends_before and key not in front.values:
                self.desk.complain(
                    0, f"'{key}:' is missing at the top of the file", f"Add a line '{key}: …'."
                )

    def _need_placeholder(self, front: FrontMatter, key: str, names: tuple[str, ...]) -> None:
        for name in names:
            if "{" + name + "}" not in front[key]:
                self.desk.complain(
                    front.line_of[key], f"'{key}:' has no {{{name}}}", f"Put {{{name}}} into it."
                )

    def _names(self, kind: Kind) -> tuple[str, ...]:
        return ("first_name", "sender", *OWN_PLACEHOLDERS.get(kind, ()))

    def _judge_fields(self, kind: Kind, front: FrontMatter) -> None:
        values = tuple(name for name in self._names(kind) if name != "done")
        allowed = {
            "subject": ("first_name", "sender"),
            "text": (*values, "link"),
            "line": ("sender",),
            "button": (),
        }
        for key, names in allowed.items():
            if front[key]:
                self.judge.words(front.line_of[key], front[key], names)
        if front["text"]:
            self._need_placeholder(front, "text", ("link",))
        self._not_longer(front, "subject", LONGEST_SUBJECT)

    def _not_longer(self, front: FrontMatter, key: str, most: int) -> None:
        length = length_of(front[key])
        if length > most:
            self.desk.complain(
                front.line_of[key],
                f"'{key}:' has {length} characters and may have {most}",
                "Say it more briefly.",
            )

    def _answers(self, front: FrontMatter) -> tuple[Answer, ...]:
        written = [one.strip() for one in front["answers"].strip("[] ").split(",") if one.strip()]
        known = [str(answer) for answer in Answer]
        for one in written:
            if one not in known and one != "none":
                self.desk.complain(
                    front.line_of["answers"], f"there is no answer called '{one}'", did_you_mean(one, known)
                )
        return tuple(answer for answer in Answer if answer in written)

    def _letter(self, front: FrontMatter) -> bool:
        written = front["letter"]
        if written not in ("", "true", "false"):
            self.desk.complain(
                front.line_of["letter"],
                f"'letter: {written}' is neither true nor false",
                "Write true or false.",
            )
        return written == "true"

    def _two_parts(self, start: int) -> tuple[int, int]:
        """Where the body ends, and where the letter begins; both the end of the file if there is none."""
        lines, end = self.desk.lines, len(self.desk.lines)
        marks = [n for n in range(start, end) if LETTER_BEGINS.fullmatch(lines[n])]
        for mark in marks[1:]:
            self.desk.complain(mark, "'## letter' is written twice", f"The first is on line {marks[0] + 1}.")
        return (marks[0], marks[0] + 1) if marks else (end, end)

    def _judge_letter(self, kind: Kind, start: int) -> str:
        names = (*self._names(kind), "service", "phone")
        return self.judge.part(start, len(self.desk.lines), names, neutral=False)


def _lines(front: FrontMatter) -> dict[str, int]:
    return {key: line + 1 for key, line in front.line_of.items()}


def length_of(words: str) -> int:
    """Characters once the placeholders are filled in, each with what stands in for it."""
    return len(PLACEHOLDER.sub(lambda found: STAND_INS.get(found.group(1), "x" * 20), words))
