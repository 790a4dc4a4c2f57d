"""Single acts of a made-up patient, each done by the service that a page would call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from webapp.course import answers as exercises
from webapp.course import routes_taken
from webapp.course import service as course
from webapp.course.rules_route import SKILLS
from webapp.course.shelf import course as whole_course
from webapp.engagement.models import Enrolment
from webapp.foundations import clock
from webapp.foundations.access import Actor
from webapp.goals import service as goals
from webapp.goals import service_making as making
from webapp.goals.rules import Domain
from webapp.goals.seen import Goal
from webapp.pacing import service as pacing
from webapp.pacing import service_days, service_start
from webapp.pacing.models import PacingPlan
from webapp.people.models import Patient
from webapp.questionnaires import service as questionnaires
from webapp.questionnaires.asked import Question
from webapp.questionnaires.planning import due_sittings
from webapp.questionnaires.rules import Better, item_value

ENGLISH = "en"
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)


def pages_of(module: str) -> tuple[str, ...]:
    """The names of a module's pages."""
    found = whole_course().module(module)
    assert found is not None
    return tuple(page.name for page in found.texts[ENGLISH].pages)


def read(enrolment: Enrolment, module: str, pages: Sequence[str], *, by: Actor) -> None:
    """Read pages; with the last one the key exercise is written or left for later, so that the module is done."""
    here = course.in_module(enrolment, module, ENGLISH)
    for page in pages:
        here = course.read_page(here, page, by=by)
    if pages and pages[-1] == here.pages[-1] and not here.done:
        course.leave_key_for_later(here, by=by)


def write_down(enrolment: Enrolment, module: str, exercise: str, data: object, *, by: Actor) -> None:
    """Save an answer to an exercise."""
    here = course.in_module(enrolment, module, ENGLISH)
    block = here.text.block(exercise)
    assert block is not None
    exercises.save_answer(here, block, data, by=by)


def answer_what_is_due(
    enrolment: Enrolment, *, by: Actor, shift: int, level: float = 0.6, typed_by: Actor | None = None
) -> None:
    """Answer every questionnaire that is due today: ``level`` is how hard it is now (0 to 1), ``shift`` makes
    people differ. With ``typed_by`` it came on paper, written two days ago.
    """
    for planned in due_sittings(by, enrolment, clock.today()):
        name = planned.sitting.id
        questions = questionnaires.sitting_of(by, enrolment, name).questions
        given = {each.key: plausible_answer(each, shift, level) for each in questions if not each.is_words}
        if typed_by is not None:
            written_on = clock.today() - timedelta(days=2)
            questionnaires.enter_for_patient(typed_by, enrolment, name, given, "paper", written_on=written_on)
            continue
        questionnaires.start(by, enrolment, name, "one")
        questionnaires.answer(by, enrolment, name, given)
        questionnaires.finish(by, enrolment, name)


def plausible_answer(question: Question, shift: int, level: float) -> int:
    """A made-up answer: worse the higher the ``level``, a little up or down from question to question.

    A choice that measures nothing is any of the first few; nobody here answers what a person must see.
    """
    item, scale = question.item, question.instrument.definition.scale
    if item.alert_from is not None:
        return item.minimum
    if not scale.has_a_score:
        return item.minimum + (shift + question.number) % min(3, len(question.values))
    rising = item_value(item, item.maximum) > item_value(item, item.minimum)
    share = level if rising is (scale.better is Better.LOW) else 1 - level
    wobble = ((shift * 3 + question.number * 2) % 5 - 2) * 0.12
    value = item.minimum + round((item.maximum - item.minimum) * (share + wobble))
    return min(max(value, item.minimum), item.maximum)


def look_at_skills(enrolment: Enrolment, numbers: Sequence[int], *, at_booster: bool, by: Actor) -> None:
    """Say of each of the eight skills how it is going."""
    routes_taken.look(enrolment, dict(zip(SKILLS, numbers, strict=True)), at_booster=at_booster, by=by)


def finish_a_stop(enrolment: Enrolment, *, by: Actor) -> None:
    """Tap that the next stop of the route is done."""
    texts = {module.name: module.texts[ENGLISH] for module in whole_course().modules}
    route = routes_taken.route_of(enrolment, texts)
    if route is not None and route.ahead is not None:
        routes_taken.say_done(enrolment, route.ahead.skill, True, by=by)


def walk_try(patient: Patient, minutes: int, day_type: str, *, by: Actor) -> None:
    """A try at a walk, in minutes."""
    plan = _walk(patient, by) or pacing.begin(
        patient.id,
        pacing.NewActivity("own", "Walk to the park", "To sit by the pond again", "time", "pain"),
        by=by,
    )
    service_start.add_try(plan, minutes * 60.0, clock.today(), day_type, "settled", by=by)


def start_walk(patient: Patient, *, by: Actor) -> None:
    """Take the start that the tries point to, and share the plan."""
    plan = _walk(patient, by)
    assert plan is not None
    found = service_start.found_start(plan, service_start.tries_of(plan))
    service_start.choose_start(plan, found, found.options[0].kind.value, clock.today(), by=by)
    pacing.share(plan, True, by=by)


def tick_walk(patient: Patient, *, by: Actor) -> None:
    """Today's walk was done as shown."""
    plan = _walk(patient, by)
    assert plan is not None
    service_days.tick(plan, clock.today(), "did_it", None, "ordinary", by=by)


def _walk(patient: Patient, by: Actor) -> PacingPlan | None:
    return next(iter(pacing.plans_of(by, patient.id)), None)


def make_goal(patient: Patient, *, by: Actor) -> UUID:
    """Tea with Mum on Sundays: rated, pictured, on a ladder, with this week's plan; shared."""
    goal = goals.begin(by, patient.id)
    goal_id = goal.id

    def again() -> Goal:
        return goals.goal_of(by, patient.id, goal_id)

    making.rate_domain(goal, Domain.FAMILY, 5, 2, by=by)
    making.save(again(), "gap", {"domain": Domain.FAMILY.value}, by=by)
    making.save(again(), "what", {"what": "Tea with Mum"}, by=by)
    making.save(again(), "where", {"place": "at her house", "with_whom": "Mum"}, by=by)
    for number, rung in enumerate(
        ("Ring Mum on Sunday", "Sit with Mum for half an hour", "Stay for tea"), start=1
    ):
        making.save_rung(again(), number, {"what": rung}, by=by)
    making.finish_ladder(again(), by=by)
    making.save_plan(again(), "After lunch", [6], "ring Mum", "in the kitchen", by=by)
    making.rate(again(), 6, by=by)
    making.start(again(), by=by)
    goals.share(again(), True, by=by)
    return goal_id
