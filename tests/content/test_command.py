"""`waymark content`, as an author types it."""

import ast
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from tests.content.sources import a_page, write_course
from webapp.commands.content import content
from webapp.content import DRAWINGS, EXERCISE_KINDS, fingerprint, read_course

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: object):
    return CliRunner().invoke(content, [str(argument) for argument in arguments])


def test_good_texts_are_counted(tmp_path):
    write_course(tmp_path / "content", {"pacing/en": a_page("\nFour more words here.")})
    done = run("check", "--folder", tmp_path / "content", "--on", "2026-04-01")
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "1 module, 1 page, 11 words, 8 warnings")


def test_problems_are_listed_and_end_with_1(tmp_path):
    write_course(tmp_path / "content", {"pacing/en": a_page("\n::: wriet x\nWhat?\n:::\n\n<b>")})
    done = run("check", "--folder", tmp_path / "content", "--on", "2026-04-01")
    assert done.exit_code == 1
    assert [line for line in done.output.splitlines() if not line.endswith("(warning)")] == [
        "content/modules/pacing/en.md:15: there is no block called 'wriet'. Did you mean 'write'?",
        "content/modules/pacing/en.md:19: '<b>' is HTML, which is not used here. "
        "Remove it; use *stars* for stress and '- ' for lists.",
    ]


def test_warnings_are_told_but_end_with_0(tmp_path):
    write_course(tmp_path / "content", {"pacing/en": a_page("\nWords.")})
    done = run("check", "--folder", tmp_path / "content", "--on", "2027-03-02")
    assert done.exit_code == 0
    assert "was due on 2027-03-01" in done.output and done.output.endswith(" 9 warnings\n")
    assert "content/modules/pacing/en.md:1: this module has no story. Write one" in done.output


def test_the_report_shows_ages_and_long_sentences_with_their_lines(tmp_path):
    write_course(tmp_path / "content", {"pacing/en": a_page("\nShort.\n\n" + "word " * 21 + "end.")})
    done = run("check", "--folder", tmp_path / "content", "--report", "--on", "2026-04-01")
    assert "pacing/en steady" in done.output
    assert "    content/modules/pacing/en.md:17, 22 words: word word" in done.output
    assert "the highest " in done.output.splitlines()[-2]


def test_the_report_can_be_written_to_a_file(tmp_path):
    write_course(tmp_path / "content", {"pacing/en": a_page("\nFour more words here.")})
    file = tmp_path / "report.md"
    assert run("check", "--folder", tmp_path / "content", "--write", file).exit_code == 0
    assert "| 1. Pacing | 1 | 11 | 4 | 100% |" in file.read_text(encoding="utf-8")


def test_nothing_is_written_while_there_is_a_problem(tmp_path):
    write_course(tmp_path / "content", {"pacing/en": a_page("\n<b>")})
    file = tmp_path / "report.md"
    assert run("check", "--folder", tmp_path / "content", "--write", file).exit_code == 1
    assert not file.exists()


def test_the_fingerprint_of_a_file(tmp_path):
    file = tmp_path / "en.md"
    file.write_text(a_page("\nWords."), encoding="utf-8")
    assert run("fingerprint", file).output == fingerprint(a_page("\nWords.")) + "\n"


BARE_HOUSE = """
import sys, types
house = types.ModuleType("webapp")
house.__path__ = ["webapp"]
sys.modules["webapp"] = house
import webapp.commands.content
print(*sys.modules)
"""


def test_the_room_and_its_command_need_no_web_no_settings_and_no_database():
    loaded = subprocess.run(
        [sys.executable, "-c", BARE_HOUSE], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split()
    assert "webapp.content.reader" in loaded
    assert not {"flask", "sqlalchemy", "psycopg", "pydantic_settings"} & set(loaded)
    assert not [name for name in loaded if name.startswith("webapp.foundations")]


def test_reading_imports_the_standard_library_only():
    tree = ast.parse((ROOT / "webapp/content/reading.py").read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert imported and all(str(name).split(".")[0] in sys.stdlib_module_names for name in imported)


def test_our_own_course_is_read_without_a_problem():
    course = read_course(ROOT / "content", EXERCISE_KINDS)
    assert [module.name for module in course.modules][:4] == [
        "start-here", "understanding-persistent-pain", "pacing", "flare-up-plan",
    ]  # fmt: skip
    for module in course.modules:
        assert 4 <= len(module.texts["en"].pages) <= 6, f"{module.name} has 4 to 6 pages"


def test_our_own_course_uses_every_drawing_that_we_promise():
    course = read_course(ROOT / "content", EXERCISE_KINDS)
    pages = [page for module in course.modules for page in module.texts["en"].pages]
    assert {b.labels["Drawing"] for p in pages for b in p.blocks if b.kind == "picture"} <= DRAWINGS
