"""The lead's pages: what is asked when, changed for one service, and what makes no sense."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.cast import Cast
from tests.looking import LookingClient
from webapp.engagement.models import Enrolment
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.people import service as people
from webapp.people.models import Service
from webapp.questionnaires import service
from webapp.questionnaires.instruments import Instruments
from webapp.questionnaires.own_battery_rules import Wrong, contradictions, differing, with_differences
from webapp.safety import service as safety

PAGE = "/service/questionnaires"
HOURS = {day: ["09:00", "17:00"] for day in ("mon", "tue", "wed", "thu", "fri")}


@pytest.fixture
def lena(client: LookingClient, cast: Cast) -> LookingClient:
    """The lead's screen."""
    cast.signs_in(client, "lena")
    return client


def hillside(cast: Cast) -> Service:
    cast.enter(cast.lena)
    db.session.expire_all()
    return people.service_with(cast.hillside.id)


def form_of(settings: dict[str, object] | None = None, **changed: object) -> dict[str, object]:
    """The first sitting's form as it stands, with changes."""
    fields: dict[str, object] = {
        "asked": "ask",
        "instruments": ["peg-3", "pseq-10"],
        "shorter": ["peg-3", "pseq-2"],
        "window_days": "21",
        "window_days_before": "0",
    }
    return {**fields, **changed}


def test_it_stands_among_the_services_settings(lena: LookingClient) -> None:
    assert PAGE in lena.page("/service").html


def test_the_whole_schedule_is_told_in_plain_words(lena: LookingClient) -> None:
    page = lena.page(PAGE)
    assert [h.text for h in page.all("h2")][:6] == [
        "At the start", "Halfway", "At the end of the course", "After 3 months", "After 6 months", "After 12 months",
    ]  # fmt: skip
    for words in (
        "When the first module is finished.",
        "Refreshers: When the patient has activated.",
        "Refreshers are not asked this.",
        "It opens 7 days before that day and closes 28 days after it.",
        "33 questions, about 6 minutes.",  # proms.md §8: about 32 questions in 5 to 6 minutes
        "10 questions, about 2 minutes.",
        "43 questions, about 8 minutes.",
        "30 questions, about 5 minutes.",
        "Part 3: Patient Health Questionnaire (PHQ-8)",
        "5 days after part 1 was sent, skipped or closed. The patient may go on with it at once, too.",
        "13 questions, 3 minutes",
        "No question is asked twice",
        "PHQ-8 is asked",
        "Not offered here",
    ):
        assert words in page.text, words


def test_what_the_same_answers_also_give_is_said(lena: LookingClient, shipped: Instruments) -> None:
    page = lena.page(PAGE)
    for name in ("pain-nrs", "pseq-2", "phq-4"):
        assert shipped.get(name).texts["en"].title in page.text
    assert page.text.count("The same answers also give:") == 6  # the average pain at least


def test_every_questionnaire_without_text_is_named_with_its_holder(
    lena: LookingClient, shipped: Instruments
) -> None:
    page = lena.page(PAGE)
    without = [each for each in shipped.by_id.values() if not each.texts]
    assert len(without) >= 12
    for each in without:
        assert f"({each.id}): {each.licence.holder}" in page.text


def test_other_questionnaires_another_window_and_no_shorter_set(lena: LookingClient, cast: Cast) -> None:
    changed = form_of(instruments=["peg-3", "pseq-10", "ucla-3"], shorter=[], window_days="30")
    page = lena.submit(f"{PAGE}/baseline-pain", changed)
    assert page.path == PAGE and "Set by your service" in page.text
    mine = hillside(cast)
    assert mine.questionnaires == {
        "sittings": {
            "baseline-pain": {
                "instruments": ["peg-3", "pseq-10", "ucla-3"],
                "shorter": [],
                "window_days": 30,
            }
        }
    }
    battery = service.battery_of(mine)
    assert battery is not None
    first = battery.time_points[0].sittings[0]
    assert (first.instruments, first.shorter, first.window_days) == (
        ("peg-3", "pseq-10", "ucla-3"), (), 30,
    )  # fmt: skip
    assert service.battery_of(people.service_with(cast.valley.id)) != battery


def test_set_back_to_the_default_nothing_is_kept(lena: LookingClient, cast: Cast) -> None:
    lena.submit(f"{PAGE}/baseline-pain", form_of(window_days="30"))
    lena.submit(f"{PAGE}/baseline-pain", form_of())
    assert hillside(cast).questionnaires == {"sittings": {}}


def test_a_part_that_is_left_out_is_asked_of_nobody(lena: LookingClient, cast: Cast) -> None:
    lena.submit(
        f"{PAGE}/baseline-about-you", {"asked": "leave-out", "window_days": "21", "window_days_before": "0"}
    )
    assert "Not asked in your service." in lena.page(PAGE).text
    enrolment = cast.asha.enrolment
    assert isinstance(enrolment, Enrolment)
    cast.enter(cast.asha)
    names = [one.sitting.id for one in service.planned_sittings(cast.asha.actor, enrolment, clock.today())]
    assert "baseline-about-you" not in names and "baseline-mood" in names
    page = lena.submit(f"{PAGE}/baseline-about-you", {"asked": "ask"})
    assert page.path == PAGE and "Not asked in your service." not in page.text


