"""A YAML file read with the line of every value, and the problems found in it.

Reading never stops at the first problem.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from webapp.content.problems import Problem

Place = tuple[str | int, ...]
Finding = tuple[Place, str, str]
"""Where in a file, what is wrong there, and a suggestion (or nothing)."""


@dataclass(frozen=True, slots=True)
class LocatedFile:
    """The content of a YAML file as plain values, with the line on which each of them begins."""

    path: Path
    value: object
    lines: Mapping[Place, int]

    def line_of(self, place: Place) -> int:
        """The line of the value at `place`, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def problem(self, place: Place, message: str, suggestion: str = "") -> Problem:
        """A problem at that place of this file."""
        return Problem(str(self.path), self.line_of(place), message, suggestion)


def repeated(ids: Sequence[str], place: Place) -> Iterator[Finding]:
    """Names that stand in a list twice."""
    for index, name in enumerate(ids):
        if name in ids[:index]:
            yield (*place, index), f"'{name}' is already used in this list", ""


FAST: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Ten times as fast, where it is there. Its words about a mistake differ, so they are never told."""


def read_located(path: Path) -> tuple[LocatedFile | None, list[Problem]]:
    """The file with its lines, and what is wrong with it as YAML. No file if none can be read."""
    try:
        text = path.read_text(encoding="utf-8")
        if anchors := _anchors(text):
            return None, [_anchor_problem(path, line) for line in anchors]
        node = _composed(text)
    except UnicodeDecodeError:
        return None, [Problem(str(path), 1, "this file is not UTF-8 text", "Save it as UTF-8.")]
    except OSError as error:
        return None, [Problem(str(path), 1, f"this file cannot be read: {error.strerror}")]
    except yaml.YAMLError as error:
        return None, [_yaml_problem(path, error)]
    if node is None:
        return None, [Problem(str(path), 1, "this file is empty")]
    walk = _Walk(path)
    value = walk.plain(node, ())
    return LocatedFile(path, value, walk.lines), walk.problems


def _composed(text: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=FAST)
    except yaml.YAMLError:
        return yaml.compose(text, Loader=yaml.SafeLoader)


class _Walk:
    """Turns YAML nodes into plain values, noting lines and keys that are written twice."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[Place, int] = {}
        self.problems: list[Problem] = []
        self.scalars = yaml.SafeLoader("")

    def plain(self, node: yaml.Node, place: Place) -> object:
        self.lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(child, (*place, index)) for index, child in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str | int, object]:
        found: dict[str | int, object] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node)
            line = key_node.start_mark.line + 1
            if key in found:
                self.problems.append(Problem(str(self.path), line, f"'{key}' is written twice here"))
            self.lines[(*place, key)] = line
            found[key] = self.plain(value_node, (*place, key))
        return found

    def _key(self, node: yaml.Node) -> str | int:
        key = self._scalar(node) if isinstance(node, yaml.ScalarNode) else None
        whole_number = isinstance(key, int) and not isinstance(key, bool)
        return key if isinstance(key, int) and whole_number else str(node.value)

    def _scalar(self, node: yaml.Node) -> object:
        try:
            return self.scalars.construct_object(node, deep=True)
        except (yaml.YAMLError, ValueError):
            line = node.start_mark.line + 1
            self.problems.append(Problem(str(self.path), line, f"'{node.value}' cannot be read as a value"))
            return str(node.value)


def _anchors(text: str) -> list[int]:
    if "&" not in text and "*" not in text:
        return []
    marks = (yaml.AnchorToken, yaml.AliasToken)
    tokens = yaml.scan(text, Loader=yaml.SafeLoader)
    return [token.start_mark.line + 1 for token in tokens if isinstance(token, marks)]


def _anchor_problem(path: Path, line: int) -> Problem:
    return Problem(str(path), line, "references (& and *) are not used here", "Write the text out.")


def _yaml_problem(path: Path, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = 1 if mark is None else mark.line + 1
    said = getattr(error, "problem", None) or str(error)
    suggestion = "Check the indentation, and put text that holds ': ' or '#' in quotes."
    return Problem(str(path), line, f"this cannot be read as YAML: {said}", suggestion)
