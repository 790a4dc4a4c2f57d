"""A patient answers: the start page, both ways, skipping, resuming, and what comes back."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from tests.cast import Cast
from tests.looking import LookingClient
from tests.page import Page, text_of
from tests.questionnaires.sittings import (
    MOOD,
    PAIN,
    PEG,
    PSEQ,
    answer_baseline_pain,
    begin,
    days_later,
    finish_module_1,
    send,
    tap,
    tap_all,
    undo_module_1,
)
from webapp.engagement.models import Event
from webapp.foundations.database import db
from webapp.questionnaires.instruments import Instruments
from webapp.questionnaires.models import Answer, Reading, ScoreRow, SittingRow


@pytest.fixture
def asha(client: LookingClient, cast: Cast) -> LookingClient:
    """Asha's phone, the first sitting open."""
    finish_module_1(cast, "asha")
    cast.signs_in(client, "asha")
    return client


def answers() -> list[tuple[str, str, int | None]]:
    db.session.expire_all()
    rows = db.session.scalars(select(Answer).order_by(Answer.id))
    return [(row.instrument, row.item, row.value) for row in rows]


def totals() -> dict[str, str | None]:
    return {
        row.instrument: None if row.total is None else f"{row.total.normalize():f}"
        for row in db.session.scalars(select(ScoreRow).where(~ScoreRow.derived))
    }


def test_nothing_is_there_before_module_1(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "dewi")
    assert client.get(PAIN).status_code == 404
    assert "nothing to answer now" in client.page("/questionnaires").text


def test_who_reads_and_by_when_stands_before_the_first_question(asha: LookingClient) -> None:
    page = asha.page(PAIN)
    assert page.heading == "Some questions: pain and daily life, confidence"
    assert "13 questions. About 3 minutes." in page.text
    assert "Your pain team at Hillside Pain Service." in page.text
    assert "somebody reads them by" in page.text
    assert "Nobody reads answers at night or at weekends. If you need someone now, tap Help now." in page.text
    assert "Monday to Friday, 09:00 to 17:00." in page.text
    assert "in your head" not in page.text


def test_mood_is_asked_five_days_later_of_everyone(asha: LookingClient, tmp_path: Path) -> None:
    assert asha.get(MOOD).status_code == 404
    answer_baseline_pain(asha)
    assert asha.get(MOOD).status_code == 200  # may be early, if she wishes
    assert MOOD not in asha.page("/today").html  # but nobody asks
    with days_later(tmp_path, 5):
        page = asha.page(MOOD)
        assert "We ask everyone. It does not mean the pain is in your head." in page.text


def test_a_question_is_shown_word_for_word_with_its_anchors(
    asha: LookingClient, shipped: Instruments
) -> None:
    page = begin(asha, PAIN)
    texts = shipped.get("peg-3").texts["en"]
    assert page.path == f"{PAIN}/peg-3/q1"
    assert page.heading == texts.items["q1"]
    assert "0 = No pain" in page.text and "10 = Pain as bad as you can imagine" in page.text
    assert "question 1 of 13" in page.text
    radios = [each.get("value") for each in page.all("input", type="radio")]
    assert radios == [str(value) for value in range(11)]
    assert not [each for each in page.all("input", type="radio") if each.get("checked") is not None]


def test_every_question_of_both_sittings_is_published_wording(
    asha: LookingClient, shipped: Instruments, tmp_path: Path
) -> None:
    seen: dict[str, list[str]] = {"peg-3": [], "pseq-10": [], "phq-8": [], "gad-7": []}

    def walk(sitting: str) -> None:
        page = begin(asha, sitting)
        while "/send" not in page.path:
            instrument, item = page.path.split("/")[-2:]
            texts = shipped.get(instrument).texts["en"]
            assert page.heading == texts.items[item]
            for words in (texts.stem, texts.instruction):
                assert words is None or words in page.text
            labels = [text_of(label) for label in page.all("label", class_="wm-number__label")]
            if instrument in ("phq-8", "gad-7"):
                assert labels == list(texts.labels_of(item).values())
            seen[instrument].append(item)
            page = tap(asha, sitting, f"{instrument}/{item}", 1)

    walk(PAIN)
    send(asha, PAIN)
    with days_later(tmp_path, 5):
        walk(MOOD)
    assert [len(seen[name]) for name in seen] == [3, 10, 8, 7]


