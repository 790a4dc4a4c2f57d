"""The lines of a block, sorted into its own sentences, its answers and its labels."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from webapp.content.desk import Desk, as_name
from webapp.content.kinds import BlockKind
from webapp.content.problems import did_you_mean

LABEL = re.compile(r" {0,3}([A-Za-z][A-Za-z ]{0,30}?) ?: *(.*)")
BULLET = re.compile(r"\s*(?:[-*+•–]|\d+[.)])\s*\[([^\]]*)\](?!\()\s*(.*)")
ANY_BULLET = re.compile(r"\s*(?:[-*+•–]|\d+[.)])\s+(.*)")
GOOD_BULLET = re.compile(r"- \[[^\]]*\] +\S")
BULLET_WITHOUT_DASH = re.compile(r"\s*\[[^\]]*\]\s+\S")
NEAR_MISS = re.compile(r"[\s\u200b\ufeff>*+-]*(?:::|: ?:|;;)")
CLOSE_ENOUGH = 0.75
HOW_TO_ANSWER = "Write '- [key] The answer'."

Lines = dict[int, str]


@dataclass(frozen=True)
class WrittenAnswer:
    """An answer as it was typed; the key is empty if none was."""

    line: int
    key: str
    text: str


@dataclass
class Written:
    """A block as it was typed. Lines count from 0, and each piece remembers where its lines stood."""

    prompt: Lines = field(default_factory=dict)
    answers: list[WrittenAnswer] = field(default_factory=list)
    labels: dict[str, Lines] = field(default_factory=dict)


def sort_lines(desk: Desk, kind_name: str, lines: range) -> Written:
    """Sort the lines of a block of that kind, complaining about those that fit nowhere."""
    sorter = LineSorter(desk, kind_name, desk.kinds[kind_name])
    for number in lines:
        sorter.place_line(number)
    return sorter.written


@dataclass
class LineSorter:
    """Walks down a block. `place` is where an ordinary line belongs now, None after an answer."""

    desk: Desk
    kind_name: str
    kind: BlockKind
    written: Written = field(default_factory=Written)
    label: str | None = None
    place: Lines | None = None

    def __post_init__(self) -> None:
        self.place = self.written.prompt

    def place_line(self, number: int) -> None:
        """Put one line where it belongs."""
        line = self.desk.lines[number]
        if NEAR_MISS.match(line):
            complain_near_miss(self.desk, number)
        elif self._takes_label(number) or self._takes_answer(number):
            return
        elif not line.strip():
            self._end_short_label()
        elif self.place is not None:
            self.place[number] = line
        else:
            self._lengthen_answer(number)

    def _takes_label(self, number: int) -> bool:
        found = LABEL.fullmatch(self.desk.lines[number])
        label = self._label_meant(number, found.group(1)) if found else None
        if not found or not label:
            return False
        if label in self.written.labels:
            self.desk.complain(number, f"'{label}:' is written twice in this block", "Keep one of them.")
        self.label, self.place = label, self.written.labels.setdefault(label, {})
        self.place[number] = found.group(2)
        if label in self.kind.one_line_labels:
            self.place = self._back_to_prompt()
        return True

    def _label_meant(self, number: int, written: str) -> str | None:
        own = self.kind.labels
        if written in own:
            return written
        near = _nearest(written, own)
        elsewhere = any(written in kind.labels for kind in self.desk.kinds.values())
        if near or elsewhere or self._would_be_lost_in_a_label(number, written):
            help = did_you_mean(written, own, closeness=CLOSE_ENOUGH, ending=":")
            self.desk.complain(number, f"'{written}:' is not known in a {self.kind_name}", help)
        return near

    def _would_be_lost_in_a_label(self, number: int, written: str) -> bool:
        """A capital and a colon right under a short label: surely meant as a label of its own."""
        after_short = self.label is not None and self.label not in self.kind.long_labels
        return after_short and written[0].isupper() and bool(self.desk.lines[number - 1].strip())

    def _takes_answer(self, number: int) -> bool:
        line = self.desk.lines[number]
        keyed, plain = BULLET.fullmatch(line), ANY_BULLET.fullmatch(line)
        if not self.kind.bullets:
            if keyed:
                message = f"a {self.kind_name} has no answers to choose from"
                self.desk.complain(number, message, "Use a 'choice' or a 'tick'.")
            return False
        if keyed:
            self._take_keyed(number, keyed)
        elif plain:
            self._take_unkeyed(number, plain.group(1))
        elif BULLET_WITHOUT_DASH.match(line):
            self.desk.complain(number, "this answer has no dash before its key", HOW_TO_ANSWER)
        else:
            return False
        self.label = self.place = None
        return True

    def _take_keyed(self, number: int, found: re.Match[str]) -> None:
        key, text = found.group(1).strip(), found.group(2)
        self.written.answers.append(WrittenAnswer(number, key, text))
        if text and not GOOD_BULLET.match(self.desk.lines[number]):
            self.desk.complain(number, "this answer is not written as it should be", HOW_TO_ANSWER)

    def _take_unkeyed(self, number: int, text: str) -> None:
        self.written.answers.append(WrittenAnswer(number, "", text))
        words = [word for word in as_name(text).split("-") if len(word) > 2]
        help = f"Write '- [{words[0] if words else 'key'}] {text[:60]}'."
        self.desk.complain(number, "this answer has no key", help)

    def _end_short_label(self) -> None:
        if self.label is not None and self.label not in self.kind.long_labels:
            self.label, self.place = None, self._back_to_prompt()

    def _back_to_prompt(self) -> Lines | None:
        return None if self.written.answers else self.written.prompt

    def _lengthen_answer(self, number: int) -> None:
        if self.label is None and self.desk.lines[number - 1].strip():
            last = self.written.answers[-1:]
            for answer in last:
                whole = f"{answer.text} {self.desk.lines[number].strip()}"
                self.written.answers[-1] = WrittenAnswer(answer.line, answer.key, whole)
            if last:
                return
        self.desk.complain(
            number, "these words come after the answers", "Move them above, or begin them with a label."
        )


def _nearest(written: str, labels: Sequence[str]) -> str | None:
    lowered = [label.lower() for label in labels]
    near = get_close_matches(written.lower(), lowered, n=1, cutoff=CLOSE_ENOUGH)
    return labels[lowered.index(near[0])] if near else None


def complain_near_miss(desk: Desk, number: int) -> None:
    """Say that this line was surely meant to begin or end a block."""
    line = desk.lines[number].strip()
    words = line.strip(" \t:;>*+-\u200b\ufeff")
    help = f"Write '::: {words[:40]}'." if words else "Close a block with ':::' on a line of its own."
    desk.complain(number, f"'{line[:40]}' looks like a block but was not understood", help)


def check_near_misses(desk: Desk, lines: Iterable[int]) -> None:
    """Complain about every line of prose that was surely meant to begin or end a block."""
    one_colon = re.compile(rf"\s*:\s?(?:{'|'.join(map(re.escape, desk.kinds))})\b")
    for number in lines:
        if NEAR_MISS.match(desk.lines[number]) or one_colon.match(desk.lines[number]):
            complain_near_miss(desk, number)
