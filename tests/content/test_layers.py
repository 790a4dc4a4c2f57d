"""A service's own folder on top of ours: it replaces, adds and moves; ours is never touched; problems name the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tests.content.sources import a_page, write_course
from webapp.commands.content import content
from webapp.content import EXERCISE_KINDS, check_course, read_course
from webapp.content.layers import in_its_order

OURS = ["start", "pacing", "goals", "sleep"]


@pytest.mark.parametrize(
    ("own", "order"),
    [
        ([], OURS),
        (["pool"], [*OURS, "pool"]),
        (["pacing", "pool"], ["start", "pacing", "pool", "goals", "sleep"]),
        (["pool", "pacing"], ["start", "pool", "pacing", "goals", "sleep"]),
        (["goals", "pacing"], ["start", "goals", "pacing", "sleep"]),
        (["start", "sleep"], OURS),
        (["sleep", "pool", "start"], ["pacing", "goals", "sleep", "pool", "start"]),
    ],
)
def test_where_the_modules_of_a_service_stand(own: list[str], order: list[str]) -> None:
    assert in_its_order(OURS, own) == order


@given(st.lists(st.sampled_from([*OURS, "pool", "yoga"]), unique=True))
def test_nothing_is_lost_and_the_services_order_holds(own: list[str]) -> None:
    order = in_its_order(OURS, own)
    assert sorted(order) == sorted({*OURS, *own})
    assert [name for name in order if name in own] == own


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """Our folder: two modules, a page of information and a companion."""
    folder = write_course(
        tmp_path / "content", {"pacing/en": a_page("Ours."), "goals/en": a_page("Goals, ours.")}
    )
    for place in ("pages/read-first", "companions/pacing"):
        (folder / place).mkdir(parents=True)
        (folder / place / "en.md").write_text(a_page("Ours."), encoding="utf-8")
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The service's folder: its own pacing, a new module after it, pages of its own."""
    order = "default rhythm: fortnightly\nmodules:\n  - name: pacing\n    core: false\n  - name: pool\n    core: true\n"
    folder = write_course(
        tmp_path / "hillside", {"pacing/en": a_page("Theirs."), "pool/en": a_page("In water.")}, order=order
    )
    for place in ("pages/read-first", "pages/parking", "companions/pacing", "companions/pool"):
        (folder / place).mkdir(parents=True)
        (folder / place / "en.md").write_text(a_page("Theirs."), encoding="utf-8")
    return folder


def test_a_service_replaces_adds_and_moves(ours: Path, own: Path) -> None:
    before = {path: path.read_bytes() for path in ours.rglob("*.*")}
    course = read_course([ours, own], EXERCISE_KINDS)
    assert [(module.name, module.number, module.core) for module in course.modules] == [
        ("pacing", 1, False),
        ("pool", 2, True),
        ("goals", 3, True),
    ]
    assert course.default_rhythm == "fortnightly"
    assert "Theirs." in course.modules[0].texts["en"].source
    assert "Goals, ours." in course.modules[2].texts["en"].source
    assert sorted(course.plain_pages) == ["parking", "read-first"]
    assert "Theirs." in course.plain_pages["read-first"].texts["en"].source
    assert sorted(course.companions) == ["pacing", "pool"]
    assert {path: path.read_bytes() for path in ours.rglob("*.*")} == before


def test_a_module_is_replaced_whole_with_its_translations(ours: Path, own: Path) -> None:
    from webapp.content import fingerprint

    english = a_page("Ours.")
    welsh = english.replace("title: Pacing", f"title: Pwyllo\ntranslated from: {fingerprint(english)}")
    (ours / "modules/pacing/cy.md").write_text(welsh, encoding="utf-8")
    assert set(read_course(ours, EXERCISE_KINDS).modules[0].texts) == {"en", "cy"}
    assert set(read_course([ours, own], EXERCISE_KINDS).modules[0].texts) == {"en"}


def test_a_folder_without_a_list_only_replaces(ours: Path, own: Path) -> None:
    (own / "modules/course.yml").unlink()
    told = [str(problem) for problem in check_course([ours, own], EXERCISE_KINDS)]
    assert len(told) == 1 and told[0].startswith("hillside/modules/pool:")


def test_problems_name_the_file_that_they_are_in(ours: Path, own: Path) -> None:
    (own / "modules/pool/en.md").write_text(a_page("::: choise x\nA?\n:::"), encoding="utf-8")
    (ours / "modules/goals/en.md").write_text(a_page("[there](module:nowhere)"), encoding="utf-8")
    (own / "modules/course.yml").write_text("modules:\n  - name: pol\n    core: true\n", encoding="utf-8")
    told = [str(problem) for problem in check_course([ours, own], EXERCISE_KINDS)]
    places = {one.split(":")[0] for one in told}
    assert places == {"content/modules/goals/en.md", "hillside/modules/course.yml", "hillside/modules/pool"}


def test_two_folders_of_the_same_name_are_told_apart(ours: Path, own: Path, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    same = own.rename(tmp_path / "theirs" / "content")
    (same / "modules/pool/en.md").write_text(a_page("::: choise x\nA?\n:::"), encoding="utf-8")
    told = [str(problem) for problem in check_course([ours, same], EXERCISE_KINDS)]
    assert told and all(one.startswith(f"{same.resolve().as_posix()}/modules/pool/en.md") for one in told)


@pytest.mark.parametrize("by", ["option", "setting"])
def test_the_command_checks_both_together(ours: Path, own: Path, by: str) -> None:
    (own / "modules/pool/en.md").write_text(a_page("::: choise x\nA?\n:::"), encoding="utf-8")
    args = ["check", "--folder", str(ours)]
    given = ["--on-top", str(own)] if by == "option" else []
    env = {"WAYMARK_CONTENT": str(own)} if by == "setting" else {}
    found = CliRunner().invoke(content, [*args, *given], env=env)
    assert found.exit_code == 1
    assert "hillside/modules/pool/en.md:14" in found.output
