"""Write a room's first migration from its models: ``python -m webapp.migrations.draft ROOM REVISION DOWN_REVISION``.

It writes every table, key and index of the room, its wall and its rights. Later changes are written by hand.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from alembic.autogenerate import render_python_code
from alembic.operations.ops import CreateIndexOp, CreateTableOp, MigrateOperation, UpgradeOps
from sqlalchemy import Table

from webapp.foundations.database import Base
from webapp.rooms import load_models, room_of

HEAD = '''"""{title}"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from webapp.migrations import wall

revision = "{revision}"
down_revision = {down}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the room, their walls and rights."""
    {body}


def downgrade() -> None:
    """Drop them again."""
    {drops}
'''


def draft(room: str, revision: str, down: str | None) -> str:
    """The text of the room's first migration."""
    load_models()
    classes = {m.class_.__table__.name: m.class_ for m in Base.registry.mappers if room_of(m.class_) == room}
    tables = [table for table in Base.metadata.sorted_tables if table.name in classes]
    operations = [op for table in tables for op in _operations(table)]
    body = _tidy(render_python_code(UpgradeOps(ops=operations)))
    walls = [_wall(table.name, classes[table.name]) for table in tables]
    drops = [f'op.drop_table("{table.name}")' for table in reversed(tables)]
    return HEAD.format(
        title=f"The tables of the {room} room",
        revision=revision,
        down=repr(down),
        body="\n    ".join([body, *walls]),
        drops="\n    ".join(drops),
    )


def _tidy(code: str) -> str:
    lines = [line for line in code.splitlines() if not line.strip().startswith("# ###")]
    return re.sub(r"(?<![.\w])([A-Z]\w+)\(\)", r"sa.\1()", "\n".join(lines)).strip()


def _operations(table: Table) -> Iterator[MigrateOperation]:
    yield CreateTableOp.from_table(table)
    for index in sorted(table.indexes, key=lambda index: index.name or ""):
        yield CreateIndexOp.from_index(index)


def _wall(name: str, table_class: type) -> str:
    append_only = ", append_only=True" if getattr(table_class, "append_only", False) else ""
    if not getattr(table_class, "walled", True):
        return f'wall.give_rights("{name}"{append_only})'
    also = getattr(table_class, "wall_also", None)
    return f'wall.build("{name}"{f", also={also!r}" if also else ""}{append_only})'


if __name__ == "__main__":
    room, revision, *rest = sys.argv[1:]
    text = draft(room, revision, rest[0] if rest else None)
    target = Path(__file__).with_name("versions") / f"{revision}_{room}.py"
    target.write_text(text)
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", str(target)], check=True)
    subprocess.run([sys.executable, "-m", "ruff", "check", "-q", "--fix", str(target)], check=False)
