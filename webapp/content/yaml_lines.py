"""The lines of a YAML file: where each key and value stands, so that a problem can say it."""

from collections.abc import Iterator

import yaml

from webapp.content.problems import Problem

Place = tuple[str | int, ...]


def unreadable(error: Exception, path: str) -> Problem:
    """The problem for a file that is not YAML, at the line where the reader stopped."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark else 1
    return Problem(
        path, line, "this line is not understood", "Compare its spaces and dashes with the lines above it."
    )


def places_of(node: yaml.Node, place: Place, depth: int = 0) -> Iterator[tuple[Place, yaml.Node]]:
    """Every key and value with its place, such as `("modules", 0, "core", "key")`; no deeper than four."""
    yield place, node
    if depth > 4:
        return
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield (*place, str(key.value), "key"), key
            yield from places_of(value, (*place, str(key.value)), depth + 1)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield from places_of(item, (*place, number), depth + 1)


def repeated_keys(root: yaml.Node, path: str) -> Iterator[Problem]:
    """A problem for each key that is written twice, which YAML would silently let pass."""
    for _, node in places_of(root, ()):
        first: dict[str, int] = {}
        for key, _value in node.value if isinstance(node, yaml.MappingNode) else ():
            name, line = str(key.value), key.start_mark.line + 1
            if name in first:
                yield Problem(
                    path, line, f"'{name}:' is already written on line {first[name]}", "Keep one of them."
                )
            first.setdefault(name, line)
