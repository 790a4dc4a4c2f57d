"""The tables of a copy: a row a score, a row a question, and a dictionary that leaves no column out."""

from __future__ import annotations

from datetime import date

from tests.reports.conftest import OWN_FOLDER
from tests.reports.made_up import complete, copying, sitting
from webapp.questionnaires.instruments import Instruments, read_instruments
from webapp.reports.dictionary import HEADINGS, ITEMS, SCORES, dictionary_rows
from webapp.reports.reads import Sent
from webapp.reports.tables import ITEM_COLUMNS, SCORE_COLUMNS, headings, item_rows, score_rows

ALL = read_instruments([OWN_FOLDER])
SHELF = copying(ALL).shelf


def scores(sent: Sent) -> list[dict[str, str]]:
    names = headings(SCORE_COLUMNS)
    return [dict(zip(names, row, strict=True)) for row in score_rows(sent, SHELF, "Europe/London")]


def items(sent: Sent, *, with_words: bool = True) -> list[dict[str, str]]:
    names = headings(ITEM_COLUMNS)
    rows = item_rows(sent, SHELF, "Europe/London", with_words=with_words)
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_a_score_with_its_range_direction_and_text() -> None:
    one = ALL.by_id["peg-3"]
    [row] = scores(sitting((one, {"q1": 6, "q2": 7, "q3": 4})))
    told = {
        name: row[name]
        for name in ("instrument", "scale", "score", "score_exact", "lowest", "highest", "better")
    }
    assert told == {
        "instrument": "peg-3", "scale": "total", "score": "5.7", "score_exact": "17/3", "lowest": "0",
        "highest": "10", "better": "high_worse",
    }  # fmt: skip
    assert (row["mode"], row["derived"], row["prorated"], row["answered"]) == (
        "online",
        "false",
        "false",
        "3",
    )
    assert (row["language"], row["text_fingerprint"]) == ("en", one.texts["en"].fingerprint)
    assert row["finished_at"] == "2026-07-01T10:30:15+01:00"
    assert row["patient_reference"] == "PMP-0412"


def test_no_score_is_an_empty_cell_with_the_reason_beside_it() -> None:
    [row] = scores(sitting((ALL.by_id["peg-3"], {"q1": 6, "q2": None})))
    assert (row["score"], row["no_score_why"], row["missing_items"]) == ("", "too_many_missing", "q2 q3")


def test_a_questionnaire_without_a_total_has_no_row_for_one() -> None:
    without = [one for one in ALL.by_id.values() if not one.definition.scale.has_a_score]
    assert without
    for one in without:
        rows = scores(sitting((one, complete(one))))
        assert [row["scale"] for row in rows] == [scale.id for scale in one.definition.subscales]


def test_derived_scores_are_marked_and_have_no_answers_of_their_own() -> None:
    long, short = ALL.by_id["pseq-10"], ALL.by_id["pseq-2"]
    sent = sitting((long, complete(long, 3)), derived=[(short, complete(short, 3))])
    assert [(row["instrument"], row["derived"]) for row in scores(sent) if row["scale"] == "total"] == [
        ("pseq-10", "false"),
        ("pseq-2", "true"),
    ]
    assert {row["instrument"] for row in items(sent)} == {"pseq-10"}


def test_why_an_answer_is_not_there() -> None:
    rows = items(sitting((ALL.by_id["gad-7"], {"q1": 0, "q2": None})))
    assert [(row["item"], row["state"], row["value"]) for row in rows[:3]] == [
        ("q1", "answered", "0"),
        ("q2", "rather_not_say", ""),
        ("q3", "open", ""),
    ]
    assert rows[0]["label"] == "Not at all"
    assert rows[0]["loinc"] == "69725-0"


def test_a_question_that_was_answered_in_another_questionnaire_says_so() -> None:
    phq_9, phq_4 = ALL.by_id["phq-9"], ALL.by_id["phq-4"]
    sent = sitting((phq_9, complete(phq_9, 1)), (phq_4, {"q1": 2, "q2": 2}))
    states = {row["item"]: row["state"] for row in items(sent) if row["instrument"] == "phq-4"}
    assert states == {"q1": "answered", "q2": "answered", "q3": "asked_elsewhere", "q4": "asked_elsewhere"}


def test_words_of_a_patient_are_harmless_and_only_in_a_full_copy() -> None:
    one = ALL.by_id["fft"]
    why = next(item.id for item in one.definition.items if item.in_words)
    sent = sitting((one, complete(one) | {why: "=HYPERLINK(1)"}))
    full = next(row for row in items(sent) if row["item"] == why)
    assert (full["state"], full["words"], full["value"]) == ("answered", "'=HYPERLINK(1)", "")
    bare = next(row for row in items(sent, with_words=False) if row["item"] == why)
    assert (bare["state"], bare["words"]) == ("kept_back", "")


def test_paper_stands_in_every_row() -> None:
    one = ALL.by_id["peg-3"]
    sent = sitting(
        (one, complete(one)), mode="paper", entered_by="Carol Osei", written_on=date(2026, 6, 28),
        checked_by="Lena Brandt",
    )  # fmt: skip
    for row in [*scores(sent), *items(sent)]:
        told = row["mode"], row["entered_by"], row["written_on"], row["checked_by"]
        assert told == ("paper", "Carol Osei", "2026-06-28", "Lena Brandt")


def test_an_older_version_has_its_score_but_no_range_of_the_new_one() -> None:
    one = ALL.by_id["peg-3"]
    sent = sitting((one, complete(one)))
    old = sent.scores[0]
    older = type(old)(old.id, old.instrument, 0, False, old.on, old.total, old.subscales)
    [row] = scores(type(sent)(sent.row, sent.answers, (older,)))
    assert (row["score"], row["instrument_version"], row["lowest"], row["better"]) == ("10.0", "0", "", "")


def test_the_dictionary_explains_every_column_and_every_questionnaire() -> None:
    rows = [dict(zip(HEADINGS, row, strict=True)) for row in dictionary_rows(sorted(ALL.by_id), ALL)]
    for file, columns in ((SCORES, SCORE_COLUMNS), (ITEMS, ITEM_COLUMNS)):
        told = {row["column"]: row for row in rows if row["file"] == file and not row["instrument"]}
        assert list(told) == headings(columns)
        assert all(row["meaning"] and row["type"] for row in told.values())
    for one in ALL.by_id.values():
        own = [row for row in rows if row["instrument"] == one.id]
        wanted = [scale.id for scale in one.definition.subscales]
        wanted = ["total", *wanted] if one.definition.scale.has_a_score else wanted
        assert [row["scale_or_item"] for row in own if row["file"] == SCORES] == wanted
        assert len([row for row in own if row["file"] == ITEMS]) == len(one.definition.items)
        assert all(
            row["range"] and row["direction"] and row["source"] for row in own if row["file"] == SCORES
        )


def test_the_dictionary_of_the_peg(shipped: Instruments) -> None:
    rows = [dict(zip(HEADINGS, row, strict=True)) for row in dictionary_rows(["peg-3"], shipped)]
    score = next(row for row in rows if row["instrument"] == "peg-3" and row["column"] == "score")
    assert (score["type"], score["unit"]) == ("number, decimals: 1", "points")
    assert (score["range"], score["direction"]) == ("0 to 10", "a higher score is worse")
    first = next(row for row in rows if row["scale_or_item"] == "q1")
    assert first["meaning"] == "What number best describes your pain on average in the past week?"
    assert first["range"] == "0 to 10 (0 = No pain; 10 = Pain as bad as you can imagine)"
