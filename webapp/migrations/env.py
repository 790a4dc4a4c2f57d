"""Alembic's entry: online only, as the owner."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine, text

from webapp.foundations.database import Base

context_config = context.config
engine = create_engine(context_config.get_main_option("sqlalchemy.url", ""))
with engine.connect() as connection:
    connection.execute(text("SET lock_timeout = '5s'"))
    connection.commit()
    context.configure(connection=connection, target_metadata=Base.metadata, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
