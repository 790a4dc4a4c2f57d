"""The tables of the engagement room"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from webapp.migrations import wall

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the room, their walls and rights."""
    op.create_table(
        "enrolment",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("rhythm", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("invited_on", sa.Date(), nullable=False),
        sa.Column("invited_by", sa.String(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("left_reason", sa.String(), nullable=True),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("snoozed_why", sa.String(), nullable=True),
        sa.Column("asked_not_to_be_rung_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "patient_id"],
            ["patient.service_id", "patient.id"],
            name=op.f("fk_enrolment_service_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_enrolment_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_enrolment")),
    )
    op.create_index(
        "ix_enrolment_patient", "enrolment", ["service_id", "patient_id", "invited_on"], unique=False
    )
    op.create_table(
        "agreed_call",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "enrolment_id"],
            ["enrolment.service_id", "enrolment.id"],
            name=op.f("fk_agreed_call_service_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_agreed_call_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_agreed_call")),
    )
    op.create_index(
        "ix_agreed_call_enrolment", "agreed_call", ["service_id", "enrolment_id", "due_on"], unique=False
    )
    op.create_table(
        "call_request",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "enrolment_id"],
            ["enrolment.service_id", "enrolment.id"],
            name=op.f("fk_call_request_service_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_call_request_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_call_request")),
    )
    op.create_index(
        "ix_call_request_enrolment", "call_request", ["service_id", "enrolment_id", "asked_on"], unique=False
    )
    op.create_table(
        "contact",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_contact_account_id")),
        sa.ForeignKeyConstraint(
            ["service_id", "enrolment_id"],
            ["enrolment.service_id", "enrolment.id"],
            name=op.f("fk_contact_service_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_contact_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_contact")),
    )
    op.create_index("ix_contact_enrolment", "contact", ["service_id", "enrolment_id", "at"], unique=False)
    op.create_table(
        "engagement",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("clinician_id", sa.Uuid(), nullable=True),
        sa.Column("sort_key", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("reasons", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("silent_days", sa.Integer(), nullable=False),
        sa.Column("last_active_on", sa.Date(), nullable=True),
        sa.Column("module", sa.String(), nullable=True),
        sa.Column("modules_done", sa.Integer(), nullable=False),
        sa.Column("tried", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("ring_key", sa.Integer(), nullable=True),
        sa.Column("ranked_on", sa.Date(), nullable=False),
        sa.Column("next_change_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["service_id", "enrolment_id"],
            ["enrolment.service_id", "enrolment.id"],
            name=op.f("fk_engagement_service_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["service_id", "patient_id"],
            ["patient.service_id", "patient.id"],
            name=op.f("fk_engagement_service_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_engagement_service_id")),
        sa.PrimaryKeyConstraint("service_id", "enrolment_id", name=op.f("pk_engagement")),
    )
    op.create_index("ix_engagement_due", "engagement", ["service_id", "next_change_on"], unique=False)
    op.create_index(
        "ix_engagement_name", "engagement", ["service_id", "sort_key", "enrolment_id"], unique=False
    )
    op.create_index("ix_engagement_patient", "engagement", ["service_id", "patient_id"], unique=False)
    op.create_index(
        "ix_engagement_ring",
        "engagement",
        ["service_id", "ring_key", "enrolment_id"],
        unique=False,
        postgresql_where=sa.text("ring_key IS NOT NULL"),
    )
    op.create_index(
        "ix_engagement_ring_mine",
        "engagement",
        ["service_id", "clinician_id", "ring_key", "enrolment_id"],
        unique=False,
        postgresql_where=sa.text("ring_key IS NOT NULL"),
    )
    op.create_index(
        "ix_engagement_state", "engagement", ["service_id", "state", "sort_key", "enrolment_id"], unique=False
    )
    op.create_table(
        "event",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_staff", sa.Boolean(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "enrolment_id"],
            ["enrolment.service_id", "enrolment.id"],
            name=op.f("fk_event_service_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_event_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_event")),
    )
    op.create_index("ix_event_day", "event", ["service_id", "enrolment_id", "on"], unique=False)
    op.create_table(
        "flare_up",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("today_choice", sa.String(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "enrolment_id"],
            ["enrolment.service_id", "enrolment.id"],
            name=op.f("fk_flare_up_service_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_flare_up_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_flare_up")),
    )
    op.create_index(
        "ix_flare_up_enrolment", "flare_up", ["service_id", "enrolment_id", "from_on"], unique=False
    )
    op.create_table(
        "milestone",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "enrolment_id"],
            ["enrolment.service_id", "enrolment.id"],
            name=op.f("fk_milestone_service_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_milestone_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_milestone")),
    )
    op.create_index(
        "ix_milestone_enrolment", "milestone", ["service_id", "enrolment_id", "position"], unique=True
    )
    op.create_table(
        "pause",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("by_patient", sa.Boolean(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "enrolment_id"],
            ["enrolment.service_id", "enrolment.id"],
            name=op.f("fk_pause_service_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_pause_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_pause")),
    )
    op.create_index("ix_pause_enrolment", "pause", ["service_id", "enrolment_id", "from_on"], unique=False)
    wall.build("enrolment")
    wall.build("agreed_call")
    wall.build("call_request")
    wall.build("contact")
    wall.build("engagement")
    wall.build("event", append_only=True)
    wall.build("flare_up")
    wall.build("milestone")
    wall.build("pause")


def downgrade() -> None:
    """Drop them again."""
    op.drop_table("pause")
    op.drop_table("milestone")
    op.drop_table("flare_up")
    op.drop_table("event")
    op.drop_table("engagement")
    op.drop_table("contact")
    op.drop_table("call_request")
    op.drop_table("agreed_call")
    op.drop_table("enrolment")
