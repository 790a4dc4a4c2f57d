"""Every number of the shipped questionnaires has its method and source, and is the one that was published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.questionnaires.conftest import OWN_FOLDER
from webapp.questionnaires.instruments import Instruments, QuestionnairesRefused, read_instruments
from webapp.questionnaires.rules import ChangeRule, Scale, score

PATHS = sorted(
    path
    for folder in (OWN_FOLDER, OWN_FOLDER / "non-commercial")
    for path in folder.glob("*.yml")
    if path.name != "battery.yml"
)

# (instrument, scale, rule): purpose, points, percent, standing. `None`: that rule has none.
CHANGE_RULES = {
    ("gad-7", "gad-7", "nhs-tt"): ("reliable", 4, None, "read"),
    ("gad-7", "gad-7", "test-retest"): ("reliable", 6, None, "read"),
    ("gad-7", "gad-7", "mcid"): ("matters", 4, None, "recalled"),
    ("pain-nrs", "pain-nrs", "two-points"): ("matters", 2, None, "recalled"),
    ("pain-nrs", "pain-nrs", "responder-30"): ("matters", None, 30, "recalled"),
    ("pain-nrs", "pain-nrs", "responder-50"): ("matters", None, 50, "recalled"),
    ("peg-3", "peg-3", "mcid"): ("matters", 1, None, "read"),
    ("peg-3", "peg-3", "responder-30"): ("matters", None, 30, "recalled"),
    ("peg-3", "peg-3", "mdc95"): ("reliable", 2.2, None, "computed"),
    ("phq-8", "phq-8", "mcid"): ("matters", 5, None, "recalled"),
    ("phq-9", "phq-9", "nhs-tt"): ("reliable", 6, None, "read"),
    ("phq-9", "phq-9", "mcid"): ("matters", 5, None, "recalled"),
    ("phq-9", "phq-9", "test-retest"): ("reliable", 7, None, "computed"),
    ("pseq-10", "pseq-10", "eppoc"): ("matters", 7, None, "read"),
    ("pseq-10", "pseq-10", "mic"): ("matters", 5.5, None, "read"),
    ("pseq-10", "pseq-10", "mdc95"): ("reliable", 11.52, None, "read"),
    ("pseq-10", "pseq-2", "mic"): ("matters", 1.5, None, "read"),
    ("pseq-2", "pseq-2", "mic"): ("matters", 1.5, None, "read"),
    ("rmdq-24", "rmdq-24", "five-points"): ("matters", 5, None, "recalled"),
    ("rmdq-24", "rmdq-24", "responder-30"): ("matters", None, 30, "recalled"),
    ("who-5", "who-5", "mcid"): ("matters", 10, None, "recalled"),
}
CUT_OFFS = {
    ("gad-7", "gad-7", "caseness"): 8,
    ("gad-7", "gad-2", "positive"): 3,
    ("phq-4", "anxiety", "positive"): 3,
    ("phq-4", "depression", "positive"): 3,
    ("phq-8", "phq-8", "caseness"): 10,
    ("phq-8", "phq-2", "positive"): 3,
    ("phq-9", "phq-9", "caseness"): 10,
    ("phq-9", "phq-2", "positive"): 3,
}
BANDS = {
    "gad-7": [(0, 4), (5, 9), (10, 14), (15, 21)],
    "pgic": [(1, 2), (3, 3), (4, 4), (5, 7)],
    "phq-4": [(0, 2), (3, 5), (6, 8), (9, 12)],
    "phq-8": [(0, 4), (5, 9), (10, 14), (15, 19), (20, 24)],
    "phq-9": [(0, 4), (5, 9), (10, 14), (15, 19), (20, 27)],
    "pseq-10": [(0, 19), (20, 30), (31, 40), (41, 60)],
    "ucla-3": [(3, 5), (6, 9)],
    "who-5": [(0, 28), (29, 50), (51, 100)],
}


def scales(shipped: Instruments) -> Iterator[tuple[str, Scale]]:
    """Every total and subscale of the questionnaires with text, with the questionnaire's id."""
    for each in shipped.by_id.values():
        if each.texts:
            for scale in (each.definition.scale, *each.definition.subscales):
                yield each.id, scale


def change_rules(shipped: Instruments) -> dict[tuple[str, str, str], ChangeRule]:
    return {(name, scale.id, rule.id): rule for name, scale in scales(shipped) for rule in scale.changes}


def number(value: object) -> float | None:
    return None if value is None else float(str(value))


def test_the_change_rules_are_the_published_ones_and_no_others(shipped: Instruments) -> None:
    found = {
        key: (rule.purpose.value, number(rule.points), number(rule.percent), rule.standing)
        for key, rule in change_rules(shipped).items()
    }
    assert found == CHANGE_RULES


def test_every_change_rule_says_how_and_who(shipped: Instruments) -> None:
    for key, rule in change_rules(shipped).items():
        assert len(rule.method) > 20 and len(rule.source) > 10, key


def test_only_the_rule_of_the_eppoc_asks_for_another_band(shipped: Instruments) -> None:
    asking = [key for key, rule in change_rules(shipped).items() if rule.another_band]
    assert asking == [("pseq-10", "pseq-10", "eppoc")]


@pytest.mark.parametrize(
    ("name", "lead"),
    [("pseq-10", "eppoc"), ("phq-9", "nhs-tt"), ("gad-7", "nhs-tt"), ("phq-8", "mcid"), ("peg-3", "mcid")],
)
def test_which_rule_is_told_first(shipped: Instruments, name: str, lead: str) -> None:
    assert shipped.get(name).definition.scale.lead == lead


