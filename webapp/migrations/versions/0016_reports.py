"""Who copied the questionnaires of a whole service out, when, and why"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from webapp.migrations import wall

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the room, their walls and rights."""
    op.create_table(
        "service_copy",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("patients", sa.Integer(), nullable=False),
        sa.Column("sittings", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_service_copy_account_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_service_copy_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_service_copy")),
    )
    wall.build("service_copy", append_only=True)


def downgrade() -> None:
    """Drop them again."""
    op.drop_table("service_copy")
