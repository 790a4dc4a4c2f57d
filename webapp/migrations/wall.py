"""The wall between services (row-level security) and the app role's rights, for use in migrations."""

from __future__ import annotations

from alembic import op

APP = "waymark_app"
MINE = "service_id = nullif(current_setting('waymark.service', true), '')::uuid"


def build(table: str, *, also: str | None = None, append_only: bool = False) -> None:
    """Let the app role use ``table``, but only the rows of the service that the transaction has set.

    ``also`` is a further condition under which a row may be seen; ``append_only`` tables are INSERT and SELECT.
    """
    give_rights(table, append_only=append_only)
    condition = MINE if also is None else f"({MINE}) OR ({also})"
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY own_service ON {table} TO {APP} USING ({condition}) WITH CHECK ({condition})")


def give_rights(table: str, *, append_only: bool = False) -> None:
    """Let the app role use a table that has no wall (a named exception), or that gets one next."""
    rights = "SELECT, INSERT" if append_only else "SELECT, INSERT, UPDATE, DELETE"
    op.execute(f"GRANT {rights} ON {table} TO {APP}")
