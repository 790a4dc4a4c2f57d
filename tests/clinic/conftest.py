"""A database large enough that its plans are those of a large one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import create_engine, insert, text
from sqlalchemy.engine import Connection, Engine

from tests.clinic.people import crowd_rows
from tests.conftest import _as_owner, _template
from webapp.foundations.database import new_id
from webapp.people.models import Service

PATIENTS = 6000
FEW = "SELECT id FROM patient WHERE service_id = :service ORDER BY sort_key DESC LIMIT 30"
"""Thirty patients at the end of the list: who walks to them by name has come too far."""


@pytest.fixture(scope="package")
def large(postgres: Any, database_name: str) -> Iterator[tuple[Engine, UUID, UUID]]:
    """A database of its own, committed and analysed: one of two services has 6,000 patients on its list.

    All of them have one clinician, but for thirty, who are the ``few`` of every filter.
    """
    name, service_id, clinician_id = f"{database_name}_large", new_id(), new_id()
    with _as_owner(postgres) as owner:
        owner.execute(f'CREATE DATABASE "{name}" TEMPLATE "{_template(postgres)}"')
    as_owner, as_app = (create_engine(postgres.url(role, name)) for role in ("waymark_owner", "waymark_app"))
    with as_owner.begin() as connection:
        for each, number, clinician in ((service_id, PATIENTS, clinician_id), (new_id(), 1000, None)):
            connection.execute(insert(Service).values(id=each, name="Large", sender_name="Large"))
            for model, rows in crowd_rows(each, number, clinician):
                connection.execute(insert(model), rows)
        _set_some_apart(connection, service_id, clinician_id)
        connection.execute(text("ANALYZE"))
    yield as_app, service_id, clinician_id
    as_owner.dispose()
    as_app.dispose()
    with _as_owner(postgres) as owner:
        owner.execute(f'DROP DATABASE "{name}"')


def _set_some_apart(connection: Connection, service_id: UUID, clinician_id: UUID) -> None:
    """Thirty have the clinician as their own, a group, the refresher's door, a state and a silent e-mail."""
    given = {"service": service_id, "clinician": clinician_id}
    for statement in (
        f"UPDATE patient SET clinician_id = :clinician, group_name = 'Autumn', email = 'x@example.org'"
        f" WHERE service_id = :service AND id IN ({FEW})",
        f"UPDATE enrolment SET door = 'refresher' WHERE service_id = :service AND patient_id IN ({FEW})",
        f"UPDATE engagement SET state = 'left' WHERE service_id = :service AND patient_id IN ({FEW})",
        "INSERT INTO bounce (service_id, id, patient_id, channel, address, why, since_on, noted_at, noted_by)"
        " SELECT service_id, gen_random_uuid(), id, 'email', email, 'full', now()::date, now(), 'x'"
        " FROM patient WHERE service_id = :service AND email <> ''",
    ):
        connection.execute(text(statement), given)
