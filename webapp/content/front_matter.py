"""The lines between `---` at the top of a file: plain `key: value`, no YAML."""

import re
from dataclasses import dataclass, field
from datetime import date

from webapp.content.desk import Desk
from webapp.content.problems import did_you_mean

KEYS = ("title", "summary", "minutes", "reviewed by", "reviewed on", "review again")
TRANSLATION_KEYS = ("translated from", "translation checked by")
NEEDED_IN_ENGLISH = ("title", "summary", "minutes", "review again")
NEEDED_IN_TRANSLATIONS = ("title", "summary", "translated from")


@dataclass
class FrontMatter:
    """What the top of a file says. Values that were missing or wrong are empty and were complained about."""

    ends_before: int = 0
    values: dict[str, str] = field(default_factory=dict)
    line_of: dict[str, int] = field(default_factory=dict)
    minutes: int = 0
    reviewed_on: date | None = None
    review_again: date | None = None

    @property
    def reviewed_by(self) -> str | None:
        """Who reviewed the text; None if nobody has, or if it says 'not yet reviewed'."""
        written = self["reviewed by"]
        return None if written.lower().startswith("not yet") else written or None

    def __getitem__(self, key: str) -> str:
        return self.values.get(key, "")


def read_front_matter(desk: Desk, *, lang: str) -> FrontMatter:
    """Read and check the top of the file; the body begins at line `ends_before`."""
    front = read_fields(desk, KEYS if lang == "en" else KEYS + TRANSLATION_KEYS)
    if not front.ends_before:
        return front
    _check_needed(desk, front, lang)
    front.minutes = _minutes(desk, front)
    front.reviewed_on = _date(desk, front, "reviewed on")
    front.review_again = _date(desk, front, "review again")
    return front


def read_fields(desk: Desk, allowed: tuple[str, ...], begins_with: str = "title and summary") -> FrontMatter:
    """The lines between `---` alone: known keys, each once, none empty. `ends_before` stays 0 if they are not there."""
    front = FrontMatter()
    end = _end_of_front_matter(desk, allowed[0], begins_with)
    if end is None:
        return front
    front.ends_before = end + 1
    for number in range(1, end):
        _read_line(desk, front, number, allowed)
    return front


def _end_of_front_matter(desk: Desk, first_key: str, begins_with: str) -> int | None:
    if desk.lines[0].rstrip() != "---":
        desk.complain(
            0,
            f"the file does not begin with its {begins_with}",
            f"Begin with a line '---', then '{first_key}: …'.",
        )
        return None
    for number, line in enumerate(desk.lines[1:], start=1):
        if line.rstrip() == "---":
            return number
        if line.startswith(":::"):
            break
    desk.complain(0, "the lines at the top are never closed", "Add a line '---' after the last of them.")
    return None


def _read_line(desk: Desk, front: FrontMatter, number: int, allowed: tuple[str, ...]) -> None:
    line = desk.lines[number]
    if not line.strip():
        return
    key, colon, value = (part.strip() for part in line.partition(":"))
    if not colon:
        desk.complain(
            number, f"'{_shortened(line)}' is not understood here", "Write 'key: value' on one line."
        )
    elif key not in allowed:
        desk.complain(
            number, f"'{key}:' is not known at the top of a file", did_you_mean(key, allowed, ending=":")
        )
    elif key in front.values:
        desk.complain(number, f"'{key}:' is written twice", f"The first is on line {front.line_of[key] + 1}.")
    else:
        front.values[key], front.line_of[key] = value, number
        if not value:
            desk.complain(
                number, f"'{key}:' is empty", "Write its value on the same line, or remove the line."
            )


def _check_needed(desk: Desk, front: FrontMatter, lang: str) -> None:
    for key in NEEDED_IN_ENGLISH if lang == "en" else NEEDED_IN_TRANSLATIONS:
        if key not in front.values:
            desk.complain(0, f"'{key}:' is missing at the top of the file", f"Add a line '{key}: …'.")
    if lang == "en" and not front.reviewed_by:
        desk.warn(
            front.line_of.get("reviewed by", 0),
            "nobody is named as having reviewed this text",
            "Write 'reviewed by: name, profession'.",
        )


def _minutes(desk: Desk, front: FrontMatter) -> int:
    written = front["minutes"]
    if not written:
        return 0
    if re.fullmatch(r"[1-9][0-9]{0,2}", written):
        return int(written)
    desk.complain(
        front.line_of["minutes"],
        f"'{_shortened(written)}' is not a number of minutes",
        "Write it as 'minutes: 20'.",
    )
    return 0


def _date(desk: Desk, front: FrontMatter, key: str) -> date | None:
    written = front[key]
    if not written:
        return None
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
            return date.fromisoformat(written)
    except ValueError:
        pass
    desk.complain(
        front.line_of[key],
        f"'{_shortened(written)}' is not a date",
        f"Write it as '{key}: 2027-03-01' (year first).",
    )
    return None


def _shortened(text: str) -> str:
    return text.strip() if len(text.strip()) <= 40 else text.strip()[:40] + "…"
