"""What pages cost: a module page, Today and the worklist against a bare Flask hello in the same process.

Aims: a module page at most 6 times the hello, the worklist of 50 rows at most 9 times, and the worklist the
same with 1,000 patients as with 10,000. Run: ``python -m bench pages [--rounds 25] [--profile module]``.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import sys
from contextlib import redirect_stderr

from flask import Flask, Response
from flask.sessions import SecureCookieSessionInterface, SessionMixin

from tests.cast import Cast, id_of
from webapp.course import service as course
from webapp.engagement import service as engagement
from webapp.foundations.database import db

from .house import House, house
from .ratios import Call, caller, calls_of, compare

AIMS = {"module": 6.0, "module, exercise": None, "today": None, "worklist 1,000": 9.0, "worklist 10,000": 9.0}


class _LazySession(SecureCookieSessionInterface):
    """A session that costs nothing until somebody asks for it, as the hello's nobody does."""

    def open_session(self, app, request):  # type: ignore[no-untyped-def]
        """An empty one."""
        return self.session_class()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Nothing was kept."""


def hello() -> Flask:
    """The control: the least that Flask can do."""
    bare = Flask("hello")
    bare.secret_key = "only for measuring"
    bare.session_interface = _LazySession()
    bare.add_url_rule("/", "hello", lambda: "Hello, world!")
    return bare


def main(words: list[str]) -> None:
    """Measure and say each page's ratio, with its aim."""
    parser = argparse.ArgumentParser(prog="python -m bench pages", description=__doc__)
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--profile", choices=AIMS, help="instead: where a page's time goes")
    given = parser.parse_args(words)
    with open(os.devnull, "w") as unread, redirect_stderr(unread), house() as ours:
        pages = _pages(ours)
        if given.profile:
            _profile(pages[given.profile])
            return
        control = caller(hello(), "/")
        found = compare(control, pages, given.rounds)
        calls = {name: calls_of(page) / calls_of(control) for name, page in pages.items()}
    print(f"Times a bare Flask hello, {given.rounds} rounds. Calls: functions called, as a multiple as well.")
    print(f"{'page':<18}{'median':>8}{'quartiles':>16}{'aim':>8}{'calls':>8}")
    for name, ratio in found.items():
        aim = f"≤ {AIMS[name]:g}" if AIMS[name] else "–"
        between = f"{ratio.low:.1f} – {ratio.high:.1f}"
        print(f"{name:<18}{ratio.middle:>8.1f}{between:>16}{aim:>8}{calls[name]:>8.1f}")


def _pages(ours: House) -> dict[str, Call]:
    with (
        ours.app.app_context()
    ):  # left before a page is fetched, so that each request has a context of its own
        begin_the_course(ours.cast)
        ours.fill("hillside", 1_000, ours.cast.carol)
        ours.fill("valley", 10_000, ours.cast.victor)
        asha, carol, victor = (ours.cookie_of(name) for name in ("asha", "carol", "victor"))
    return {
        "module": caller(ours.app, "/course/start-here/getting-help", asha),
        "module, exercise": caller(ours.app, "/course/start-here/one-small-step", asha),
        "today": caller(ours.app, "/today", asha),
        "worklist 1,000": caller(ours.app, "/ring-today", carol),
        "worklist 10,000": caller(ours.app, "/ring-today", victor),
    }


def begin_the_course(cast: Cast) -> None:
    """Asha has read two pages of her first module."""
    cast.enter(cast.asha)
    enrolment = engagement.current_enrolment(cast.asha.actor, id_of(cast.asha.patient))
    here = course.in_module(enrolment, "start-here", "en")
    for page in here.pages[:2]:
        course.read_page(here, page, by=cast.asha.actor)
    db.session.commit()


def _profile(page: Call, calls: int = 300) -> None:
    for _ in range(50):
        page()
    watch = cProfile.Profile()
    watch.runcall(lambda: [page() for _ in range(calls)])
    pstats.Stats(watch, stream=sys.stdout).sort_stats("tottime").print_stats(45)
    pstats.Stats(watch, stream=sys.stdout).sort_stats("cumtime").print_stats(70)
