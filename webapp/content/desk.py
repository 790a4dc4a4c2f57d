"""What lies on the desk while one file is read: its lines, and all that is found on the way."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from webapp.content.kinds import BlockKind, Known
from webapp.content.problems import Level, Problem
from webapp.content.texts import InAppLink, Passage

BOOKKEEPING = ("reviewed by", "reviewed on", "review again", "translated from", "translation checked by")
"""Lines of the front matter that no patient reads: a review alone makes no translation out of date."""

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_NAME = 60


@dataclass
class Desk:
    """One file being read. Lines count from 0 inside and from 1 in every complaint."""

    path: str
    module: str
    lines: list[str]
    kinds: Mapping[str, BlockKind]
    known: Known
    problems: list[Problem] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    links: list[InAppLink] = field(default_factory=list)
    heading_level: int = 0

    def complain(self, line: int, message: str, help: str = "") -> None:
        """Note a problem that refuses to start."""
        self.problems.append(Problem(self.path, line + 1, message, help))

    def warn(self, line: int, message: str, help: str = "") -> None:
        """Note something that should be looked at but stops nothing."""
        self.problems.append(Problem(self.path, line + 1, message, help, Level.WARNING))

    def text_between(self, start: int, end: int) -> str:
        """The lines from start to before end, in their own places, everything above them empty."""
        return "\n" * start + "\n".join(self.lines[start:end])


def tidy(text: str) -> str:
    """The same text with one kind of line end, no byte-order mark and no NUL."""
    return re.sub(r"\r\n?", "\n", text.removeprefix("\ufeff")).replace("\0", "\ufffd")


def fingerprint(text: str) -> str:
    """Twelve letters and digits that change with the words, not with a review date or a line end."""
    lines = [line.rstrip() for line in tidy(text).split("\n")]
    if lines[0] == "---" and "---" in lines[1:]:
        end = lines.index("---", 1)
        head = [line for line in lines[:end] if line.split(":")[0].strip().lower() not in BOOKKEEPING]
        lines = head + lines[end:]
    return hashlib.sha256("\n".join(lines).strip().encode("utf-8", "surrogatepass")).hexdigest()[:12]


def is_name(word: str) -> bool:
    """Whether it is small letters, digits and single hyphens, such as `my-first-goal`."""
    return len(word) <= LONGEST_NAME and NAME.fullmatch(word) is not None


def as_name(words: str) -> str:
    """The nearest good name, to suggest it; empty if nothing is left."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:LONGEST_NAME]
