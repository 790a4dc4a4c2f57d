"""An answer of 0 is no reassurance, and no other answer is comforted away: no page says that all is well.

Among people at risk most did not tell it in this question (Simon 2013 and PMC8258235, in the project's notes on
questionnaires, §7): what is not said tells nothing.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.cast import Cast
from tests.looking import LookingClient
from tests.page import Page
from tests.questionnaires.sittings import MOOD, begin, finish_module_1, tap
from tests.questionnaires.test_whole_sittings import item_nine
from webapp.foundations.database import db
from webapp.questionnaires import service
from webapp.questionnaires.models import SittingRow
from webapp.safety.models import Alert

WEBAPP = Path(__file__).resolve().parents[2] / "webapp"
COMFORT = re.compile(
    r"\b(good news|well done|glad|pleased|relie(f|ved)|congratulat\w+|reassur\w+|nothing to worry|no need to worry"
    r"|don.t worry|all is well|you are safe|you.re safe|keeps? you safe|everything is (fine|ok)|all clear"
    r"|(no|low|high|lower|higher|at|of) risk|no sign|no concern|not a concern|no alert|normal|healthy"
    r"|(we|team|somebody) (are|is|will be) (watching|monitoring)|being (watched|monitored)|it will pass)\b",
    re.IGNORECASE,
)
ROOMS = ("questionnaires", "safety", "support")


def templates() -> list[str]:
    """Every template of the rooms that ask, tell and help."""
    found = [path for room in ROOMS for path in (WEBAPP / room / "templates").rglob("*.jinja")]
    return sorted(str(path.relative_to(WEBAPP)) for path in found)


@pytest.mark.parametrize("name", templates())
def test_a_template_comforts_nobody_and_promises_nobody_a_watch(name: str) -> None:
    said = re.sub(r"\{#.*?#\}", "", (WEBAPP / name).read_text("utf-8"), flags=re.DOTALL)
    assert [found[0] for found in COMFORT.finditer(said)] == []


@pytest.mark.parametrize(
    "said", ["Good news: no sign of trouble", "You are at low risk", "We are monitoring you", "No alert"]
)
def test_comfort_is_found(said: str) -> None:
    assert COMFORT.search(said)


@pytest.fixture
def asha(cast: Cast, client: LookingClient) -> LookingClient:
    """Asha has PHQ-9 before her."""
    item_nine(cast)
    person = finish_module_1(cast, "asha")
    assert person.enrolment
    service.skip(person.actor, person.enrolment, "baseline-pain")
    db.session.commit()
    cast.signs_in(client, "asha")
    begin(client, MOOD)
    return client


def answered(client: LookingClient, cast: Cast, value: int | None) -> Page:
    """Everything with 0, and the ninth question as asked; sent."""
    for number in range(1, 11):
        if number == 9 and value is None:
            continue
        tap(client, MOOD, f"phq-9/q{number}", value if number == 9 else 0)
    return client.submit(f"{MOOD}/send")


def patients_pages(client: LookingClient) -> dict[str, str]:
    """What the patient reads afterwards."""
    paths = (f"{MOOD}/done", "/today", "/questionnaires", "/me/what-i-told", "/progress", "/ring-me")
    return {path: client.page(path).text for path in paths}


@pytest.mark.parametrize("value", [0, 1, 3, None])
def test_no_page_of_the_patient_comforts_after_any_answer(
    asha: LookingClient, cast: Cast, value: int | None
) -> None:
    pages = {"sent": answered(asha, cast, value).text, **patients_pages(asha)}
    assert {path: found[0] for path, text in pages.items() if (found := COMFORT.search(text))} == {}


def test_after_0_the_next_question_is_all_that_there_is(asha: LookingClient) -> None:
    after = tap(asha, MOOD, "phq-9/q9", 0)
    plain = asha.page(after.address)
    assert after.text == plain.text and "q10" in after.address
    assert "told" not in after.text.lower() and "thank" not in after.text.lower()


def test_0_leaves_nothing_behind_for_the_patient_or_the_team(asha: LookingClient, cast: Cast) -> None:
    answered(asha, cast, 0)
    assert db.session.scalars(select(Alert)).all() == []
    pages = patients_pages(asha)
    assert "There is nothing here yet" in pages["/me/what-i-told"]
    assert "You told us something" not in pages["/today"]
    assert "on its own, before the rest" not in pages[f"{MOOD}/done"]


def test_the_clinician_sees_0_as_the_answer_and_nothing_beyond_it(asha: LookingClient, cast: Cast) -> None:
    """Beside 0 stands what stands beside any other question that was answered with 0."""
    answered(asha, cast, 0)
    sitting = db.session.scalars(select(SittingRow).where(SittingRow.name == "baseline-mood")).one()
    assert cast.asha.patient
    story = f"/patients/{cast.asha.patient.id}"
    cast.signs_in(asha, "carol")
    page = asha.page(f"{story}/answers/{sitting.id}")
    rows = [" ".join(part.split()) for part in re.findall(r"<tr>.*?</tr>", page.html, re.DOTALL)]
    (ninth,) = [row for row in rows if "better off dead" in row]
    (eighth,) = [row for row in rows if "so slowly" in row]
    assert _beside(ninth) == _beside(eighth) and "Not at all" in ninth
    for text in (page.text, asha.page(story).text, asha.page(f"{story}/record").text):
        assert COMFORT.search(text) is None
    assert "Alert" not in asha.page(f"{story}/record").text


def _beside(row: str) -> str:
    return row.split("</th>", 1)[1]
