"""Our own texts: complete, of the promised size, easy enough to read, and reported as they are."""

from pathlib import Path

import pytest

from webapp.content import EXERCISE_KINDS, Course, incomplete, read_course
from webapp.content.report import AGE_TO_AIM_FOR, HIGHEST_AGE, as_markdown, reports_on, totals_of

ROOT = Path(__file__).resolve().parents[2]
TWELVE = [
    "start-here", "understanding-persistent-pain", "pacing", "flare-up-plan", "goals-and-values",
    "moving-and-stretching", "thoughts-and-mood", "relaxation-and-mindfulness", "sleep-and-fatigue",
    "medicines-and-health-care", "work-and-relationships", "keeping-it-up",
]  # fmt: skip
OPTIONAL = {"sleep-and-fatigue", "medicines-and-health-care", "work-and-relationships"}


@pytest.fixture(scope="module")
def course() -> Course:
    return read_course(ROOT / "content", EXERCISE_KINDS)


def test_nothing_is_missing_in_our_own_course(course: Course) -> None:
    assert [str(problem) for problem in incomplete(course)] == []


def test_the_course_has_its_twelve_modules_in_their_order(course: Course) -> None:
    assert [module.name for module in course.modules] == TWELVE
    assert {module.name for module in course.modules if not module.core} == OPTIONAL


def test_the_course_is_as_long_as_it_was_promised(course: Course) -> None:
    totals = totals_of(reports_on(course.modules))
    assert totals.pages >= 50
    assert totals.words >= 18_000


def test_nearly_every_page_is_easy_by_both_formulas(course: Course) -> None:
    reports = reports_on(course.patients_texts)
    assert totals_of(reports).share_easy >= 0.95, [
        f"{one.module}/{one.page.name}" for one in reports if one.highest_age > AGE_TO_AIM_FOR
    ]


def test_no_page_is_hard(course: Course) -> None:
    reports = reports_on(course.patients_texts)
    assert [one.page.name for one in reports if one.highest_age > HIGHEST_AGE] == []


def test_a_module_says_how_long_its_pages_take(course: Course) -> None:
    for module in course.modules:
        assert module.minutes == sum(page.minutes for page in module.texts["en"].pages), module.name


def test_the_report_in_the_docs_is_current(course: Course) -> None:
    written = (ROOT / "docs" / "content-report.md").read_text(encoding="utf-8")
    assert written == as_markdown(course), "run: .venv/bin/waymark docs content"
