"""`waymark flags evaluate` on any history: one row each, no look ahead, whole ranks, whatever the files look like."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.commands.flags import flags

FIRST = date(2026, 2, 20)
HEADS = {
    "enrolments": ("person", "invited_on", "started_on", "ended_on"),
    "events": ("person", "on"),
    "milestones": ("person", "name", "planned_on", "done_on"),
    "pauses": ("person", "from_on", "until_on"),
}
STATES = {"not_started", "on_track", "amber", "red", "lapsed", "paused", "ended", "completed"}
Table = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Files:
    """The four files as tables of text."""

    enrolments: Table
    events: Table
    milestones: Table
    pauses: Table


DAYS = st.integers(0, 70).map(lambda number: (FIRST + timedelta(days=number)).isoformat())
MAYBE = st.just("") | DAYS


@st.composite
def histories(draw: st.DrawFn) -> Files:
    """A few people with names that a spreadsheet could hold, and anything dated in ten weeks."""
    names = draw(
        st.lists(
            st.text(alphabet='ab1,;" é\n', min_size=1, max_size=4).map(str.strip).filter(bool),
            min_size=1,
            max_size=5,
            unique=True,
        )
    )
    who = st.sampled_from(names)
    spans = st.tuples(DAYS, DAYS | st.just("")).map(lambda pair: pair if not pair[1] else tuple(sorted(pair)))
    return Files(
        tuple((name, draw(DAYS), draw(MAYBE), draw(st.just("") | MAYBE)) for name in names),
        tuple(draw(st.lists(st.tuples(who, DAYS), max_size=25))),
        tuple(
            (name, f"module {number}", draw(DAYS), draw(MAYBE))
            for name in names
            for number in range(draw(st.integers(0, 3)))
        ),
        tuple((draw(who), *span) for span in draw(st.lists(spans, max_size=3))),
    )


def evaluate(files: Files, *days: int) -> list[dict[str, str]]:
    """What the command writes."""
    with TemporaryDirectory() as folder:
        options = []
        for name, head in HEADS.items():
            text = io.StringIO()
            csv.writer(text).writerows([head, *getattr(files, name)])
            path = Path(folder) / f"{name}.csv"
            path.write_bytes(text.getvalue().encode())
            options += [f"--{name}", str(path)]
        out = Path(folder) / "flags.csv"
        more = [word for number in days for word in ("--on-day", str(number))]
        result = CliRunner().invoke(flags, ["evaluate", *options, *more, "--out", str(out)])
        assert result.exit_code == 0, result.stderr
        with out.open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))


def cut(files: Files, number: int) -> Files:
    """The same without anything that is dated after each one's evaluation day; plans stay."""
    last = {
        row[0]: (date.fromisoformat(row[1]) + timedelta(days=number)).isoformat() for row in files.enrolments
    }

    def blank(row: tuple[str, ...], *places: int) -> tuple[str, ...]:
        return tuple(
            "" if place in places and cell > last[row[0]] else cell for place, cell in enumerate(row)
        )

    return Files(
        tuple(blank(row, 2, 3) for row in files.enrolments),
        tuple(row for row in files.events if row[1] <= last[row[0]]),
        tuple(blank(row, 3) for row in files.milestones),
        tuple(blank(row, 2) for row in files.pauses if row[1] <= last[row[0]]),
    )


@given(histories(), st.integers(0, 60))
@settings(max_examples=150, deadline=None)
def test_deleting_everything_after_the_evaluation_day_changes_no_row(files: Files, number: int) -> None:
    assert evaluate(cut(files, number), number) == evaluate(files, number)


@given(histories(), st.lists(st.integers(0, 90), min_size=1, max_size=3))
@settings(max_examples=100, deadline=None)
def test_one_row_for_each_person_and_day_with_whole_ranks_and_reasons(files: Files, days: list[int]) -> None:
    found = evaluate(files, *days)
    assert len(found) == len(set(days)) * len(files.enrolments)
    invited = {row[0]: date.fromisoformat(row[1]) for row in files.enrolments}
    for number in set(days):
        rows = [
            row for row in found if row["on"] == (invited[row["person"]] + timedelta(days=number)).isoformat()
        ]
        ranks = sorted(int(row["rank"]) for row in rows if row["rank"])
        assert ranks == list(range(1, len(ranks) + 1))
    for row in found:
        assert row["state"] in STATES and row["points"].isdigit()
        if row["rank"]:
            assert row["state"] in {"not_started", "amber", "red"}
            for reason in row["reasons"].split(";"):
                assert any(_is_day(word.strip(",")) for word in reason.split()), row


@given(histories(), st.integers(0, 60))
@settings(max_examples=100, deadline=None)
def test_red_stands_before_amber(files: Files, number: int) -> None:
    order = ["red", "not_started", "amber"]
    listed = sorted((int(row["rank"]), row["state"]) for row in evaluate(files, number) if row["rank"])
    assert [order.index(state) for _, state in listed] == sorted(order.index(state) for _, state in listed)


