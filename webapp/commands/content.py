"""`waymark content`: check the texts before anybody reads them. Needs no web, settings or database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from webapp.content import (
    EXERCISE_KINDS,
    Course,
    Problem,
    examine_course,
    fingerprint,
    incomplete,
    known_in,
    refusing,
    warnings_among,
)
from webapp.content.movements import DRAWINGS_OF_MOVEMENTS, check_movements
from webapp.content.report import (
    ENGLISH,
    PageReport,
    ages_of,
    as_markdown,
    in_one_line,
    long_sentences_of,
    reports_on,
    totals_of,
)
from webapp.course.exercises.registered import TOOLS
from webapp.reminders.texts import check_texts
from webapp.reminders.texts_reader import FOLDER as MESSAGES


@click.group()
def content() -> None:
    """Check the texts of the course."""


@content.command()
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("content"),
    show_default=True,
    help="The folder that holds modules/, pages/ and messages/.",
)
@click.option(
    "--on-top",
    envvar="WAYMARK_CONTENT",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A service's own folder, read on top of the first. WAYMARK_CONTENT if left out.",
)
@click.option("--report", is_flag=True, help="Also show how hard each page is to read.")
@click.option(
    "--write",
    "write_to",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the report as Markdown, for instance to docs/content-report.md.",
)
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="Judge review dates as on this day. Today if left out."
)
def check(folder: Path, on_top: Path | None, report: bool, write_to: Path | None, on: date | None) -> None:
    """List every problem with its file and line. Ends with 1 if there is any."""
    day = date.fromisoformat(f"{on or date.today():%Y-%m-%d}")
    folders = [folder, on_top] if on_top else [folder]
    course, problems = examine_course(
        folders, EXERCISE_KINDS, known=replace(known_in(folder), tools=frozenset(TOOLS)), today=day
    )
    problems = [*problems, *(incomplete(course) if course else ())]
    problems += check_movements(folders, drawings=DRAWINGS_OF_MOVEMENTS, today=day)
    if any((one / MESSAGES).is_dir() for one in folders):
        problems += check_texts(folders)
    for problem in refusing(problems):
        click.echo(str(problem))
    for problem in warnings_among(problems):
        click.echo(f"{problem} (warning)")
    if report and course is not None:
        _print_report(course)
    if course is None or refusing(problems):
        raise click.exceptions.Exit(1)
    if write_to is not None:
        write_to.write_text(as_markdown(course), encoding="utf-8")
    click.echo(_summary(course, problems))


@content.command("fingerprint")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def print_fingerprint(file: Path) -> None:
    """Print the fingerprint of a text, for the line 'translated from:' of its translations."""
    click.echo(fingerprint(file.read_text(encoding="utf-8")))


def _summary(course: Course, problems: Sequence[Problem]) -> str:
    totals = totals_of(reports_on(course.patients_texts))
    counts = (
        (len(course.modules), "module"),
        (totals.pages, "page"),
        (totals.words, "word"),
        (len(warnings_among(problems)), "warning"),
    )
    return ", ".join(f"{count} {noun if count == 1 else noun + 's'}" for count, noun in counts)


def _print_report(course: Course) -> None:
    languages = sorted({lang for module in course.patients_texts for lang in module.texts} - {ENGLISH})
    click.echo(f"{'page':<58} {'minutes':>7} {'words':>6} {'age':>5} {'age 2':>6} {'over 20':>8}")
    for modules in (course.patients_texts, course.companions.values()):
        for one in reports_on(modules, (ENGLISH, *languages)):
            _print_page(one)
    click.echo(
        "age: Flesch-Kincaid grade + 5. age 2: automated readability index + 5. Both are made for English."
    )
    click.echo(in_one_line(course))


def _print_page(one: PageReport) -> None:
    ages = ages_of(one.ease) if one.text.lang == ENGLISH else ("", "")
    folder = "for clinicians: " if "/companions/" in one.text.path else ""
    name = f"{folder}{one.module}/{one.text.lang} {one.page.name}"
    click.echo(
        f"{name:<58} {one.page.minutes:>7} {one.ease.words:>6} {ages[0]:>5} {ages[1]:>6} "
        f"{len(one.ease.long_sentences):>8}"
    )
    for sentence in long_sentences_of(one):
        click.echo(f"    {sentence}")
