"""Axe at 320 pixels on every kind of page: signed out, a patient's, the portal's;
some in the dark, and in Welsh.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.cast import Cast
from tests.journeys import seeds
from tests.journeys.browser import DESK, Person
from webapp.course import answers
from webapp.course import service as course
from webapp.engagement import requests
from webapp.foundations.database import db
from webapp.people.models import Service
from webapp.questionnaires import service as questionnaires

People = Callable[..., Person]
SIGNED_OUT = (
    "/", "/sign-in", "/sign-in/link", "/sign-in/link/sent", "/sign-in/link/nothing-known", "/signed-out",
    "/start", "/start/nothing-known", "/help-now", "/flare-up", "/your-information", "/accessibility",
    "/r/nothing-known", "/no-such-page",
)  # fmt: skip
NOT_THERE = {
    "/sign-in/link/nothing-known": (404, 410),
    "/start/nothing-known": (404, 410),
    "/r/nothing-known": (404,),
    "/no-such-page": (404,),
}
ME = (
    "/me", "/me/choices", "/me/what-the-team-sees", "/me/sharing", "/me/helper", "/me/who-looked",
    "/me/language", "/me/password", "/me/three-words", "/me/devices", "/me/pause", "/me/rhythm",
    "/me/messages", "/me/leave",
)  # fmt: skip
COURSE = (
    "/today", "/course", "/course/start-here", "/course/start-here/hurt-and-harm",
    "/course/start-here/three-tries", "/course/start-here/getting-help?short=1", "/course/start-here/end",
    "/course/start-here/print", "/toolbox", "/progress",
)  # fmt: skip
QUESTIONS = (
    "",
    "/baseline-pain/peg-3/q1",
    "/baseline-pain/pseq-10/q1",
    "/baseline-pain/all",
    "/baseline-pain/send",
)
PACING = (
    "",
    "/details",
    "/tick",
    "/look-back",
    "/look-backs",
    "/finish",
    "/print",
    "/quick",
    "/tries",
)
NEW_PACING = ("/pacing", "/pacing/new", "/pacing/new/crash", "/pacing/new/activity", "/pacing/energy")
GOAL = (
    "/matters/family", "/gap", "/want-back", "/what", "/where", "/know", "/by-when", "/ladder", "/rung/1",
    "/this-week", "/how-sure", "/easier", "/in-the-way", "/supporter", "/reward", "/check",
)  # fmt: skip
SUPPORT = (
    "/ring-me",
    "/something-wrong?page=/today",
    "/something-wrong/thank-you?kind=upsetting",
    "/help-now",
    "/flare-up",
)
PORTAL = (
    "/ring-today",
    "/ring-today/rules",
    "/answers",
    "/patients",
    "/problems",
    "/invite",
    "/me/codes",
)
STORY = (
    "", "/call", "/invited", "/letter", "/details", "/pause", "/left", "/hide", "/record", "/paper",
    "/questionnaires/baseline-pain/enter",
)  # fmt: skip
LEAD = (
    "/service", "/service/closures", "/service/crisis-numbers", "/service/logo", "/service/modules",
    "/service/sign-numbers", "/service/staff", "/preview", "/preview/start-here/en",
    "/service/messages", "/service/messages/cy/nudge",
)  # fmt: skip


def looks_at(person: Person, paths: tuple[str, ...] | list[str]) -> None:
    """Open each page and look at it; tell of all that is wrong, not of the first thing only."""
    wrong = []
    for path in paths:
        try:
            answer = person.page.goto(person.origin + path)
            assert answer is not None and (answer.status in (200, *NOT_THERE.get(path, ()))), (
                f"{path}: {answer}"
            )
            person.forgets("status of 4" if path in NOT_THERE else "^$").finds_nothing_wrong()
        except AssertionError as found:
            person.troubles = []
            wrong.append(f"{path}: {found}")
    assert not wrong, "\n\n".join(wrong)


def a_busy_patient(town: Cast, name: str = "asha") -> tuple[str, str]:
    """A walk, a goal in the making, open questions, an exercise and a call that was asked for;
    addresses of walk and goal.
    """
    walk, goal = seeds.walk_of_seven(town, name), seeds.new_goal(town, name)
    seeds.open_questions(town, name)
    asha = seeds.enters(town, name)
    assert asha.enrolment
    questionnaires.answer(asha.actor, asha.enrolment, seeds.SITTING, {("peg-3", "q1"): 6}, "en")
    requests.ask_for_call(asha.enrolment, "exercise", by=asha.actor)
    here = course.in_module(asha.enrolment, "start-here", "en")
    block = next(one for page in here.text.pages for one in page.blocks if one.kind == "write")
    answers.save_answer(here, block, "Ring Bex about Sunday", by=asha.actor)
    db.session.commit()
    return walk, goal


def test_signed_out(opens: People, town: Cast) -> None:
    looks_at(opens(), SIGNED_OUT)


def test_a_patients_course_and_questions(signed_in: People, town: Cast) -> None:
    a_busy_patient(town)
    looks_at(signed_in("asha"), [*COURSE, *(f"/questionnaires{page}" for page in QUESTIONS)])


def test_a_patients_plans_and_goals(signed_in: People, town: Cast) -> None:
    walk, goal = a_busy_patient(town)
    paths = [
        *NEW_PACING,
        *(walk + page for page in PACING),
        "/goals",
        "/goals/new",
        *(goal + page for page in GOAL),
    ]
    looks_at(signed_in("asha"), paths)


def test_what_is_a_patients_own(signed_in: People, town: Cast) -> None:
    looks_at(signed_in("asha"), [*ME, *SUPPORT])


def test_a_clinicians_pages(signed_in: People, town: Cast) -> None:
    a_busy_patient(town)
    person = seeds.enters(town, "asha")
    assert person.enrolment and person.patient
    questionnaires.finish(person.actor, person.enrolment, seeds.SITTING)
    story = f"/patients/{person.patient.id}"
    db.session.commit()
    looks_at(signed_in("carol", size=DESK), [*PORTAL, *(story + page for page in STORY)])


def test_the_pages_of_a_lead_and_an_administrator(signed_in: People, town: Cast) -> None:
    looks_at(signed_in("lena", size=DESK), LEAD)
    ada = signed_in("ada", size=DESK)
    looks_at(ada, ["/installation", f"/installation/services/{town.hillside.id}", "/me"])


def test_in_the_dark(opens: People, signed_in: People, town: Cast) -> None:
    walk, _goal = a_busy_patient(town)
    dark = {"color_scheme": "dark"}
    looks_at(opens(**dark), ["/", "/sign-in", "/help-now"])
    pages = [
        "/today",
        "/course/start-here/hurt-and-harm",
        "/questionnaires/baseline-pain/peg-3/q1",
        walk,
        "/flare-up",
    ]
    looks_at(signed_in("asha", **dark), pages)
    looks_at(signed_in("carol", size=DESK, **dark), ["/ring-today", "/patients", "/invite"])


def test_in_welsh(signed_in: People, town: Cast) -> None:
    walk, _goal = a_busy_patient(town)
    seeds.enters(town, "asha")
    db.session.get_one(Service, town.hillside.id).languages = ["en", "cy"]
    db.session.commit()
    asha = signed_in("asha")
    asha.context.add_cookies([{"name": "language", "value": "cy", "url": asha.origin}])
    asha.goes_to("/today")
    assert asha.page.locator("html").get_attribute("lang") == "cy"
    pages = [
        "/today",
        "/course/start-here/hurt-and-harm",
        "/questionnaires/baseline-pain/peg-3/q1",
        walk,
        "/help-now",
        "/me",
    ]
    looks_at(asha, pages)
