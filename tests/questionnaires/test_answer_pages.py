"""Which questions stand together, where somebody goes on, and what was answered in each kind of field."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.questionnaires.conftest import OWN_FOLDER
from tests.questionnaires.made_up import write_files
from webapp.questionnaires.answer_fields import NONE_OF_THESE, RATHER_NOT, data_for, given_on
from webapp.questionnaires.answer_pages import (
    AnswerPage,
    page_after,
    page_before,
    page_of,
    page_to_go_on_with,
    pages_of,
    still_open,
)
from webapp.questionnaires.asked import Question, texts_for
from webapp.questionnaires.instruments import read_instruments

KINDS = "kinds-6"


@pytest.fixture
def asked(tmp_path: Path) -> tuple[Question, ...]:
    """The six questions of the made-up questionnaire."""
    kinds = read_instruments([OWN_FOLDER, write_files(tmp_path)]).get(KINDS)
    texts = texts_for(kinds, "en")
    return tuple(
        Question(number, kinds, item, texts, opens_instrument=number == 1)
        for number, item in enumerate(kinds.definition.items, start=1)
    )


@pytest.fixture
def pages(asked: tuple[Question, ...]) -> dict[str, AnswerPage]:
    """Its pages by the names of their fields."""
    return {page.name: page for page in pages_of(asked)}


def key(item: str) -> tuple[str, str]:
    return KINDS, item


def test_sentences_to_tick_stand_on_one_page_and_everything_else_on_its_own(
    pages: dict[str, AnswerPage],
) -> None:
    found = {name: [each.item.id for each in page.questions] for name, page in pages.items()}
    assert found == {
        "kinds-6-q1": ["q1"],
        "kinds-6-q2": ["q2"],
        "kinds-6-ticks": ["t1", "t2", "t3"],
        "kinds-6-why": ["why"],
    }
    assert [page.may_be_empty for page in pages.values()] == [False, True, False, True]


def test_back_and_on_go_from_page_to_page(asked: tuple[Question, ...]) -> None:
    ticks = page_of(asked[3], asked)
    before, after = page_before(ticks, asked), page_after(ticks, asked)
    assert before is not None and before.name == "kinds-6-q2"
    assert after is not None and after.name == "kinds-6-why"
    assert page_after(after, asked) is None
    assert page_before(page_of(asked[0], asked), asked) is None


@pytest.mark.parametrize(
    ("answered", "goes_on_with"),
    [
        ([], "kinds-6-q1"),
        (["q1"], "kinds-6-q2"),
        (["q1", "t1", "t2", "t3"], "kinds-6-why"),  # q2 was left out on the way
        (["q1", "q2", "t1"], "kinds-6-ticks"),
        (["q2", "t1", "t2", "t3", "why"], "kinds-6-q1"),
        (["q1", "t1", "t2", "t3", "why"], None),
    ],
)
def test_somebody_goes_on_where_an_answer_is_asked_for(
    asked: tuple[Question, ...], answered: list[str], goes_on_with: str | None
) -> None:
    page = page_to_go_on_with(asked, {key(item) for item in answered})
    assert (None if page is None else page.name) == goes_on_with


def test_what_may_be_empty_is_never_called_open(asked: tuple[Question, ...]) -> None:
    assert [page.name for page in still_open(asked, [])] == ["kinds-6-q1", "kinds-6-ticks"]
    assert still_open(asked, {key(item) for item in ("q1", "t1", "t2", "t3")}) == ()


def test_a_saved_page_without_a_tick_says_that_no_sentence_fits(pages: dict[str, AnswerPage]) -> None:
    ticks = pages["kinds-6-ticks"]
    none = {key("t1"): 0, key("t2"): 0, key("t3"): 0}
    assert given_on(ticks, [], {}, saved=True) == none
    assert given_on(ticks, [], {}, saved=False) == {}
    assert given_on(ticks, [NONE_OF_THESE], {}, saved=False) == none
    assert given_on(ticks, ["t2"], {}, saved=False) == {**none, key("t2"): 1}
    assert given_on(ticks, [RATHER_NOT], {}, saved=False) == dict.fromkeys(none)


@pytest.mark.parametrize("chosen", [["t1"], ["t1", "t3"], [NONE_OF_THESE], [RATHER_NOT]])
def test_what_was_ticked_is_ticked_again(pages: dict[str, AnswerPage], chosen: list[str]) -> None:
    ticks = pages["kinds-6-ticks"]
    assert data_for(ticks, given_on(ticks, chosen, {}, saved=False)) == chosen


@pytest.mark.parametrize(("data", "given"), [("0", 0), ("3", 3), (RATHER_NOT, None)])
def test_a_number_is_a_number_and_zero_is_not_nothing(
    pages: dict[str, AnswerPage], data: str, given: int | None
) -> None:
    page = pages["kinds-6-q1"]
    assert given_on(page, data, {}, saved=True) == {key("q1"): given}
    assert data_for(page, {key("q1"): given}) == data
    assert given_on(page, None, {}, saved=True) == {}


def test_words_may_be_taken_back_and_nothing_is_kept_of_an_empty_box(pages: dict[str, AnswerPage]) -> None:
    page = pages["kinds-6-why"]
    assert given_on(page, "  A seat ", {}, saved=True) == {key("why"): "A seat"}
    assert given_on(page, " ", {}, saved=True) == {}
    assert given_on(page, "", {key("why"): "A seat"}, saved=True) == {key("why"): ""}
