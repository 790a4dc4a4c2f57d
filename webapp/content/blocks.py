"""One block: its opening line, its sentences, its answers and its labels."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType

from markupsafe import Markup

from webapp.content.desk import Desk, as_name, fingerprint, is_name
from webapp.content.kinds import BlockKind, Prompt
from webapp.content.problems import did_you_mean
from webapp.content.prose import render_line, render_text
from webapp.content.texts import Answer, Block

LABEL = re.compile(r" {0,3}([A-Za-z][A-Za-z ]{0,30}?) ?: *(.*)")
BULLET = re.compile(r"\s*([-*+•–])\s*\[([^\]]*)\](?!\()\s*(.*)")
ANY_BULLET = re.compile(r"\s*[-*+•–]\s+(.*)")
GOOD_BULLET = re.compile(r"- \[[^\]]*\] +\S")
NEAR_MISS = re.compile(r"[\s>*+-]*(?:::|: ?:|;;)")
CLOSE_ENOUGH = 0.75
HOW_TO_ANSWER = "Write '- [key] The answer'."


@dataclass
class Written:
    """A block as it was typed, sorted into its pieces. Lines count from 0."""

    prompt: dict[int, str] = field(default_factory=dict)
    answers: list[tuple[int, str, str]] = field(default_factory=list)
    labels: dict[str, dict[int, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Opening:
    """The line that begins a block, once it has been understood."""

    kind: str
    name: str
    line: int


def read_opening(desk: Desk, line: int) -> Opening | None:
    """Understand `::: kind name`, or complain and return None."""
    written = desk.lines[line].strip()
    words = written.lstrip(":").split()
    if not re.match(r":::\s", written):
        desk.complain(line, f"'{written[:40]}' is not quite a block", f"Write '::: {' '.join(words)[:40]}'.")
    kind, *names = words
    if kind not in desk.kinds:
        desk.complain(line, f"there is no block called '{kind[:40]}'", did_you_mean(kind, desk.kinds))
        return None
    if not names:
        desk.complain(line, f"this {kind} has no name", f"Write '::: {kind} a-short-name'.")
    elif len(names) > 1 or not is_name(names[0]):
        suggestion = as_name(" ".join(names)) or "a-short-name"
        desk.complain(
            line,
            f"'{' '.join(names)[:60]}' is not a name",
            f"Use small letters, digits and hyphens: '::: {kind} {suggestion}'.",
        )
    return Opening(kind, names[0] if names else "", line)


def read_block(desk: Desk, opening: Opening, end: int) -> Block:
    """Read the lines after the opening up to `end`, complaining about everything that is not right."""
    kind = desk.kinds[opening.kind]
    written = _sort_lines(desk, opening, end)
    prompt = _render_lines(desk, written.prompt)
    if kind.prompt is Prompt.NEEDED and not prompt:
        desk.complain(
            opening.line,
            f"{_title(opening)} has no words of its own",
            "Write a sentence under its first line.",
        )
    answers = _read_answers(desk, opening, written)
    labels, labels_html = _read_labels(desk, opening, written)
    _check_outside_lists(desk, opening, written, labels)
    body = "\n".join(desk.lines[opening.line + 1 : end])
    return Block(
        kind=opening.kind,
        name=opening.name,
        prompt_html=prompt,
        labels=MappingProxyType(labels),
        labels_html=MappingProxyType(labels_html),
        answers=answers,
        line=opening.line + 1,
        fingerprint=fingerprint(f"{opening.kind} {opening.name}\n{body}"),
    )


def whole_number(text: str) -> int | None:
    """The whole number that a label begins with (`0 Not at all`), None if there is none."""
    found = re.match(r"([0-9]{1,3})(?:\s|$)", text)
    return int(found.group(1)) if found else None


def _title(opening: Opening) -> str:
    return f"'{opening.kind} {opening.name}'".replace(" '", "'")


# --- sorting the lines -------------------------------------------------------------------------------------------


def _sort_lines(desk: Desk, opening: Opening, end: int) -> Written:
    kind, written = desk.kinds[opening.kind], Written()
    place: dict[int, str] | None = written.prompt
    label: str | None = None
    for number in range(opening.line + 1, end):
        line = desk.lines[number]
        if NEAR_MISS.match(line):
            desk.complain(
                number, f"'{line.strip()[:40]}' looks like a block but was not understood", _near_help(line)
            )
            continue
        found = _label_on(desk, opening, number, after_short_label=label not in (None, *kind.long_labels))
        if found is not None:
            label, value = found
            if label in written.labels:
                desk.complain(
                    number, f"'{label}:' is written twice in {_title(opening)}", "Keep one of them."
                )
            place = written.labels.setdefault(label, {})
            place[number] = value
            if label in kind.one_line_labels:
                place = None if written.answers else written.prompt
        elif _is_answer(desk, opening, number, kind, written):
            place, label = None, None
        elif not line.strip():
            place, label = _after_empty_line(written, place, label, kind)
        elif place is not None:
            place[number] = line
        elif written.answers and desk.lines[number - 1].strip():
            at, key, text = written.answers[-1]
            written.answers[-1] = (at, key, f"{text} {line.strip()}")
        else:
            desk.complain(
                number, "these words come after the answers", "Move them above, or begin them with a label."
            )
    return written


def _near_help(line: str) -> str:
    words = line.strip(" \t:;>*+-")
    return f"Write '::: {words[:40]}'." if words else "Close a block with ':::' on a line of its own."


def _after_empty_line(
    written: Written, place: dict[int, str] | None, label: str | None, kind: BlockKind
) -> tuple[dict[int, str] | None, str | None]:
    if label is not None and label not in kind.long_labels:
        return (None if written.answers else written.prompt), None
    return place, label


def _label_on(
    desk: Desk, opening: Opening, number: int, *, after_short_label: bool
) -> tuple[str, str] | None:
    found = LABEL.fullmatch(desk.lines[number])
    if not found:
        return None
    written, value = found.groups()
    own = desk.kinds[opening.kind].labels
    if written in own:
        return written, value
    others = {label for kind in desk.kinds.values() for label in kind.labels}
    near = _nearest(written, own)
    if (
        near
        or written in others
        or (after_short_label and written[0].isupper() and desk.lines[number - 1].strip())
    ):
        help = did_you_mean(written, own, closeness=CLOSE_ENOUGH, ending=":")
        desk.complain(number, f"'{written}:' is not known in a {opening.kind}", help)
        if near:
            return near, value
    return None


def _nearest(written: str, labels: Sequence[str]) -> str | None:
    near = get_close_matches(written.lower(), [label.lower() for label in labels], n=1, cutoff=CLOSE_ENOUGH)
    return next((label for label in labels if near and label.lower() == near[0]), None)


def _is_answer(desk: Desk, opening: Opening, number: int, kind: BlockKind, written: Written) -> bool:
    line = desk.lines[number]
    keyed = BULLET.fullmatch(line)
    if not kind.bullets:
        if keyed:
            desk.complain(
                number, f"a {opening.kind} has no answers to choose from", "Use a 'choice' or a 'tick'."
            )
        return False
    if keyed:
        written.answers.append((number, keyed.group(2).strip(), keyed.group(3)))
        if not GOOD_BULLET.match(line) and keyed.group(3):
            desk.complain(number, "this answer is not written as it should be", HOW_TO_ANSWER)
        return True
    plain = ANY_BULLET.fullmatch(line)
    if plain:
        desk.complain(
            number, "this answer has no key", f"Write '- [{_key_for(plain.group(1))}] {plain.group(1)[:60]}'."
        )
        written.answers.append((number, "", plain.group(1)))
    elif re.match(r"\s*\[[^\]]*\]\s+\S", line):
        desk.complain(number, "this answer has no dash before its key", HOW_TO_ANSWER)
        return True
    return plain is not None


def _key_for(text: str) -> str:
    words = [word for word in as_name(text).split("-") if len(word) > 2]
    return words[0] if words else "key"


# --- judging the pieces ------------------------------------------------------------------------------------------


def _render_lines(desk: Desk, lines: dict[int, str]) -> Markup:
    if not any(text.strip() for text in lines.values()):
        return Markup("")
    last = max(lines)
    return render_text(desk, "\n".join(lines.get(number, "") for number in range(last + 1)))


def _read_answers(desk: Desk, opening: Opening, written: Written) -> tuple[Answer, ...]:
    seen: dict[str, int] = {}
    texts: dict[str, int] = {}
    answers = []
    for line, key, text in written.answers:
        html, plain = render_line(desk, text.strip(), line)
        if not plain:
            desk.complain(line, "this answer has no words", HOW_TO_ANSWER)
        elif plain.lower() in texts:
            desk.complain(
                line, "two answers have the same words", f"The first is on line {texts[plain.lower()] + 1}."
            )
        if key and not is_name(key):
            desk.complain(
                line, f"'{key[:40]}' is not a key", f"Use one short word: '[{as_name(key)[:20] or 'key'}]'."
            )
        elif not key and BULLET.fullmatch(desk.lines[line]):
            desk.complain(line, "this answer has an empty key", HOW_TO_ANSWER)
        elif key in seen and key:
            desk.complain(
                line, f"the key '{key}' is already used on line {seen[key] + 1}", "Give each answer its own."
            )
        seen.setdefault(key, line)
        texts.setdefault(plain.lower(), line)
        answers.append(Answer(key, plain, html))
    if desk.kinds[opening.kind].bullets and len(answers) < 2:
        desk.complain(opening.line, f"{_title(opening)} needs at least two answers", HOW_TO_ANSWER)
    return tuple(answers)


def _read_labels(desk: Desk, opening: Opening, written: Written) -> tuple[dict[str, str], dict[str, Markup]]:
    kind = desk.kinds[opening.kind]
    labels: dict[str, str] = {}
    rendered: dict[str, Markup] = {}
    for label, lines in written.labels.items():
        before = len(desk.passages)
        if label in kind.long_labels:
            rendered[label] = _render_lines(desk, lines)
            labels[label] = " ".join(" ".join(passage.text.split()) for passage in desk.passages[before:])
        else:
            rendered[label], labels[label] = render_line(desk, "\n".join(lines.values()).strip(), min(lines))
        if not labels[label]:
            desk.complain(
                min(lines), f"'{label}:' is empty", "Write its words on the same line, or remove it."
            )
        elif label in kind.number_labels and whole_number(labels[label]) is None:
            desk.complain(
                min(lines), f"'{label}:' does not begin with a whole number", f"For instance '{label}: 5'."
            )
    for label in kind.required_labels:
        if label not in labels:
            desk.complain(opening.line, f"{_title(opening)} has no '{label}:'", f"Add a line '{label}: …'.")
    return labels, rendered


def _check_outside_lists(desk: Desk, opening: Opening, written: Written, labels: dict[str, str]) -> None:
    kind = desk.kinds[opening.kind]
    if kind.ends:
        low, high = (whole_number(labels.get(end, "")) for end in kind.ends)
        if low is not None and high is not None and low >= high:
            desk.complain(
                min(written.labels[kind.ends[0]]),
                f"the scale goes from {low} to {high}",
                "'From:' must be the smaller.",
            )
    if (
        kind.is_instrument
        and desk.known.instruments is not None
        and opening.name not in desk.known.instruments
    ):
        desk.complain(
            opening.line,
            f"there is no questionnaire '{opening.name}'",
            did_you_mean(opening.name, desk.known.instruments),
        )
    drawing = labels.get(kind.drawing_label) if kind.drawing_label else None
    if drawing and desk.known.drawings is not None and drawing not in desk.known.drawings:
        line = min(written.labels[kind.drawing_label or ""])
        desk.complain(line, f"there is no drawing '{drawing}'", did_you_mean(drawing, desk.known.drawings))


def check_near_misses(desk: Desk, lines: Sequence[int]) -> None:
    """Complain about lines of prose that were surely meant as the beginning or end of a block."""
    kinds = "|".join(re.escape(kind) for kind in desk.kinds)
    for number in lines:
        line = desk.lines[number]
        if NEAR_MISS.match(line) or re.match(rf"\s*:\s?(?:{kinds})\b", line):
            desk.complain(
                number, f"'{line.strip()[:40]}' looks like a block but was not understood", _near_help(line)
            )
