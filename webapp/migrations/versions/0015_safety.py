"""The tables of the safety room"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from webapp.migrations import wall

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the room, their walls and rights."""
    op.create_table(
        "safety_cover",
        sa.Column("owner_account_id", sa.Uuid(), nullable=True),
        sa.Column("deputy_account_id", sa.Uuid(), nullable=True),
        sa.Column("owner_away_until", sa.Date(), nullable=True),
        sa.Column("deputy_away_until", sa.Date(), nullable=True),
        sa.Column("out_of_hours", sa.String(), nullable=False),
        sa.Column("item_nine_on", sa.Boolean(), nullable=False),
        sa.Column("switched_by", sa.String(), nullable=True),
        sa.Column("switched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("load_shown", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deputy_account_id"], ["account.id"], name=op.f("fk_safety_cover_deputy_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_account_id"], ["account.id"], name=op.f("fk_safety_cover_owner_account_id")
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_safety_cover_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_safety_cover")),
        sa.UniqueConstraint("service_id", name=op.f("uq_safety_cover_service_id")),
    )
    op.create_table(
        "alert",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_by", sa.String(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=True),
        sa.Column("promised_by_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("deputy_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lead_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("everyone_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_step_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by", sa.String(), nullable=True),
        sa.Column("owner_account_id", sa.Uuid(), nullable=True),
        sa.Column("owner_name", sa.String(), nullable=True),
        sa.Column("owned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_to", sa.String(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["owner_account_id"], ["account.id"], name=op.f("fk_alert_owner_account_id")),
        sa.ForeignKeyConstraint(
            ["service_id", "enrolment_id"],
            ["enrolment.service_id", "enrolment.id"],
            name=op.f("fk_alert_service_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["service_id", "patient_id"],
            ["patient.service_id", "patient.id"],
            name=op.f("fk_alert_service_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_alert_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_alert")),
    )
    op.create_index(
        "ix_alert_next_step",
        "alert",
        ["service_id", "next_step_at"],
        unique=False,
        postgresql_where=sa.text("next_step_at IS NOT NULL"),
    )
    op.create_index(
        "ix_alert_open",
        "alert",
        ["service_id", "raised_at", "id"],
        unique=False,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index("ix_alert_patient", "alert", ["service_id", "patient_id", "raised_at"], unique=False)
    op.create_table(
        "alert_notice",
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_alert_notice_account_id")),
        sa.ForeignKeyConstraint(
            ["service_id", "alert_id"],
            ["alert.service_id", "alert.id"],
            name=op.f("fk_alert_notice_service_id_alert_id"),
        ),
        sa.ForeignKeyConstraint(
            ["service_id", "letter_id"],
            ["outbox.service_id", "outbox.id"],
            name=op.f("fk_alert_notice_service_id_letter_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_alert_notice_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_alert_notice")),
        sa.UniqueConstraint(
            "service_id",
            "alert_id",
            "account_id",
            "round",
            name=op.f("uq_alert_notice_service_id_alert_id_account_id_round"),
        ),
    )
    op.create_index("ix_alert_notice_letter", "alert_notice", ["service_id", "letter_id"], unique=False)
    op.create_table(
        "alert_step",
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("to_name", sa.String(), nullable=True),
        sa.Column("action", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_alert_step_account_id")),
        sa.ForeignKeyConstraint(
            ["service_id", "alert_id"],
            ["alert.service_id", "alert.id"],
            name=op.f("fk_alert_step_service_id_alert_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_alert_step_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_alert_step")),
    )
    op.create_index("ix_alert_step_alert", "alert_step", ["service_id", "alert_id", "id"], unique=False)
    op.create_table(
        "alert_trigger",
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "alert_id"],
            ["alert.service_id", "alert.id"],
            name=op.f("fk_alert_trigger_service_id_alert_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_alert_trigger_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_alert_trigger")),
        sa.UniqueConstraint(
            "service_id", "source", "source_id", name=op.f("uq_alert_trigger_service_id_source_source_id")
        ),
    )
    op.create_index("ix_alert_trigger_alert", "alert_trigger", ["service_id", "alert_id"], unique=False)
    wall.build("safety_cover")
    wall.build("alert")
    wall.build("alert_notice")
    wall.build("alert_step", append_only=True)
    wall.build("alert_trigger", append_only=True)
    op.execute("REVOKE DELETE ON alert, alert_notice, safety_cover FROM waymark_app")
    op.add_column("enrolment", sa.Column("safety_alert_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Drop them again."""
    op.drop_column("enrolment", "safety_alert_on")
    op.drop_table("alert_trigger")
    op.drop_table("alert_step")
    op.drop_table("alert_notice")
    op.drop_table("alert")
    op.drop_table("safety_cover")
