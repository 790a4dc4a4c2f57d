"""How the installation is, for its administrator: what works, the post of each service in numbers. No names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from webapp.foundations import health, post
from webapp.foundations.database import acting_in
from webapp.foundations.health import State
from webapp.foundations.post import Numbers

from .models import Service

RUN_BY_THE_WORKER = ("worker", "messages", "safety")


@dataclass(frozen=True)
class Part:
    """One part of the installation: its name in readiness, whether it works, and its last sign of life."""

    name: str
    is_well: bool
    last_at: datetime | None

    @property
    def needs_the_worker(self) -> bool:
        """Does it stand still because the worker does?"""
        return self.name in RUN_BY_THE_WORKER


@dataclass(frozen=True)
class Installation:
    """Everything that the page shows besides the list of services."""

    state: State
    parts: tuple[Part, ...]
    post: tuple[tuple[Service, Numbers], ...]
    can_text: bool

    @property
    def worker_stands_still(self) -> bool:
        """True if the worker, or a job of it, has left no sign of life for too long."""
        return any(part.needs_the_worker and not part.is_well for part in self.parts)


def look_at_installation(services: Iterable[Service]) -> Installation:
    """Ask readiness, and count each service's post inside that service."""
    state = health.state()
    return Installation(
        state=state,
        parts=tuple(Part(name, well, _last_beat(state, name)) for name, well in state.parts.items()),
        post=tuple((one, _post_of(one)) for one in services),
        can_text=post.can_text(),
    )


def _last_beat(state: State, name: str) -> datetime | None:
    job, _oldest = health.must_beat.get(name, ("", None))
    return state.beats.get(job)


def _post_of(service: Service) -> Numbers:
    with acting_in(service.id):
        return post.numbers(service.id)
