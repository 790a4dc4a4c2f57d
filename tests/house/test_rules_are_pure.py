"""Rules import the standard library and other rules only: no web, no database, no words."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

WEBAPP = Path(__file__).resolve().parents[2] / "webapp"
RULES = sorted(
    file
    for file in WEBAPP.rglob("*.py")
    if file.stem in ("rules", "definitions") or file.stem.startswith("rules_") or file.stem.endswith("_rules")
)
PURE = {"amounts", "definitions", "flare", "facts", "standing", "thresholds", "ring_key"}


@pytest.mark.parametrize("file", RULES, ids=lambda file: str(file.relative_to(WEBAPP)))
def test_rules_import_the_standard_library_only(file: Path) -> None:
    for name in _imported(file):
        top = name.split(".")[0]
        assert top in sys.stdlib_module_names or _is_a_rule(name), f"{file.name} imports {name}"


def test_there_are_rules_to_look_at() -> None:
    assert len(RULES) >= 10


def _imported(file: Path) -> list[str]:
    names: list[str] = []
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            here = ".".join(["webapp", file.parent.name]) if node.level else ""
            module = ".".join(part for part in (here, node.module or "") if part)
            names += [module] if node.module else [f"{module}.{alias.name}" for alias in node.names]
            if node.module and node.module.count(".") <= 1 and module.startswith("webapp."):
                names[-1:] = (
                    [f"{module}.{alias.name}" for alias in node.names] if module.count(".") == 1 else [module]
                )
    return names


def _is_a_rule(name: str) -> bool:
    if not name.startswith("webapp."):
        return False
    module = name.split(".")[-1]
    return module == "rules" or module.startswith("rules_") or module.endswith("_rules") or module in PURE
