"""Lists of people between the check and the second tap.

The checked rows stay here, on our side, and not in the page: a hidden field could be lost, and a signed one of 200
people is larger than the access gate lets in. Nobody can alter them; only the account that sent the file sees them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, delete, func, or_, select

from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.foundations.jobs import every_night

from .import_models import ImportBatch
from .models import Patient, Service
from .service import NotFound

WAITS_FOR = timedelta(hours=24)  # rows that nobody confirmed hold names and addresses for no reason
PRINTS_FOR = timedelta(days=28)  # as long as the code of a letter works


def keep(rows: list[dict[str, Any]], *, by: Actor) -> ImportBatch:
    """Keep checked rows until they are invited, thrown away or a day old."""
    assert by.account_id is not None and by.service_id is not None
    batch = ImportBatch(service_id=by.service_id, account_id=by.account_id, made_at=clock.now(), rows=rows)
    db.session.add(batch)
    db.session.flush()
    audit.record(by, "created", "import_batch", batch.id)
    return batch


def batch_of(by: Actor, batch_id: UUID) -> ImportBatch:
    """A list that this account sent to this service, as long as it is kept.

    Raises:
        NotFound: there is none, it is somebody else's, or it is over.
    """
    batch = db.session.get(ImportBatch, (by.service_id, batch_id))
    if batch is None or batch.account_id != by.account_id or _is_over(batch):
        raise NotFound("import_batch")
    return batch


def batch_to_invite(by: Actor, batch_id: UUID) -> ImportBatch:
    """The same, while nobody else of the service invites a list: of two taps at once the second waits for the first.

    Raises:
        NotFound: as ``batch_of``.
    """
    db.session.execute(select(Service.id).where(Service.id == by.service_id).with_for_update())
    batch = batch_of(by, batch_id)
    db.session.refresh(batch)
    return batch


def close(batch: ImportBatch, outcomes: list[dict[str, Any]], *, by: Actor) -> None:
    """Everybody is dealt with: the rows are gone, what came of each is kept for the letters."""
    batch.rows, batch.outcomes, batch.invited_at = [], outcomes, clock.now()
    audit.record(by, "used", "import_batch", batch.id)


def throw_away(batch: ImportBatch, *, by: Actor) -> None:
    """Nobody is invited; the rows are gone."""
    audit.record(by, "deleted", "import_batch", batch.id)
    db.session.delete(batch)


@every_night
def forget_old() -> None:
    """Delete what is over (a job of the night, in each service)."""
    waiting = and_(ImportBatch.invited_at.is_(None), ImportBatch.made_at < clock.now() - WAITS_FOR)
    over = or_(waiting, ImportBatch.invited_at < clock.now() - PRINTS_FOR)
    mine = ImportBatch.service_id == db.session.info["service"]
    db.session.execute(delete(ImportBatch).where(mine, over))


def who_may_be_known(by: Actor, days: Iterable[Any], addresses: Iterable[str]) -> list[Patient]:
    """Everybody of this service who was born on one of these days or has one of these addresses: two queries."""
    mine = select(Patient).where(Patient.service_id == by.service_id)
    born = db.session.scalars(mine.where(Patient.born_on.in_(set(days))))
    found = {patient.id: patient for patient in born}
    wanted = {address.lower() for address in addresses if address}
    if wanted:
        written = db.session.scalars(mine.where(func.lower(Patient.email).in_(wanted)))
        found |= {patient.id: patient for patient in written}
    return sorted(found.values(), key=lambda patient: (patient.sort_key, patient.id))


def references_taken(by: Actor, references: Iterable[str]) -> set[str]:
    """Which of these local numbers some patient of this service has."""
    same = select(Patient.reference).where(
        Patient.service_id == by.service_id, Patient.reference.in_({one for one in references if one})
    )
    return set(db.session.scalars(same))


def _is_over(batch: ImportBatch) -> bool:
    if batch.invited_at is not None:
        return batch.invited_at < clock.now() - PRINTS_FOR
    return batch.made_at < clock.now() - WAITS_FOR