@pytest.mark.parametrize(
    ("sitting", "changed", "said"),
    [
        ("baseline-pain", form_of(instruments=[], shorter=[]), "Tick at least one questionnaire"),
        ("baseline-pain", form_of(instruments=["peg-3", "gad-7"]), "is asked in another part"),
        ("baseline-pain", form_of(instruments=["peg-3", "pseq-10", "pgic"]), "cannot be asked at the start"),
        ("baseline-pain", form_of(shorter=["peg-3", "pseq-10"]), "must ask fewer questions"),
        ("baseline-pain", form_of(window_days="0"), "1"),
        ("baseline-pain", form_of(window_days="91"), "90"),
        ("baseline-pain", form_of(window_days="many"), "number"),
        (
            "month-3",
            form_of(window_days="90", window_days_before="7"),
            "two time points would be open at once",
        ),
        ("month-3", form_of(instruments=["sus"], shorter=[]), "is asked once, at the end of the course"),
        ("baseline-pain", form_of(instruments=["eq-5d-5l"]), "Choose from the answers on the list"),
        ("baseline-pain", form_of(instruments=["phq-9"]), "Choose from the answers on the list"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(
    lena: LookingClient, cast: Cast, sitting: str, changed: dict[str, object], said: str
) -> None:
    page = lena.submit(f"{PAGE}/{sitting}", changed)
    assert page.status == 422 and page.title.startswith("Error:")
    assert said in page.text
    assert hillside(cast).questionnaires == {}


def test_what_holds_for_all_questionnaires(lena: LookingClient, cast: Cast) -> None:
    switches = {"double_entry": "y", "staff_bands": "y", "staff_change_lines": "y"}
    assert lena.submit(PAGE, switches).path == PAGE
    mine = hillside(cast)
    assert service.asks_double_entry(mine) and mine.staff_bands and mine.staff_change_lines
    lena.submit(PAGE, {"double_entry": [], "staff_bands": [], "staff_change_lines": []})
    mine = hillside(cast)
    assert not (service.asks_double_entry(mine) or mine.staff_bands or mine.staff_change_lines)
    assert mine.questionnaires == {}


def test_switches_and_sittings_leave_each_other_alone(lena: LookingClient, cast: Cast) -> None:
    lena.submit(f"{PAGE}/mid", form_of(instruments=["peg-3", "pseq-2"], shorter=["peg-3"], window_days="14"))
    lena.submit(PAGE, {"double_entry": "y"})
    kept = hillside(cast).questionnaires
    assert kept["double_entry"] is True and set(kept["sittings"]) == {"mid"}


def test_with_phq_9_switched_on_it_is_told(lena: LookingClient, cast: Cast, shipped: Instruments) -> None:
    cast.enter(cast.lena)
    cast.hillside.hours = HOURS
    by = cast.lena.actor
    safety.change_cover(
        by,
        owner_account_id=cast.carol.account.id,
        deputy_account_id=cast.lena.account.id,
        out_of_hours="Ring 111.",
    )
    safety.switch_item_nine(True, {}, by=by)
    db.session.commit()
    page = lena.page(PAGE)
    assert "PHQ-9 is switched on" in page.text
    assert shipped.get("phq-9").texts["en"].title in page.text


def test_a_sitting_that_is_not_there_is_not_found(lena: LookingClient) -> None:
    assert lena.get(f"{PAGE}/no-such-sitting").status_code == 404


def test_only_the_lead_sets_them(client: LookingClient, cast: Cast) -> None:
    for name in ("carol", "asha", "ada"):
        cast.signs_in(client, name)
        assert client.get(PAGE).status_code in (403, 404)


# The plain rules


def test_text_that_is_gone_is_left_out_and_an_empty_sitting_is_off(shipped: Instruments) -> None:
    assert shipped.battery is not None
    changed = with_differences(
        shipped.battery, {"baseline-pain": {"instruments": ["wsas"]}}, {"peg-3", "pseq-10", "phq-8"}
    )
    pain, _about, mood = changed.time_points[0].sittings
    assert pain.off and mood.instruments == ("phq-8",)


def test_only_what_differs_is_kept(shipped: Instruments) -> None:
    assert shipped.battery is not None
    pain = shipped.battery.time_points[0].sittings[0]
    same = {"instruments": ["peg-3", "pseq-10"], "window_days": 21, "off": False}
    assert differing(pain, same) == {}
    assert differing(pain, {**same, "window_days": 22}) == {"window_days": 22}


def test_the_default_schedule_makes_sense(shipped: Instruments) -> None:
    assert shipped.battery is not None
    questions = {name: len(one.definition.items) for name, one in shipped.by_id.items()}
    for point in shipped.battery.time_points:
        for sitting in point.sittings:
            assert contradictions(shipped.battery, sitting.id, questions) == []


def test_windows_that_meet_are_told(shipped: Instruments) -> None:
    assert shipped.battery is not None
    changed = with_differences(shipped.battery, {"month-3": {"window_days": 80}}, set(shipped.by_id))
    assert [one.wrong for one in contradictions(changed, "month-3", {})] == [
        Wrong.SHORTER_IS_NOT_SHORTER,  # nobody said how many questions there are
        Wrong.WINDOWS_OVERLAP,
    ]


def test_a_value_set_that_the_record_can_answer_is_chosen_by_name(cast: Cast, shipped: Instruments) -> None:
    """Where EQ-5D-5L has no text here it is not asked, so no list of tables is shown."""
    from webapp.questionnaires.settings_view import tables_of

    eq_5d = shipped.get("eq-5d-5l")
    names = {one.id for one in tables_of(eq_5d)}
    assert "uk-2026-rowen" in names
    assert all(not one.needs_age_and_sex for one in tables_of(eq_5d))
    assert eq_5d.definition.scale.maximum == Decimal(1)