def test_each_tap_is_saved_and_leads_to_the_next(asha: LookingClient) -> None:
    begin(asha, PAIN)
    page = tap(asha, PAIN, "peg-3/q1", 6)
    assert page.path == f"{PAIN}/peg-3/q2"
    assert answers() == [("peg-3", "q1", 6)]
    row = db.session.scalars(select(Answer)).one()
    assert (row.language, len(row.fingerprint)) == ("en", 64)
    events = db.session.scalars(select(Event.what).where(Event.kind == "answer")).all()
    assert events == ["peg-3/q1"]


def test_an_earlier_answer_is_shown_and_can_be_changed_and_the_latest_counts(asha: LookingClient) -> None:
    begin(asha, PAIN)
    tap(asha, PAIN, "peg-3/q1", 6)
    page = asha.page(f"{PAIN}/peg-3/q1")
    assert "saved" in page.text
    chosen = [
        each.get("value") for each in page.all("input", type="radio") if each.get("checked") is not None
    ]
    assert chosen == ["6"]
    tap(asha, PAIN, "peg-3/q1", 3)
    assert answers() == [("peg-3", "q1", 6), ("peg-3", "q1", 3)]
    tap_all(asha, PAIN, "peg-3", [3, 3, 3])
    send(asha, PAIN)
    assert totals()["peg-3"] == "3"


def test_rather_not_say_is_an_answer_without_a_number_even_over_a_chosen_one(asha: LookingClient) -> None:
    begin(asha, PAIN)
    tap(asha, PAIN, "peg-3/q1", 6)
    asha.submit(f"{PAIN}/peg-3/q1", {"rather_not": "y"})
    assert answers()[-1] == ("peg-3", "q1", None)
    assert "rather not say. You can change that" in asha.page(f"{PAIN}/peg-3/q1").text


def test_it_goes_on_where_it_was_left(asha: LookingClient) -> None:
    begin(asha, PAIN)
    tap_all(asha, PAIN, "peg-3", [6, None])
    start = asha.page(PAIN)
    assert "You have answered 2 of 13. Your answers are kept." in start.text
    assert begin(asha, PAIN).path == f"{PAIN}/peg-3/q3"


def test_next_without_an_answer_asks_kindly(asha: LookingClient) -> None:
    begin(asha, PAIN)
    page = asha.submit(f"{PAIN}/peg-3/q1")
    assert page.status == 422
    assert "Choose an answer, or tap" in page.text
    assert answers() == []


@pytest.mark.parametrize("value", ["11", "-1", "7.5", "many", "٧"])
def test_a_value_that_is_not_offered_is_refused_and_nothing_is_kept(asha: LookingClient, value: str) -> None:
    begin(asha, PAIN)
    page = tap(asha, PAIN, "peg-3/q1", value)
    assert page.status == 422
    assert answers() == []


def test_a_question_that_is_not_asked_is_not_there(asha: LookingClient) -> None:
    begin(asha, PAIN)
    for address in ("peg-3/q9", "phq-8/q1", "nothing/q1"):
        assert asha.get(f"{PAIN}/{address}").status_code == 404
    assert asha.get("/questionnaires/nothing").status_code == 404


def test_scores_come_from_the_published_rule(asha: LookingClient) -> None:
    page = answer_baseline_pain(asha)  # PEG 6, 7, 4: mean 17/3; PSEQ: the sum
    assert totals() == {"peg-3": "5.7", "pseq-10": "18"}
    assert page.heading == "Thank you. Your answers are with your team"
    assert "Your pain and daily life score is 5.7 out of 10." in page.text
    assert "On this scale, lower is better." in page.text
    assert "Your confidence score is 18 out of 60." in page.text
    assert page.html.count('<svg class="wm-draw') == 2


@pytest.mark.parametrize(
    ("phq", "total", "said"),
    [
        ([1, 2, 3, 0, 1, 2, 3, 0], "12", "is 12 out of 24"),
        ([1, 2, None, 0, 1, 2, 3, None], "12", "is 12 out of 24. Some answers were left out"),  # 9 x 8/6
        ([1, 2, None, None, 1, 2, 3, None], None, "Some of these questions were left out"),
        ([None] * 8, None, "You left these questions out this time, and that is fine."),
    ],
)
def test_up_to_two_missing_answers_of_the_phq_are_filled(
    asha: LookingClient, tmp_path: Path, phq: list[int | None], total: str | None, said: str
) -> None:
    answer_baseline_pain(asha)
    with days_later(tmp_path, 5):
        begin(asha, MOOD)
        tap_all(asha, MOOD, "phq-8", phq)
        tap_all(asha, MOOD, "gad-7", [1] * 7)
        page = send(asha, MOOD)
    assert totals()["phq-8"] == total
    assert totals()["gad-7"] == "7"
    assert said in page.text


