"""One block: its opening line, its sentences, its answers and its labels."""

import re
from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import Markup

from webapp.content.block_lines import BULLET, HOW_TO_ANSWER, Lines, Written, WrittenAnswer, sort_lines
from webapp.content.desk import Desk, as_name, fingerprint, is_name
from webapp.content.kinds import Prompt
from webapp.content.problems import did_you_mean
from webapp.content.prose import render_line, render_text
from webapp.content.texts import Answer, Block


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
    written = sort_lines(desk, opening.kind, range(opening.line + 1, end))
    prompt = _render_lines(desk, written.prompt)
    if kind.prompt is Prompt.NEEDED and not prompt:
        desk.complain(
            opening.line,
            f"{_title(opening)} has no words of its own",
            "Write a sentence under its first line.",
        )
    answers = _read_answers(desk, opening, written)
    labels, labels_html = _read_labels(desk, opening, written)
    _check_ends(desk, opening, written, labels)
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


def _render_lines(desk: Desk, lines: Lines) -> Markup:
    if not any(text.strip() for text in lines.values()):
        return Markup("")
    last = max(lines)
    return render_text(desk, "\n".join(lines.get(number, "") for number in range(last + 1)))


def _read_answers(desk: Desk, opening: Opening, written: Written) -> tuple[Answer, ...]:
    keys: dict[str, int] = {}
    texts: dict[str, int] = {}
    answers = []
    for answer in written.answers:
        html, plain = render_line(desk, answer.text.strip(), answer.line)
        _check_answer_text(desk, answer.line, texts.setdefault(plain.lower(), answer.line), plain)
        _check_key(desk, answer, keys.setdefault(answer.key, answer.line))
        answers.append(Answer(answer.key, plain, html))
    if desk.kinds[opening.kind].bullets and len(answers) < 2:
        desk.complain(opening.line, f"{_title(opening)} needs at least two answers", HOW_TO_ANSWER)
    return tuple(answers)


def _check_answer_text(desk: Desk, line: int, first: int, plain: str) -> None:
    if not plain:
        desk.complain(line, "this answer has no words", HOW_TO_ANSWER)
    elif first != line:
        desk.complain(
            line, f"the answer on line {first + 1} has the same words", "Change or remove one of them."
        )


def _check_key(desk: Desk, answer: WrittenAnswer, first: int) -> None:
    key, line = answer.key, answer.line
    if not key:
        if BULLET.fullmatch(desk.lines[line]):
            desk.complain(line, "this answer has an empty key", HOW_TO_ANSWER)
    elif not is_name(key):
        suggestion = as_name(key)[:20] or "key"
        desk.complain(line, f"'{key[:40]}' is not a key", f"Use one short word: '[{suggestion}]'.")
    elif first != line:
        desk.complain(
            line, f"the key '{key}' is already used on line {first + 1}", "Give each answer its own."
        )


def _read_labels(desk: Desk, opening: Opening, written: Written) -> tuple[dict[str, str], dict[str, Markup]]:
    labels: dict[str, str] = {}
    rendered: dict[str, Markup] = {}
    for label, lines in written.labels.items():
        rendered[label], labels[label] = _read_label(desk, opening, label, lines)
    for label in desk.kinds[opening.kind].required_labels:
        if label not in labels:
            desk.complain(opening.line, f"{_title(opening)} has no '{label}:'", f"Add a line '{label}: …'.")
    return labels, rendered


def _read_label(desk: Desk, opening: Opening, label: str, lines: Lines) -> tuple[Markup, str]:
    kind, line, before = desk.kinds[opening.kind], min(lines), len(desk.passages)
    if label in kind.long_labels:
        html = _render_lines(desk, lines)
        plain = " ".join(" ".join(passage.text.split()) for passage in desk.passages[before:])
    else:
        html, plain = render_line(desk, "\n".join(lines.values()).strip(), line)
    if not plain:
        desk.complain(line, f"'{label}:' is empty", "Write its words on the same line, or remove it.")
    elif label in kind.number_labels and whole_number(plain) is None:
        desk.complain(line, f"'{label}:' does not begin with a whole number", f"For instance '{label}: 5'.")
    return html, plain


def _check_ends(desk: Desk, opening: Opening, written: Written, labels: dict[str, str]) -> None:
    ends = desk.kinds[opening.kind].ends
    low, high = (whole_number(labels.get(end, "")) for end in ends or ("", ""))
    if ends and low is not None and high is not None and low >= high:
        line = min(written.labels[ends[0]])
        desk.complain(line, f"the scale goes from {low} to {high}", f"'{ends[0]}:' must be the smaller.")


def _check_outside_lists(desk: Desk, opening: Opening, written: Written, labels: dict[str, str]) -> None:
    kind, known = desk.kinds[opening.kind], desk.known
    if kind.is_instrument and known.instruments is not None and opening.name not in known.instruments:
        help = did_you_mean(opening.name, known.instruments)
        desk.complain(opening.line, f"there is no questionnaire '{opening.name}'", help)
    if kind.is_tool and known.tools is not None and opening.name not in known.tools:
        help = did_you_mean(opening.name, known.tools)
        desk.complain(opening.line, f"there is no tool '{opening.name}'", help)
    drawing = labels.get(kind.drawing_label or "")
    if drawing and known.drawings is not None and drawing not in known.drawings:
        line = min(written.labels[kind.drawing_label or ""])
        desk.complain(line, f"there is no drawing '{drawing}'", did_you_mean(drawing, known.drawings))
