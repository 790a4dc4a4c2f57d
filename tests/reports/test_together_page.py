"""The page of the service's lead: numbers of seeded pairs, what is not shown, whose it is, and what it costs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

import pytest

from tests.cast import Cast, Person
from tests.looking import LookingClient
from tests.questionnaires.rows import Values, finished
from webapp.engagement import service as engagement
from webapp.foundations.database import acting_in, db, enter_service, new_id
from webapp.people import service as people
from webapp.people.models import Service
from webapp.questionnaires.instruments import Instruments
from webapp.questionnaires.models import ScoreRow, SittingRow
from webapp.reports.together import scores_together

HERE = "/service/outcomes"
FIRST, LAST = date(2026, 1, 5), date(2026, 6, 1)
FIVE = [(6, 4), (7, 7), (5, 3), (8, 9), (4, 2)]
NUMBERS = "6.0 5.0 +1.0 (95% CI −0.8 to +2.8) +0.34 (+0.43)"


class Seeding:
    """Patients with finished sittings, made for one test."""

    def __init__(self, cast: Cast, known: Instruments) -> None:
        self.cast, self.known = cast, known

    def patient(self, service: Service | None = None, door: str = "course") -> Person:
        """One more patient of Hillside (or of that service), on the course since today."""
        service = service or self.cast.hillside
        enter_service(service.id)
        job = self.cast.job(service)
        details = people.PatientDetails("Some", "Body", date(1980, 1, 1), email="some@example.org")
        patient = people.add_patient(details, by=job)
        enrolment = engagement.enrol(
            patient.id, door=door, rhythm="weekly", core_modules=("start-here",), by=job
        )
        engagement.start(enrolment, rhythm="weekly", by=job)
        return Person(None, None, patient, enrolment)  # type: ignore[arg-type]

    def answers(
        self, person: Person, name: str, values: Values, time_point: str = "baseline", **more: object
    ) -> None:
        """This person answered one questionnaire at a time point."""
        on = FIRST if time_point == "baseline" else LAST
        finished(self.cast, person, self.known, on, {name: values}, time_point=time_point, **more)  # type: ignore[arg-type]

    def pegs(self, pairs: Iterable[tuple[int, int]], until: str = "end", door: str = "course") -> None:
        """For each pair somebody with these PEG scores, at the start and later."""
        for before, after in pairs:
            person = self.patient(door=door)
            self.answers(person, "peg-3", (before,) * 3)
            self.answers(person, "peg-3", (after,) * 3, until)


@pytest.fixture
def seeding(cast: Cast, shipped: Instruments) -> Seeding:
    return Seeding(cast, shipped)


def lines(client: LookingClient, cast: Cast, address: str = HERE) -> str:
    """The page as one line of text, as its lead reads it."""
    cast.signs_in(client, "lena")
    page = client.page(address)
    assert page.status == 200
    return " ".join(page.text.split())


def row_of(text: str, title: str) -> str:
    """The first row of a table that begins with this title, up to the next questionnaire."""
    assert title in text
    return text.split(title, 1)[1].split("better.", 1)[1][:110]


def test_the_numbers_of_five_pairs(client: LookingClient, cast: Cast, seeding: Seeding) -> None:
    seeding.pegs(FIVE)
    text = lines(client, cast)
    assert f"5 5 {NUMBERS}" in row_of(text, "PEG")
    assert "fewer than 5 of 5" in text, "three became better by 1 point, and one worse"
    for said in (
        "Only people who answered both times are compared.",
        "There is no control group.",
        "Scores never decide anything about one person.",
    ):
        assert said in text


def test_shares_of_five_and_more_are_shown(client: LookingClient, cast: Cast, seeding: Seeding) -> None:
    seeding.pegs([(6, 4)] * 6 + [(6, 6)] * 2)
    assert "6 of 8: 75% (95% CI 41 to 93)" in lines(client, cast)


def test_four_pairs_are_fewer_than_five(client: LookingClient, cast: Cast, seeding: Seeding) -> None:
    seeding.pegs(FIVE[:4])
    seeding.answers(seeding.patient(), "peg-3", (9, 9, 9))
    text = row_of(lines(client, cast), "PEG")
    assert text.startswith(" 5 fewer than 5 – – – –"), text


def test_the_other_times_have_their_own_pairs(client: LookingClient, cast: Cast, seeding: Seeding) -> None:
    seeding.pegs(FIVE, until="month-6")
    assert "5 fewer than 5" in row_of(lines(client, cast), "PEG")
    assert f"5 5 {NUMBERS}" in row_of(lines(client, cast, f"{HERE}?to=month-6"), "PEG")
    assert "5 fewer than 5" in row_of(lines(client, cast, f"{HERE}?to=month-12"), "PEG")


@pytest.mark.parametrize("to", ["month-3", "baseline", "x"])
def test_another_time_is_not_found(client: LookingClient, cast: Cast, to: str) -> None:
    cast.signs_in(client, "lena")
    assert client.get(f"{HERE}?to={to}").status_code == 404


def test_refreshers_are_not_counted(client: LookingClient, cast: Cast, seeding: Seeding) -> None:
    seeding.pegs(FIVE)
    seeding.pegs([(9, 1)] * 3, door="refresher")
    assert f"5 5 {NUMBERS}" in row_of(lines(client, cast), "PEG")


def test_scores_of_an_earlier_version_are_not_counted(
    client: LookingClient, cast: Cast, seeding: Seeding
) -> None:
    seeding.pegs([*FIVE, (10, 0)])
    enter_service(cast.hillside.id)
    one = db.session.query(ScoreRow).filter(ScoreRow.total == 0).one()
    one.version = 99
    db.session.commit()
    assert f"6 5 {NUMBERS}" in row_of(lines(client, cast), "PEG")


def test_derived_scores_are_marked(client: LookingClient, cast: Cast, seeding: Seeding) -> None:
    seeding.pegs(FIVE)
    mark = "Some are worked out from longer forms."
    assert mark not in lines(client, cast)
    person = seeding.patient()
    seeding.answers(person, "pseq-2", (3, 3), derived=("pseq-2",))
    assert mark in lines(client, cast)


def test_two_services_are_apart(client: LookingClient, cast: Cast, seeding: Seeding) -> None:
    """What is Valley's own is in no number of Hillside's, and the other way round."""
    seeding.pegs(FIVE)
    for _ in range(6):
        person = seeding.patient(cast.valley)
        peg_of_valley(cast, person, 9, "baseline")
        peg_of_valley(cast, person, 0, "end")
    assert f"5 5 {NUMBERS}" in row_of(lines(client, cast), "PEG")
    with cast.app.test_request_context(), acting_in(cast.valley.id):
        [peg] = [one.said for one in scores_together(cast.victor.actor).lines if one.instrument.id == "peg-3"]
    assert (peg.baseline, peg.paired) == (6, 6)
    assert peg.mean is not None
    assert (peg.mean.before, peg.mean.after) == (9, 0)


def peg_of_valley(cast: Cast, person: Person, total: int, time_point: str) -> None:
    """A finished sitting with one PEG score in the other service, as rows."""
    assert person.patient and person.enrolment
    enter_service(cast.valley.id)
    on = FIRST if time_point == "baseline" else LAST
    at = datetime.combine(on, time(10), UTC)
    keys = {"service_id": cast.valley.id, "patient_id": person.patient.id}
    sitting = SittingRow(
        **keys, id=new_id(), enrolment_id=person.enrolment.id, battery="default/1", time_point=time_point,
        name=time_point, instruments=["peg-3"], started_at=at, finished_at=at,
    )  # fmt: skip
    db.session.add(sitting)
    db.session.flush()
    db.session.add(
        ScoreRow(
            **keys, sitting_id=sitting.id, instrument="peg-3", version=1, total=total, exact=str(total), subscales={},
            answered=3, missing=[], prorated=False, reason=None, at=at, on=on,
        )
    )  # fmt: skip
    db.session.commit()


def test_rates_need_both_questionnaires_both_times(
    client: LookingClient, cast: Cast, seeding: Seeding
) -> None:
    everybody = [seeding.patient() for _ in range(6)]
    for person in everybody:
        for time_point, phq, gad in (("baseline", 2, 2), ("end", 0, 0)):
            both: dict[str, Values] = {"phq-9": (phq,) * 8 + (0,), "gad-7": (gad,) * 7}
            on = FIRST if time_point == "baseline" else LAST
            finished(cast, person, seeding.known, on, _padded(seeding.known, both), time_point=time_point)
    text = lines(client, cast)
    assert "6 people have PHQ-9 and GAD-7 both times." in text
    assert text.count("6 of 6: 100% (95% CI 61 to 100)") >= 4
    assert "PHQ-9" in text.split("How many changed", 1)[0]


def _padded(known: Instruments, answers: dict[str, Values]) -> dict[str, Values]:
    """The same with nothing for optional questions that are not in the total."""
    return {
        name: (*values, *(None,) * (len(known.get(name).definition.items) - len(values)))
        for name, values in answers.items()
    }


def test_without_them_no_rate_is_shown(client: LookingClient, cast: Cast, seeding: Seeding) -> None:
    seeding.pegs(FIVE)
    text = lines(client, cast)
    assert "Fewer than 5 people have PHQ-9 and GAD-7 both times, so no rates are shown." in text
    assert "Reliable recovery" not in text


@pytest.mark.parametrize("name", ["carol", "colin", "asha", "ada"])
def test_only_the_lead_may(client: LookingClient, cast: Cast, name: str) -> None:
    cast.signs_in(client, name)
    assert client.get(HERE).status_code == 403


def test_the_way_there_is_on_the_settings(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "lena")
    assert f'href="{HERE}"' in client.page("/service").html


def test_many_people_cost_no_more_queries_than_few(
    client: LookingClient, cast: Cast, seeding: Seeding
) -> None:
    def cost() -> int:
        lines(client, cast)
        lines(client, cast)
        assert not [said for said in client.last_statements if said.startswith(("INSERT", "DELETE"))]
        return len(client.last_statements)

    seeding.pegs(FIVE[:1])
    few = cost()
    seeding.pegs(FIVE * 4)
    assert cost() == few