def test_no_band_word_is_on_any_patient_page(asha: LookingClient, tmp_path: Path) -> None:
    answer_baseline_pain(asha)
    with days_later(tmp_path, 5):
        begin(asha, MOOD)
        tap_all(asha, MOOD, "phq-8", [3] * 8)
        tap_all(asha, MOOD, "gad-7", [3] * 7)
        page = send(asha, MOOD)
        overview = asha.page("/questionnaires")
    for word in ("severe", "moderate", "mild", "impairment", "depress", "at risk", "failed"):
        assert word not in page.text.lower()
        assert word not in overview.text.lower()


def test_a_score_always_has_help_beside_it(asha: LookingClient) -> None:
    page = answer_baseline_pain(asha)
    cards = page.all("section", class_="wm-card")
    assert len(cards) == 2
    for card in cards:
        assert "Want to talk about it?" in text_of(card)
        assert "Help now" in text_of(card)


def test_all_on_one_page_keeps_what_is_answered_and_asks_about_the_rest(asha: LookingClient) -> None:
    page = begin(asha, PAIN, "all")
    assert page.path == f"{PAIN}/all"
    assert len(page.all("fieldset")) == 13
    fields: dict[str, object] = {f"peg-3-q{n}": str(value) for n, value in enumerate(PEG, start=1)}
    page = asha.submit(f"{PAIN}/all", {**fields, "pseq-10-q1": "rather-not-say"})
    assert page.path == f"{PAIN}/send"
    assert "9 questions are still open. That is fine." in page.text
    assert answers() == [("peg-3", "q1", 6), ("peg-3", "q2", 7), ("peg-3", "q3", 4), ("pseq-10", "q1", None)]
    assert db.session.scalars(select(Event.what).where(Event.kind == "answer")).all() == ["baseline-pain"]
    page = send(asha, PAIN)
    assert totals() == {"peg-3": "5.7", "pseq-10": None}


def test_saving_the_whole_page_again_adds_only_what_changed(asha: LookingClient) -> None:
    begin(asha, PAIN, "all")
    asha.submit(f"{PAIN}/all", {"peg-3-q1": "6", "peg-3-q2": "7"})
    asha.submit(f"{PAIN}/all", {"peg-3-q2": "5"})
    assert answers() == [("peg-3", "q1", 6), ("peg-3", "q2", 7), ("peg-3", "q2", 5)]


def test_a_bad_value_on_the_whole_page_is_refused_and_what_was_tapped_stays(asha: LookingClient) -> None:
    begin(asha, PAIN, "all")
    page = asha.submit(f"{PAIN}/all", {"peg-3-q1": "6", "peg-3-q2": "99"})
    assert page.status == 422
    assert answers() == []
    assert [each.get("id") for each in page.all("input", name="peg-3-q1") if each.get("checked") is not None]


def test_skipping_needs_no_reason_and_can_be_undone(asha: LookingClient) -> None:
    page = asha.submit(PAIN, form="/skip")
    assert "You chose not to answer these this time. That is fine." in page.text
    assert "You chose not to answer these" in asha.page("/questionnaires").text
    assert asha.get(f"{PAIN}/peg-3/q1").status_code == 303
    assert begin(asha, PAIN).path == f"{PAIN}/peg-3/q1"
    tap(asha, PAIN, "peg-3/q1", 2)
    assert answers() == [("peg-3", "q1", 2)]


def test_the_last_look_shows_every_answer_and_a_change_comes_back_to_it(asha: LookingClient) -> None:
    begin(asha, PAIN)
    tap_all(asha, PAIN, "peg-3", PEG)
    page = tap_all(asha, PAIN, "pseq-10", PSEQ)
    assert page.path == f"{PAIN}/send" and page.heading == "That is all. Ready to send?"
    assert "They are kept, and not sent yet." in page.text
    page = asha.submit(f"{PAIN}/peg-3/q2?then=send", {"peg-3-q2": "1"})
    assert page.path == f"{PAIN}/send"
    assert db.session.scalars(select(Reading)).all() == []


