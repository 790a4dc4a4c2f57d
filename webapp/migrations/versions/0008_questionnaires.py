"""The tables of the questionnaires room"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from webapp.migrations import wall

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the room, their walls and rights."""
    op.create_table(
        "sitting",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("battery", sa.String(), nullable=False),
        sa.Column("time_point", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("skipped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "enrolment_id"],
            ["enrolment.service_id", "enrolment.id"],
            name=op.f("fk_sitting_service_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["service_id", "patient_id"],
            ["patient.service_id", "patient.id"],
            name=op.f("fk_sitting_service_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_sitting_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_sitting")),
        sa.UniqueConstraint(
            "service_id", "enrolment_id", "name", name=op.f("uq_sitting_service_id_enrolment_id_name")
        ),
    )
    op.create_index(
        "ix_sitting_patient", "sitting", ["service_id", "patient_id", "finished_at"], unique=False
    )
    op.create_table(
        "answer",
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_answer_account_id")),
        sa.ForeignKeyConstraint(
            ["service_id", "sitting_id"],
            ["sitting.service_id", "sitting.id"],
            name=op.f("fk_answer_service_id_sitting_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_answer_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_answer")),
    )
    op.create_index(
        "ix_answer_latest", "answer", ["service_id", "sitting_id", "instrument", "item", "id"], unique=False
    )
    op.create_table(
        "reading",
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("read_by", sa.String(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_reading_account_id")),
        sa.ForeignKeyConstraint(
            ["service_id", "patient_id"],
            ["patient.service_id", "patient.id"],
            name=op.f("fk_reading_service_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["service_id", "sitting_id"],
            ["sitting.service_id", "sitting.id"],
            name=op.f("fk_reading_service_id_sitting_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_reading_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_reading")),
        sa.UniqueConstraint("service_id", "sitting_id", name=op.f("uq_reading_service_id_sitting_id")),
    )
    op.create_index(
        "ix_reading_waiting",
        "reading",
        ["service_id", "finished_at", "sitting_id"],
        unique=False,
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_table(
        "score",
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("total", sa.Numeric(), nullable=True),
        sa.Column("exact", sa.String(), nullable=True),
        sa.Column("subscales", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("missing", postgresql.ARRAY(sa.TEXT()), nullable=False),
        sa.Column("prorated", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "patient_id"],
            ["patient.service_id", "patient.id"],
            name=op.f("fk_score_service_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["service_id", "sitting_id"],
            ["sitting.service_id", "sitting.id"],
            name=op.f("fk_score_service_id_sitting_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_score_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_score")),
        sa.UniqueConstraint(
            "service_id", "sitting_id", "instrument", name=op.f("uq_score_service_id_sitting_id_instrument")
        ),
    )
    op.create_index("ix_score_patient", "score", ["service_id", "patient_id", "at"], unique=False)
    wall.build("sitting")
    wall.build("answer", append_only=True)
    wall.build("reading")
    wall.build("score")


def downgrade() -> None:
    """Drop them again."""
    op.drop_table("score")
    op.drop_table("reading")
    op.drop_table("answer")
    op.drop_table("sitting")
