"""Lists of people that wait for the second tap"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from webapp.migrations import wall

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of checked lists, its wall and rights."""
    op.create_table(
        "import_batch",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcomes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_import_batch_account_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_import_batch_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_import_batch")),
    )
    op.create_index("ix_import_batch_made", "import_batch", ["service_id", "made_at"], unique=False)
    wall.build("import_batch")


def downgrade() -> None:
    """Drop it again."""
    op.drop_table("import_batch")