def _is_day(word: str) -> bool:
    try:
        return len(word) == 10 and bool(date.fromisoformat(word))
    except ValueError:
        return False


# How the same files may look, and what is refused.

SMALL = Files(
    (("Ann, the first", "2026-03-02", "", ""), ('Bo "B"', "2026-03-02", "2026-03-02", "")),
    (("Ann, the first", "2026-03-03"), ('Bo "B"', "2026-03-02")),
    (("Ann, the first", "module 1", "2026-03-09", ""),),
    (('Bo "B"', "2026-03-04", "2026-03-05"),),
)


def run(folder: Path, content: dict[str, bytes]) -> Result:
    """The command on day 14 on files with just these bytes; the others are those of SMALL."""
    options = []
    for name, head in HEADS.items():
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([head, *getattr(SMALL, name)])
        path = folder / f"{name}.csv"
        path.write_bytes(content.get(name, text.getvalue().encode()))
        options += [f"--{name}", str(path)]
    return CliRunner().invoke(
        flags, ["evaluate", *options, "--on-day", "14", "--out", str(folder / "flags.csv")]
    )


def bytes_of(name: str, end: str = "\n", quoting: int = csv.QUOTE_MINIMAL) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator=end, quoting=quoting).writerows([HEADS[name], *getattr(SMALL, name)])  # type: ignore[call-overload]
    return text.getvalue().encode()


@pytest.mark.parametrize(
    "look",
    [
        pytest.param(lambda name: bytes_of(name, "\r\n"), id="lines as Windows ends them"),
        pytest.param(lambda name: b"\xef\xbb\xbf" + bytes_of(name, "\r\n"), id="as Excel saves UTF-8"),
        pytest.param(lambda name: bytes_of(name, quoting=csv.QUOTE_ALL), id="every field in quotes"),
        pytest.param(lambda name: bytes_of(name).rstrip(b"\n"), id="no end to the last line"),
        pytest.param(lambda name: bytes_of(name) + b"\n\n", id="empty lines at the end"),
    ],
)
def test_the_same_files_by_another_program_give_the_same_rows(
    tmp_path: Path, look: Callable[[str], bytes]
) -> None:
    assert run(tmp_path, {}).exit_code == 0
    expected = (tmp_path / "flags.csv").read_bytes()
    assert expected.count(b"\n") == 3 and b"Ann, the first" in expected
    assert run(tmp_path, {name: look(name) for name in HEADS}).exit_code == 0
    assert (tmp_path / "flags.csv").read_bytes() == expected


def test_files_with_nothing_but_their_first_line_are_a_history_without_anything(tmp_path: Path) -> None:
    nothing = {name: (",".join(head) + "\n").encode() for name, head in HEADS.items()}
    assert run(tmp_path, nothing).exit_code == 0
    assert (tmp_path / "flags.csv").read_text() == "person,on,state,rank,points,reasons\n"


@pytest.mark.parametrize("name", HEADS)
def test_an_empty_file_is_refused_by_name(tmp_path: Path, name: str) -> None:
    result = run(tmp_path, {name: b""})
    assert result.exit_code != 0 and f"{name}.csv:1: the column 'person' is missing" in result.stderr
    assert not (tmp_path / "flags.csv").exists()


@pytest.mark.parametrize(
    ("name", "line", "problem"),
    [
        ("enrolments", b"Cy,02/03/2026,,\r\n", "enrolments.csv:4: invited_on is not a day"),
        ("enrolments", b"Cy,2026-02-29,,\r\n", "enrolments.csv:4: invited_on is not a day"),
        (
            "enrolments",
            b'"Ann, the first",2026-03-02,,\r\n',
            "enrolments.csv:4: 'Ann, the first' is in this file twice",
        ),
        ("events", b"Nobody,2026-03-02\r\n", "events.csv:4: 'Nobody' is not in the enrolments file"),
        ("events", b'"Bo ""B""","2026-03-02 10:00"\r\n', "events.csv:4: on is not a day"),
        ("milestones", b'"Bo ""B""",module 1,2026-03-09,yes\r\n', "milestones.csv:3: done_on is not a day"),
        ("pauses", b'"Bo ""B""",,2026-03-09\r\n', "pauses.csv:3: from_on is not a day"),
        ("pauses", b'"Bo ""B"""\r\n', "pauses.csv:3: 1 fields, the first line has 3"),
    ],
)
def test_a_bad_line_of_a_windows_file_is_named_with_its_number(
    tmp_path: Path, name: str, line: bytes, problem: str
) -> None:
    result = run(tmp_path, {name: b"\xef\xbb\xbf" + bytes_of(name, "\r\n") + line})
    assert result.exit_code == 1 and problem in result.stderr
    assert not (tmp_path / "flags.csv").exists()
