"""The tables of the reminders room"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from webapp.migrations import wall

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the room, their walls and rights."""
    op.create_table(
        "bounce",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_bounce_account_id")),
        sa.ForeignKeyConstraint(
            ["service_id", "patient_id"],
            ["patient.service_id", "patient.id"],
            name=op.f("fk_bounce_service_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_bounce_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_bounce")),
    )
    op.create_index("ix_bounce_noted", "bounce", ["service_id", "noted_at"], unique=False)
    op.create_index("ix_bounce_patient", "bounce", ["service_id", "patient_id", "channel"], unique=False)
    op.create_table(
        "reminder_choice",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("quiet_until_on", sa.Date(), nullable=True),
        sa.Column("left_out", postgresql.ARRAY(sa.TEXT()), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "patient_id"],
            ["patient.service_id", "patient.id"],
            name=op.f("fk_reminder_choice_service_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_reminder_choice_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_reminder_choice")),
        sa.UniqueConstraint("service_id", "patient_id", name="uq_reminder_choice"),
    )
    op.create_table(
        "reminder",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("kinds", postgresql.ARRAY(sa.TEXT()), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "enrolment_id"],
            ["enrolment.service_id", "enrolment.id"],
            name=op.f("fk_reminder_service_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["service_id", "letter_id"],
            ["outbox.service_id", "outbox.id"],
            name=op.f("fk_reminder_service_id_letter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["service_id", "patient_id"],
            ["patient.service_id", "patient.id"],
            name=op.f("fk_reminder_service_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_reminder_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_reminder")),
    )
    op.create_index("ix_reminder_enrolment", "reminder", ["service_id", "enrolment_id", "at"], unique=False)
    op.create_index("ix_reminder_letter", "reminder", ["service_id", "letter_id"], unique=True)
    op.create_index("ix_reminder_patient", "reminder", ["service_id", "patient_id", "at"], unique=False)
    op.create_table(
        "reminder_answer",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("reminder_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "enrolment_id"],
            ["enrolment.service_id", "enrolment.id"],
            name=op.f("fk_reminder_answer_service_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["service_id", "reminder_id"],
            ["reminder.service_id", "reminder.id"],
            name=op.f("fk_reminder_answer_service_id_reminder_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_reminder_answer_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_reminder_answer")),
    )
    op.create_index(
        "ix_reminder_answer_enrolment", "reminder_answer", ["service_id", "enrolment_id", "at"], unique=False
    )
    op.create_table(
        "reminder_thing",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("reminder_id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "enrolment_id"],
            ["enrolment.service_id", "enrolment.id"],
            name=op.f("fk_reminder_thing_service_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["service_id", "reminder_id"],
            ["reminder.service_id", "reminder.id"],
            name=op.f("fk_reminder_thing_service_id_reminder_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_reminder_thing_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_reminder_thing")),
        sa.UniqueConstraint("service_id", "enrolment_id", "key", name="uq_reminder_thing"),
    )
    op.create_index(
        "ix_reminder_thing_reminder", "reminder_thing", ["service_id", "reminder_id"], unique=False
    )
    wall.build("bounce")
    wall.build("reminder_choice")
    wall.build("reminder")
    wall.build("reminder_answer", append_only=True)
    wall.build("reminder_thing")


def downgrade() -> None:
    """Drop them again."""
    op.drop_table("reminder_thing")
    op.drop_table("reminder_answer")
    op.drop_table("reminder")
    op.drop_table("reminder_choice")
    op.drop_table("bounce")
