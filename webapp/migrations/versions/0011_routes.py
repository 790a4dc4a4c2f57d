"""What has slipped, the route, and how a patient goes on"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from webapp.migrations import wall

revision = "0011"
down_revision = "0010a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the three tables with their walls and rights, and the moment of beginning a module again."""
    op.create_table(
        "skill_check",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "enrolment_id"],
            ["enrolment.service_id", "enrolment.id"],
            name=op.f("fk_skill_check_service_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_skill_check_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_skill_check")),
    )
    op.create_index(
        "ix_skill_check_enrolment", "skill_check", ["service_id", "enrolment_id", "id"], unique=False
    )
    op.create_table(
        "route",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("check_id", sa.BigInteger(), nullable=False),
        sa.Column("stops", postgresql.ARRAY(sa.TEXT()), nullable=False),
        sa.Column("said_done", postgresql.ARRAY(sa.TEXT()), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "enrolment_id"],
            ["enrolment.service_id", "enrolment.id"],
            name=op.f("fk_route_service_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["service_id", "check_id"],
            ["skill_check.service_id", "skill_check.id"],
            name=op.f("fk_route_service_id_check_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_route_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_route")),
    )
    op.create_index("ix_route_enrolment", "route", ["service_id", "enrolment_id", "id"], unique=False)
    op.create_table(
        "way_on",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("module", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "enrolment_id"],
            ["enrolment.service_id", "enrolment.id"],
            name=op.f("fk_way_on_service_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_way_on_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_way_on")),
    )
    op.create_index("ix_way_on_enrolment", "way_on", ["service_id", "enrolment_id", "id"], unique=False)
    wall.build("skill_check", append_only=True)
    wall.build("route")
    wall.build("way_on", append_only=True)
    op.add_column("module_begun", sa.Column("again_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Drop them again."""
    op.drop_column("module_begun", "again_at")
    op.drop_table("way_on")
    op.drop_table("route")
    op.drop_table("skill_check")
