"""Broken files: every problem is told, with its file, its line and what may have been meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.questionnaires.instruments import QuestionnairesRefused, read_instruments

Writes = Callable[[Mapping[str, str]], Path]

MOOD = """\
id: mood-2
version: 1
citation: Made up for a test
measures: mood
recall: P7D
minutes: 1
licence:
  status: ship
  holder: nobody
  notice: Made up.
  evidence: Made up.
  text_included: true
items:
  - {id: q1, min: 0, max: 3}
  - {id: q2, min: 0, max: 3, reverse: true}
scoring:
  method: sum
  range: [0, 6]
  direction: high_worse
  decimals: 0
  missing: {max_missing: 1, source: made up}
  bands:
    staff_only: true
    source: made up
    levels:
      - {id: low, from: 0, to: 2}
      - {id: high, from: 3, to: 6}
  cut_offs:
    - {id: case, at_least: 3, source: made up}
  change:
    lead: big
    rules:
      - {id: big, purpose: matters, points: 2, method: made up, source: made up, standing: computed}
names:
  en: {heading: Mood, short: Mood score, bands: {low: Low, high: High}}
texts:
  en:
    title: Mood
    source: made up
    items: {q1: One, q2: Two}
    labels: {0: Never, 3: Always}
"""
EXAMPLES = """\
examples:
  - {answers: "3,0", total: 6, band: high, source: 3 + (3 - 0)}
"""
MOOD += EXAMPLES
BATTERY = """\
id: small
version: 1
source: made up
time_points:
  - id: baseline
    sittings:
      - id: first
        instruments: [mood-2]
        opens: {milestone: activated}
        window_days: 7
"""


def problems(folder: Path) -> list[str]:
    """What is told about a folder, without the folder's own name."""
    with pytest.raises(QuestionnairesRefused) as refused:
        read_instruments([folder])
    return [str(problem).removeprefix(f"{folder}/") for problem in refused.value.problems]


