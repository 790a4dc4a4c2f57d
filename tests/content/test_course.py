"""The whole folder: order, folders, translations, links, reviews."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.content.sources import a_page, write_course
from webapp.content import (
    EXERCISE_KINDS,
    ContentRefused,
    check_course,
    examine_module_source,
    fingerprint,
    read_course,
)
from webapp.content.course_file import read_course_file
from webapp.content.translations import drift

ENGLISH = a_page("""
::: choice my-week
Which?
- [push] I push on
- [rest] I rest
:::

::: scale how-sure
How sure?
From: 0 Not at all
To: 10 Completely
:::

::: picture p
Drawing: boom-and-bust
Alt: A line.
:::""")
WELSH = (
    ENGLISH.replace("title: Pacing", f"title: Pwyllo\ntranslated from: {fingerprint(ENGLISH)}")
    .replace("I push on", "Rwy'n dal ati")
    .replace("I rest", "Rwy'n gorffwys")
)


def told(folder, **more):
    return [str(problem) for problem in check_course(folder, EXERCISE_KINDS, **more)]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "content"


def test_modules_come_in_the_order_of_the_list(folder):
    order = (
        "default rhythm: fortnightly\nmodules:\n- name: pacing\n  core: true\n- name: extra\n  core: false\n"
    )
    write_course(
        folder, {"extra/en": a_page("\nWords."), "pacing/en": ENGLISH, "pacing/cy": WELSH}, order=order
    )
    course = read_course(folder, EXERCISE_KINDS, today=date(2026, 4, 1))
    assert [(m.number, m.name, m.core) for m in course.modules] == [(1, "pacing", True), (2, "extra", False)]
    assert [m.name for m in course.core_modules] == ["pacing"]
    assert course.default_rhythm == "fortnightly" and course.warnings == ()
    pacing = course.module("pacing")
    assert pacing is not None and (pacing.title, pacing.minutes) == ("Pacing", 20)
    assert pacing.reviewed_by == "Dr A. Patel, clinical psychologist"
    assert (pacing.reviewed_on, pacing.review_again) == (date(2026, 3, 1), date(2027, 3, 1))
    assert pacing.text("cy").title == "Pwyllo" and pacing.text("pl").title == "Pacing"
    assert course.module("sleep") is None


def test_plain_pages_are_read_and_can_be_linked_to(folder):
    write_course(folder, {"pacing/en": a_page("\n[Family](info:family) and [start](module:pacing)")})
    (folder / "pages" / "family").mkdir(parents=True)
    (folder / "pages" / "family" / "en.md").write_text(a_page("\n[Go](page:pacing/steady)"), encoding="utf-8")
    course = read_course(folder, EXERCISE_KINDS)
    assert list(course.plain_pages) == ["family"] and course.plain_pages["family"].number == 0


LINKS = "\n[a](page:steddy)\n[b](help:no)\n[c](module:pacin) [d](page:steady)"


def test_links_that_lead_nowhere_are_told(folder):
    write_course(folder, {"pacing/en": a_page(LINKS)})
    line = len(a_page("").split("\n"))
    assert told(folder) == [
        f"content/modules/pacing/en.md:{line}: the link 'page:pacing/steddy' leads nowhere. "
        "Did you mean 'page:pacing/steady'?",
        f"content/modules/pacing/en.md:{line + 1}: the link 'help:no' leads nowhere. "
        "Did you mean 'help:now'?",
        f"content/modules/pacing/en.md:{line + 2}: the link 'module:pacin' leads nowhere. "
        "Did you mean 'module:pacing'?",
    ]


def test_every_problem_of_every_file_is_in_one_refusal(folder):
    write_course(
        folder,
        {"pacing/en": a_page("\n::: wriet x\nWhat?\n:::"), "goals/en": a_page("\n<b>")},
        order="modules:\n- name: pacing\n  core: true\n- name: goal\n  core: true\n",
    )
    with pytest.raises(ContentRefused) as refused:
        read_course(folder, EXERCISE_KINDS)
    text = str(refused.value)
    assert text.startswith("3 problems in the content:\n")
    assert "content/modules/pacing/en.md:15: there is no block called 'wriet'" in text
    assert "course.yml:4: the module 'goal' has no folder. Did you mean 'goals'?" in text
    assert "content/modules/goals:1: the folder 'goals' is not in course.yml" in text


def test_a_folder_without_english_is_told(folder):
    write_course(folder, {"pacing/cy": WELSH})
    assert told(folder) == [
        "content/modules/pacing/en.md:1: this file is missing. Make it, or bring it back."
    ]


def test_a_folder_without_the_list_is_told(folder):
    folder.mkdir()
    assert told(folder) == ["content/modules/course.yml:1: this file is missing. Make it, or bring it back."]
    with pytest.raises(ContentRefused):
        read_course(folder, EXERCISE_KINDS)


def test_letters_that_are_not_utf8_are_told_with_their_line(folder):
    write_course(folder, {"pacing/en": "x"})
    (folder / "modules/pacing/en.md").write_bytes("---\ntitle: Caf\xe9".encode("latin-1"))
    assert told(folder) == [
        "content/modules/pacing/en.md:2: this line holds letters that cannot be read. Save the file as UTF-8."
    ]


@pytest.mark.parametrize("name", ["notes", "english", "en_old", "EN.old"])
def test_a_file_that_is_no_language_is_told(folder, name):
    write_course(folder, {"pacing/en": ENGLISH, f"pacing/{name}": "x"})
    assert [line.split(": ")[1] for line in told(folder)] == [
        f"'{name}.md' is not named after a language. Call it en.md, cy.md and so on."
    ]


@pytest.mark.parametrize(
    "day, overdue", [(date(2027, 2, 28), False), (date(2027, 3, 1), False), (date(2027, 3, 2), True)]
)
def test_a_review_is_due_after_its_day(folder, day, overdue):
    write_course(folder, {"pacing/en": ENGLISH})
    course = read_course(folder, EXERCISE_KINDS, today=day)
    assert [str(warning) for warning in course.warnings] == [
        "content/modules/pacing/en.md:7: the review of this text was due on 2027-03-01. "
        "Read it again, then change 'reviewed on:' and 'review again:'."
    ] * overdue


# --- translations ---


def drifted(change):
    texts = [
        examine_module_source(source, EXERCISE_KINDS, module="pacing", lang=lang)
        for source, lang in ((ENGLISH, "en"), (change(WELSH), "cy"))
    ]
    assert not texts[1].problems
    return [(str(p.level), p.message) for p in drift(texts[0].text, texts[1].text, "cy.md")]


def test_a_faithful_translation_has_no_problem():
    assert drifted(lambda text: text) == []


DRIFTS = {
    "out of date": (
        lambda text: text.replace(fingerprint(ENGLISH), "0123456789ab"),
        [("warning", "Welsh is out of date: the English has changed since it was translated")],
    ),
    "another key": (
        lambda text: text.replace("[push]", "[gwthio]"),
        [("problem", "the keys of 'choice my-week' differ from the English")],
    ),
    "another kind": (
        lambda text: text.replace("::: choice", "::: tick"),
        [("problem", "'tick my-week' stands where the English has 'choice my-week'")],
    ),
    "another name": (
        lambda text: text.replace("how-sure", "pa-mor-siwr"),
        [("problem", "'scale pa-mor-siwr' stands where the English has 'scale how-sure'")],
    ),
    "another number": (
        lambda text: text.replace("To: 10", "To: 5"),
        [("problem", "'To:' has another number than the English")],
    ),
    "another drawing": (
        lambda text: text.replace("boom-and-bust", "steady-plan"),
        [("problem", "the drawing differs from the English")],
    ),
    "a block left out": (
        lambda text: text[: text.index("::: picture")],
        [("problem", "the page 'steady' has no 'picture p', which the English has here")],
    ),
    "a block more": (
        lambda text: text + "\n::: write w\nBeth?\n:::",
        [("problem", "'write w' stands where the English has nothing more on this page")],
    ),
    "another page name": (
        lambda text: text.replace("page steady", "page cyson"),
        [
            ("problem", "the page 'steady' of the English is missing"),
            ("problem", "the English has no page 'cyson'"),
        ],
    ),
}


@pytest.mark.parametrize("change, expected", DRIFTS.values(), ids=DRIFTS.keys())
def test_how_a_translation_may_not_differ(change, expected):
    assert drifted(change) == expected


def test_a_translation_says_what_it_was_made_from(folder):
    write_course(folder, {"pacing/en": ENGLISH, "pacing/cy": ENGLISH})
    assert told(folder) == [
        "content/modules/pacing/cy.md:1: 'translated from:' is missing at the top of the file. "
        "Add a line 'translated from: …'."
    ]


def test_an_out_of_date_translation_still_starts(folder):
    write_course(
        folder, {"pacing/en": ENGLISH, "pacing/cy": WELSH.replace(fingerprint(ENGLISH), "0123456789ab")}
    )
    (warning,) = read_course(folder, EXERCISE_KINDS).warnings
    assert (warning.path, warning.line) == ("content/modules/pacing/cy.md", 3)
    assert fingerprint(ENGLISH) in warning.help


# --- course.yml ---

LISTS = {
    "an unknown key": (
        "modules:\n- name: a\n  core: true\n  cor: 1\n",
        ["4: 'cor:' is not known here. Did you mean 'core:'?"],
    ),
    "core left out": ("modules:\n- name: a\n", ["2: 'core:' is missing. Add a line 'core: …'."]),
    "an unknown rhythm": (
        "default rhythm: daily\nmodules:\n- name: a\n  core: true\n",
        ["1: 'default rhythm' is not right. Input should be 'weekly', 'fortnightly' or 'own-speed'."],
    ),
    "a module twice": (
        "modules:\n- name: a\n  core: true\n- name: a\n  core: true\n",
        ["4: the module 'a' is already listed on line 2. Remove one of the two."],
    ),
    "a key twice": (
        "modules:\n- name: a\n  core: true\n  core: false\n",
        ["4: 'core:' is already written on line 3. Keep one of them."],
    ),
    "core in words": (
        "modules:\n- name: a\n  core: perhaps\n",
        ["3: 'core' is not right. Input should be a valid boolean."],
    ),
    "broken": (
        "modules:\n- name: a\n core: true\n",
        ["3: this line is not understood. Compare its spaces and dashes with the lines above it."],
    ),
    "no modules": (
        "modules: []\n",
        ["1: there is no module. Add '- name: …' below it."],
    ),
}


@pytest.mark.parametrize("source, expected", LISTS.values(), ids=LISTS.keys())
def test_each_slip_in_the_list_is_told(source, expected):
    found = read_course_file(source, "course.yml").problems
    assert [f"{p.line}: {p.message}. {p.help}" for p in found] == expected


YAML = [
    "modules:",
    "- name: a",
    "  core: true",
    "default rhythm: weekly",
    "&a [*a]",
    "{}",
    "- - -",
    "? x",
    "!!python/x y",
]


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from(YAML) | st.text(max_size=8)).map("\n".join)))
def test_no_list_whatever_breaks_the_reader(source):
    order = read_course_file(source, "course.yml")
    assert order.file is not None or order.problems
