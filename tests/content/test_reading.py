"""How hard a text is to read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.content.reading import (
    flesch_kincaid_grade,
    readability_index_grade,
    reading_ease,
    sentences_in,
    syllables_in,
)


@pytest.mark.parametrize(
    "word, syllables",
    [
        ("pain", 1), ("walk", 1), ("made", 1), ("walked", 1), ("wanted", 2), ("table", 2),
        ("little", 2), ("pacing", 2), ("being", 2), ("doing", 2), ("activity", 4), ("medicine", 3),
        ("persistent", 3), ("the", 1), ("people", 2), ("station", 2), ("patient", 2), ("diary", 3),
        ("question", 2), ("a", 1), ("mmm", 1), ("10", 1), ("makes", 1), ("houses", 2),
    ],
)  # fmt: skip
def test_syllables(word, syllables):
    assert syllables_in(word) == syllables


def test_the_two_formulas_on_round_numbers():
    """10 words a sentence, 1.5 syllables and 4.5 letters a word: the published formulas by hand."""
    assert flesch_kincaid_grade(10, 1.5) == pytest.approx(3.9 + 17.7 - 15.59)
    assert readability_index_grade(4.5, 10) == pytest.approx(21.195 + 5 - 21.43)


def test_a_passage_by_hand():
    """The cat sat on the mat. = 6 words, 6 syllables, 17 letters, 1 sentence: grade -1.45 and -5.085."""
    ease = reading_ease([("The cat sat on the mat.", 1)])
    assert (ease.words, ease.sentences) == (6, 1)
    assert ease.flesch_kincaid_age == pytest.approx(-1.45 + 5)
    assert ease.readability_index_age == pytest.approx(4.71 * 17 / 6 + 3 - 21.43 + 5)


def test_sentences_know_their_lines():
    found = sentences_in("See Dr. Patel. Then\nrest a bit! “Really?” Yes", 7)
    assert [(s.text, s.line, s.words) for s in found] == [
        ("See Dr. Patel.", 7, 3), ("Then rest a bit!", 7, 4), ("“Really?”", 8, 1), ("Yes", 8, 1),
    ]  # fmt: skip


@pytest.mark.parametrize("words, told", [(20, 0), (21, 1)])
def test_a_sentence_is_long_from_21_words(words, told):
    assert len(reading_ease([(" ".join(["word"] * words) + ".", 3)]).long_sentences) == told


def test_nothing_has_no_age():
    assert reading_ease([("…", 1)]).flesch_kincaid_age is None


@given(st.lists(st.tuples(st.text(), st.integers(1, 99))))
def test_no_text_breaks_it_and_no_word_is_lost(passages):
    ease = reading_ease(passages)
    assert ease.words == sum(s.words for text, line in passages for s in sentences_in(text, line))
