"""Every questionnaire, score and language: a patient reads numbers and one rule, and never a band, a verdict or a risk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from flask import Flask

from tests.questionnaires.conftest import OWN_FOLDER
from tests.questionnaires.told import a_series, pairs_of, patient_page, patient_text, text_in
from webapp.questionnaires.change_rules import Direction
from webapp.questionnaires.figures import lines_of_change
from webapp.questionnaires.instruments import Instrument, Instruments, read_instruments
from webapp.questionnaires.rules import Purpose
from webapp.questionnaires.score_points import ScoreSeries
from webapp.questionnaires.telling_rules import Telling, telling_of

KNOWN = read_instruments([OWN_FOLDER]).by_id
AS_SCORES = [name for name, each in KNOWN.items() if telling_of(each.definition, each.told) is Telling.SCORE]
LANGUAGES = ("en", "cy")
FORBIDDEN = re.compile(
    r"\b(sever|moderate|mild|minimal|case\b|caseness|risk|clinical|depress|anxi|disorder|diagnos|abnormal|impair"
    r"|symptom|significan|deteriorat|worse|fail|cut-off|difrifol|cymedrol|ysgafn|amhariad|iselder|gorbryder)",
    re.IGNORECASE,
)
JUDGING = re.compile(r"\b(red|yellow|amber|green|orange|warning|error|urgent)\b|\bstyle=", re.IGNORECASE)
CREDITS = re.compile(r"<cite.*?</cite>|<p class=\"wm-muted\" lang=\"en\">.*?</p>", re.DOTALL)


def told_of(app: Flask, instrument: Instrument, language: str) -> Iterator[tuple[ScoreSeries, str]]:
    for earlier, later in pairs_of(instrument):
        series = a_series(instrument, (earlier, later), language)
        yield series, patient_page(app, language, (series,))


def own_words(page: str) -> str:
    """Without the credits: who published a rule, and whose questionnaire it is."""
    return text_in(CREDITS.sub("", page))


def test_enough_is_walked() -> None:
    assert len(AS_SCORES) >= 16
    assert sum(len(pairs_of(KNOWN[name])) for name in AS_SCORES) > 500


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", AS_SCORES)
def test_no_band_no_verdict_no_risk_and_no_colour(app: Flask, name: str, language: str) -> None:
    instrument = KNOWN[name]
    bands = [words for words in instrument.names_in(language).bands.values() if not words[0].isdigit()]
    for series, page in told_of(app, instrument, language):
        names = re.compile(f"{re.escape(series.heading)}|{re.escape(series.short)}", re.IGNORECASE)
        words = names.sub("", own_words(page))
        assert not FORBIDDEN.search(words), FORBIDDEN.search(words)
        assert not any(re.search(rf"\b{re.escape(band)}\b", words) for band in bands)
        assert not JUDGING.search("".join(re.findall(r"<[^>]*>", page)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_names_for_questionnaires_hold_no_such_word_either(language: str) -> None:
    for instrument in KNOWN.values():
        names = instrument.names_in(language)
        if (
            names.heading != "Symptoms" and names.heading != "Symptomau"
        ):  # of the CSI, whose text is not shipped
            assert not FORBIDDEN.search(f"{names.heading} {names.short}"), instrument.id


@pytest.mark.parametrize("name", AS_SCORES)
def test_a_change_is_told_exactly_as_far_as_its_rule_goes(app: Flask, name: str) -> None:
    for series, page in told_of(app, KNOWN[name], "en"):
        point, rule, text = series.latest, series.told_rule, own_words(page)
        moved = point.change
        assert "Want to talk about it?" in text and "Help now" in text
        if moved is None or moved.by is None or rule is None or moved.direction is Direction.SAME:
            assert "published rule" not in text and "This change" not in text
            continue
        assert ("This change reaches that." in text) is (moved.lead is not None)
        assert "One published rule" in text
        chance = rule.purpose is Purpose.RELIABLE and moved.lead is not None
        assert ("more than chance" in text) is chance
        before_details = own_words(page.partition("<details")[0])
        assert ("published rule" in before_details) is (moved.direction is Direction.BETTER)
        assert ("Scores go up and down." in before_details) is (moved.direction is Direction.WORSE)


@pytest.mark.parametrize("name", AS_SCORES)
def test_the_source_is_one_tap_away_and_the_chart_has_a_table(app: Flask, name: str) -> None:
    scale = KNOWN[name].definition.scale
    series = a_series(KNOWN[name], (scale.minimum, scale.maximum))
    page = patient_page(app, "en", (series,))
    assert "<svg" in page and page.count("<td>") == 4
    details = page.partition("<details")[2]
    assert KNOWN[name].licence.notice.split(".")[0].split("'")[0] in text_in(details)
    if series.told_rule:
        assert text_in(series.told_rule.source) in text_in(details)
        assert series.told_rule.source not in page.partition("<details")[0]


def d(value: str) -> Decimal:
    return Decimal(value)


@pytest.mark.parametrize(
    ("name", "earlier", "later", "said"),
    [
        ("pseq-10", "18", "27", [
            "Your confidence score went from 18 to 27 out of 60, up 9 since Wednesday 3 June.",
            "On this scale, higher is better.",
            "One published rule counts 7 points and a new band as a change that matters.",
            "This change reaches that."]),
        ("pseq-10", "21", "29", ["out of 60, up 8 since", "This change does not reach that."]),
        ("pseq-10", "18", "14", [
            "Your confidence score is 14 out of 60. That is 4 lower than on Wednesday 3 June.",
            "Scores go up and down.", "Want to talk about it?"]),
        ("phq-8", "8", "3", [
            "Your mood score went from 8 to 3 out of 24, down 5 since", "On this scale, lower is better.",
            "One published rule counts 5 points as a change that matters. This change reaches that."]),
        ("gad-7", "12", "8", [
            "Your worry score went from 12 to 8 out of 21, down 4 since",
            "One published rule counts 4 points or more as more than chance. This change reaches that."]),
        ("gad-7", "12", "9", [
            "One published rule asks for 4 points before it counts a change.",
            "This change is smaller than that."]),
        ("phq-9", "15", "9", ["One published rule counts 6 points or more as more than chance."]),
        ("phq-9", "15", "10", ["One published rule asks for 6 points before it counts a change."]),
        ("peg-3", "5.7", "4.7", ["from 5.7 to 4.7 out of 10, down 1 since",
            "One published rule counts 1 point as a change that matters. This change reaches that."]),
        ("peg-3", "0", "3", ["Your pain and daily life score is 3 out of 10. That is 3 higher than on"]),
        ("ucla-3", "7", "5", ["Your feeling alone score went from 7 to 5, down 2 since",
            "This scale goes from 3 to 9.", "There is no agreed rule for how big a change has to be."]),
        ("phq-4", "4", "4", ["Your mood and worry score is 4 out of 12, the same as on"]),
        ("rmdq-24", "12", "0", ["Your back and daily life score went from 12 to 0 out of 24, down 12 since"]),
        ("who-5", "40", "52", ["out of 100, up 12 since", "counts 10 points as a change that matters"]),
    ],
)  # fmt: skip
def test_what_is_said(app: Flask, name: str, earlier: str, later: str, said: list[str]) -> None:
    text = patient_text(app, "en", (a_series(KNOWN[name], (d(earlier), d(later))),))
    for words in said:
        assert words in text, text


def test_a_percentage_cannot_be_taken_of_nothing(app: Flask, shipped: Instruments) -> None:
    from dataclasses import replace

    nrs = shipped.get("pain-nrs")
    scale = replace(nrs.definition.scale, lead="responder-30")
    by_percent = replace(nrs, definition=replace(nrs.definition, scale=scale))
    said = "One published rule counts a change of 30% as one that matters."
    half = patient_text(app, "en", (a_series(by_percent, (d("8"), d("4"))),))
    assert said in half and "This change reaches that." in half
    less = patient_text(app, "en", (a_series(by_percent, (d("8"), d("6"))),))
    assert said in less and "This change does not reach that." in less
    from_zero = patient_text(app, "en", (a_series(by_percent, (d("0"), d("6"))),))
    assert "A share of 0 cannot be worked out, so it says nothing here." in from_zero


def test_what_has_no_total_or_is_asked_for_the_service_is_never_told_as_a_score() -> None:
    assert {
        "pgic",
        "self-rated-health",
        "house-sleep",
        "fft",
        "sus",
        "house-about-you",
        "start-back",
    }.isdisjoint(AS_SCORES)
    assert {"hads", "bpi-sf", "fabq", "promis-global-10"}.isdisjoint(AS_SCORES)
    kinds = {name: telling_of(each.definition, each.told) for name, each in KNOWN.items()}
    assert {kinds[name] for name in ("fft", "sus", "house-about-you", "start-back", "hads")} == {
        Telling.NOTHING
    }
    assert {kinds[name] for name in ("pgic", "self-rated-health", "house-sleep")} == {Telling.ANSWER}


def test_a_rule_that_was_only_computed_is_not_called_published(app: Flask) -> None:
    series = a_series(KNOWN["cpaq-8"], (d("10"), d("30")))
    assert series.lead is not None and series.lead.standing == "computed"
    assert series.told_rule is None
    assert "published rule" not in patient_text(app, "en", (series,))


def test_rules_that_meet_at_one_height_share_one_line(app: Flask) -> None:
    with app.test_request_context("/"):
        lines = lines_of_change(a_series(KNOWN["gad-7"], (d("7"), d("13"))))
        assert [(int(line.height), line.words) for line in lines] == [
            (3, "matters: 4 points; reliable change: 4 points"),
            (11, "matters: 4 points; reliable change: 4 points"),
        ]
        near_the_top = lines_of_change(a_series(KNOWN["who-5"], (d("96"), d("90"))))
        assert [(int(line.height), line.words) for line in near_the_top] == [
            (86, "matters: 10 points")
        ]  # not 106
        assert lines_of_change(a_series(KNOWN["ucla-3"], (d("7"), d("5")))) == []
