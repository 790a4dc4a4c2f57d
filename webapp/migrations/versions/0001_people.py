"""The tables of the people room"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from webapp.migrations import wall

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the room, their walls and rights."""
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sign_in_name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("totp_secret", sa.String(), nullable=True),
        sa.Column("totp_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("totp_last_step", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("administrator", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("sign_in_name", name=op.f("uq_account_sign_in_name")),
    )
    op.create_table(
        "service",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sender_name", sa.String(), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("postal_address", sa.String(), nullable=False),
        sa.Column("contact_lines", sa.String(), nullable=False),
        sa.Column("hours", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("closures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("nation", sa.String(), nullable=False),
        sa.Column("crisis_lines", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("languages", postgresql.ARRAY(sa.TEXT()), nullable=False),
        sa.Column("rhythm", sa.String(), nullable=False),
        sa.Column("thresholds", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("pacing", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("calls_within_working_days", sa.Integer(), nullable=False),
        sa.Column("answers_read_within_working_days", sa.Integer(), nullable=False),
        sa.Column("calls_a_week", sa.Integer(), nullable=False),
        sa.Column("staff_bands", sa.Boolean(), nullable=False),
        sa.Column("safety_officer", sa.String(), nullable=False),
        sa.Column("numbers_signed_by", sa.String(), nullable=False),
        sa.Column("numbers_signed_on", sa.Date(), nullable=True),
        sa.Column("next_reference", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    )
    op.create_table(
        "throttle",
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wait_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_throttle")),
    )
    op.create_table(
        "module_acceptance",
        sa.Column("module", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("accepted_by", sa.String(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_module_acceptance_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_module_acceptance")),
        sa.UniqueConstraint("service_id", "module", "fingerprint", name="uq_module_acceptance"),
    )
    op.create_table(
        "patient",
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("given_name", sa.String(), nullable=False),
        sa.Column("family_name", sa.String(), nullable=False),
        sa.Column("sort_key", sa.String(), nullable=False),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("mobile", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("postal_address", sa.String(), nullable=False),
        sa.Column("email_is_safe", sa.Boolean(), nullable=False),
        sa.Column("text_is_safe", sa.Boolean(), nullable=False),
        sa.Column("call_is_safe", sa.Boolean(), nullable=False),
        sa.Column("voicemail_is_safe", sa.Boolean(), nullable=False),
        sa.Column("letter_is_safe", sa.Boolean(), nullable=False),
        sa.Column("contact_times", sa.String(), nullable=False),
        sa.Column("needs", postgresql.ARRAY(sa.TEXT()), nullable=False),
        sa.Column("needs_note", sa.String(), nullable=False),
        sa.Column("suitability", sa.String(), nullable=False),
        sa.Column("seen_by", sa.String(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column("suitability_why", sa.String(), nullable=False),
        sa.Column("group_name", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("clinician_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_patient_account_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_patient_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_patient")),
        sa.UniqueConstraint("service_id", "reference", name=op.f("uq_patient_service_id_reference")),
    )
    op.create_index("ix_patient_born", "patient", ["service_id", "born_on"], unique=False)
    op.create_index("ix_patient_sort", "patient", ["service_id", "sort_key", "id"], unique=False)
    op.create_table(
        "recovery_code",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id")),
        sa.PrimaryKeyConstraint("account_id", "code_hash", name=op.f("pk_recovery_code")),
    )
    op.create_table(
        "signed_in",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=True),
        sa.Column("membership_id", sa.Uuid(), nullable=True),
        sa.Column("patient_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("second_factor_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_signed_in_account_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_signed_in_service_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_signed_in")),
    )
    op.create_index("ix_signed_in_account", "signed_in", ["account_id"], unique=False)
    op.create_table(
        "token",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=True),
        sa.Column("patient_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("membership_id", sa.Uuid(), nullable=True),
        sa.Column("browser_hash", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_token_account_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_token_service_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_token")),
    )
    op.create_index("ix_token_subject", "token", ["service_id", "patient_id", "account_id"], unique=False)
    op.create_table(
        "choice",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("thing", sa.String(), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "patient_id"],
            ["patient.service_id", "patient.id"],
            name=op.f("fk_choice_service_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_choice_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_choice")),
    )
    op.create_index("ix_choice_latest", "choice", ["service_id", "patient_id", "thing", "id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=True),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_membership_account_id")),
        sa.ForeignKeyConstraint(
            ["service_id", "patient_id"],
            ["patient.service_id", "patient.id"],
            name=op.f("fk_membership_service_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_membership_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_membership")),
    )
    op.create_index("ix_membership_account", "membership", ["account_id"], unique=False)
    op.create_table(
        "sharing",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("thing_id", sa.String(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "patient_id"],
            ["patient.service_id", "patient.id"],
            name=op.f("fk_sharing_service_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_sharing_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_sharing")),
        sa.UniqueConstraint(
            "service_id",
            "patient_id",
            "kind",
            "thing_id",
            name=op.f("uq_sharing_service_id_patient_id_kind_thing_id"),
        ),
    )
    op.create_table(
        "supporter",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("may_discuss", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "patient_id"],
            ["patient.service_id", "patient.id"],
            name=op.f("fk_supporter_service_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_supporter_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_supporter")),
    )
    op.create_index("ix_supporter_patient", "supporter", ["service_id", "patient_id"], unique=False)
    wall.give_rights("account")
    wall.give_rights("service")
    wall.give_rights("throttle")
    wall.build("module_acceptance")
    wall.build("patient")
    wall.give_rights("recovery_code")
    wall.give_rights("signed_in")
    wall.give_rights("token")
    wall.build("choice", append_only=True)
    wall.build("membership", also="account_id = nullif(current_setting('waymark.account', true), '')::uuid")
    wall.build("sharing")
    wall.build("supporter")


def downgrade() -> None:
    """Drop them again."""
    op.drop_table("supporter")
    op.drop_table("sharing")
    op.drop_table("membership")
    op.drop_table("choice")
    op.drop_table("token")
    op.drop_table("signed_in")
    op.drop_table("recovery_code")
    op.drop_table("patient")
    op.drop_table("module_acceptance")
    op.drop_table("throttle")
    op.drop_table("service")
    op.drop_table("account")
