"""The patient's course: the path, a module, its pages, and what happens at its end."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid4

from flask import Blueprint, abort, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from webapp.content import Block, Module, ModuleText, Page
from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment
from webapp.foundations.access import May, acting, allow, visitor
from webapp.foundations.kept_pages import kept_page, slot
from webapp.foundations.languages import chosen
from webapp.people.models import Service
from webapp.people.visitors import Visitor

from . import answers, routes_taken, rules, service, shelf, showing
from .exercises.answering import KINDS, ExerciseForm
from .forms import ShareForm, StepForm
from .overview import Journey, journey_of
from .service import InModule
from .ways import ASKED, Way, part_after, way_asked

pages = Blueprint("course", __name__, template_folder="templates")
Answer = str | Response | tuple[str, int]
_ONE_BUTTON = SimpleNamespace(once=SimpleNamespace(data=slot("once")))
"""What the last button's form asks of a ``StepForm`` on a page that is kept."""


def following() -> Visitor:
    """The patient who is asking."""
    return cast(Visitor, visitor())


def enrolment_of_visitor() -> Enrolment:
    """The way through the course that the visitor is on; 404 if they have none."""
    patient_id: UUID | None = following().patient_id
    if patient_id is None:
        abort(404)
    try:
        return engagement.current_enrolment(acting(), patient_id)
    except engagement.NotEnrolled:
        abort(404)


def journey_of_visitor(enrolment: Enrolment | None = None) -> Journey:
    """Where everything stands for the visitor today."""
    service_of_visitor = cast(Service, following().service)
    return journey_of(enrolment or enrolment_of_visitor(), service_of_visitor, chosen(), by=acting())


@pages.get("/course")
@allow(May.FOLLOW_COURSE)
def overview() -> Answer:
    """The path: every module, what is done, where you are, what opens when."""
    return render_template("course/overview.jinja", journey=journey_of_visitor(), step=StepForm())


@pages.get("/course/<module>")
@allow(May.FOLLOW_COURSE)
def front(module: str) -> Answer:
    """A module's first page: what it is about, its pages, how long it takes."""
    enrolment = enrolment_of_visitor()
    journey = journey_of_visitor(enrolment)
    at = journey.find(module)
    if at is None:
        abort(404)
    here = in_module_of(enrolment, module)
    return render_template("course/front.jinja", at=at, reading=here, journey=journey, step=StepForm())


