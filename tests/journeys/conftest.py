"""A running server on a database of its own, and people with browsers. Without a browser: skipped by name,
loudly.
"""

from __future__ import annotations

import os
import threading
import warnings
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Error, Page, sync_playwright
from sqlalchemy import delete
from werkzeug.serving import make_server
from werkzeug.wsgi import ClosingIterator

from tests.cast import Cast
from tests.conftest import _as_owner, _template
from tests.journeys.browser import DESK, PHONE, SWITCHES, Person, chromium
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.people.sign_in_models import Throttle

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PEOPLE = pytest.StashKey[list[Person]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A journey that ends early shows what each of its people had before them."""
    report = yield
    if report.failed and report.when == "call":
        for person in item.stash.get(PEOPLE, []):
            for page in person.context.pages:
                report.sections.append((f"what was on the screen at {page.url}", _screen(page)))
    return report


def _screen(page: Page) -> str:
    try:
        return page.locator("body").aria_snapshot(timeout=3000)
    except Error as gone:
        return str(gone)


@pytest.fixture(scope="session")
def running_app(postgres: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a database that keeps what is written, for the journeys of this worker."""
    from webapp import create_app
    from webapp.foundations.settings import load_settings

    name = f"waymark_journeys_{os.getpid()}"
    with _as_owner(postgres) as owner:
        owner.execute(f'DROP DATABASE IF EXISTS "{name}"')
        owner.execute(f'CREATE DATABASE "{name}" TEMPLATE "{_template(postgres)}"')
    settings = load_settings(
        environment="test",
        secret_key="only for journeys " * 3,
        database_url=postgres.url("waymark_app", name),
        owner_database_url=postgres.url("waymark_owner", name),
        var_folder=tmp_path_factory.mktemp("journeys"),
    )
    app = create_app(settings)
    yield app
    with app.app_context():
        db.engine.dispose()
    with _as_owner(postgres) as owner:
        owner.execute(f'DROP DATABASE "{name}"')


def _each_answer_whole(app: Flask) -> WSGIApplication:
    """The application, with each answer read to its end and closed before a byte of it is sent.

    A browser that goes on to the next page drops what it was still loading, and this small server then forgets to
    close a file that was half sent.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        with closing(ClosingIterator(app(environ, start_response))) as pieces:
            return [b"".join(pieces)]

    return answer


@pytest.fixture(scope="session")
def origin(running_app: Flask) -> Iterator[str]:
    """Where the journeys' server listens."""
    server = make_server("127.0.0.1", 0, _each_answer_whole(running_app), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """This machine's Chromium."""
    path = chromium()
    if path is None:
        warnings.warn("NO BROWSER: the journeys are skipped. Install chromium to run them.", stacklevel=1)
        pytest.skip("no chromium on this machine: browser journeys were not run")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def town(running_app: Flask) -> Iterator[Cast]:
    """A cast of their own for each journey, in services of their own, really stored."""
    with running_app.app_context():
        db.session.execute(delete(Throttle))  # what earlier journeys mistyped, by a clock that was moved
        cast = Cast(running_app, keep=True)
        db.session.commit()
        yield cast
        db.session.rollback()
    clock.move(timedelta())


@pytest.fixture
def opens(browser: Browser, origin: str, request: pytest.FixtureRequest) -> Iterator[Callable[..., Person]]:
    """``opens()`` gives a person with a phone; ``opens(DESK)`` one at a desk;
    ``java_script_enabled=False`` and so on.
    """
    people = request.node.stash.setdefault(PEOPLE, [])

    def open_one(size: dict[str, int] = PHONE, *, hands: type[Person] = Person, **context: Any) -> Person:
        people.append(hands(browser, origin, size, **context))
        return people[-1]

    yield open_one
    for person in people:
        person.leaves()


@pytest.fixture
def signed_in(opens: Callable[..., Person], town: Cast, running_app: Flask) -> Callable[..., Person]:
    """``signed_in("asha")``: a person of the cast with a session on their own device (staff at a desk)."""

    def sign_in(name: str, **context: Any) -> Person:
        size = PHONE if getattr(town, name).patient else DESK
        person = opens(context.pop("size", size), **context)
        person.context.add_cookies(
            [{"name": "signed-in", "value": town.secret_of(name), "url": person.origin}]
        )
        return person

    return sign_in


@pytest.fixture
def mail(running_app: Flask) -> Callable[[], list[str]]:
    """Deliver what is due, and return every letter that lies in the folder, oldest first."""

    def letters() -> list[str]:
        from webapp.foundations.jobs import init_jobs, sweep_outbox

        init_jobs(running_app)
        sweep_outbox()
        folder: Path = running_app.extensions["waymark_settings"].var_folder / "mail"
        return [
            file.read_text() for file in sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime)
        ]

    return letters
