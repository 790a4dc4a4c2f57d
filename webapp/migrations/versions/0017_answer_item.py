"""Answers to one item, by their value: the five-minute check of alerts does not read every answer"""

from __future__ import annotations

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_answer_item", "answer", ["service_id", "instrument", "item", "value"], unique=False)


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_answer_item", table_name="answer")