def test_a_sound_file_is_read(folder_with: Writes) -> None:
    found = read_instruments([folder_with({"mood-2.yml": MOOD, "battery.yml": BATTERY})])
    assert found.get("mood-2").texts["en"].items == {"q1": "One", "q2": "Two"}
    assert found.battery is not None and found.battery.id == "small"


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        (
            "  metod: sum",
            "  method: sum",
            ["17: 'metod' is not known here. Did you mean 'method'?", "16: 'method' is missing."],
        ),
        ("  method: summ", "  method: sum", ["17: 'summ' is not a 'method'. Did you mean 'sum'?"]),
        (
            "  direction: high_wurse",
            "  direction: high_worse",
            ["19: 'high_wurse' is not a 'direction'. Did you mean 'high_worse'?"],
        ),
        ("version: one", "version: 1", ["2: 'version': a whole number is needed, not 'one'."]),
        ("measures: 7", "measures: mood", ["4: 'measures': text is needed, not '7'; put it in quotes."]),
        ("measures: ''", "measures: mood", ["4: 'measures': the text is empty."]),
        (
            "id: mood-3",
            "id: mood-2",
            ["1: the id 'mood-3' and the file name 'mood-2.yml' differ. Make them the same."],
        ),
        (
            "  - {id: q1, min: 0, max: 3, revers: true}",
            "  - {id: q1, min: 0, max: 3}",
            ["14: 'revers' is not known here. Did you mean 'reverse'?"],
        ),
        (
            "  - {id: q1, min: 3, max: 0}",
            "  - {id: q1, min: 0, max: 3}",
            ["14: 'q1' begins at 3, which is not below its end 0."],
        ),
        (
            "  range: [0, 9]",
            "  range: [0, 6]",
            [
                "18: the range is given as 0 to 9, but the items can give 0 to 6.",
                "25: the bands do not cover the range 0 to 9.",
            ],
        ),
        ("max_missing: 2", "max_missing: 1", ["21: at least one answer is needed for a score."]),
        ("from: 4, to: 6", "from: 3, to: 6", ["27: 'high' does not begin where 'low' ends."]),
        (
            "from: 2, to: 6",
            "from: 3, to: 6",
            ["27: 'high' does not begin where 'low' ends."],
        ),
        (
            "id: hihg, from",
            "id: high, from",
            ["35: the band 'hihg' has no text.", "35: there is no band 'high'. Did you mean 'hihg'?"],
        ),
        ("staff_only: false", "staff_only: true", ["23: 'False' is not a 'staff_only'. Known here: True."]),
        ("at_least: 7", "at_least: 3", ["29: 7 is outside the range."]),
        ("lead: bigg", "lead: big", ["31: there is no change rule 'bigg'. Did you mean 'big'?"]),
        (
            "purpose: matters, another_band: true",
            "purpose: matters, points: 2",
            ["33: 'big' needs 'points' or 'percent'."],
        ),
        (
            "    items: {q1: One, q3: Two}",
            "    items: {q1: One, q2: Two}",
            ["40: the item 'q2' has no text.", "40: there is no item 'q3'. Known here: q1, q2."],
        ),
        (
            "labels: {0: Never, 4: Always}",
            "labels: {0: Never, 3: Always}",
            ["41: 4 is not an answer that can be given here.", "41: both ends (0 and 3) need a label."],
        ),
        (
            "  text_included: false",
            "  text_included: true",
            ["36: there is text here, but the licence says 'text_included: false'. Take it out."],
        ),
        (
            "  status: plugin",
            "  status: ship",
            ["12: this text may only be here with 'permission': who gave it, and when."],
        ),
        ("  cy: {heading", "  en: {heading", ["34: the names are missing in 'en'."]),
        ("minutes: 1\nminutes: 2", "minutes: 1", ["7: 'minutes' is written twice here."]),
        (
            "citation: Made: up",
            "citation: Made up for a test",
            [
                "3: this cannot be read as YAML: mapping values are not allowed here. "
                "Check the indentation, and put text that holds ': ' or '#' in quotes."
            ],
        ),
        (
            "citation: &a x",
            "citation: Made up for a test",
            ["3: references (& and *) are not used here. Write the text out."],
        ),
        (
            "recall: weekly",
            "recall: P7D",
            ["5: 'recall': 'weekly' is not of the form ^(P[1-9][0-9]*[DWMY]|at-present|today|none)$."],
        ),
    ],
)
def test_what_is_told_about_a_mistake(folder_with: Writes, wrong: str, right: str, told: list[str]) -> None:
    assert right in MOOD
    found = problems(folder_with({"mood-2.yml": MOOD.replace(right, wrong, 1)}))
    assert sorted(found) == sorted(f"mood-2.yml:{line}" for line in told)


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ("[mood-3]", "[mood-2]", ["8: there is no questionnaire 'mood-3'. Did you mean 'mood-2'?"]),
        (
            "milestone: activatd",
            "milestone: activated",
            ["9: 'activatd' is not a 'milestone'. Did you mean 'activated'?"],
        ),
        ("{sitting: first}", "{milestone: activated}", ["9: there is no earlier sitting 'first'."]),
        ("{days: 3}", "{milestone: activated}", ["9: exactly one of 'milestone' and 'sitting' is needed."]),
        (
            "window_days: 0",
            "window_days: 7",
            ["10: 'window_days': input should be greater than or equal to 1."],
        ),
    ],
)
def test_what_is_told_about_the_battery(folder_with: Writes, wrong: str, right: str, told: list[str]) -> None:
    assert right in BATTERY
    found = problems(folder_with({"mood-2.yml": MOOD, "battery.yml": BATTERY.replace(right, wrong, 1)}))
    assert found == [f"battery.yml:{line}" for line in told]


