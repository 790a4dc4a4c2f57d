"""Error pages: calm, with a way on. None of them needs the database."""

from __future__ import annotations

from flask import Flask, Response, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from .access import SAFE_METHODS

NEVER_SHOWN = frozenset({"csrf_token", "once", "version", "password", "password_again", "code"})


def init_errors(app: Flask) -> None:
    """Register the pages for 400, 403, 404, 405, 413, 429, 500 and 503."""
    for code in (400, 401, 403, 404, 405, 413, 429, 500):
        app.register_error_handler(code, _plain_page)
    app.register_error_handler(CSRFError, _form_is_stale)
    for lost in (OperationalError, PoolTimeout, StaleDataError):
        app.register_error_handler(lost, _database_is_gone)


def _plain_page(error: Exception) -> Response:
    code = error.code if isinstance(error, HTTPException) and error.code else 500
    return make_response(render_template("errors/plain.jinja", code=code), code)


def _database_is_gone(error: DBAPIError | PoolTimeout | StaleDataError) -> Response:
    from flask import current_app

    current_app.logger.error("not saved", extra={"cause": type(error).__name__})
    return not_saved_page()


def _form_is_stale(_error: CSRFError) -> Response:
    return _try_again("errors/form_is_stale.jinja", 400)


def not_saved_page() -> Response:
    """503: nothing was saved; every typed field is on the page and the same POST can be sent again."""
    return _try_again("errors/not_saved.jinja", 503)


def _try_again(template: str, code: int) -> Response:
    g.visitor_is_unknown = True
    sent = request.method not in SAFE_METHODS
    fields = [(name, value) for name in request.form for value in request.form.getlist(name)] if sent else []
    page = render_template(
        template,
        action=request.path,
        sent=sent,
        hidden=[(name, value) for name, value in fields if name in {"once", "version"}],
        typed=[(name, value) for name, value in fields if name not in NEVER_SHOWN],
    )
    response = make_response(page, code)
    response.headers["Retry-After"] = "5"
    return response
