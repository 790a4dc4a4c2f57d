"""Since when an address does not work, and that somebody has dealt with it; the letters to print by their own index"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the indexes."""
    op.add_column("bounce", sa.Column("since_on", sa.Date(), nullable=True))
    op.execute("UPDATE bounce SET since_on = (noted_at AT TIME ZONE 'UTC')::date")
    op.alter_column("bounce", "since_on", nullable=False)
    op.add_column("bounce", sa.Column("dealt_with_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("bounce", sa.Column("dealt_with_by", sa.String(), nullable=True))
    op.create_index(
        "ix_bounce_waiting",
        "bounce",
        ["service_id", "id"],
        postgresql_where=sa.text("settled_at IS NULL AND dealt_with_at IS NULL"),
    )
    op.create_index(
        "ix_outbox_letters",
        "outbox",
        ["service_id", "sent_at", "id"],
        postgresql_where=sa.text("channel = 'letter' AND withdrawn_at IS NULL"),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_index("ix_outbox_letters", table_name="outbox")
    op.drop_index("ix_bounce_waiting", table_name="bounce")
    for name in ("dealt_with_by", "dealt_with_at", "since_on"):
        op.drop_column("bounce", name)
