"""The tools by name, from the files that `registered.py` names."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import MappingProxyType

from .registered import TOOLS
from .tool import ToolKind


@cache
def tools() -> MappingProxyType[str, ToolKind]:
    """Every registered tool, in the order of the toolbox."""
    return MappingProxyType({name: _load(name) for name in TOOLS})


def _file_of(name: str) -> str:
    return f"webapp.course.exercises.{name.replace('-', '_')}"


def _load(name: str) -> ToolKind:
    kind: ToolKind = import_module(_file_of(name)).KIND
    if kind.name != name:
        raise LookupError(f"{_file_of(name)} holds the tool {kind.name!r}, and {name!r} is registered")
    return kind
