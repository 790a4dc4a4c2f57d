"""The network is cut at each save: the words stay, nothing says Saved, and each is saved exactly once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from flask import Flask
from playwright.sync_api import Route
from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import aliased

from tests.cast import Cast
from tests.conftest import _as_owner
from tests.journeys import seeds
from tests.journeys.browser import MOST_MS, Person
from webapp.course.models import ExerciseAnswer
from webapp.engagement.models import CallRequest
from webapp.foundations.audit import AuditRow
from webapp.foundations.database import db
from webapp.pacing.models import PacingTick, PacingTry
from webapp.questionnaires.models import Answer

People = Callable[..., Person]
NOT_SAVED = "Not saved yet. We’ll try again."
SAYS_SAVED = re.compile(r"\bSaved\b")
WORDS = "Ring Bex about Sunday"
ChangedGoal = aliased(
    AuditRow, select(AuditRow).where(AuditRow.kind == "goal", AuditRow.verb == "changed").subquery()
)


@dataclass(frozen=True)
class Save:
    """One page of the main job that saves: how it comes to be there, what is done on it, and where it is
    kept.
    """

    page: Callable[[Cast], str]
    does: Callable[[Person], Any]
    button: str
    kept_in: type[Any]
    text_stays: str = ""


def _home(town: Cast) -> str:
    seeds.walk_of_seven(town)
    return "/today"


SAVES = {
    "an exercise": Save(
        lambda town: "/course/start-here/one-small-step",
        lambda asha: asha.fills("What small thing", WORDS), "Save", ExerciseAnswer, WORDS,
    ),
    "a pacing try": Save(
        lambda town: seeds.new_walk(town) + "/tries",
        lambda asha: asha.fills("How much had you done", "12½"), "Write down this try", PacingTry, "12½",
    ),
    "a tick": Save(_home, lambda asha: None, "I did it: Walk: 7 minutes today", PacingTick),
    "a page of a goal": Save(
        lambda town: seeds.new_goal(town) + "/what",
        lambda asha: asha.fills("What will you be doing?", WORDS), "Save and carry on", ChangedGoal, WORDS,
    ),
    "a plan for the week": Save(
        lambda town: seeds.new_goal(town) + "/this-week",
        lambda asha: asha.fills("After or when what?", "After tea").chooses("Monday").fills("I will…", WORDS),
        "Save and carry on", ChangedGoal, WORDS,
    ),
    "an answer": Save(
        lambda town: seeds.open_questions(town) + "/all",
        lambda asha: asha.chooses_number(6, group="1. What number best describes"),
        "Save and look once more", Answer,
    ),
    "asking for a call": Save(
        lambda town: "/ring-me", lambda asha: asha.chooses("An exercise"), "Ask them to ring me", CallRequest
    ),
}  # fmt: skip
each_save = pytest.mark.parametrize("save", SAVES.values(), ids=SAVES)


@each_save
def test_without_a_signal_the_words_stay_and_are_saved_once_it_is_back(
    save: Save, signed_in: People, town: Cast
) -> None:
    """Given the signal goes as Asha saves; when it comes back;
    then it is saved, once, and only then does a page say so.
    """
    asha = signed_in("asha").goes_to(save.page(town))
    save.does(asha)
    asha.loses_the_signal().taps(save.button)
    asha.page.get_by_role("status").get_by_text(NOT_SAVED).wait_for()
    asha.does_not_see(SAYS_SAVED)
    assert not save.text_stays or save.text_stays in asha.typed()
    assert seeds.rows_of(town, "asha", save.kept_in) == 0

    with asha.page.expect_navigation():
        asha.has_signal_again()
    assert seeds.rows_of(town, "asha", save.kept_in) == 1
    asha.finds_nothing_wrong()


@each_save
def test_when_only_the_answer_is_lost_it_is_saved_once(save: Save, signed_in: People, town: Cast) -> None:
    """Given Asha's save arrives but its answer does not; when she taps again; then it is there once."""
    asha = signed_in("asha").goes_to(save.page(town))
    save.does(asha)
    lost: list[int] = []

    def loses_the_answer(route: Route) -> None:
        if route.request.method != "POST" or lost or "/drafts" in route.request.url:
            return route.fallback()
        lost.append(route.fetch(max_redirects=0).status)
        return route.abort()

    asha.page.route("**/*", loses_the_answer)
    asha.taps(save.button)
    asha.page.get_by_role("status").get_by_text(NOT_SAVED).wait_for()
    assert lost == [200] and seeds.rows_of(town, "asha", save.kept_in) == 1

    asha.page.wait_for_timeout(1100)  # a second tap within a second is a double tap, and is left out
    asha.sends(save.button)
    assert seeds.rows_of(town, "asha", save.kept_in) == 1
    asha.forgets(r"net::ERR_").finds_nothing_wrong()


@contextmanager
def _without_a_database(app: Flask, postgres: Any) -> Iterator[None]:
    """Nobody can reach the journeys' database; who was connected is thrown out."""
    name = make_url(app.extensions["waymark_settings"].database_url).database
    with _as_owner(postgres) as owner:
        _let_in(owner, str(name), False)
        try:
            with psycopg.connect(
                host=owner.info.host, user="waymark_app", dbname="postgres", autocommit=True
            ) as app_role:
                app_role.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
                )
            yield
        finally:
            _let_in(owner, str(name), True)


def _let_in(owner: psycopg.Connection, name: str, yes: bool) -> None:  # type: ignore[type-arg]
    owner.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {str(yes).lower()}'.encode())


def test_the_database_goes_and_comes_back_under_a_page_without_scripts(
    signed_in: People, town: Cast, running_app: Flask, postgres: Any
) -> None:
    """Given the database is gone as Asha saves; when it is back;
    then her words, still on the page, are saved once.
    """
    asha = signed_in("asha", java_script_enabled=False).goes_to("/course/start-here/one-small-step")
    asha.fills("What small thing", WORDS)
    db.session.rollback()
    with _without_a_database(running_app, postgres):
        asha.sends("Save").sees_heading("Not saved yet")
        assert WORDS in asha.typed()
        asha.does_not_see(SAYS_SAVED)
    asha.sends("Save again").sees("Saved on")
    assert WORDS in asha.typed()
    assert seeds.rows_of(town, "asha", ExerciseAnswer) == 1
    asha.forgets("status of 503").finds_nothing_wrong()


def test_the_database_goes_and_comes_back_under_a_page_with_scripts(
    signed_in: People, town: Cast, running_app: Flask, postgres: Any
) -> None:
    """Given the database is gone as Asha saves; when it is back;
    then the page saves by itself, without a new tap.
    """
    asha = signed_in("asha").goes_to("/course/start-here/one-small-step")
    asha.fills("What small thing", WORDS)
    db.session.rollback()
    with _without_a_database(running_app, postgres):
        asha.taps("Save")
        asha.page.get_by_role("status").get_by_text(NOT_SAVED).wait_for()
        assert WORDS in asha.typed()
    asha.page.wait_for_url("**saved=**", timeout=2 * MOST_MS)
    asha.sees("Saved on")
    assert seeds.rows_of(town, "asha", ExerciseAnswer) == 1
    asha.forgets("status of 503").finds_nothing_wrong()
