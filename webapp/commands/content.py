"""`waymark content`: check the texts before anybody reads them. Needs no web, settings or database."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from webapp.content import (
    EXERCISE_KINDS,
    Course,
    Module,
    ModuleText,
    Page,
    Problem,
    examine_course,
    fingerprint,
    known_in,
    refusing,
    warnings_among,
)
from webapp.content.reading import Ease, reading_ease
from webapp.course.exercises.registered import TOOLS


@click.group()
def content() -> None:
    """Check the texts of the course."""


@content.command()
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("content"),
    show_default=True,
    help="The folder that holds modules/ and pages/.",
)
@click.option("--report", is_flag=True, help="Also show how hard each page is to read.")
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="Judge review dates as on this day. Today if left out."
)
def check(folder: Path, report: bool, on: date | None) -> None:
    """List every problem with its file and line. Ends with 1 if there is any."""
    day = date.fromisoformat(f"{on or date.today():%Y-%m-%d}")
    course, problems = examine_course(
        folder, EXERCISE_KINDS, known=replace(known_in(folder), tools=frozenset(TOOLS)), today=day
    )
    for problem in refusing(problems):
        click.echo(str(problem))
    for problem in warnings_among(problems):
        click.echo(f"{problem} (warning)")
    if report and course is not None:
        _print_report(course)
    if course is None or refusing(problems):
        raise click.exceptions.Exit(1)
    click.echo(_summary(course, problems))


@content.command("fingerprint")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def print_fingerprint(file: Path) -> None:
    """Print the fingerprint of a text, for the line 'translated from:' of its translations."""
    click.echo(fingerprint(file.read_text(encoding="utf-8")))


def _summary(course: Course, problems: Sequence[Problem]) -> str:
    texts = [module.texts["en"] for module in _everything(course)]
    pages = [page for text in texts for page in text.pages]
    words = sum(_ease(page).words for page in pages)
    counts = (
        (len(course.modules), "module"),
        (len(pages), "page"),
        (words, "word"),
        (len(warnings_among(problems)), "warning"),
    )
    return ", ".join(f"{count} {noun if count == 1 else noun + 's'}" for count, noun in counts)


def _everything(course: Course) -> tuple[Module, ...]:
    return (*course.modules, *course.plain_pages.values())


def _ease(page: Page) -> Ease:
    return reading_ease((passage.text, passage.line) for passage in page.passages)


def _print_report(course: Course) -> None:
    click.echo(f"{'page':<58} {'minutes':>7} {'words':>6} {'age':>5} {'age 2':>6} {'over 20':>8}")
    for module in _everything(course):
        for text in module.texts.values():
            _print_pages(module, text)
    click.echo(
        "age: Flesch-Kincaid grade + 5. age 2: automated readability index + 5. Both are made for English."
    )


def _print_pages(module: Module, text: ModuleText) -> None:
    for page in text.pages:
        ease = _ease(page)
        name = f"{module.name}/{text.lang} {page.name}"
        ages, long = " ".join(_ages(ease)), len(ease.long_sentences)
        click.echo(f"{name:<58} {page.minutes:>7} {ease.words:>6} {ages} {long:>8}")
        for sentence in ease.long_sentences:
            click.echo(f"    line {sentence.line}, {sentence.words} words: {sentence.text}")


def _ages(ease: Ease) -> Iterator[str]:
    for age, width in ((ease.flesch_kincaid_age, 5), (ease.readability_index_age, 6)):
        yield f"{'' if age is None else format(age, '.1f'):>{width}}"
