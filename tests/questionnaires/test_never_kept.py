"""Answers that a person must see are kept in the database and nowhere else: no draft, no queue, no copy of a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.cast import Cast
from tests.looking import LookingClient
from tests.questionnaires.sittings import MOOD, PAIN, begin, finish_module_1
from tests.questionnaires.test_whole_sittings import item_nine
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.foundations.drafts import NOT_KEPT, Draft
from webapp.people.sign_in_models import SignedIn
from webapp.questionnaires import service
from webapp.questionnaires.models import Answer

NINTH = f"{MOOD}/phq-9/q9"
SCRIPTS = Path(__file__).resolve().parents[2] / "webapp" / "design" / "js"


@pytest.fixture
def pain(cast: Cast, client: LookingClient) -> LookingClient:
    """Asha has begun a part without such a question."""
    item_nine(cast)
    finish_module_1(cast, "asha")
    cast.signs_in(client, "asha")
    begin(client, PAIN)
    return client


@pytest.fixture
def mood(cast: Cast, client: LookingClient) -> LookingClient:
    """Asha has begun the part in which PHQ-9 is asked."""
    item_nine(cast)
    person = finish_module_1(cast, "asha")
    assert person.enrolment
    service.skip(person.actor, person.enrolment, "baseline-pain")
    db.session.commit()
    cast.signs_in(client, "asha")
    begin(client, MOOD)
    return client


def entry(cast: Cast, sitting: str) -> str:
    assert cast.asha.patient
    return f"/patients/{cast.asha.patient.id}{sitting}/enter"


def test_pages_with_such_a_question_keep_no_typing_and_no_copy(mood: LookingClient, cast: Cast) -> None:
    for address, name in {NINTH: "asha", f"{MOOD}/all": "asha", entry(cast, MOOD): "carol"}.items():
        cast.signs_in(mood, name)
        response = mood.get(address)
        form = re.search(r"<form[^>]*class=\"wm-form\"[^>]*>", response.text)
        assert response.status_code == 200 and form, address
        assert response.headers["Cache-Control"] == "no-store"
        assert "data-keep" not in form[0] and "data-save" not in form[0], form[0]
        assert re.search(rf'name="{NOT_KEPT}"[^>]*value="y"', response.text), address


def test_other_questions_on_the_phone_are_still_sent_again_when_the_signal_goes(pain: LookingClient) -> None:
    """So that the test above can fail: the same pages of the other part do carry both marks."""
    for address in (f"{PAIN}/peg-3/q1", f"{PAIN}/all"):
        page = pain.page(address).html
        assert "data-save" in page and NOT_KEPT not in page, address


def drafts() -> int:
    return db.session.scalar(select(func.count()).select_from(Draft)) or 0


def sends_after_the_session_ended(client: LookingClient, address: str, answer: dict[str, str]) -> int:
    """The page was open, the session ended, the form is sent."""
    fields, _action = client.page(address).form_fields()
    for row in db.session.scalars(select(SignedIn)):
        row.ended_at = clock.now()
    db.session.commit()
    return client.post(address, data={**fields, **answer}).status_code


def test_a_form_whose_session_ended_leaves_no_draft_of_such_an_answer(mood: LookingClient) -> None:
    sends_after_the_session_ended(mood, NINTH, {"phq-9-q9": "2"})
    assert drafts() == 0
    assert db.session.scalars(select(Answer)).all() == []


def test_a_form_of_other_questions_does_leave_a_draft(pain: LookingClient) -> None:
    sends_after_the_session_ended(pain, f"{PAIN}/peg-3/q1", {"peg-3-q1": "6"})
    assert drafts() == 1


def test_what_staff_type_leaves_no_draft_of_such_an_answer(mood: LookingClient, cast: Cast) -> None:
    cast.signs_in(mood, "carol")
    sends_after_the_session_ended(mood, entry(cast, MOOD), {"phq-9-q9": "2"})
    assert drafts() == 0


def test_what_staff_type_of_other_questions_does_leave_a_draft(pain: LookingClient, cast: Cast) -> None:
    cast.signs_in(pain, "carol")
    sends_after_the_session_ended(pain, entry(cast, PAIN), {"peg-3-q1": "2"})
    assert drafts() == 1


def test_our_script_cannot_keep_it_behind_the_forms_back(mood: LookingClient) -> None:
    fields, _action = mood.page(NINTH).form_fields()
    response = mood.post("/drafts", data={**fields, "phq-9-q9": "2", "path": NINTH})
    assert response.status_code == 204 and drafts() == 0


@pytest.mark.parametrize("script", sorted(path.name for path in SCRIPTS.glob("*.js")))
def test_no_script_of_ours_uses_the_browsers_own_storage(script: str) -> None:
    source = (SCRIPTS / script).read_text("utf-8")
    storage = r"localStorage|sessionStorage|indexedDB|caches\.|serviceWorker|document\.cookie"
    assert re.findall(storage, source) == []