def test_no_problem_hides_another(folder_with: Writes) -> None:
    folder = folder_with(
        {
            "mood-2.yml": MOOD.replace("minutes: 1", "minuts: 1").replace("method: sum", "method: som"),
            "empty.yml": "",
            "wrong-name.yaml": "id: x",
            "battery.yml": BATTERY.replace("[mood-2]", "[mood-2, empty, nothing-like-it]"),
        }
    )
    assert problems(folder) == [
        "battery.yml:8: there is no questionnaire 'nothing-like-it'. Known here: empty, mood-2.",
        "empty.yml:1: this file is empty.",
        "mood-2.yml:1: 'minutes' is missing.",
        "mood-2.yml:6: 'minuts' is not known here. Did you mean 'minutes'?",
        "mood-2.yml:17: 'som' is not a 'method'. Did you mean 'sum'?",
        "wrong-name.yaml:1: this file is not read. Call it 'wrong-name.yml'.",
    ]


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_spoilt_file_is_read_or_refused_but_never_breaks_the_reader(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    lines = MOOD.splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(lines) - 1))
        spoil = data.draw(
            st.sampled_from(["", "  ", "- ", "? ", "null: ", "{", "'", "items: []", "1: 2", "~"])
        )
        lines[place] = data.draw(st.sampled_from([spoil, spoil + lines[place], lines[place] + spoil]))
    folder = tmp_path_factory.mktemp("spoilt")
    (folder / "mood-2.yml").write_text("\n".join(lines), encoding="utf-8")
    try:
        assert "mood-2" in read_instruments([folder]).by_id
    except QuestionnairesRefused as refused:
        assert refused.problems
        assert all(1 <= problem.line <= len(lines) + 1 for problem in refused.problems)


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    folder = tmp_path / "nowhere"
    with pytest.raises(QuestionnairesRefused) as refused:
        read_instruments([folder])
    assert str(refused.value) == f"{folder}:1: there are no questionnaires (*.yml) in this folder."


WITHOUT_TEXT = MOOD[: MOOD.index("texts:")].replace("text_included: true", "text_included: false") + EXAMPLES


def test_a_service_adds_the_text_that_is_not_shipped(folder_with: Writes, tmp_path: Path) -> None:
    shipped = folder_with({"mood-2.yml": WITHOUT_TEXT})
    own = tmp_path / "own"
    own.mkdir()
    licensed = MOOD.replace("status: ship", "status: plugin\n  permission: the owner, 1 March 2026")
    (own / "mood-2.yml").write_text(licensed, encoding="utf-8")
    assert read_instruments([shipped]).get("mood-2").languages == ()
    found = read_instruments([shipped, own]).get("mood-2")
    assert (found.languages, found.licence.permission) == (("en",), "the owner, 1 March 2026")


def test_a_text_that_is_shipped_cannot_be_replaced(folder_with: Writes, tmp_path: Path) -> None:
    shipped = folder_with({"mood-2.yml": MOOD})
    own = tmp_path / "own"
    own.mkdir()
    (own / "mood-2.yml").write_text(MOOD, encoding="utf-8")
    with pytest.raises(QuestionnairesRefused) as refused:
        read_instruments([shipped, own])
    assert str(refused.value) == f"{own}/mood-2.yml:1: 'mood-2' is already in {shipped}/mood-2.yml."


def test_a_battery_cannot_ask_what_has_no_text(folder_with: Writes) -> None:
    assert problems(folder_with({"mood-2.yml": WITHOUT_TEXT, "battery.yml": BATTERY})) == [
        "battery.yml:8: the text of 'mood-2' is not here, so it cannot be asked."
    ]


def test_the_battery_of_a_service_takes_the_place_of_ours(folder_with: Writes, tmp_path: Path) -> None:
    shipped = folder_with({"mood-2.yml": MOOD, "battery.yml": BATTERY})
    own = tmp_path / "own"
    own.mkdir()
    (own / "battery.yml").write_text(BATTERY.replace("id: small", "id: own"), encoding="utf-8")
    battery = read_instruments([shipped, own]).battery
    assert battery is not None and battery.id == "own"


def test_an_instrument_that_is_not_there_is_named_with_the_nearest(folder_with: Writes) -> None:
    found = read_instruments([folder_with({"mood-2.yml": MOOD})])
    with pytest.raises(KeyError, match="Did you mean 'mood-2'"):
        found.get("mood2")


def test_the_fingerprint_follows_the_words_and_not_the_layout(folder_with: Writes) -> None:
    first = read_instruments([folder_with({"mood-2.yml": MOOD})]).get("mood-2").texts["en"].fingerprint
    spaced = MOOD.replace("title: Mood", "title:   'Mood'")
    same = read_instruments([folder_with({"mood-2.yml": spaced})]).get("mood-2").texts["en"].fingerprint
    comma = MOOD.replace("q1: One", "q1: 'One,'")
    other = read_instruments([folder_with({"mood-2.yml": comma})]).get("mood-2").texts["en"].fingerprint
    assert first == same != other
