"""Opens the reminders room: messages are written in the worker, and a heartbeat says so."""

from __future__ import annotations

from flask import Flask

from webapp.foundations import health
from webapp.reminders import jobs

JOBS = (jobs,)
"""Importing them registers the writing of messages with the worker."""


def open_room(app: Flask) -> None:
    """Let readiness hear the writer's heartbeat."""
    health.must_beat["messages"] = (jobs.WRITER, jobs.WRITER_STOPPED_AFTER)