@pages.route("/course/<module>/open", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def go_on_now(module: str) -> Answer:
    """ "I'd like to go on now": opens the module before its day. Recorded, never refused."""
    here = in_module_of(enrolment_of_visitor(), module)
    if StepForm().validate_on_submit():
        service.go_on_now(here, by=acting())
        return redirect(url_for(".page", module=module, page=here.go_on_with or here.pages[0]), 303)
    return redirect(url_for(".front", module=module), 303)


@pages.route("/course/<module>/<page>", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def page(module: str, page: str) -> Answer:
    """One page. A POST saves one of its exercises."""
    if request.method != "POST" and (ready := _kept(module, page)):
        return ready
    enrolment = enrolment_of_visitor()
    here, found = _on_page(enrolment, module, page)
    if here.begun is None and not is_open(enrolment, module):
        return redirect(url_for(".front", module=module), 303)
    if request.method == "POST":
        return _save_exercise(here, found)
    return _show(here, found)


def _save_exercise(here: InModule, page: Page) -> Answer:
    block = _exercise(page, request.form.get("exercise", ""))
    before = answers.answers_in(here.enrolment, here.module.name).get(block.name)
    form = showing.exercise_form(here, block, before, from_request=True)
    if not form.validate_on_submit():
        return _show(here, page, refused=form), 422
    saved = answers.save_answer(here, block, form.answer_field.data, by=acting())
    return _to_page(here, page, f"exercise-{block.name}", saved=saved.id)


def _show(here: InModule, page: Page, refused: ExerciseForm | None = None) -> str:
    saved = request.args.get("saved", 0, type=int)
    way = _way(page, routes_taken.way_of(here.enrolment).is_short_in(here.module.name))
    body = showing.body_of(here, page, acting(), way, refused=refused, saved=saved)
    return _draw(here.module, here.text, page, body, StepForm(formdata=None), way, refused=refused)


def _kept(module_name: str, page_name: str) -> str | None:
    """A page of prose, kept because it is the same for all who have begun the module in its present text.

    None for every other page.
    """
    module, patient_id = shelf.course().module(module_name), following().patient_id
    if module is None or patient_id is None:
        return None
    text = module.text(chosen())
    page = text.page(page_name)
    if page is None or not showing.is_prose(text, page):
        return None
    taken = service.goes_on_in_present_text(module, patient_id, chosen(), by=acting())
    if taken is None:
        return None
    way = _way(page, taken.is_short_in(module_name))
    body = showing.prose_of(text, page, way)
    assert body is not None
    drawn = partial(_draw, module, text, page, body, _ONE_BUTTON, way)
    return kept_page((text.fingerprint, text.lang, way), drawn, once=uuid4().hex)


def _way(page: Page, short_by_itself: bool) -> Way:
    """How this patient reads the page: as they chose for all pages, on their route, and as was asked now."""
    low = following().low_energy_view
    return way_asked(page, request.args, low_energy_view=low, short_by_itself=short_by_itself)


def _draw(
    module: Module,
    text: ModuleText,
    page: Page,
    body: Markup,
    step: StepForm | SimpleNamespace,
    way: Way,
    *,
    refused: ExerciseForm | None = None,
) -> str:
    names = tuple(one.name for one in text.pages)
    place, after = names.index(page.name) + 1, rules.page_after(names, page.name)
    return render_template(
        "course/page.jinja",
        module=module,
        text=text,
        page=page,
        place=place,
        path=showing.path_of(place, len(names)),
        body=body,
        way=way,
        next_part=part_after(text, page, way),
        next_page=text.page(after) if after else None,
        translated=shelf.in_language(text, chosen()),
        form=refused,
        step=step,
    )


@pages.route("/course/<module>/<page>/next", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def next_page(module: str, page: str) -> Answer:
    """The page was read to its end: on to the next, or to the end of the module."""
    here, found = _on_page(enrolment_of_visitor(), module, page)
    if not StepForm().validate_on_submit():
        return _to_page(here, found)
    service.read_page(here, page, by=acting())
    after = rules.page_after(here.pages, page)
    if after is None:
        return redirect(url_for(".end", module=module), 303)
    return redirect(url_for(".page", module=module, page=after), 303)


@pages.route("/course/<module>/<page>/share", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def share(module: str, page: str) -> Answer:
    """Share an exercise with the team, or take that back."""
    here, found = _on_page(enrolment_of_visitor(), module, page)
    form = ShareForm()
    if not form.validate_on_submit():
        return _to_page(here, found)
    block = _exercise(found, form.thing.data or "")
    answers.share_answer(here, block, form.share.data == "yes", by=acting())
    return _to_page(here, found, f"exercise-{block.name}", shared=form.share.data)


@pages.route("/course/<module>/end", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def end(module: str) -> Answer:
    """After the last page: the module is done, or one exercise is left. A POST finishes once its tool was
    used.
    """
    enrolment = enrolment_of_visitor()
    here = in_module_of(enrolment, module)
    if StepForm().validate_on_submit():
        service.settle(here, by=acting())
        return redirect(url_for(".end", module=module), 303)
    if here.pages[-1] not in here.read:
        return redirect(url_for(".front", module=module), 303)
    journey = journey_of_visitor(enrolment)
    return render_template(
        "course/end.jinja",
        reading=here,
        journey=journey,
        at=journey.find(module),
        key_page=page_of(here, here.key),
        key_was_used=service.key_is_settled(here, by=acting()),
        plan=_plan_of(here),
        translated=shelf.in_language(here.text, chosen()),
        step=StepForm(formdata=None),
    )


@pages.route("/course/<module>/later", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def later(module: str) -> Answer:
    """ "I'll do this later": the module is done without its exercise, which stays in reach."""
    here = in_module_of(enrolment_of_visitor(), module)
    if StepForm().validate_on_submit():
        service.leave_key_for_later(here, by=acting())
    return redirect(url_for(".end", module=module), 303)


def in_module_of(enrolment: Enrolment, module: str) -> InModule:
    """The patient in this module; 404 if there is none."""
    try:
        return service.in_module(enrolment, module, chosen())
    except service.NotFound:
        abort(404)


def _on_page(enrolment: Enrolment, module: str, page: str) -> tuple[InModule, Page]:
    here = in_module_of(enrolment, module)
    found = here.text.page(page)
    if found is None:
        abort(404)
    return here, found


def is_open(enrolment: Enrolment, module: str) -> bool:
    """May the visitor read this module today?"""
    at = journey_of_visitor(enrolment).find(module)
    return at is not None and at.place.is_open


def _exercise(page: Page, name: str) -> Block:
    block = next((block for block in page.blocks if block.name == name and block.kind in KINDS), None)
    if block is None:
        abort(404)
    return block


def _to_page(here: InModule, page: Page, anchor: str | None = None, **more: Any) -> Response:
    more |= {name: request.args[name] for name in ASKED if name in request.args}
    where = url_for(".page", module=here.module.name, page=page.name, _anchor=anchor, **more)
    return redirect(where, 303)


def page_of(here: InModule, block: Block | None) -> Page | None:
    """The page on which this exercise stands."""
    return next((page for page in here.text.pages if block in page.blocks), None)


def _plan_of(here: InModule) -> str | None:
    """What the patient planned at the end of the module, in their own words."""
    saved = answers.answers_in(here.enrolment, here.module.name).values()
    return next((str(one.answer["text"]) for one in saved if one.kind == "plan"), None)
