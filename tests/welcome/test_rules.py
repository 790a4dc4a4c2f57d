"""The truths of inviting and starting, in the clinic's words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.welcome import rules

CODES = st.text(alphabet=rules.CODE_LETTERS, min_size=8, max_size=8)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("CDFG-HJKM", "CDFGHJKM"),
        ("cdfg hjkm", "CDFGHJKM"),
        (" c d f g.h j k m ", "CDFGHJKM"),
        ("CDFGHJK", None),
        ("CDFGHJKMN", None),
        ("CDFGHJK0", None),  # there is no zero in a code
        ("", None),
    ],
)
def test_a_code_is_read_however_it_is_typed(typed: str, code: str | None) -> None:
    assert rules.code_of(typed) == code


@given(CODES)
def test_what_we_print_can_be_typed(code: str) -> None:
    assert rules.code_of(rules.in_two_groups(code)) == code
    assert rules.code_of(rules.in_two_groups(code).lower()) == code


def test_no_letter_of_a_code_looks_like_another_character() -> None:
    assert not set(rules.CODE_LETTERS) & set("0O1IL2Z5S8BAEU")
    assert len(rules.CODE_LETTERS) ** rules.CODE_LENGTH > 2**35


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("quill nora", "quill nora", True),
        ("quill nora", "nora quill", True),  # typed into the wrong boxes
        ("quill nora", "quil nora", True),
        ("quill nora", "smith nora", True),  # married since
        ("quill nora", "quill nigel", True),  # real twins are asked about too
        ("quill nora", "okafor vera", False),
        ("quill nora", "qill norah", True),
    ],
)
def test_who_may_be_the_same_person(one: str, other: str, alike: bool) -> None:
    assert rules.are_alike(one, other) is alike
    assert rules.are_alike(other, one) is alike


@pytest.mark.parametrize(
    ("born", "believable"),
    [
        (date(2026, 11, 21), True),
        (date(2026, 11, 22), False),
        (date(1906, 1, 1), True),
        (date(1905, 12, 31), False),
    ],
)
def test_a_birthday_is_past_and_within_a_human_life(born: date, believable: bool) -> None:
    assert rules.is_believable_birthday(born, date(2026, 11, 21)) is believable


@pytest.mark.parametrize(
    ("suitability", "sends"),
    [("seen_and_suitable", True), ("not_yet", True), ("not_suitable", False), ("prefers_another", False)],
)
def test_what_is_only_written_down(suitability: str, sends: bool) -> None:
    assert rules.sends_something(suitability) is sends


def test_only_what_is_held_and_safe_is_offered() -> None:
    assert rules.Reach(email=True, text=False, voicemail=False, letter=True).possible() == ("email", "letter")
    assert rules.Reach(email=False, text=False, voicemail=False, letter=False).possible() == ()


@pytest.mark.parametrize(
    ("door", "languages", "left_out"),
    [
        ("course", 2, set()),
        ("course", 1, {"language"}),
        ("refresher", 2, {"rhythm"}),
        ("refresher", 1, {"rhythm", "language"}),
    ],
)
def test_the_pages_of_starting(door: str, languages: int, left_out: set[str]) -> None:
    assert rules.steps_for(door, languages) == tuple(step for step in rules.STEPS if step not in left_out)


@given(st.sets(st.sampled_from(rules.STEPS)))
def test_somebody_goes_on_at_the_first_page_that_is_not_done(done: set[str]) -> None:
    where = rules.first_open(rules.STEPS, done)
    assert where is None if done == set(rules.STEPS) else where not in done
    if where:
        assert set(rules.STEPS[: rules.STEPS.index(where)]) <= done
