"""Does what a made-up person decided, by the services that a page would call (and by the links in their e-mails)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from uuid import UUID

from webapp.commands.demo import acts
from webapp.commands.demo.year.crowd import Person, enrolment_of
from webapp.commands.demo.year.lives import LONGEST_FLARE_DAYS, Act, Life, What
from webapp.course.service import core_modules
from webapp.engagement import requests
from webapp.engagement import service as engagement
from webapp.engagement.contact_rules import LEFT_REASONS, SAID_BY_STAFF_ONLY
from webapp.engagement.models import Enrolment
from webapp.foundations import clock
from webapp.foundations.access import Actor
from webapp.goals import service as goals
from webapp.goals import service_review as looking_back
from webapp.goals.rules_review import Choice, Outcome
from webapp.home import leaving
from webapp.people import service as people
from webapp.reminders import choices

OWN_REASONS = tuple(reason for reason in LEFT_REASONS if reason not in SAID_BY_STAFF_ONLY)
CHOICES_AT_THE_START = {"email": 0.9, "text": 0.3, "voicemail": 0.2, "letter": 0.3}
WAYS_BACK = ("go_on", "refresher")


@dataclass(frozen=True)
class Doing:
    """One person who does something now: their row, who they act as, and dice for the details."""

    person: Person
    service_id: UUID
    throw: Random

    @property
    def life(self) -> Life:
        """What the simulation remembers of them."""
        return self.person.life

    @property
    def me(self) -> Actor:
        """The person as the one who acts."""
        return self.person.actor(self.service_id)

    @property
    def enrolment(self) -> Enrolment:
        """Their way through the course."""
        return enrolment_of(self.person, self.service_id)


def do(doing: Doing, act: Act) -> None:
    """Do one act, in the caller's transaction."""
    DOES[act.what](doing, act.detail)


def _start(doing: Doing, _detail: str) -> None:
    """Open the account, choose the ways of writing, begin in the own rhythm, read the first page."""
    patient = people.patient_of(Actor(doing.service_id, job="start"), doing.person.patient_id)
    account = people.add_account(f"patient{doing.life.number}@mail.example", doing.person.name)
    doing.person.account_id = account.id
    people.add_member(account, "patient", by=doing.me, patient_id=patient.id)
    people.change_patient(patient, {"account_id": account.id}, by=doing.me)
    for thing, chance in CHOICES_AT_THE_START.items():
        people.choose(patient.id, thing, doing.throw.random() < chance, by=doing.me)
    engagement.start(doing.enrolment, rhythm=doing.life.kind.rhythm, by=doing.me)
    doing.life.started_on = clock.today()
    _visit(doing, "page_read")


def _visit(doing: Doing, kind: str) -> None:
    """One meaningful act of this kind."""
    names = core_modules()
    what = names[min(doing.life.modules_done, len(names) - 1)]
    engagement.record(doing.me, doing.enrolment, kind, f"{what}/a-page")
    doing.life.visits_in_module += 1
    doing.life.last_visit_on = clock.today()


def _finish_module(doing: Doing, _detail: str) -> None:
    life = doing.life
    engagement.reach_milestone(doing.me, doing.enrolment, core_modules()[life.modules_done])
    life.modules_done, life.visits_in_module = life.modules_done + 1, 0
    if life.modules_done == len(core_modules()):
        life.finished_on = clock.today()


def _flare(doing: Doing, _detail: str) -> None:
    requests.report_flare(doing.enrolment, by=doing.me)
    begin_flare(doing.life, doing.throw)


def begin_flare(life: Life, throw: Random) -> None:
    """Remember that a flare-up began today. Most last 2 to 7 days (source: thresholds)."""
    life.flare_from = clock.today()
    life.flare_until = life.flare_from + timedelta(days=throw.randint(2, LONGEST_FLARE_DAYS))


