"""The tables of the goals room"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from webapp.migrations import wall

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the room, their walls and rights."""
    op.create_table(
        "goal",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at_step", sa.String(), nullable=True),
        sa.Column("ratings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("domain", sa.String(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("want_back", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("with_whom", sa.String(), nullable=False),
        sa.Column("how_known", sa.String(), nullable=False),
        sa.Column("by_when_on", sa.Date(), nullable=True),
        sa.Column("was_explained", sa.Boolean(), nullable=False),
        sa.Column("cue", sa.String(), nullable=False),
        sa.Column("weekdays", postgresql.ARRAY(sa.INTEGER()), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("action_place", sa.String(), nullable=False),
        sa.Column("confidence", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("made_easier", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("easier_words", sa.String(), nullable=False),
        sa.Column("obstacles", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("supporter", sa.String(), nullable=False),
        sa.Column("reward", sa.String(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=True),
        sa.Column("step_began_on", sa.Date(), nullable=True),
        sa.Column("goal_began_on", sa.Date(), nullable=True),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("is_top_reached", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "patient_id"],
            ["patient.service_id", "patient.id"],
            name=op.f("fk_goal_service_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_goal_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_goal")),
    )
    op.create_index("ix_goal_patient", "goal", ["service_id", "patient_id", "id"], unique=False)
    op.create_table(
        "goal_review",
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("of", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("step_words", sa.String(), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=True),
        sa.Column("done", sa.Integer(), nullable=True),
        sa.Column("helped", sa.String(), nullable=False),
        sa.Column("got_in_the_way", sa.String(), nullable=False),
        sa.Column("choice", sa.String(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "goal_id"],
            ["goal.service_id", "goal.id"],
            name=op.f("fk_goal_review_service_id_goal_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_goal_review_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_goal_review")),
    )
    op.create_index("ix_goal_review_goal", "goal_review", ["service_id", "goal_id", "id"], unique=False)
    op.create_index(
        "ix_goal_review_open",
        "goal_review",
        ["service_id", "goal_id"],
        unique=True,
        postgresql_where=sa.text("choice IS NULL"),
    )
    op.create_table(
        "goal_rung",
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("at_time", sa.String(), nullable=False),
        sa.Column("how_often", sa.String(), nullable=False),
        sa.Column("how_long", sa.String(), nullable=False),
        sa.Column("pacing_plan_id", sa.Uuid(), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "goal_id"],
            ["goal.service_id", "goal.id"],
            name=op.f("fk_goal_rung_service_id_goal_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_goal_rung_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_goal_rung")),
    )
    op.create_index("ix_goal_rung_goal", "goal_rung", ["service_id", "goal_id", "position"], unique=False)
    wall.build("goal")
    wall.build("goal_review")
    wall.build("goal_rung")


def downgrade() -> None:
    """Drop them again."""
    op.drop_table("goal_rung")
    op.drop_table("goal_review")
    op.drop_table("goal")
