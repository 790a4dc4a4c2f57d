"""Every threshold of the worklist with where it comes from, as ``Thresholds`` itself says it."""

from __future__ import annotations

import ast
import inspect
from dataclasses import dataclass, fields
from functools import cache
from itertools import pairwise

from webapp.engagement import thresholds as module
from webapp.engagement.standing import ReasonKind
from webapp.engagement.thresholds import DEFAULT, Thresholds

BEHIND = {
    ReasonKind.FLARE_CHECK_IN: "flare_check_in_days",
    ReasonKind.WEEK_TWO: "week_two_module",
    ReasonKind.MODULE_OVERDUE: "quieter_overdue_days",
    ReasonKind.NO_VISIT: "quieter_idle_days",
    ReasonKind.FEW_DAYS: "few_active_days",
    ReasonKind.SLOW_START: "slow_start_days",
    ReasonKind.NOT_STARTED: "not_started_call_days",
    ReasonKind.CONTACTS_UNANSWERED: "lapsed_unanswered_contacts",
    ReasonKind.NOT_BACK: "not_back_days",
    ReasonKind.NO_CALL_PLANNED: "no_call_days",
    ReasonKind.FLARE: "flare_pause_days",
}
"""The threshold whose source stands behind a reason; the others are requests and need none."""


@dataclass(frozen=True)
class Entry:
    """One number: what it is here, what it usually is, and where it comes from (in English)."""

    name: str
    value: int
    usual: int
    source: str


def entries(thresholds: Thresholds) -> list[Entry]:
    """Every number of a service, in the order of ``Thresholds``."""
    return [
        Entry(one.name, getattr(thresholds, one.name), getattr(DEFAULT, one.name), sources()[one.name])
        for one in fields(Thresholds)
    ]


def source_behind(kind: ReasonKind) -> str:
    """Where the rule of a reason comes from; empty for what a person asked for."""
    return sources().get(BEHIND.get(kind, ""), "")


@cache
def sources() -> dict[str, str]:
    """The words behind "Source:" in the docstring of each threshold."""
    tree = ast.parse(inspect.getsource(module))
    body = next(
        node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Thresholds"
    ).body
    found: dict[str, str] = {}
    for number, said in pairwise(body):
        if isinstance(number, ast.AnnAssign) and isinstance(number.target, ast.Name) and _is_text(said):
            words = " ".join(ast.literal_eval(said.value).split())  # type: ignore[attr-defined]
            found[number.target.id] = words.partition("Source: ")[2]
    return found


def _is_text(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