def test_a_double_tap_is_saved_once(asha: LookingClient) -> None:
    begin(asha, PAIN)
    fields, action = asha.page(f"{PAIN}/peg-3/q1").form_fields()
    twice = [asha.post(action, data={**fields, "peg-3-q1": "6"}) for _ in range(2)]
    assert [each.status_code for each in twice] == [303, 303]
    assert twice[0].location == twice[1].location
    assert len(answers()) == 1


def test_two_tabs_the_second_send_changes_nothing(asha: LookingClient) -> None:
    begin(asha, PAIN)
    tap_all(asha, PAIN, "peg-3", PEG)
    tap_all(asha, PAIN, "pseq-10", PSEQ)
    fields, action = asha.page(f"{PAIN}/send").form_fields()
    question, question_action = asha.page(f"{PAIN}/peg-3/q1").form_fields()
    send(asha, PAIN)
    again = Page(asha.post(action, data=fields, follow_redirects=True))
    assert again.heading == "Thank you. Your answers are with your team"
    late = Page(asha.post(question_action, data={**question, "peg-3-q1": "1"}, follow_redirects=True))
    assert late.heading == "Thank you. Your answers are with your team"
    assert totals()["peg-3"] == "5.7"
    assert len(db.session.scalars(select(Reading)).all()) == 1


def test_a_sitting_that_closed_meanwhile_is_told_kindly(
    asha: LookingClient, cast: Cast, tmp_path: Path
) -> None:
    begin(asha, PAIN)
    tap(asha, PAIN, "peg-3/q1", 6)
    fields, action = asha.page(f"{PAIN}/peg-3/q2").form_fields()
    with days_later(tmp_path, 22):
        cast.signs_in(asha, "asha")
        page = Page(asha.post(action, data={**fields, "peg-3-q2": "1"}, follow_redirects=True))
        assert page.heading == "These questions have closed"
        assert "nobody on your team was asked to read them" in page.text
        assert "Nothing depends on them" in page.text
    assert len(answers()) == 1


def test_a_refresher_patient_is_offered_the_baseline_from_the_first_day(
    client: LookingClient, cast: Cast
) -> None:
    cast.signs_in(client, "marjorie")
    assert client.page(PAIN).heading == "Some questions: pain and daily life, confidence"
    assert answer_baseline_pain(client).status == 200


def test_what_another_patient_answered_is_nowhere(client: LookingClient, cast: Cast) -> None:
    finish_module_1(cast, "asha")
    cast.signs_in(client, "asha")
    answer_baseline_pain(client)
    finish_module_1(cast, "dewi")
    cast.signs_in(client, "dewi")
    assert client.page(f"{PAIN}/done").heading == "Some questions: pain and daily life, confidence"
    assert "out of 60" not in client.page("/questionnaires").text


def test_on_a_welsh_page_the_published_english_says_that_it_is_english(
    client: LookingClient, cast: Cast
) -> None:
    finish_module_1(cast, "asha")
    cast.hillside.languages = ["en", "cy"]
    db.session.commit()
    cast.signs_in(client, "asha")
    client.set_cookie("language", "cy")
    page = begin(client, PAIN)
    assert page.all("html")[0].get("lang") == "cy"
    assert page.all("legend")[0].get("lang") == "en"
    notices = [text_of(each) for each in page.all("p", class_="wm-muted")]
    assert len(notices) == 2  # the language's and the licence's
    tap(client, PAIN, "peg-3/q1", 4)
    assert db.session.scalars(select(Answer.language)).one() == "en"


def test_a_page_costs_the_same_with_no_answer_and_with_all(client: LookingClient, cast: Cast) -> None:
    finish_module_1(cast, "asha")
    cast.signs_in(client, "asha")
    begin(client, PAIN)
    client.page(f"{PAIN}/peg-3/q2")
    few = len(client.last_statements)
    tap_all(client, PAIN, "peg-3", PEG)
    tap_all(client, PAIN, "pseq-10", PSEQ)
    client.page(f"{PAIN}/peg-3/q2")
    assert len(client.last_statements) == few


def test_a_milestone_that_is_taken_back_takes_no_answer_away(asha: LookingClient, cast: Cast) -> None:
    answer_baseline_pain(asha)
    undo_module_1(cast.asha)
    assert "Your confidence score is 18 out of 60." in asha.page(f"{PAIN}/done").text
    assert db.session.scalars(select(SittingRow.mode)).one() == "online"
