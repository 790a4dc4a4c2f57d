"""The low-energy view: short pages and large words, as somebody chose for themselves"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, off for everybody."""
    op.add_column(
        "account", sa.Column("low_energy_view", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.alter_column("account", "low_energy_view", server_default=None)


def downgrade() -> None:
    """Take it away."""
    op.drop_column("account", "low_energy_view")
