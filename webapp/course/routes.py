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
    return journey_of(enrolment or enrolment_of_visitor(), cast(Service, following().service), chosen())


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
    here = _in_module(enrolment, module)
    return render_template("course/front.jinja", at=at, reading=here, journey=journey, step=StepForm())


@pages.route("/course/<module>/open", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def go_on_now(module: str) -> Answer:
    """ "I'd like to go on now": opens the module before its day. Recorded, never refused."""
    here = _in_module(enrolment_of_visitor(), module)
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
    if here.begun is None and not _is_open(enrolment, module):
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
    short = _is_short(page, routes_taken.way_of(here.enrolment).is_short_in(here.module.name))
    body = showing.body_of(here, page, acting(), short=short, refused=refused, saved=saved)
    return _draw(here.module, here.text, page, body, StepForm(formdata=None), short=short, refused=refused)


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
    way = service.goes_on_in_present_text(module, patient_id, chosen(), by=acting())
    if way is None:
        return None
    short = _is_short(page, way.is_short_in(module_name))
    body = showing.prose_of(text, page, short=short)
    assert body is not None
    drawn = partial(_draw, module, text, page, body, _ONE_BUTTON, short=short)
    return kept_page((text.fingerprint, text.lang, short), drawn, once=uuid4().hex)


def _is_short(page: Page, by_itself: bool) -> bool:
    """The short version: asked for, or this patient's way of reading; never without one, nor if the whole was asked
    for."""
    asked = "short" in request.args or (by_itself and "whole" not in request.args)
    return asked and page.short_version is not None


def _draw(
    module: Module,
    text: ModuleText,
    page: Page,
    body: Markup,
    step: StepForm | SimpleNamespace,
    *,
    short: bool,
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
        short=short,
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
    here = _in_module(enrolment, module)
    if StepForm().validate_on_submit():
        service.settle(here, by=acting())
        return redirect(url_for(".end", module=module), 303)
    if here.pages[-1] not in here.read:
        return redirect(url_for(".front", module=module), 303)
    return render_template(
        "course/end.jinja",
        reading=here,
        journey=journey_of_visitor(enrolment),
        key_page=_page_of(here, here.key),
        key_was_used=service.key_is_settled(here, by=acting()),
        plan=_plan_of(here),
        translated=shelf.in_language(here.text, chosen()),
        step=StepForm(formdata=None),
    )


@pages.route("/course/<module>/later", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def later(module: str) -> Answer:
    """ "I'll do this later": the module is done without its exercise, which stays in reach."""
    here = _in_module(enrolment_of_visitor(), module)
    if StepForm().validate_on_submit():
        service.leave_key_for_later(here, by=acting())
    return redirect(url_for(".end", module=module), 303)


@pages.get("/course/<module>/print")
@allow(May.FOLLOW_COURSE)
def booklet(module: str) -> Answer:
    """The whole module on paper, with lines to write on."""
    here = _in_module(enrolment_of_visitor(), module)
    return render_template(
        "course/booklet.jinja",
        text=here.text,
        pieces_of=shelf.pieces_of,
        prompt_of=shelf.prompt_of,
        kinds=KINDS,
        translated=shelf.in_language(here.text, chosen()),
    )


def _in_module(enrolment: Enrolment, module: str) -> InModule:
    try:
        return service.in_module(enrolment, module, chosen())
    except service.NotFound:
        abort(404)


def _on_page(enrolment: Enrolment, module: str, page: str) -> tuple[InModule, Page]:
    here = _in_module(enrolment, module)
    found = here.text.page(page)
    if found is None:
        abort(404)
    return here, found


def _is_open(enrolment: Enrolment, module: str) -> bool:
    at = journey_of_visitor(enrolment).find(module)
    return at is not None and at.place.is_open


def _exercise(page: Page, name: str) -> Block:
    block = next((block for block in page.blocks if block.name == name and block.kind in KINDS), None)
    if block is None:
        abort(404)
    return block


def _to_page(here: InModule, page: Page, anchor: str | None = None, **more: Any) -> Response:
    version: dict[str, Any] = {name: "1" for name in ("short", "whole") if name in request.args}
    where = url_for(".page", module=here.module.name, page=page.name, _anchor=anchor, **version, **more)
    return redirect(where, 303)


def _page_of(here: InModule, block: Block | None) -> Page | None:
    return next((page for page in here.text.pages if block in page.blocks), None)


def _plan_of(here: InModule) -> str | None:
    """What the patient planned at the end of the module, in their own words."""
    saved = answers.answers_in(here.enrolment, here.module.name).values()
    return next((str(one.answer["text"]) for one in saved if one.kind == "plan"), None)
