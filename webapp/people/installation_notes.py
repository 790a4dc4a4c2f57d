"""What rooms above this one tell an administrator: what does not work in a service, with counts and without names."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

Troubles = Callable[[UUID], list[str]]
troubles_of_a_service: list[Troubles] = []


def say_what_does_not_work(troubles: Troubles) -> Troubles:
    """Register ``troubles(service_id)``: sentences for the administrator. It is called inside that service."""
    if troubles not in troubles_of_a_service:
        troubles_of_a_service.append(troubles)
    return troubles
