"""What a course should have: each gap is told in these words, and stops nothing."""

import pytest

from tests.content.sources import TOP, write_course
from webapp.content import EXERCISE_KINDS, examine_course, incomplete, refusing

WORDS = "Some quiet words for patients. " * 32
PAGE = """::: page {name}
A page
Minutes: 4
In short: A little, often.
Short version: Do a little.
:::

"""
LAST = """
::: story marcus
Who: Marcus, 43, a bus driver
“I lived for Saturdays.”
:::

::: write my-hope
What would you like to get back to?
:::

::: plan my-plan
What will you do?
:::

### Where this comes from

- A study, 2021.
"""
WHOLE = TOP + "\n".join(PAGE.format(name=f"page-{n}") + WORDS for n in range(1, 5)) + "\n" + LAST
COMPANION = TOP + PAGE.format(name="companion") + "Ask how it went.\n"


def gaps(folder, text=WHOLE, companion=COMPANION, glossary=None):
    write_course(folder, {"pacing/en": text})
    if companion is not None:
        (folder / "companions" / "pacing").mkdir(parents=True)
        (folder / "companions" / "pacing" / "en.md").write_text(companion, encoding="utf-8")
    if glossary is not None:
        (folder / "glossary").mkdir()
        (folder / "glossary" / "en.yml").write_text(glossary, encoding="utf-8")
    course, problems = examine_course(folder, EXERCISE_KINDS)
    assert course is not None and not refusing(problems), problems
    found = incomplete(course)
    assert not refusing(found)
    return [str(problem).removeprefix("content/") for problem in found]


def test_a_whole_module_has_no_gap(tmp_path):
    assert gaps(tmp_path / "content") == []


def line_of(text, start):
    return 1 + next(n for n, line in enumerate(text.split("\n")) if line.startswith(start))


MODULE = "modules/pacing/en.md:"
LAST_PAGE = line_of(WHOLE, "::: page page-4")
GAPS = {
    "no story": (
        lambda text: text.replace("::: story marcus\nWho: Marcus", "::: note marcus\nHeading: Marcus"),
        [f"{MODULE}1: this module has no story. Write one: '::: story a-short-name'."],
    ),
    "no plan": (
        lambda text: text.replace("::: plan my-plan", "::: write my-plan"),
        [f"{MODULE}1: this module has no plan. End it with one: '::: plan my-plan'."],
    ),
    "no exercise": (
        lambda text: text.replace("::: write my-hope", "::: note my-hope\nHeading: A hope"),
        [
            f"{MODULE}1: this module has no exercise besides its plan. "
            "Give it a tool, or something to choose, tick or write."
        ],
    ),
    "no sources": (
        lambda text: text.replace("### Where this comes from", "### Thank you"),
        [
            f"{MODULE}{LAST_PAGE}: the last page, 'page-4', does not say where this comes from. "
            "End it with '### Where this comes from' and a list of the sources."
        ],
    ),
    "a heading of sources with nothing below": (
        lambda text: text.replace("- A study, 2021.", ""),
        [
            f"{MODULE}{LAST_PAGE}: the last page, 'page-4', does not say where this comes from. "
            "End it with '### Where this comes from' and a list of the sources."
        ],
    ),
    "a page without its short version": (
        lambda text: text.replace("Short version: Do a little.\n", "", 1),
        [
            f"{MODULE}{line_of(WHOLE, '::: page page-1')}: the page 'page-1' has no 'Short version:'. "
            "Add three to five sentences for days with little energy."
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("change, expected", GAPS.values(), ids=GAPS.keys())
def test_each_gap_is_told_in_these_words(tmp_path, change, expected):
    assert gaps(tmp_path / "content", change(WHOLE)) == expected


def with_pages(count):
    return TOP + "\n".join(PAGE.format(name=f"page-{n}") + WORDS for n in range(count)) + "\n" + LAST


@pytest.mark.parametrize(
    "count, told",
    [(1, "this module has 1 page"), (3, "this module has 3 pages"), (4, None), (6, None),
     (7, "this module has 7 pages")],
)  # fmt: skip
def test_a_module_has_four_to_six_pages(tmp_path, count, told):
    expected = [f"{MODULE}1: {told}. A module has 4 to 6."] if told else []
    assert gaps(tmp_path / "content", with_pages(count)) == expected


HEAD_WORDS = 2 + 4 + 3  # title, in short, short version


@pytest.mark.parametrize("words, is_told", [(149, True), (150, False), (700, False), (701, True)])
def test_a_page_has_150_to_700_words_without_its_sources(tmp_path, words, is_told):
    body = "word " * (words - HEAD_WORDS)
    text = WHOLE.replace(PAGE.format(name="page-2") + WORDS, PAGE.format(name="page-2") + body)
    line = line_of(text, "::: page page-2")
    expected = [f"{MODULE}{line}: the page 'page-2' has {words} words. "
                "A page has 150 to 700, without its sources."]  # fmt: skip
    assert gaps(tmp_path / "content", text) == (expected if is_told else [])


def test_a_long_list_of_sources_makes_no_page_long(tmp_path):
    text = WHOLE + "- A study with a long name.\n" * 200
    assert gaps(tmp_path / "content", text) == []


def test_a_module_without_companion_is_told(tmp_path):
    assert gaps(tmp_path / "content", companion=None) == [
        f"{MODULE}1: this module has no companion page for clinicians. Write companions/pacing/en.md."
    ]


def test_a_companion_is_one_page_of_that_name(tmp_path):
    assert gaps(tmp_path / "content", companion=COMPANION.replace("page companion", "page notes")) == [
        "companions/pacing/en.md:1: a companion is one page, called 'companion'. "
        "Begin it with '::: page companion'."
    ]


def test_a_companion_of_no_module_is_told(tmp_path):
    folder = tmp_path / "content"
    (folder / "companions" / "sleep").mkdir(parents=True)
    (folder / "companions" / "sleep" / "en.md").write_text(COMPANION, encoding="utf-8")
    assert gaps(folder) == [
        "companions/sleep/en.md:1: there is no module 'sleep' in the course. Nobody is shown this page."
    ]


def test_a_word_that_nobody_meets_is_told(tmp_path):
    glossary = (
        "quiet:\n  term: Quiet\n  explanation: Without noise.\n"
        "tens:\n  term: TENS\n  explanation: A machine.\n  taught in: [sleep]\n"
    )
    assert gaps(tmp_path / "content", glossary=glossary) == [
        "glossary/en.yml:4: 'TENS' is in no text that patients read. Remove it, or add the form in use.",
        "glossary/en.yml:4: 'tens' is taught in 'sleep', which is no module of the course. "
        "Correct the name, or remove it.",
    ]
