"""The tables of the course room"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from webapp.migrations import wall

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the room, their walls and rights."""
    op.create_table(
        "module_text",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("module", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_module_text_service_id")),
        sa.PrimaryKeyConstraint(
            "service_id", "module", "language", "fingerprint", name=op.f("pk_module_text")
        ),
    )
    op.create_table(
        "exercise_answer",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("module", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("answer", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "enrolment_id"],
            ["enrolment.service_id", "enrolment.id"],
            name=op.f("fk_exercise_answer_service_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["service_id", "patient_id"],
            ["patient.service_id", "patient.id"],
            name=op.f("fk_exercise_answer_service_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_exercise_answer_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_exercise_answer")),
    )
    op.create_index(
        "ix_exercise_answer_latest",
        "exercise_answer",
        ["service_id", "enrolment_id", "module", "name", "id"],
        unique=False,
    )
    op.create_index(
        "ix_exercise_answer_patient",
        "exercise_answer",
        ["service_id", "patient_id", "module", "name", "id"],
        unique=False,
    )
    op.create_table(
        "module_begun",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("module", sa.String(), nullable=False),
        sa.Column("versions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_early_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("key_done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("key_left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["service_id", "enrolment_id"],
            ["enrolment.service_id", "enrolment.id"],
            name=op.f("fk_module_begun_service_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_module_begun_service_id")),
        sa.PrimaryKeyConstraint("service_id", "enrolment_id", "module", name=op.f("pk_module_begun")),
    )
    op.create_table(
        "page_read",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("module", sa.String(), nullable=False),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "enrolment_id"],
            ["enrolment.service_id", "enrolment.id"],
            name=op.f("fk_page_read_service_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_page_read_service_id")),
        sa.PrimaryKeyConstraint("service_id", "enrolment_id", "module", "page", name=op.f("pk_page_read")),
    )
    wall.build("module_text")
    wall.build("exercise_answer", append_only=True)
    wall.build("module_begun")
    wall.build("page_read")


def downgrade() -> None:
    """Drop them again."""
    op.drop_table("page_read")
    op.drop_table("module_begun")
    op.drop_table("exercise_answer")
    op.drop_table("module_text")
