"""The tables of the pacing room"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from webapp.migrations import wall

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the room, their walls and rights."""
    op.create_table(
        "energy_setting",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("crash", sa.String(), nullable=True),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "patient_id"],
            ["patient.service_id", "patient.id"],
            name=op.f("fk_energy_setting_service_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_energy_setting_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_energy_setting")),
        sa.UniqueConstraint("service_id", "patient_id", name=op.f("uq_energy_setting_service_id_patient_id")),
    )
    op.create_table(
        "flare_day",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("is_settled", sa.Boolean(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "patient_id"],
            ["patient.service_id", "patient.id"],
            name=op.f("fk_flare_day_service_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_flare_day_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_flare_day")),
        sa.UniqueConstraint(
            "service_id", "patient_id", "on", name=op.f("uq_flare_day_service_id_patient_id_on")
        ),
    )
    op.create_table(
        "pacing_plan",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("activity_key", sa.String(), nullable=False),
        sa.Column("own_words", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("usual_limit", sa.String(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("good_day", sa.Double(), nullable=True),
        sa.Column("bad_day", sa.Double(), nullable=True),
        sa.Column("found_from", sa.String(), nullable=True),
        sa.Column("start", sa.Double(), nullable=True),
        sa.Column("rate", sa.Double(), nullable=True),
        sa.Column("quota", sa.Double(), nullable=True),
        sa.Column("increment", sa.Double(), nullable=True),
        sa.Column("goal", sa.Double(), nullable=True),
        sa.Column("goal_label", sa.String(), nullable=False),
        sa.Column("weekdays", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("rhythm", sa.String(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("next_look_back_on", sa.Date(), nullable=True),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("back_from_on", sa.Date(), nullable=True),
        sa.Column("back_step", sa.Integer(), nullable=False),
        sa.Column("back_step_on", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "patient_id"],
            ["patient.service_id", "patient.id"],
            name=op.f("fk_pacing_plan_service_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_pacing_plan_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_pacing_plan")),
    )
    op.create_index("ix_pacing_plan_patient", "pacing_plan", ["service_id", "patient_id"], unique=False)
    op.create_table(
        "energy_day",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("breaks", sa.String(), nullable=True),
        sa.Column("cost", sa.String(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "plan_id"],
            ["pacing_plan.service_id", "pacing_plan.id"],
            name=op.f("fk_energy_day_service_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_energy_day_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_energy_day")),
        sa.UniqueConstraint("service_id", "plan_id", "on", name=op.f("uq_energy_day_service_id_plan_id_on")),
    )
    op.create_table(
        "pacing_look_back",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("as_planned", sa.Integer(), nullable=False),
        sa.Column("more", sa.Integer(), nullable=False),
        sa.Column("less", sa.Integer(), nullable=False),
        sa.Column("none", sa.Integer(), nullable=False),
        sa.Column("not_known", sa.Integer(), nullable=False),
        sa.Column("worse_day_after", sa.String(), nullable=True),
        sa.Column("confidence", sa.Integer(), nullable=True),
        sa.Column("cost", sa.String(), nullable=True),
        sa.Column("reading", sa.String(), nullable=False),
        sa.Column("points_to", postgresql.ARRAY(sa.TEXT()), nullable=False),
        sa.Column("choice", sa.String(), nullable=True),
        sa.Column("quota_before", sa.Double(), nullable=True),
        sa.Column("quota_after", sa.Double(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "plan_id"],
            ["pacing_plan.service_id", "pacing_plan.id"],
            name=op.f("fk_pacing_look_back_service_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_pacing_look_back_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_pacing_look_back")),
    )
    op.create_index(
        "ix_pacing_look_back_plan", "pacing_look_back", ["service_id", "plan_id", "on"], unique=False
    )
    op.create_table(
        "pacing_tick",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("amount", sa.Double(), nullable=True),
        sa.Column("day_type", sa.String(), nullable=True),
        sa.Column("was_planned", sa.Boolean(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "plan_id"],
            ["pacing_plan.service_id", "pacing_plan.id"],
            name=op.f("fk_pacing_tick_service_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_pacing_tick_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_pacing_tick")),
        sa.UniqueConstraint("service_id", "plan_id", "on", name=op.f("uq_pacing_tick_service_id_plan_id_on")),
    )
    op.create_table(
        "pacing_try",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Double(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("day_type", sa.String(), nullable=True),
        sa.Column("after_effect", sa.String(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id", "plan_id"],
            ["pacing_plan.service_id", "pacing_plan.id"],
            name=op.f("fk_pacing_try_service_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_pacing_try_service_id")),
        sa.PrimaryKeyConstraint("service_id", "id", name=op.f("pk_pacing_try")),
    )
    op.create_index("ix_pacing_try_plan", "pacing_try", ["service_id", "plan_id", "round"], unique=False)
    wall.build("energy_setting")
    wall.build("flare_day")
    wall.build("pacing_plan")
    wall.build("energy_day")
    wall.build("pacing_look_back")
    wall.build("pacing_tick")
    wall.build("pacing_try")


def downgrade() -> None:
    """Drop them again."""
    op.drop_table("pacing_try")
    op.drop_table("pacing_tick")
    op.drop_table("pacing_look_back")
    op.drop_table("energy_day")
    op.drop_table("pacing_plan")
    op.drop_table("flare_day")
    op.drop_table("energy_setting")
