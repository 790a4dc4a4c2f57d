"""The queue's own tables (Procrastinate), usable by the app role."""

from __future__ import annotations

from alembic import op
from procrastinate.schema import SchemaManager

from webapp.migrations.wall import APP

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create what this version of the queue needs."""
    op.get_bind().exec_driver_sql(SchemaManager.get_schema().replace("%", "%%"))
    op.execute(
        f"""
        DO $$ DECLARE name text; BEGIN
            FOR name IN SELECT tablename FROM pg_tables WHERE tablename LIKE 'procrastinate%' LOOP
                EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO {APP}', name);
            END LOOP;
        END $$
        """
    )
    op.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP}")


def downgrade() -> None:
    """The queue's own things hold no data worth keeping; drop them all."""
    op.execute(
        """
        DO $$ DECLARE found record; BEGIN
            FOR found IN SELECT tablename AS name FROM pg_tables WHERE tablename LIKE 'procrastinate%' LOOP
                EXECUTE format('DROP TABLE %I CASCADE', found.name);
            END LOOP;
            FOR found IN SELECT oid::regprocedure::text AS name FROM pg_proc WHERE proname LIKE 'procrastinate%' LOOP
                EXECUTE 'DROP FUNCTION IF EXISTS ' || found.name || ' CASCADE';
            END LOOP;
            FOR found IN SELECT typname AS name FROM pg_type WHERE typname LIKE 'procrastinate%' LOOP
                EXECUTE format('DROP TYPE IF EXISTS %I CASCADE', found.name);
            END LOOP;
        END $$
        """
    )
