"""The scripts of the players: read, added up, and refused with the right words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.content.sources import a_page, write_course
from tests.content.test_our_course import ROOT
from webapp.content import EXERCISE_KINDS, examine_course
from webapp.content.practices import LENGTHS_IN_MINUTES, compare_with_english, read_practices

GOOD = """
breathing:
  title: Breathing
  about: Slow and easy.
  minutes: [1, 3]
  paced: true
  steps:
    - say: Settle where you are.
      seconds: [20, 60]
    - say: Let your shoulders drop.
      seconds: [0, 60]
    - say: Breathe out slowly.
      seconds: [40, 60]
"""


def read(source, tool="relaxation"):
    return read_practices(source, tool, "en", "en.yml")


def told(source, tool="relaxation"):
    return [f"{p.line}: {p.message}. {p.help}" for p in read(source, tool)[1]]


def test_each_length_has_its_own_steps():
    book, problems = read(GOOD)
    assert problems == []
    (breathing,) = book.practices
    assert breathing.minutes == (1, 3) and breathing.is_paced and not breathing.is_little
    assert [(step.say, step.seconds) for step in breathing.script(1)] == [
        ("Settle where you are.", 20),
        ("Breathe out slowly.", 40),
    ]
    assert len(breathing.script(3)) == 3
    assert breathing.script(20) == ()
    assert book.practice("breathing") is breathing and book.practice("running") is None


@pytest.mark.parametrize(("lengths", "little"), [("[0.5, 1]", True), ("[1, 3]", False)])
def test_a_minute_at_most_is_a_little_practice(lengths, little):
    first = "[0, 20]" if little else "[20, 140]"
    second = "[30, 40]" if little else "[40, 40]"
    source = f"a:\n  title: A\n  about: B.\n  minutes: {lengths}\n  steps:\n"
    source += f"    - say: Settle.\n      seconds: {first}\n    - say: Rest.\n      seconds: {second}\n"
    book, problems = read(source)
    assert problems == [] and book.practices[0].is_little is little


SLIPS = {
    "nothing": ("", ["1: there is no practice in this file. Begin with a line 'breathing:' and put its 'title:' and "
                     "'steps:' below it."]),
    "a sum": (GOOD.replace("[40, 60]", "[40, 55]"), ["7: the steps of 'breathing' for 3 minutes take 175 seconds. They must "
                                                     "take 180."]),
    "a length that is not offered": (GOOD.replace("[1, 3]", "[1, 30]"), [
        "5: 'breathing' has a length that is not offered. Offered are 0.5, 1, 3, 10, 20 minutes."]),
    "lengths out of order": (GOOD.replace("[1, 3]", "[3, 1]"), [
        "5: the lengths of 'breathing' are not in order. Write the shortest first."]),
    "a number is missing": (GOOD.replace("[0, 60]", "[60]"), [
        "10: this step has 1 numbers of seconds, not 2. Write one number for each length, 0 to leave it out."]),
    "too short to say": (GOOD.replace("[20, 60]", "[1, 60]").replace("[40, 60]", "[59, 60]"), [
        "8: this step is too short to be said. Give it 2 seconds at least."]),
    "a word that is not known": (GOOD.replace("  about:", "  abuot:"), [
        "2: 'breathing' has no 'about:'. Add a line 'about: …' there.",
        "4: 'abuot:' is not known here. Did you mean 'about:'?"]),
    "a name": (GOOD.replace("breathing:", "Slow Breath:"), [
        "2: 'Slow Breath' is not a name. Use small letters, digits and hyphens: 'slow-breath:'."]),
    "twice": (GOOD + GOOD, ["15: 'breathing:' is already written on line 2. Keep one of them."]),
    "a long sentence": (GOOD.replace("Let your shoulders drop.", "Let your " + "very " * 20 + "tired shoulders drop."), [
        "10: this sentence has 25 words. Use at most 20."]),
}  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_told_with_its_line(source, expected):
    assert sorted(told(source)) == sorted(expected)


def test_what_the_guide_shows_is_right():
    guide = (ROOT / "docs" / "writing-content.md").read_text(encoding="utf-8")
    shown = guide.split("## What a player says")[1].split("```yaml\n")[1].split("```")[0]
    book, problems = read(shown)
    assert problems == [] and book.practices[0].minutes == (1, 3)


def test_mindfulness_is_never_longer_than_ten_minutes():
    """Source: exercise specification, 4.7 [F93]."""
    assert max(LENGTHS_IN_MINUTES["mindfulness"]) == 10
    assert told(GOOD.replace("[1, 3]", "[1, 20]"), "mindfulness")


def test_a_folder_for_a_tool_that_plays_nothing_is_told():
    assert told(GOOD, "relaxaton") == [
        "1: no tool called 'relaxaton' plays practices. Did you mean 'relaxation'?"
    ]


def test_a_translation_has_the_same_practices_and_lengths():
    english, _ = read(GOOD)
    fewer, _ = read(GOOD.replace("breathing:", "anadlu:"))
    assert [p.message for p in compare_with_english(english, fewer)] == [
        "'breathing' is missing, or has other lengths",
        "'anadlu' is not in en.yml",
    ]
    assert not list(compare_with_english(english, english))


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_no_file_can_break_the_reader(source):
    read(source)


def test_the_reader_of_the_course_finds_them_and_falls_back_to_english(tmp_path):
    folder = write_course(tmp_path / "content", {"pacing/en": a_page("Walk.")})
    file = folder / "practices" / "relaxation" / "en.yml"
    file.parent.mkdir(parents=True)
    file.write_text(GOOD, encoding="utf-8")
    course, problems = examine_course(folder, EXERCISE_KINDS)
    assert course and not problems
    assert course.practice_book("relaxation", "cy").lang == "en"
    assert course.practice_book("mindfulness", "en").practices == ()
    file.write_text(GOOD.replace("[40, 60]", "[40, 61]"), encoding="utf-8")
    assert [str(p) for p in examine_course(folder, EXERCISE_KINDS)[1]] == [
        "content/practices/relaxation/en.yml:7: the steps of 'breathing' for 3 minutes take 181 seconds. "
        "They must take 180."
    ]


def test_ours_offer_what_the_modules_promise():
    course, _ = examine_course(ROOT / "content", EXERCISE_KINDS)
    assert course
    relaxation = course.practice_book("relaxation", "en").practices
    long = [one for one in relaxation if not one.is_little]
    assert [one.name for one in long] == ["breathing", "muscles", "place"]
    assert {one.minutes for one in long} == {(3, 10, 20)}
    assert [one.name for one in relaxation if one.is_paced and not one.is_little] == ["breathing"]
    assert sum(one.is_little for one in relaxation) >= 6
    mindful = course.practice_book("mindfulness", "en").practices
    assert {one.minutes for one in mindful} == {(1, 3, 5, 10)} and len(mindful) == 6
    assert [one.name for one in mindful if one.is_opt_in] == ["pain-as-feeling"]
    assert len(course.practice_book("attention-switch", "en").practices) >= 8
