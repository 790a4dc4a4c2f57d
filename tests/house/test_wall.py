"""The wall between services: row-level security really stands behind every table, for the role that the app uses."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.cast import Cast
from webapp.foundations.database import Base, db, enter_service
from webapp.people.models import Patient
from webapp.rooms import load_models

load_models()
TABLES = sorted(Base.metadata.tables)
CLASSES = {mapper.class_.__table__.name: mapper.class_ for mapper in Base.registry.mappers}
NAMED_EXCEPTIONS = {
    "account",
    "recovery_code",
    "service",
    "signed_in",
    "token",
    "throttle",
    "draft",
    "once_key",
    "heartbeat",
}


def test_only_the_named_exceptions_have_no_wall() -> None:
    unwalled = {name for name, table in CLASSES.items() if not table.walled}
    assert unwalled == NAMED_EXCEPTIONS


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_its_policy_in_the_database(table: str) -> None:
    enabled = db.session.scalar(text("SELECT relrowsecurity FROM pg_class WHERE relname = :t"), {"t": table})
    policies = db.session.scalars(
        text("SELECT qual FROM pg_policies WHERE tablename = :t"), {"t": table}
    ).all()
    if CLASSES[table].walled:
        assert enabled and len(policies) == 1 and "waymark.service" in policies[0]
        assert "service_id" in Base.metadata.tables[table].columns
    else:
        assert not enabled


@pytest.mark.usefixtures("database")
def test_the_app_role_owns_nothing_and_bypasses_nothing() -> None:
    role = db.session.execute(
        text("SELECT rolname, rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = current_user")
    ).one()
    owned = db.session.scalar(text("SELECT count(*) FROM pg_tables WHERE tableowner = current_user"))
    assert tuple(role) == ("waymark_app", False, False, False)
    assert owned == 0


def test_another_services_patients_are_not_there(cast: Cast) -> None:
    asha, vera = cast.asha.patient, cast.vera.patient
    assert asha and vera
    enter_service(cast.hillside.id)
    db.session.expire_all()
    assert db.session.scalars(select(Patient.given_name)).all() == ["Asha"]
    enter_service(None)
    assert db.session.scalars(select(Patient.given_name)).all() == []


def test_a_row_cannot_be_written_into_another_service(cast: Cast) -> None:
    enter_service(cast.hillside.id)
    with pytest.raises(DBAPIError, match="row-level security"):
        db.session.execute(
            text("INSERT INTO sharing (service_id, id, patient_id, kind, thing_id, shared_at)"
                 " VALUES (:s, gen_random_uuid(), gen_random_uuid(), 'goal', '1', now())"),
            {"s": str(cast.valley.id)},
        )  # fmt: skip


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("table", sorted(name for name, found in CLASSES.items() if found.append_only))
def test_a_log_is_only_ever_added_to(table: str) -> None:
    rights = db.session.scalars(
        text("SELECT privilege_type FROM information_schema.role_table_grants"
             " WHERE table_name = :t AND grantee = 'waymark_app'"), {"t": table}
    ).all()  # fmt: skip
    assert set(rights) == {"SELECT", "INSERT"}


@pytest.mark.parametrize("table", TABLES)
def test_every_table_says_how_long_it_is_kept_and_what_it_holds(table: str) -> None:
    assert CLASSES[table].retention in {"care-record", "account", "security", "service", "audit"}
    assert CLASSES[table].category in {"health", "identity", "security", "none"}
