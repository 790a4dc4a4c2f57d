"""The numbers that a service may set: each with its default, unit, limits and source, section by section.

The rooms that own the numbers register them here; the service's row stores only those that differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from .models import Service

Number = int | float


@dataclass(frozen=True)
class NumberSetting:
    """One number: its ``label``, its project default, the smallest and largest allowed, and where it
    comes from.
    """

    key: str
    label: Any  # lazily translated
    default: Number
    low: Number
    high: Number
    source: Any  # lazily translated, shown beside the box
    unit: Any = None

    @property
    def whole(self) -> bool:
        """True for a number that cannot have a fraction."""
        return isinstance(self.default, int)


@dataclass(frozen=True)
class Section:
    """A page of numbers, stored in one column of the service: ``thresholds`` or ``pacing``."""

    name: str
    title: Any
    column: Literal["thresholds", "pacing"]
    settings: Sequence[NumberSetting]


settings_sections: dict[str, Section] = {}


def add_section(section: Section) -> None:
    """Put a section on the service's settings pages (again, if the application is built again)."""
    settings_sections[section.name] = section


def present(section: Section, service: Service) -> dict[str, Number]:
    """Every number of the section as it holds in this service."""
    differing = getattr(service, section.column)
    return {one.key: differing.get(one.key, one.default) for one in section.settings}


def differing(section: Section, service: Service, wanted: dict[str, Decimal]) -> dict[str, Number]:
    """What the column will hold: the other sections' numbers as they are, and of this one those that
    differ.
    """
    keys = {one.key for one in section.settings}
    others = {key: value for key, value in getattr(service, section.column).items() if key not in keys}
    numbers = {one.key: _number(one, wanted[one.key]) for one in section.settings}
    defaults = {one.key: one.default for one in section.settings}
    return {**others, **{key: number for key, number in numbers.items() if number != defaults[key]}}


def _number(setting: NumberSetting, typed: Decimal) -> Number:
    return int(typed) if setting.whole else float(typed)
