"""Opens the reminders room."""

from __future__ import annotations

from flask import Flask


def open_room(app: Flask) -> None:
    """Nothing to open yet but the tables."""
