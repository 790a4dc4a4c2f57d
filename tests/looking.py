"""The test client that looks at every page it fetches, so that no test author has to remember to."""

from __future__ import annotations

import re
from typing import Any

import html5lib
from flask import g, has_app_context
from flask.testing import FlaskClient
from html5lib.html5parser import ParseError
from sqlalchemy import event
from werkzeug.test import TestResponse

from tests.page import Page
from webapp.foundations.database import db

MAY_BE_WRITTEN_BY_A_GET = re.compile(
    r"^\s*(INSERT INTO (audit|once_key)\b|UPDATE signed_in SET last_seen_at)", re.IGNORECASE
)
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)


class LookingClient(FlaskClient):
    """Fetches pages as a browser would and fails the test on anything that a person or a machine would trip over."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Make the request; look at the answer."""
        _forget_the_last_request()
        with Statements() as statements:
            response = super().open(*args, **kwargs)
        if response.history:  # each step was an `open` of its own, and was looked at there
            return response
        self.last_statements = statements.seen
        if response.request.method in ("GET", "HEAD"):
            _wrote_nothing(statements.seen, response)
        is_page = response.mimetype == "text/html" and not 300 <= response.status_code < 400
        if is_page and response.request.method != "HEAD" and response.get_data():
            look_at(response)
        return response

    def page(self, path: str, **kwargs: Any) -> Page:
        """Fetch ``path``, following redirects, and return its page."""
        response = self.get(path, follow_redirects=True, **kwargs)
        return Page(response)

    def submit(
        self, path: str, data: dict[str, Any] | None = None, *, form: str | None = None, **kwargs: Any
    ) -> Page:
        """Fill in the form on ``path`` (the one that posts to ``form``, else the main one), send it, follow."""
        fields, action = Page(self.get(path, follow_redirects=True)).form_fields(form)
        sent = {**fields, **(data or {})}
        sent = {name: value for name, value in sent.items() if value is not None}
        return Page(self.post(action, data=sent, follow_redirects=True, **kwargs))


def _forget_the_last_request() -> None:
    """Tests keep one application context open; what a request kept in ``g`` must not reach the next one."""
    if has_app_context():
        for name in [name for name in g if name != "_sqlalchemy_sessions"]:
            g.pop(name)


class Statements:
    def __enter__(self) -> Statements:
        self.seen: list[str] = []
        event.listen(db_engine_class(), "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(db_engine_class(), "before_cursor_execute", self._note)

    def _note(self, _conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            self.seen.append(statement)


def db_engine_class() -> Any:
    """Every engine: the statements of all connections are counted."""
    from sqlalchemy.engine import Engine

    assert db is not None
    return Engine


def _wrote_nothing(statements: list[str], response: TestResponse) -> None:
    written = [s for s in statements if WRITES.match(s) and not MAY_BE_WRITTEN_BY_A_GET.match(s)]
    assert not written, f"GET {response.request.path} wrote: {written}"


def look_at(response: TestResponse) -> None:
    """Fail on invalid HTML and on everything in ``Page.problems``."""
    text = response.get_data(as_text=True)
    try:
        html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    except ParseError as error:
        raise AssertionError(
            f"{response.request.path} is not valid HTML: {error}\n{_excerpt(text, error)}"
        ) from None
    problems = Page(response).problems()
    assert not problems, f"{response.request.method} {response.request.path}: " + "; ".join(problems)


def _excerpt(text: str, error: ParseError) -> str:
    numbers = re.findall(r"\d+", str(error.args))
    line = int(numbers[0]) if numbers else 1
    return "\n".join(text.splitlines()[max(0, line - 3) : line + 2])
