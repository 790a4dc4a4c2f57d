"""What staff read: every answer in its words, facts, published lines only where their service has them on."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import update

from tests.cast import Cast, id_of
from tests.looking import LookingClient
from tests.questionnaires.rows import OPEN, finished
from webapp.foundations.database import db
from webapp.people.models import Service
from webapp.questionnaires import service as questionnaires
from webapp.questionnaires.catalogue import instruments
from webapp.questionnaires.instruments import Instruments
from webapp.questionnaires.models import ScoreRow

JUNE, LATER, SEPTEMBER = date(2026, 6, 3), date(2026, 6, 17), date(2026, 9, 2)
PHQ_8_LOW, PHQ_8_HIGH = [1] * 8, [2] * 7 + [1]  # 8 and 15
LOW = [1, 2, 2, 2, 2, 1, 2, 2, 2, 2]  # 18
UP_9 = [3, 3, 3, 3, 2, 3, 2, 3, 2, 3]  # 27
FORBIDDEN = re.compile(
    r"\b(diagnos|caseness|at risk|risk|clinical case|positive screen|screened|disorder|suicid|behind|failed)",
    re.IGNORECASE,
)
BANDS = re.compile(r"\b(severe|moderate(ly)?|mild|impairment)\b", re.IGNORECASE)


@pytest.fixture
def known(app: Flask) -> Instruments:
    with app.app_context():
        return instruments()


def answers_page(client: LookingClient, cast: Cast, sitting_id: UUID, name: str = "asha") -> str:
    cast.signs_in(client, "carol")
    return client.page(f"/patients/{id_of(getattr(cast, name).patient)}/answers/{sitting_id}").text


def lines_on(cast: Cast, *, bands: bool = False, change_lines: bool = False) -> None:
    cast.enter(cast.carol)
    values = {"staff_bands": bands, "staff_change_lines": change_lines}
    db.session.execute(update(Service).where(Service.id == cast.hillside.id).values(values))
    db.session.commit()


def test_a_change_for_the_worse_is_a_dated_line_and_changes_no_order(
    client: LookingClient, cast: Cast, known: Instruments
) -> None:
    finished(cast, cast.dewi, known, JUNE - timedelta(days=1), {"phq-8": [3] * 8})
    finished(cast, cast.asha, known, JUNE, {"phq-8": PHQ_8_LOW, "pseq-10": LOW})
    finished(cast, cast.asha, known, LATER, {"phq-8": PHQ_8_HIGH, "pseq-10": UP_9}, time_point="mid-course")
    finished(cast, cast.dewi, known, SEPTEMBER, {"phq-8": [2] * 8}, time_point="mid-course")
    cast.signs_in(client, "carol")
    page = client.page("/answers")
    assert "Mood score 8 → 15 between 3 Jun and 17 Jun; one published rule counts 5 points" in page.text
    assert (
        page.text.count("one published rule") == 1
    )  # better scores, and changes for the better, are not told
    rows = [row for row in page.all("tr") if row.find("td") is not None]
    assert ["Dewi" in "".join(row.itertext()) for row in rows] == [True, False, False, True]  # oldest first
    line = page.html[page.html.index("Mood score 8") - 30 : page.html.index("Mood score 8")]
    assert "class" not in line.rpartition("<br>")[2]  # in the type of everything else
    for path in ("/ring-today", "/patients", f"/patients/{id_of(cast.asha.patient)}"):
        assert "one published rule" not in client.page(path).text


@pytest.mark.parametrize(
    ("instrument", "earlier", "later", "line"),
    [
        ("phq-8", PHQ_8_LOW, [2] * 4 + [1] * 4, None),  # 8 → 12: 4 points are below the rule
        ("phq-8", PHQ_8_LOW, [2] * 5 + [1] * 3, ("Mood score 8 → 13", "5 points")),
        ("phq-8", PHQ_8_HIGH, PHQ_8_LOW, None),  # better
        ("gad-7", [1] * 7, [2] * 4 + [1] * 3, ("Worry score 7 → 11", "4 points")),
        ("pseq-10", UP_9, LOW, ("Confidence score 27 → 18", "7 points and a new band")),
        ("pseq-10", [3] * 9 + [2], [2] * 9 + [3], None),  # 29 → 21: eight points, the same band
        ("peg-3", [6, 7, 4], [7, 7, 6], ("Pain and daily life score 5.7 → 6.7", "1 point")),
        ("ucla-3", [1, 1, 1], [3, 3, 3], None),  # no agreed rule
        ("phq-8", [None] * 8, [3] * 8, None),  # nothing to compare with
        ("wsas", [None, 2, 2, 2, 2], [8, 2, 2, 2, 2], None),  # 8 without work, 16 with it: not the same questions
        ("wsas", [2, 2, 2, 2, 2], [8, 4, 2, 2, 2], ("Work and daily life score 10 → 18", "8 points")),
    ],
)  # fmt: skip
def test_the_instruments_own_rule_decides(
    cast: Cast, known: Instruments, app: Flask, client: LookingClient,
    instrument: str, earlier: list[int], later: list[int], line: tuple[str, str] | None,
) -> None:  # fmt: skip
    finished(cast, cast.asha, known, JUNE, {instrument: earlier})
    finished(cast, cast.asha, known, LATER, {instrument: later}, time_point="mid-course")
    cast.signs_in(client, "carol")
    text = client.page("/answers").text
    if line is None:
        assert "→" not in text
    else:
        assert f"{line[0]} between 3 Jun and 17 Jun; one published rule counts {line[1]}" in text


def test_a_derived_score_makes_no_second_line(cast: Cast, known: Instruments, client: LookingClient) -> None:
    finished(cast, cast.asha, known, JUNE, {"pseq-10": [4] * 10, "pseq-2": [4, 4]}, derived=["pseq-2"])
    finished(
        cast,
        cast.asha,
        known,
        LATER,
        {"pseq-10": [1] * 10, "pseq-2": [1, 1]},
        time_point="end",
        derived=["pseq-2"],
    )
    cast.signs_in(client, "carol")
    assert client.page("/answers").text.count("→") == 1


def test_the_list_asks_the_same_questions_whatever_its_length(
    cast: Cast, known: Instruments, count_queries  # type: ignore[no-untyped-def]
) -> None:  # fmt: skip
    finished(cast, cast.asha, known, JUNE, {"phq-8": PHQ_8_LOW})
    with count_queries() as few:
        questionnaires.answers_to_read(cast.carol.actor)
    for place, name in enumerate(("asha", "dewi", "marjorie", "asha", "dewi")):
        answers = {"phq-8": [3] * 8, "gad-7": [3] * 7, "peg-3": [9, 9, 9]}
        finished(
            cast, getattr(cast, name), known, LATER + timedelta(days=place), answers, time_point=f"t{place}"
        )
    with count_queries() as more:
        page = questionnaires.answers_to_read(cast.carol.actor)
    assert len(page.rows) == 6 and any(row.worse for row in page.rows)
    assert len(more.seen) == len(few.seen)


def test_every_answer_stands_in_its_published_words(
    client: LookingClient, cast: Cast, known: Instruments
) -> None:
    asked = {
        "phq-8": [0, 1, 2, 3, None, OPEN, 1, 1], "fft": [1, "They listened."], "rmdq-24": [1] + [0] * 23,
    }  # fmt: skip
    text = answers_page(client, cast, finished(cast, cast.asha, known, JUNE, asked))
    for words in (
        "1 Several days",
        "“I’d rather not say”",
        "left open",
        "They listened.",
        "not ticked",
        " ticked",
    ):
        assert words in text, words
    assert "Mood (PHQ-8)" in text and known.get("fft").texts["en"].items["q1"] in text
    assert "Answered by the patient on a screen." in text
    assert "2 open questions were filled in by the rule:" in text


def test_paper_says_when_it_was_written_and_who_typed_and_checked(
    client: LookingClient, cast: Cast, known: Instruments
) -> None:
    columns = {
        "mode": "paper", "written_on": date(2026, 5, 30), "entered_by": "Carol Osei", "checked_by": "Lena Brandt",
        "checked_at": datetime(2026, 6, 3, 12, tzinfo=UTC), "short": True,
    }  # fmt: skip
    sitting_id = finished(cast, cast.asha, known, JUNE, {"peg-3": [6, 7, 4]}, **columns)
    text = answers_page(client, cast, sitting_id)
    assert "On paper, written on 30 May; typed in by Carol Osei. Typed a second time by Lena Brandt." in text
    assert "The shorter set, because time was short." in text
    assert "written on paper on 30 May, typed in by Carol Osei" in client.page("/answers").text


@pytest.mark.parametrize(
    ("item_9", "before", "mode", "shown"),
    [
        (0, (), "online", False),
        (1, (), "online", True),
        (3, (), "online", True),
        (None, (), "online", True),  # "I'd rather not say" brings up the help page as well
        (0, (2,), "online", True),  # changed to "not at all" afterwards
        (2, (), "paper", False),  # no page can be shown on paper
    ],
)
def test_item_9_and_the_help_page_are_told_plainly(
    client: LookingClient, cast: Cast, known: Instruments,
    item_9: int | None, before: tuple[int, ...], mode: str, shown: bool,
) -> None:  # fmt: skip
    answers = [1] * 8 + [item_9, OPEN]
    sitting_id = finished(
        cast,
        cast.asha,
        known,
        JUNE,
        {"phq-9": answers},
        before={"phq-9/q9": before},
        mode=mode,
        entered_by="Carol Osei",
    )
    text = answers_page(client, cast, sitting_id)
    assert ("The help page was shown." in text) is shown
    assert ("Before that: More than half the days" in text) is bool(before)
    assert not FORBIDDEN.search(text.replace("Not Medical", ""))
    if item_9 is None:
        assert "Items 1, 2, 6, 9: not all answered, so no sum." in text and "No score: a question" in text
    else:
        assert f"Items 1, 2, 6, 9: {3 + item_9} of 12. Items 3, 4, 5, 7, 8: 5 of 15." in text


def test_the_same_sentence_as_the_patients(client: LookingClient, cast: Cast, known: Instruments) -> None:
    finished(cast, cast.asha, known, JUNE, {"pseq-10": LOW})
    sitting_id = finished(cast, cast.asha, known, LATER, {"pseq-10": UP_9}, time_point="end")
    said = "Your confidence score went from 18 to 27 out of 60, up 9 since Wednesday 3 June."
    rule = "One published rule counts 7 points and a new band as a change that matters. This change reaches that."
    text = answers_page(client, cast, sitting_id)
    assert said in text and rule in text
    assert said in client.page(f"/patients/{id_of(cast.asha.patient)}").text
    cast.signs_in(client, "asha")
    patients = client.page("/questionnaires").text
    assert said in patients and rule in patients


def test_lines_and_bands_stand_only_where_the_service_has_them_on(
    client: LookingClient, cast: Cast, known: Instruments
) -> None:
    first = {"pseq-10": LOW, "phq-8": PHQ_8_HIGH, "gad-7": [2] * 7, "start-back": [1] * 8 + [4]}
    finished(cast, cast.asha, known, JUNE, first)
    later = {"pseq-10": UP_9, "phq-8": [1] * 7 + [2], "gad-7": [1] * 7, "start-back": [0] * 8 + [0]}
    sitting_id = finished(cast, cast.asha, known, LATER, later, time_point="end")
    story = f"/patients/{id_of(cast.asha.patient)}"

    plain = answers_page(client, cast, sitting_id) + client.page(story).text
    assert not BANDS.search(plain) and "Published band" not in plain
    assert "Counts as a change" not in plain and "Reliable change" not in plain
    assert "shapes" not in client.page(story).html

    lines_on(cast, change_lines=True)
    lines = answers_page(client, cast, sitting_id)
    assert "Counts as a change that matters: 7 points and another band. Reached. ePPOC" in lines
    assert "(minimal important change, anchor-based, low back pain, n=104)" in lines  # method beside source
    assert "Reliable change: 11.52 points or more. Not reached." in lines
    assert (
        "More than chance: 4 points or more. Reached. NHS Talking Therapies manual" in lines
    )  # GAD-7, 14 → 7
    assert (
        lines.lower().count("more than chance") == 3
    )  # both rules of the GAD-7, and once in the patient's sentence
    assert not BANDS.search(lines.replace("moderate improvement", "")) and "Published band" not in lines
    assert "reliable change: 11.52 points" in client.page(story).html

    lines_on(cast, bands=True)
    with_bands = answers_page(client, cast, sitting_id)
    assert "Published band: Moderate impairment. ePPOC bands" in with_bands
    assert "Published band: Low." in with_bands  # the compound rule of the STarT Back
    assert "Counts as a change" not in with_bands
    assert not FORBIDDEN.search(with_bands + client.page(story).text)
    cast.signs_in(client, "asha")
    assert not BANDS.search(client.page("/questionnaires").text)


def test_a_derived_series_is_marked_on_the_story_and_in_the_copy(
    client: LookingClient, cast: Cast, known: Instruments
) -> None:
    both = {"pseq-10": LOW, "pseq-2": [2, 2]}
    sitting_id = finished(cast, cast.asha, known, JUNE, both, derived=["pseq-2"])
    finished(cast, cast.asha, known, LATER, {"pseq-2": [3, 4], "pgic": [2]}, time_point="mid-course")
    cast.signs_in(client, "carol")
    story = f"/patients/{id_of(cast.asha.patient)}"
    page = client.page(story)
    assert "4 Worked out from the same questions in PSEQ-10." in page.text
    assert "In their own words" in page.text and "“Much improved”" in page.text
    copied = client.page(f"{story}/record").all("textarea")[0].text or ""
    assert "Worked out from the same questions in PSEQ-10." in copied and "Much improved" in copied
    text = answers_page(client, cast, sitting_id)
    assert "Confidence (PSEQ-2): 4 on 3 Jun, on a scale from 0 to 12." in text


def test_a_question_that_was_asked_elsewhere_is_found_there(
    client: LookingClient, cast: Cast, known: Instruments
) -> None:
    """The PHQ-8 of a time point in which its questions were answered in the PHQ-9."""
    asked = {"phq-9": [1, 2, 3, 0, 1, 2, 3, 0, 0, OPEN], "phq-8": [1, 2, 3, 0, 1, 2, 3, 0]}
    sitting_id = finished(cast, cast.asha, known, JUNE, asked, derived=["phq-8"])
    db.session.execute(update(ScoreRow).where(ScoreRow.instrument == "phq-8").values(derived=False))
    db.session.commit()
    text = answers_page(client, cast, sitting_id)
    assert text.count("(asked in PHQ-9)") == 8


def test_the_subscales_of_what_has_no_total_are_drawn_for_staff_only(cast: Cast, known: Instruments) -> None:
    values = [3, 1, 1, 0, 0, 2, 1, 3, 2, 0, 1, 1, 3, 0]
    finished(cast, cast.asha, known, JUNE, {"hads": values}, derived=["hads"])
    told = questionnaires.story_scores(cast.carol.actor, id_of(cast.asha.patient))
    drawn = {each.scale.id: each.latest.total for each in told if each.is_charted and each.scored}
    assert {name: int(total or 0) for name, total in drawn.items()} == {"anxiety": 11, "depression": 7}
    assert json.loads(questionnaires.plotly_figure(next(each for each in told if not each.is_total)))["data"]
    assert cast.asha.enrolment
    assert questionnaires.scores_of(cast.asha.actor, cast.asha.enrolment) == ()
