"""The rooms that own tables, in the order in which their tables build on each other."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

WITH_TABLES = (
    "foundations",
    "people",
    "content",
    "engagement",
    "safety",
    "pacing",
    "goals",
    "course",
    "questionnaires",
    "support",
    "reminders",
    "clinic",
)
FOUNDATIONS = ("audit", "post", "drafts", "saving", "jobs")


def load_models() -> None:
    """Import every table, so that the metadata is whole."""
    for module in FOUNDATIONS:
        import_module(f"webapp.foundations.{module}")
    for room in WITH_TABLES[1:]:
        if find_spec(f"webapp.{room}") and find_spec(f"webapp.{room}.models"):
            import_module(f"webapp.{room}.models")


def room_of(table_class: type) -> str:
    """The room that owns a table: the second part of its module's name."""
    return table_class.__module__.split(".")[1]
