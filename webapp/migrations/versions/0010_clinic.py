"""What the portal needs: a patient's messages by date, and what was offered in a contact"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index and the column."""
    op.create_index("ix_outbox_patient", "outbox", ["service_id", "patient_id", "written_at"], unique=False)
    op.add_column(
        "contact", sa.Column("offered", sa.ARRAY(sa.TEXT()), server_default=sa.text("'{}'"), nullable=False)
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_column("contact", "offered")
    op.drop_index("ix_outbox_patient", table_name="outbox")
