"""The rooms that own tables, in the order in which their tables build on each other."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

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
    "reports",
)
FOUNDATIONS = ("audit", "post", "drafts", "saving", "jobs")


def load_models() -> None:
    """Import every table, so that the metadata is whole."""
    for name in FOUNDATIONS:
        import_module(f"webapp.foundations.{name}")
    for room in WITH_TABLES[1:]:
        spec = find_spec(f"webapp.{room}")
        for module in iter_modules(spec.submodule_search_locations if spec else ()):
            if module.name.endswith("models"):
                import_module(f"webapp.{room}.{module.name}")


def room_of(table_class: type) -> str:
    """The room that owns a table: the second part of its module's name."""
    return table_class.__module__.split(".")[1]