def _answer_flare(doing: Doing, answer: str) -> None:
    enrolment = doing.enrolment
    flare = requests.running_flare(enrolment)
    if flare is not None:
        requests.answer_flare(enrolment, flare, answer, by=doing.me)
    if answer == "better":
        doing.life.flare_from = doing.life.flare_until = None


def _pause(doing: Doing, days: str) -> None:
    until_on = clock.today() + timedelta(days=int(days))
    requests.pause(doing.enrolment, until_on, "holiday", by=doing.me, by_patient=True)
    doing.life.paused_until = until_on


def _come_back(doing: Doing, _detail: str) -> None:
    requests.end_pause(doing.enrolment, by=doing.me)
    doing.life.paused_until = None
    _visit(doing, "page_read")


def _leave(doing: Doing, _detail: str) -> None:
    leaving.leave(doing.enrolment, doing.throw.choice(OWN_REASONS), by=doing.me)
    doing.life.left_on = clock.today()


def _enter_again(doing: Doing, _detail: str) -> None:
    """Come back: go on where they were, or by the refresher door."""
    life = doing.life
    life.left_on, life.wish = None, 1.0
    if doing.throw.choice(WAYS_BACK) == "go_on":
        leaving.go_on(doing.enrolment, by=doing.me)
        return
    life.kind = replace(life.kind, door="refresher", rhythm="own_speed")
    doing.person.enrolment_id = leaving.begin_afresh(doing.enrolment, by=doing.me).id
    life.started_on, life.modules_done, life.finished_on = clock.today(), 0, None


def _ask_for_call(doing: Doing, about: str) -> None:
    requests.ask_for_call(doing.enrolment, about, by=doing.me)


def _stop_messages(doing: Doing, _detail: str) -> None:
    """Under *Me*, signed in."""
    choices.stop(doing.person.patient_id, by=doing.me)
    doing.life.has_stopped_messages = True


def _answer_questions(doing: Doing, _detail: str) -> None:
    level = 0.7 - 0.05 * doing.life.modules_done
    acts.answer_what_is_due(doing.enrolment, by=doing.me, shift=doing.life.number, level=level)


def _make_goal(doing: Doing, _detail: str) -> None:
    patient = people.patient_of(doing.me, doing.person.patient_id)
    acts.make_goal(patient, by=doing.me)
    doing.life.has_goal = True


def _look_back(doing: Doing, _detail: str) -> None:
    """Look back on a goal that is due, and stay with it."""
    due = goals.due_reviews(doing.me, doing.person.patient_id, clock.today())
    for one in due[:1]:
        goal = goals.goal_of(doing.me, doing.person.patient_id, one.goal_id)
        looking_back.begin_look_back(goal, Outcome.NOT_THIS_WEEK, by=doing.me)
        goal = goals.goal_of(doing.me, doing.person.patient_id, one.goal_id)
        looking_back.choose(goal, Choice.KEEP, by=doing.me)


def _booster(doing: Doing, _detail: str) -> None:
    skills = [doing.throw.randint(3, 9) for _ in range(8)]
    acts.look_at_skills(doing.enrolment, skills, at_booster=True, by=doing.me)
    doing.life.boosters += 1


DOES: Mapping[What, Callable[[Doing, str], None]] = {
    What.START: _start,
    What.VISIT: _visit,
    What.FINISH_MODULE: _finish_module,
    What.FLARE: _flare,
    What.ANSWER_FLARE: _answer_flare,
    What.PAUSE: _pause,
    What.COME_BACK: _come_back,
    What.LEAVE: _leave,
    What.ENTER_AGAIN: _enter_again,
    What.ASK_FOR_CALL: _ask_for_call,
    What.STOP_MESSAGES: _stop_messages,
    What.ANSWER_QUESTIONS: _answer_questions,
    What.MAKE_GOAL: _make_goal,
    What.LOOK_BACK: _look_back,
    What.BOOSTER: _booster,
}