@pytest.mark.parametrize("name", ["phq-4", "ucla-3", "sus", "pgic", "start-back", "house-sleep", "fft"])
def test_where_no_size_of_change_is_agreed_none_is_told(shipped: Instruments, name: str) -> None:
    definition = shipped.get(name).definition
    assert [scale.changes for scale in (definition.scale, *definition.subscales)] == [()] * (
        1 + len(definition.subscales)
    )


def test_the_cut_offs_are_the_published_ones(shipped: Instruments) -> None:
    found = {
        (name, scale.id, cut.id): float(cut.at_least)
        for name, scale in scales(shipped)
        for cut in scale.cut_offs
    }
    assert found == CUT_OFFS


def test_the_bands_are_the_published_ones(shipped: Instruments) -> None:
    found = {
        scale.id: [(float(band.at_least), float(band.at_most)) for band in scale.bands]
        for _, scale in scales(shipped)
        if scale.bands
    }
    assert found == BANDS


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_whatever_holds_a_number_names_its_source(path: Path) -> None:
    """Bands, groups, cut-offs, missing-answer rules, change rules and examples, as they stand in the file."""
    holders = [*number_holders(yaml.safe_load(path.read_text(encoding="utf-8")))]
    assert holders
    for holder in holders:
        assert len(holder.get("source", "")) > 10, holder


def number_holders(part: object, key: str = "") -> Iterator[dict[str, str]]:
    """Every mapping in a file that states a number somebody published or worked out."""
    if isinstance(part, list):
        for each in part:
            yield from number_holders(each, key)
    elif isinstance(part, dict):
        if key in {"missing", "bands", "groups", "cut_offs", "rules", "examples"} and "when" not in part:
            yield part
        for name, each in part.items():
            if key != "names" and name not in {"texts", "names"}:
                yield from number_holders(each, name if name != "levels" else "")


def test_the_friends_and_family_test_counts_every_answer_in_its_percentages(shipped: Instruments) -> None:
    """NHS England: positive % = (very good + good) / all answers, with "neither" and "don't know" in them.

    Ten people: 4 very good, 2 good, 1 neither, 1 poor, 1 very poor, 1 don't know: 60% positive, 20% negative.
    The style before 2020 (very good minus poor) would give 30.
    """
    definition = shipped.get("fft").definition
    answers = [1, 1, 1, 1, 2, 2, 3, 4, 5, 6]
    groups = [score(definition, {"q1": answer}).band for answer in answers]
    counted = [group for group in groups if group is not None]
    assert len(counted) == 10
    assert 100 * counted.count("positive") / len(counted) == 60
    assert 100 * counted.count("negative") / len(counted) == 20
    assert score(definition, {"q1": None}).band is None


def test_codes_are_those_of_the_total_and_have_their_check_digit(shipped: Instruments) -> None:
    totals = {each.id: each.codes.score for each in shipped.by_id.values() if each.codes.score and each.texts}
    assert totals == {
        "gad-7": "70274-6",
        "pain-nrs": "75893-8",
        "peg-3": "91147-9",
        "phq-9": "44261-6",
        "start-back": "91351-7",
    }
    codes = [
        code
        for each in shipped.by_id.values()
        for code in (
            each.codes.panel,
            each.codes.score,
            *each.codes.items.values(),
            *each.codes.subscales.values(),
        )
        if code is not None
    ]
    assert len(codes) >= 5 + 4 + 3 + 8 + 10 + 7 + 4 + 1
    assert [code for code in codes if not has_check_digit(code)] == []
    assert not has_check_digit("44250-8")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("q11: {0: LA6572-7", "there is no item 'q11'"),
        ("q10: {4: LA6572-7", "4 is not an answer to 'q10'"),
        ("q10: {0: 6572-7", "'6572-7' is not of the form ^LA[0-9]+-[0-9]$."),
    ],
)
def test_a_wrong_code_of_an_answer_is_told_with_its_line(tmp_path: Path, wrong: str, told: str) -> None:
    written = (OWN_FOLDER / "phq-9.yml").read_text(encoding="utf-8")
    spoilt = re.sub(r", same_as: \[[^]]*\]", "", written).replace("q10: {0: LA6572-7", wrong, 1)
    (tmp_path / "phq-9.yml").write_text(spoilt, encoding="utf-8")
    with pytest.raises(QuestionnairesRefused) as refused:
        read_instruments([tmp_path])
    (problem,) = refused.value.problems
    assert told in str(problem)
    assert spoilt.splitlines()[problem.line - 1].strip().startswith(wrong.split(":")[0])


def has_check_digit(code: str) -> bool:
    """LOINC's modulus 10: every second digit from the right counts double."""
    digits, _, check = code.partition("-")
    doubled = [int(digit) * (2 - index % 2) for index, digit in enumerate(reversed(digits))]
    return (sum(sum(map(int, str(value))) for value in doubled) + int(check)) % 10 == 0


def test_the_snomed_codes_are_those_of_scores(shipped: Instruments) -> None:
    found = {
        each.id: each.codes.snomed for each in shipped.by_id.values() if each.texts and each.codes.snomed
    }
    assert found == {"phq-9": "720433000", "gad-7": "445455005"}
    subscales = {
        (each.id, name): code
        for each in shipped.by_id.values()
        for name, code in each.codes.snomed_subscales.items()
    }
    assert subscales == {
        ("phq-4", "depression"): "836541000000100",
        ("phq-8", "phq-2"): "836541000000100",
        ("phq-9", "phq-2"): "836541000000100",
    }
