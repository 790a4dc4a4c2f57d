"""Structured logs without personal data: one JSON line a request with the rule, never the address or a value."""

from __future__ import annotations

import logging
import sys
import time
from uuid import uuid4

import structlog
from flask import Flask, Response, g, request


def init_logs(app: Flask, readable: bool) -> None:
    """Log each request's rule, status and milliseconds under a request id that the audit carries too."""
    configure_logs(readable)
    log = structlog.get_logger("request")

    @app.before_request
    def begin() -> None:
        g.request_id, g.began = uuid4().hex[:16], time.perf_counter()

    @app.after_request
    def tell(response: Response) -> Response:
        rule = request.url_rule.rule if request.url_rule else None
        took_ms = round((time.perf_counter() - g.began) * 1000, 1) if "began" in g else None
        level = "error" if response.status_code >= 500 else "info"
        getattr(log, level)(
            "answered",
            rule=rule,
            method=request.method,
            status=response.status_code,
            took_ms=took_ms,
            request_id=g.get("request_id"),
        )
        return response


def configure_logs(readable: bool) -> None:
    """JSON lines on standard error, or readable ones for a trial."""
    renderer = structlog.dev.ConsoleRenderer() if readable else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING if readable else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
