"""Messages by other ways than e-mail and quiet hours; the log of flags; a service's own call scripts; own budgets"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from webapp.migrations import wall

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

WAITING = "sent_at IS NULL AND failed_at IS NULL"
OUTBOX = (
    ("html", sa.String()),
    ("stop_url", sa.String()),
    ("quiet_in", sa.String()),
    ("withdrawn_at", sa.DateTime(timezone=True)),
    ("withdrawn_why", sa.String()),
    ("settled_at", sa.DateTime(timezone=True)),
    ("settled_by", sa.String()),
)


def upgrade() -> None:
    """Add the columns, then the tables with their walls and rights."""
    op.add_column("outbox", sa.Column("channel", sa.String(), nullable=False, server_default="email"))
    op.alter_column("outbox", "channel", server_default=None)
    for name, kind in OUTBOX:
        op.add_column("outbox", sa.Column(name, kind, nullable=True))
    op.drop_index("ix_outbox_due", table_name="outbox")
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["service_id", "next_try_at"],
        postgresql_where=sa.text(f"{WAITING} AND withdrawn_at IS NULL"),
    )
    op.create_index(
        "ix_outbox_failed",
        "outbox",
        ["service_id", "failed_at"],
        postgresql_where=sa.text("failed_at IS NOT NULL AND settled_at IS NULL"),
    )
    op.add_column("membership", sa.Column("calls_a_week", sa.Integer(), nullable=True))
    op.add_column("engagement", sa.Column("remind_on", sa.Date(), nullable=True))
    op.execute("UPDATE engagement SET remind_on = CURRENT_DATE")
    op.create_index(
        "ix_engagement_remind",
        "engagement",
        ["service_id", "remind_on", "enrolment_id"],
        postgresql_where=sa.text("remind_on IS NOT NULL"),
    )
    _make_flag()
    _make_call_script()


def _make_flag() -> None:
    op.create_table(
        "flag",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=True),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("reasons", postgresql.JSONB(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("facts", postgresql.JSONB(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "enrolment_id"],
            ["enrolment.service_id", "enrolment.id"],
            name=op.f("fk_flag_service_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_flag_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_flag")),
    )
    op.create_index("ix_flag_enrolment", "flag", ["service_id", "enrolment_id", "id"])
    wall.build("flag", append_only=True)


def _make_call_script() -> None:
    op.create_table(
        "call_script",
        sa.Column("situation", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_call_script_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_call_script")),
        sa.UniqueConstraint("service_id", "situation", "language", name="uq_call_script"),
    )
    wall.build("call_script")


def downgrade() -> None:
    """Take everything away again."""
    op.drop_table("call_script")
    op.drop_table("flag")
    op.drop_index("ix_engagement_remind", table_name="engagement")
    op.drop_column("engagement", "remind_on")
    op.drop_column("membership", "calls_a_week")
    op.drop_index("ix_outbox_failed", table_name="outbox")
    op.drop_index("ix_outbox_due", table_name="outbox")
    for name, _ in reversed(OUTBOX):
        op.drop_column("outbox", name)
    op.drop_column("outbox", "channel")
    op.create_index(
        "ix_outbox_due", "outbox", ["service_id", "next_try_at"], postgresql_where=sa.text(WAITING)
    )
