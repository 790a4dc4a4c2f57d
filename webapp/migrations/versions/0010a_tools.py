"""What patients fill in with their tools, and which locked tools the team has opened"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from webapp.migrations import wall

revision = "0010a"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, their walls and rights."""
    op.create_table(
        "tool_entry",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("tool", sa.String(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "patient_id"],
            ["patient.service_id", "patient.id"],
            name=op.f("fk_tool_entry_service_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_tool_entry_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_tool_entry")),
    )
    op.create_index(
        "ix_tool_entry_latest",
        "tool_entry",
        ["service_id", "patient_id", "tool", "entry_id", "id"],
        unique=False,
    )
    op.create_table(
        "tool_opened",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("tool", sa.String(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["service_id", "patient_id"],
            ["patient.service_id", "patient.id"],
            name=op.f("fk_tool_opened_service_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_tool_opened_service_id")),
        sa.PrimaryKeyConstraint("service_id", "patient_id", "tool", name=op.f("pk_tool_opened")),
    )
    wall.build("tool_entry", append_only=True)
    wall.build("tool_opened")


def downgrade() -> None:
    """Drop them again."""
    op.drop_table("tool_opened")
    op.drop_table("tool_entry")
