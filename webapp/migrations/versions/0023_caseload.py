"""The caseload by clinician, group and door: an index each, so that no filter walks every patient"""

from __future__ import annotations

from alembic import op

revision = "0023"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the indexes."""
    op.create_index("ix_patient_clinician", "patient", ["service_id", "clinician_id", "sort_key", "id"])
    op.create_index("ix_patient_group", "patient", ["service_id", "group_name"])
    op.create_index("ix_enrolment_door", "enrolment", ["service_id", "door", "patient_id"])


def downgrade() -> None:
    """Take them away again."""
    op.drop_index("ix_enrolment_door", table_name="enrolment")
    op.drop_index("ix_patient_group", table_name="patient")
    op.drop_index("ix_patient_clinician", table_name="patient")
