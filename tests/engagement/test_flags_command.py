"""`waymark flags evaluate` on small histories, and on every kind of bad input."""

import csv
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from webapp.commands.flags import flags

INVITED_ON = date(2026, 3, 2)
FILES = {
    "enrolments": "person,invited_on,started_on,ended_on\n",
    "events": "person,on\n",
    "milestones": "person,name,planned_on,done_on\n",
    "pauses": "person,from_on,until_on\n",
}


def day(number: int) -> str:
    return (INVITED_ON + timedelta(days=number)).isoformat()


def rows(*lines: tuple[object, ...]) -> str:
    """CSV lines; numbers are days after the invitation, None is empty."""

    def text(part: object) -> str:
        return day(part) if isinstance(part, int) else str(part or "")

    return "".join(",".join(text(part) for part in line) + "\n" for line in lines)


EVERYBODY = {
    "enrolments": rows(
        ("ann", 0, None, None),
        ("bob", 0, 0, None),
        ("cas", 0, 0, 9),
        ("dee", 0, 0, None),
        ("eve", 0, None, None),
        ("fay", 0, 0, None),
        ("gus", 0, 0, None),
        ("hal", 0, None, None),
    ),
    "events": rows(
        *(("bob", number) for number in range(14)),
        ("dee", 0),
        ("eve", 1),
        ("eve", -5),
        ("fay", 0),
        ("gus", 0),
        *(("hal", number) for number in range(8)),
    ),
    "milestones": rows(
        ("bob", "module 1", 7, 6),
        ("bob", "module 2", 99, None),
        ("dee", "module 1", 7, None),
        ("fay", "module 1", 7, 3),
        ("hal", "module 1; the start", 7, 20),
    ),
    "pauses": rows(("gus", 3, 30)),
}


def write(folder: Path, history: dict[str, str]) -> list[str]:
    """The files of this history, and the options that name them."""
    options = []
    for name, header in FILES.items():
        if name in history or name != "pauses":
            path = folder / f"{name}.csv"
            path.write_text(header + history.get(name, ""), encoding="utf-8")
            options += [f"--{name}", str(path)]
    return options


def run(folder: Path, history: dict[str, str], *more: str) -> Result:
    options = [*write(folder, history), "--out", str(folder / "flags.csv"), *more]
    return CliRunner().invoke(flags, ["evaluate", *options])


