"""The tables of the support room"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from webapp.migrations import wall

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the room, their walls and rights."""
    op.create_table(
        "problem_report",
        sa.Column("patient_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("read_by", sa.String(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "patient_id"],
            ["patient.service_id", "patient.id"],
            name=op.f("fk_problem_report_service_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_problem_report_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_problem_report")),
    )
    op.create_index("ix_problem_report_at", "problem_report", ["service_id", "at"], unique=False)
    wall.build("problem_report")


def downgrade() -> None:
    """Drop them again."""
    op.drop_table("problem_report")
