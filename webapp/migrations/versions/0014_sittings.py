"""Sittings in a shorter set, on paper with a code, typed twice; answers in words; derived scores; a service's battery"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

FALSE = ("short", "helped")
NULLABLE: dict[str, Any] = {
    "instruments": postgresql.ARRAY(sa.TEXT()),
    "written_on": sa.Date(),
    "code": sa.String(),
    "checked_by": sa.String(),
    "checked_at": sa.DateTime(timezone=True),
}


def upgrade() -> None:
    """Add the columns; what is there already was the whole set, on the phone, typed once."""
    for name, kind in NULLABLE.items():
        op.add_column("sitting", sa.Column(name, kind, nullable=True))
    for name in FALSE:
        _add_false("sitting", name)
    op.create_unique_constraint("uq_sitting_service_id_code", "sitting", ["service_id", "code"])
    op.add_column("answer", sa.Column("words", sa.String(), nullable=True))
    _add_false("score", "derived")
    _add_false("service", "staff_change_lines")
    op.add_column(
        "service",
        sa.Column(
            "questionnaires",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
    )
    op.alter_column("service", "questionnaires", server_default=None)


def _add_false(table: str, name: str) -> None:
    op.add_column(table, sa.Column(name, sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.alter_column(table, name, server_default=None)


def downgrade() -> None:
    """Take them away."""
    op.drop_column("service", "questionnaires")
    op.drop_column("service", "staff_change_lines")
    op.drop_column("score", "derived")
    op.drop_column("answer", "words")
    op.drop_constraint("uq_sitting_service_id_code", "sitting", type_="unique")
    for name in (*FALSE, *NULLABLE):
        op.drop_column("sitting", name)
