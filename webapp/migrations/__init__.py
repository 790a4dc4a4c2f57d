"""Migrations: every change of the tables, run by the owner's role. `draft.py` writes a room's first one."""