def evaluated(folder: Path, history: dict[str, str], *more: str) -> list[dict[str, str]]:
    result = run(folder, history, *more)
    assert result.exit_code == 0, result.output
    with (folder / "flags.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_everybody_on_day_14(tmp_path: Path) -> None:
    lines = evaluated(tmp_path, EVERYBODY, "--on-day", "14")
    assert [(line["person"], line["state"], line["rank"], line["points"]) for line in lines] == [
        ("ann", "not_started", "3", "10"),
        ("bob", "on_track", "", "0"),
        ("cas", "ended", "", "11"),
        ("dee", "red", "2", "19"),
        ("eve", "amber", "4", "9"),
        ("fay", "completed", "", "11"),
        ("gus", "paused", "", "5"),
        ("hal", "red", "1", "11"),
    ]
    assert {line["on"] for line in lines} == {day(14)}


def test_every_listed_row_has_dated_reasons(tmp_path: Path) -> None:
    reasons = {line["person"]: line["reasons"] for line in evaluated(tmp_path, EVERYBODY, "--on-day", "14")}
    assert reasons["ann"] == "not started 14 days after the invitation of 2026-03-02"
    assert reasons["dee"].split(";") == [
        "module 1 was planned for 2026-03-09, 7 days overdue",
        "no visit for 14 days, since 2026-03-02",
        "only 0 active days since 2026-03-03",
        "slow start: 1 active days in the week from 2026-03-02",
    ]
    assert reasons["hal"].startswith(
        "module 1, the start was planned for 2026-03-09, 7 days overdue;no visit"
    )
    assert reasons["gus"] == "paused since 2026-03-05"
    assert reasons["bob"] == reasons["cas"] == reasons["fay"] == ""


def test_one_row_for_each_person_and_day(tmp_path: Path) -> None:
    lines = evaluated(
        tmp_path, EVERYBODY, *["--on-day", "3", "--on-day", "0", "--on-day", "3", "--on-day", "40"]
    )
    assert len(lines) == 3 * 8
    assert len({(line["person"], line["on"]) for line in lines}) == len(lines)
    for on in {line["on"] for line in lines}:
        ranks = sorted(int(line["rank"]) for line in lines if line["on"] == on and line["rank"])
        assert ranks == list(range(1, len(ranks) + 1))


def test_ties_are_ranked_by_person_even_if_their_dates_differ(tmp_path: Path) -> None:
    history = {"enrolments": rows(("zoe", 0), ("amy", 5), ("kim", 9)).replace("\n", ",,\n")}
    lines = evaluated(tmp_path, history, "--on-day", "15")
    assert [(line["person"], line["on"], line["rank"]) for line in lines] == [
        ("zoe", day(15), "3"),
        ("amy", day(20), "1"),
        ("kim", day(24), "2"),
    ]


@pytest.mark.parametrize("number", [0, 1, 6, 7, 9, 14, 20, 29, 31])
def test_deleting_everything_after_the_day_changes_no_row(tmp_path: Path, number: int) -> None:
    whole = evaluated(tmp_path, EVERYBODY, "--on-day", str(number))
    cut = {
        "enrolments": blank_after(EVERYBODY["enrolments"], number, (2, 3)),
        "events": "".join(
            line + "\n" for line in EVERYBODY["events"].splitlines() if line.split(",")[1] <= day(number)
        ),
        "milestones": blank_after(EVERYBODY["milestones"], number, (3,)),
        "pauses": blank_after(EVERYBODY["pauses"], number, (2,)) if number >= 3 else "",
    }
    assert evaluated(tmp_path, cut, "--on-day", str(number)) == whole


def blank_after(text: str, number: int, columns: tuple[int, ...]) -> str:
    lines = [line.split(",") for line in text.splitlines()]
    for line in lines:
        for column in columns:
            line[column] = line[column] if line[column] <= day(number) else ""
    return "".join(",".join(line) + "\n" for line in lines)


def test_the_same_answer_twice_whatever_the_order_of_events(tmp_path: Path) -> None:
    shuffled = {**EVERYBODY, "events": "\n".join(reversed(EVERYBODY["events"].splitlines() * 2)) + "\n"}
    assert evaluated(tmp_path, EVERYBODY, "--on-day", "20") == evaluated(tmp_path, shuffled, "--on-day", "20")


def test_without_a_pauses_file_nobody_is_paused(tmp_path: Path) -> None:
    history = {name: text for name, text in EVERYBODY.items() if name != "pauses"}
    lines = evaluated(tmp_path, history, "--on-day", "14")
    assert {line["person"]: line["state"] for line in lines}["gus"] == "amber"


def test_a_service_tries_its_own_threshold(tmp_path: Path) -> None:
    longer = ["--threshold", "quieter_idle_days=14", "--threshold", "ring_idle_days=14"]
    for number, more, expected in ((14, [], "amber"), (14, longer, "on_track"), (15, longer, "amber")):
        lines = evaluated(tmp_path, EVERYBODY, "--on-day", str(number), *more)
        assert {line["person"]: line["state"] for line in lines}["eve"] == expected


@pytest.mark.parametrize(
    ("what", "file", "added", "expected"),
    [
        (
            "a day that is none",
            "enrolments",
            "ivy,2026-02-30,,\n",
            "enrolments.csv:10: invited_on is not a day",
        ),
        ("another way to write a day", "events", "ann,02/03/2026\n", "events.csv:29: on is not a day"),
        ("a week date", "events", "ann,2026-W01-1\n", "events.csv:29: on is not a day"),
        ("a far day", "events", "ann,9999-12-31\n", "events.csv:29: on is not between 1900 and 2199"),
        ("an empty day", "enrolments", "ivy,,,\n", "enrolments.csv:10: invited_on is not a day"),
        ("nobody", "enrolments", f",{day(0)},,\n", "enrolments.csv:10: person is empty"),
        (
            "somebody twice",
            "enrolments",
            f"ann,{day(0)},,\n",
            "enrolments.csv:10: 'ann' is in this file twice",
        ),
        ("a stranger", "events", f"ivy,{day(0)}\n", "events.csv:29: 'ivy' is not in the enrolments file"),
        ("an event of nobody", "events", f",{day(0)}\n", "events.csv:29: person is empty"),
        ("too few fields", "events", "ann\n", "events.csv:29: 1 fields, the first line has 2"),
        ("too many fields", "events", f"ann,{day(0)},1\n", "events.csv:29: 3 fields, the first line has 2"),
        ("no plan", "milestones", "ann,module 1,,\n", "milestones.csv:7: planned_on is not a day"),
        ("no name", "milestones", f"ann,,{day(0)},\n", "milestones.csv:7: name is empty"),
        (
            "a module twice",
            "milestones",
            f"bob,module 1,{day(0)},\n",
            "milestones.csv:7: 'bob' has the milestone",
        ),
        (
            "a pause backwards",
            "pauses",
            f"ann,{day(3)},{day(2)}\n",
            "pauses.csv:3: until_on lies before from_on",
        ),
        ("a quote left open", "events", '"ann,x\n', "events.csv:29: is not CSV"),
    ],
)
def test_bad_input_is_named_with_file_and_line(
    tmp_path: Path, what: str, file: str, added: str, expected: str
) -> None:
    lines = EVERYBODY["events"].count("\n")
    assert lines == 27, "the line numbers above count on it"
    result = run(tmp_path, {**EVERYBODY, file: EVERYBODY[file] + added}, "--on-day", "14")
    assert result.exit_code != 0, what
    assert expected in result.stderr
    assert not (tmp_path / "flags.csv").exists()


def test_a_missing_column_a_missing_file_and_other_bytes(tmp_path: Path) -> None:
    options = [*write(tmp_path, EVERYBODY), "--out", str(tmp_path / "flags.csv"), "--on-day", "14"]
    events = tmp_path / "events.csv"
    for content, expected in (
        (b"person,day\n", "events.csv:1: the column 'on' is missing"),
        (b"person,on,on\n", "events.csv:1: the column 'on' is there twice"),
        (b"", "events.csv:1: the column 'person' is missing"),
        (b"person,on\nann,2026-03-02\n\xff,x\n", "events.csv:3: is not UTF-8"),
    ):
        events.write_bytes(content)
        result = CliRunner().invoke(flags, ["evaluate", *options])
        assert (result.exit_code, expected in result.stderr) == (1, True), result.stderr
    events.unlink()
    result = CliRunner().invoke(flags, ["evaluate", *options])
    assert result.exit_code == 1 and "events.csv: cannot be read: No such file" in result.stderr


@pytest.mark.parametrize(
    "more",
    [
        [],
        ["--on-day", "-1"],
        ["--on-day", "soon"],
        ["--on-day", "14", "--threshold", "quieter_idle_days"],
        ["--on-day", "14", "--threshold", "mood=3"],
        ["--on-day", "14", "--threshold", "lapsed_idle_days=3"],
    ],
)
def test_bad_options_are_refused(tmp_path: Path, more: list[str]) -> None:
    result = run(tmp_path, EVERYBODY, *more)
    assert result.exit_code == 2 and result.stderr


def test_an_input_is_never_overwritten_and_an_unwritable_file_is_said(tmp_path: Path) -> None:
    options = write(tmp_path, EVERYBODY)
    before = (tmp_path / "events.csv").read_text()
    for out in (tmp_path / "events.csv", tmp_path / "nowhere" / "flags.csv"):
        result = CliRunner().invoke(flags, ["evaluate", *options, "--on-day", "14", "--out", str(out)])
        assert result.exit_code != 0 and str(out) in result.stderr
    assert (tmp_path / "events.csv").read_text() == before


def test_extra_columns_blank_lines_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    expected = evaluated(tmp_path, EVERYBODY, "--on-day", "14")
    options = write(tmp_path, EVERYBODY)
    events = tmp_path / "events.csv"
    lines = [line.split(",") for line in events.read_text().splitlines()]
    events.write_text("\ufeff" + "\n\n".join(f"{on},kind,{person}" for person, on in lines), encoding="utf-8")
    out = str(tmp_path / "again.csv")
    assert CliRunner().invoke(flags, ["evaluate", *options, "--on-day", "14", "--out", out]).exit_code == 0
    assert list(csv.DictReader((tmp_path / "again.csv").read_text().splitlines())) == expected


def test_it_runs_anywhere_and_loads_neither_database_nor_web(tmp_path: Path) -> None:
    """The package's own front (the website) is left out: what the command and its rooms import is looked
    at."""
    options = [*write(tmp_path, EVERYBODY), "--out", "flags.csv", "--on-day", "14"]
    package = Path(__file__).parents[2] / "webapp"
    script = (
        "import sys, types\n"
        "webapp = sys.modules['webapp'] = types.ModuleType('webapp')\n"
        f"webapp.__path__ = [{str(package)!r}]\n"
        "from webapp.commands.flags import flags\n"
        f"flags({['evaluate', *options]!r}, standalone_mode=False)\n"
        "print(sorted(sys.modules.keys() & {'flask', 'sqlalchemy', 'psycopg', 'pydantic'}))\n"
    )
    before = {path.name for path in tmp_path.iterdir()}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True, env={}
    )
    assert done.stdout == "[]\n"
    assert {path.name for path in tmp_path.iterdir()} - before == {"flags.csv"}
