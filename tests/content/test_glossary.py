"""The file of the glossary: read, and refused with the right words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.content.sources import a_page, write_course
from webapp.content import EXERCISE_KINDS, examine_course
from webapp.content.glossary import pattern_of, read_glossary

GOOD = """
flare-up:
  term: flare-up
  other forms: [flare-ups, flare up]
  explanation: A spell when pain is much worse than usual. It settles.
  taught in: [flare-up-plan]
cbt:
  term: CBT
  explanation: Talking with a trained person.
"""


def told(source):
    return [f"{p.line}: {p.message}. {p.help}" for p in read_glossary(source, "en", "en.yml")[1]]


def test_a_good_glossary_is_read():
    glossary, problems = read_glossary(GOOD, "en", "en.yml")
    assert problems == []
    assert [(word.key, word.line) for word in glossary.words] == [("flare-up", 2), ("cbt", 7)]
    assert glossary.words[0].forms == ("flare-up", "flare-ups", "flare up")
    assert glossary.words[0].taught_in == {"flare-up-plan"}
    assert [word.term for word in glossary.sorted_words] == ["CBT", "flare-up"]


SLIPS = {
    "nothing": ("", ["1: there is no word in this file. Begin with a line 'flare-up:' and put its 'term:' "
                     "and 'explanation:' below it."]),
    "not understood": ("a:\n b\n  c: [", ["3: this line is not understood. Compare its spaces and dashes "
                                         "with the lines above it."]),
    "a key of words": ("Flare up:\n  term: x\n  explanation: y\n",
                       ["1: 'Flare up' is not a name. Use small letters, digits and hyphens: 'flare-up:'."]),
    "no explanation": ("a:\n  term: x\n", ["1: 'a' has no 'explanation:'. Add a line 'explanation: …' below it."]),
    "a label nearly right": ("a:\n  term: x\n  explanation: y\n  other form: [z]\n",
                             ["4: 'other form:' is not known here. Did you mean 'other forms:'?"]),
    "the same key twice": ("a:\n  term: x\n  explanation: y\na:\n  term: z\n  explanation: y\n",
                           ["4: 'a:' is already written on line 1. Keep one of them."]),
    "the same form twice": ("a:\n  term: Pain\n  explanation: y\nb:\n  term: pain\n  explanation: y\n",
                            ["4: 'pain' already belongs to 'a' on line 1. Keep it in one place."]),
    "three sentences": ("a:\n  term: x\n  explanation: One. Two. Three.\n",
                        ["3: 'a' is explained in 3 sentences. One or two are enough."]),
    "a long sentence": ("a:\n  term: x\n  explanation: " + "word " * 21 + "\n",
                        ["3: 'a' is explained in a sentence of 21 words. Use at most 20."]),
    "a number for a term": ("a:\n  term: 5\n  explanation: y\n",
                            ["2: 'term' is not right. Input should be a valid string."]),
}  # fmt: skip


@pytest.mark.parametrize("source, expected", SLIPS.values(), ids=SLIPS.keys())
def test_each_slip_is_told_in_these_words(source, expected):
    assert told(source) == expected


@pytest.mark.parametrize(
    "text, found",
    [("A Flare-Up came", ["Flare-Up"]), ("two\nflare\nups", []), ("a flare\n up", ["flare\n up"]),
     ("pre-flare-up", []), ("CBT and cbt", ["CBT"]), ("flare-ups.", ["flare-ups"])],
)  # fmt: skip
def test_how_a_form_is_found(text, found):
    glossary, _ = read_glossary(GOOD, "en", "en.yml")
    assert pattern_of(glossary.words).findall(text) == found


def test_a_glossary_with_a_problem_refuses_to_start(tmp_path):
    folder = write_course(tmp_path / "content", {"pacing/en": a_page("\nWords.")})
    (folder / "glossary").mkdir()
    (folder / "glossary" / "en.yml").write_text("a:\n  term: x\n", encoding="utf-8")
    (folder / "glossary" / "english.yml").write_text("a:\n  term: x\n", encoding="utf-8")
    problems = [str(problem) for problem in examine_course(folder, EXERCISE_KINDS)[1]]
    assert problems == [
        "content/glossary/en.yml:1: 'a' has no 'explanation:'. Add a line 'explanation: …' below it.",
        "content/glossary/english.yml:1: 'english.yml' is not named after a language. "
        "Call it en.yml, cy.yml and so on.",
    ]


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(), st.dictionaries(st.text(), st.text()).map(repr)))
def test_no_glossary_whatever_breaks_the_reader(source):
    read_glossary(source, "en", "en.yml")
