"""What of the course a patient shares with the team: each exercise and each tool by itself."""

from __future__ import annotations

from uuid import UUID

from webapp.foundations.access import Actor
from webapp.people import service as people

SHARED_KIND = "exercise"


def share(patient_id: UUID, thing: str, shared: bool, *, by: Actor) -> None:
    """Share one thing of the course, or take that back."""
    people.share(patient_id, SHARED_KIND, thing, shared, by=by)


def shared_names(by: Actor, patient_id: UUID) -> set[str]:
    """``module/exercise`` and ``tool/name`` of everything from the course that this patient shares now."""
    if by.service_id is None:
        return set()
    return {thing for _kind, thing in people.shared_things(by.service_id, patient_id, SHARED_KIND)}
