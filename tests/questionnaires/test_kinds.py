"""Every kind of question on a patient's pages: ticks, words, what may be left out, and what is for one alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from tests.cast import Cast
from tests.looking import LookingClient
from tests.questionnaires.conftest import OWN_FOLDER
from tests.questionnaires.made_up import write_files
from tests.questionnaires.sittings import PAIN, begin, finish_module_1, send, tap_all
from webapp.foundations.database import db
from webapp.foundations.drafts import NOT_KEPT, Draft, keep
from webapp.questionnaires import catalogue
from webapp.questionnaires.asked import Question, texts_for
from webapp.questionnaires.forms import AnswersForm, OneAnswerForm, form_for
from webapp.questionnaires.instruments import Instruments, read_instruments
from webapp.questionnaires.models import Answer, ScoreRow

TICKS, WORDS = f"{PAIN}/kinds-6/t1", f"{PAIN}/kinds-6/why"


@pytest.fixture
def made_up(app: Flask, tmp_path: Path, shipped: Instruments) -> Iterator[None]:
    """The made-up questionnaire and its sitting in the place of the shipped ones."""
    catalogue.keep(app, read_instruments([OWN_FOLDER, write_files(tmp_path)]))
    yield
    catalogue.keep(app, shipped)


@pytest.fixture
def asha(made_up: None, client: LookingClient, cast: Cast) -> LookingClient:
    """Asha's phone at the first question of the made-up sitting."""
    finish_module_1(cast, "asha")
    cast.signs_in(client, "asha")
    begin(client, PAIN)
    return client


def latest() -> dict[str, int | str | None]:
    """The latest answer to each question of the made-up questionnaire."""
    db.session.expire_all()
    rows = db.session.scalars(select(Answer).where(Answer.instrument == "kinds-6").order_by(Answer.id))
    return {row.item: row.value if row.words is None else row.words for row in rows}


def test_all_kinds_one_page_after_another(asha: LookingClient) -> None:
    tap_all(asha, PAIN, "peg-3", [1, 2, 3])
    page = asha.submit(f"{PAIN}/kinds-6/q1", {"kinds-6-q1": "1"})
    assert page.path == f"{PAIN}/kinds-6/q2" and "You can leave this one out" in page.text
    page = asha.submit(page.path)
    assert page.path == TICKS and "questions 6 to 8 of 9" in page.text
    assert "Tick a sentence if it describes you today." in page.text
    page = asha.submit(page.path, {"kinds-6-ticks": ["t1", "t3"]})
    assert page.path == WORDS
    page = asha.submit(page.path, {"kinds-6-why": "A low seat"})
    assert page.path == f"{PAIN}/send" and page.heading == "That is all. Ready to send?"
    assert "I sit on the wall." in page.text and "I lean on the fence." not in page.text
    assert "A low seat" in page.text
    assert latest() == {"q1": 1, "t1": 1, "t2": 0, "t3": 1, "why": "A low seat"}
    send(asha, PAIN)
    total = db.session.scalar(select(ScoreRow.total).where(ScoreRow.instrument == "kinds-6"))
    assert total == 3  # 1 + 1 + 0 + 1


def test_none_of_these_is_simply_saving_and_can_be_changed(asha: LookingClient) -> None:
    asha.submit(TICKS)
    assert latest() == {"t1": 0, "t2": 0, "t3": 0}
    page = asha.page(f"{PAIN}/kinds-6/t3")  # any of its sentences leads to the page
    assert "You ticked none of these. You can change that." in page.text
    asha.submit(TICKS, {"kinds-6-ticks": ["t2"]})
    assert latest() == {"t1": 0, "t2": 1, "t3": 0}
    asha.submit(TICKS, {"rather_not": "y"})
    assert latest() == {"t1": None, "t2": None, "t3": None}


def test_a_sentence_that_is_not_there_is_refused(asha: LookingClient) -> None:
    page = asha.submit(TICKS, {"kinds-6-ticks": ["t9"]})
    assert page.status == 422 and latest() == {}


def test_words_that_are_too_long_are_told_and_stay(asha: LookingClient) -> None:
    page = asha.submit(WORDS, {"kinds-6-why": "seat " * 401})
    assert page.status == 422 and "longer than 2000 letters" in page.text
    assert page.html.count("seat ") >= 400 and latest() == {}


def test_on_one_page_a_group_without_a_tick_is_left_open(asha: LookingClient) -> None:
    asha.submit(f"{PAIN}/all", {"kinds-6-q1": "2", "kinds-6-why": ""})
    assert latest() == {"q1": 2}
    page = asha.submit(f"{PAIN}/all", {"kinds-6-ticks": ["t1", "none-of-these"]})
    assert page.status == 422 and "Untick one" in page.text
    asha.submit(f"{PAIN}/all", {"kinds-6-ticks": ["none-of-these"]})
    assert latest() == {"q1": 2, "t1": 0, "t2": 0, "t3": 0}


def test_the_next_part_is_offered_when_this_one_was_sent(asha: LookingClient) -> None:
    page = send(asha, PAIN)
    assert "There is one more part: mood" in page.text
    assert asha.page("/questionnaires/baseline-mood").status == 200


def alone(tmp_path: Path) -> tuple[Question, ...]:
    """Two questions, the second of which a person must see."""
    found = read_instruments([OWN_FOLDER, write_files(tmp_path)]).get("alone-2")
    return tuple(
        Question(number, found, item, texts_for(found, "en"), opens_instrument=number == 1)
        for number, item in enumerate(found.definition.items, start=1)
    )


@pytest.mark.parametrize("kind", [AnswersForm, OneAnswerForm])
def test_what_a_person_must_see_is_kept_nowhere_else(
    app: Flask, tmp_path: Path, kind: type[AnswersForm]
) -> None:
    plain, must_be_seen = alone(tmp_path)
    with app.test_request_context():
        form = form_for(kind, [must_be_seen], {})
        assert (form.keeps_drafts, form[NOT_KEPT].data) == (False, "y")
        other = form_for(kind, [plain], {})
        assert other.keeps_drafts and NOT_KEPT not in other


def test_a_form_that_says_so_leaves_no_draft(app: Flask, cast: Cast) -> None:
    account = cast.asha.account.id
    assert not keep(account, PAIN, MultiDict({"alone-2-q2": "3", NOT_KEPT: "y"}))
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 0
