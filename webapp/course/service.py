"""The verbs of the course: begin a module, read a page, answer an exercise, leave it for later, go on now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, literal, select, update
from sqlalchemy.dialects.postgresql import ARRAY, TEXT, insert

from webapp.content import Block, Module, ModuleText
from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment
from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db, table_of
from webapp.foundations.languages import ENGLISH
from webapp.people.readiness import ModuleText as AcceptableText

from . import rules, shelf, tools
from .models import ModuleBegun, ModuleTextVersion, PageRead
from .route_models import WayOn
from .rules_route import THE_WHOLE, GoingOn


class NotFound(LookupError):
    """There is no such module, page or exercise: a page answers 404."""


@dataclass(frozen=True)
class Begun:
    """What is stored about one module in one enrolment."""

    versions: dict[str, str]
    begun_at: datetime
    opened_early_at: datetime | None
    key_done_at: datetime | None
    key_left_at: datetime | None
    done_at: datetime | None
    again_at: datetime | None
    read: frozenset[str]

    @property
    def key_is_settled(self) -> bool:
        """Was the key exercise done, or left for later?"""
        return self.key_done_at is not None or self.key_left_at is not None


@dataclass(frozen=True)
class InModule:
    """One patient in one module: its text in their language and version, and how far they have come."""

    enrolment: Enrolment
    module: Module
    text: ModuleText
    begun: Begun | None

    @property
    def read(self) -> frozenset[str]:
        """The names of the pages that were read to their end."""
        return self.begun.read if self.begun else frozenset()

    @property
    def pages(self) -> tuple[str, ...]:
        """The names of the pages, in order."""
        return tuple(page.name for page in self.text.pages)

    @property
    def done(self) -> bool:
        """Is the whole module done?"""
        return self.begun is not None and self.begun.done_at is not None

    @property
    def key(self) -> Block | None:
        """The key exercise, if the module has one."""
        return key_of(self.text)

    @property
    def go_on_with(self) -> str | None:
        """The first page that was not read, None when all were."""
        return rules.page_to_go_on_with(self.pages, self.read)

    @property
    def minutes_left(self) -> int:
        """Minutes of the pages that were not read yet."""
        return rules.minutes_left([(page.name, page.minutes) for page in self.text.pages], self.read)


# --- what the course holds --------------------


def core_modules() -> tuple[str, ...]:
    """The names of the core modules in order: the milestones of a new enrolment."""
    return tuple(module.name for module in shelf.course().core_modules)


def modules_for_acceptance() -> tuple[AcceptableText, ...]:
    """Every module in today's (English) text: what a service accepts before patients may have it."""
    return tuple(
        AcceptableText(module.name, text.title, text.fingerprint)
        for module in shelf.course().modules
        if (text := module.texts[ENGLISH])
    )


def key_of(text: ModuleText) -> Block | None:
    """The key exercise of a text: see ``rules.key_exercise``."""
    blocks = [(block.kind, block.name) for page in text.pages for block in page.blocks]
    name = rules.key_exercise(blocks)
    return text.block(name) if name else None


# --- where a patient is --------------------

_BEGUN = (
    ModuleBegun.module,
    ModuleBegun.versions,
    ModuleBegun.begun_at,
    ModuleBegun.opened_early_at,
    ModuleBegun.key_done_at,
    ModuleBegun.key_left_at,
    ModuleBegun.done_at,
    ModuleBegun.again_at,
    select(func.coalesce(func.array_agg(PageRead.page), literal([], ARRAY(TEXT))))
    .where(
        PageRead.service_id == ModuleBegun.service_id,
        PageRead.enrolment_id == ModuleBegun.enrolment_id,
        PageRead.module == ModuleBegun.module,
        ModuleBegun.again_at.is_(None) | (PageRead.read_at >= ModuleBegun.again_at),
    )
    .scalar_subquery()
    .label("read"),
)

_ALL_BEGUN = select(*_BEGUN).where(
    ModuleBegun.service_id == bindparam("service"), ModuleBegun.enrolment_id == bindparam("enrolment")
)
_ONE_BEGUN = _ALL_BEGUN.where(ModuleBegun.module == bindparam("module"))


def begun_in(enrolment: Enrolment, module: str | None = None) -> dict[str, Begun]:
    """What was begun in this enrolment (in one module, or in all), with the pages read, in one query."""
    rows = _ALL_BEGUN if module is None else _ONE_BEGUN
    given = {"service": enrolment.service_id, "enrolment": enrolment.id, "module": module}
    return {
        row.module: Begun(
            row.versions,
            row.begun_at,
            row.opened_early_at,
            row.key_done_at,
            row.key_left_at,
            row.done_at,
            row.again_at,
            frozenset(row.read),
        )
        for row in db.session.execute(rows, given)
    }


def in_module(enrolment: Enrolment, name: str, language: str) -> InModule:
    """The patient in this module, in the version that they began.

    Raises:
        NotFound: the course has no such module.
    """
    module = shelf.course().module(name)
    if module is None:
        raise NotFound(name)
    begun = begun_in(enrolment, name).get(name)
    return InModule(
        enrolment, module, texts_kept(enrolment.service_id, [(module, begun)], language)[name], begun
    )


_ENROLMENTS, _MODULES_BEGUN = table_of(Enrolment), table_of(ModuleBegun)
_PRESENT_WAY = (
    select(_ENROLMENTS.c.id)
    .where(_ENROLMENTS.c.service_id == bindparam("service"), _ENROLMENTS.c.patient_id == bindparam("patient"))
    .order_by(_ENROLMENTS.c.invited_on.desc(), _ENROLMENTS.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_WAY_ON = (
    select(func.jsonb_build_array(WayOn.way, WayOn.module))
    .where(WayOn.service_id == bindparam("service"), WayOn.enrolment_id == _PRESENT_WAY)
    .order_by(WayOn.id.desc())
    .limit(1)
    .scalar_subquery()
)
_VERSIONS_BEGUN = select(_MODULES_BEGUN.c.versions, _WAY_ON.label("way")).where(
    _MODULES_BEGUN.c.service_id == bindparam("service"),
    _MODULES_BEGUN.c.enrolment_id == _PRESENT_WAY,
    _MODULES_BEGUN.c.module == bindparam("module"),
)


def goes_on_in_present_text(module: Module, patient_id: UUID, language: str, *, by: Actor) -> GoingOn | None:
    """How the patient goes on, if they have begun the module, and in the text that is the present one; else None.

    One query, no entity: most pages need to know no more.
    """
    given = {"service": by.service_id, "patient": patient_id, "module": module.name}
    row = db.session.execute(_VERSIONS_BEGUN, given).first()
    if row is None or _kept_version(module, row.versions, language) is not None:
        return None
    return GoingOn(*row.way) if row.way else THE_WHOLE


def texts_kept(
    service_id: UUID, modules: Iterable[tuple[Module, Begun | None]], language: str
) -> dict[str, ModuleText]:
    """Each module's text in the version that was begun (else the present one); at most one query for older
    ones.
    """
    found: dict[str, ModuleText] = {}
    older: list[tuple[Module, str, str]] = []
    for module, begun in modules:
        found[module.name] = module.text(language)
        if begun is not None and (kept := _kept_version(module, begun.versions, language)):
            older.append((module, *kept))
    missing = [fingerprint for _m, _l, fingerprint in older if shelf.known_older_text(fingerprint) is None]
    sources = _stored_sources(service_id, missing) if missing else {}
    for module, kept_language, fingerprint in older:
        text = shelf.known_older_text(fingerprint)
        if text is None and fingerprint in sources:
            text = shelf.older_text(module.name, kept_language, fingerprint, sources[fingerprint])
        found[module.name] = text or found[module.name]
    return found


def _kept_version(module: Module, versions: dict[str, str], language: str) -> tuple[str, str] | None:
    """(language, fingerprint) of the older text to show, or None if the present one is the right one."""
    present = module.text(language)
    if versions.get(present.lang) == present.fingerprint:
        return None
    if language in versions:
        return language, versions[language]
    english = versions.get(ENGLISH)
    if english is None or english == module.texts[ENGLISH].fingerprint:
        return None
    return ENGLISH, english


def _stored_sources(service_id: UUID, fingerprints: list[str]) -> dict[str, str]:
    rows = select(ModuleTextVersion.fingerprint, ModuleTextVersion.source).where(
        ModuleTextVersion.service_id == service_id, ModuleTextVersion.fingerprint.in_(fingerprints)
    )
    return {fingerprint: source for fingerprint, source in db.session.execute(rows)}


# --- the verbs --------------------


def begin(here: InModule, *, by: Actor, early: bool = False) -> None:
    """Begin the module, keeping the versions that there are now. Beginning twice is the same as once."""
    now = clock.now()
    key = {
        "service_id": here.enrolment.service_id,
        "enrolment_id": here.enrolment.id,
        "module": here.module.name,
    }
    versions = {language: text.fingerprint for language, text in here.module.texts.items()}
    row = {**key, "versions": versions, "begun_at": now, "opened_early_at": now if early else None}
    if here.begun is not None:
        return
    _store_texts(here.enrolment.service_id, here.module)
    added = db.session.execute(
        insert(ModuleBegun).values(row).on_conflict_do_nothing().returning(ModuleBegun.module)
    ).first()
    if added is not None:
        audit.record(by, "began", "module", here.module.name, patient_id=here.enrolment.patient_id)


def _store_texts(service_id: UUID, module: Module) -> None:
    rows = [
        {
            "service_id": service_id,
            "module": module.name,
            "language": language,
            "fingerprint": text.fingerprint,
            "source": text.source,
            "stored_at": clock.now(),
        }
        for language, text in module.texts.items()
    ]
    db.session.execute(insert(ModuleTextVersion).values(rows).on_conflict_do_nothing())


def go_on_now(here: InModule, *, by: Actor) -> None:
    """Open the module before its time, because the patient would like to go on. Recorded, never refused."""
    if here.begun is None:
        begin(here, by=by, early=True)
        engagement.record(by, here.enrolment, "opened_early", here.module.name)


def read_page(here: InModule, page: str, *, by: Actor) -> InModule:
    """The patient read a page to its end. The last page may make the module done.

    Raises:
        NotFound: the text has no such page.
    """
    if page not in here.pages:
        raise NotFound(page)
    begin(here, by=by)
    row = {
        "service_id": here.enrolment.service_id,
        "enrolment_id": here.enrolment.id,
        "module": here.module.name,
        "page": page,
        "read_at": clock.now(),
    }
    _keep_read(row, here.begun.again_at if here.begun else None)
    engagement.record(by, here.enrolment, "page_read", f"{here.module.name}/{page}")
    return settle(here, by=by)


def _keep_read(row: dict[str, object], again_at: datetime | None) -> None:
    """The first reading counts; in a module that was begun again, the first one since."""
    reading = insert(PageRead).values(row)
    if again_at is None:
        db.session.execute(reading.on_conflict_do_nothing())
        return
    key = ["service_id", "enrolment_id", "module", "page"]
    db.session.execute(
        reading.on_conflict_do_update(
            index_elements=key, set_={"read_at": row["read_at"]}, where=PageRead.read_at < again_at
        )
    )


def read_in_short(here: InModule, *, by: Actor) -> InModule:
    """The 5-minute version was read to its end: it counts for every page that was not read before."""
    for page in here.pages:
        if page not in here.read:
            here = read_page(here, page, by=by)
    return here


def leave_key_for_later(here: InModule, *, by: Actor) -> InModule:
    """ "I'll do this later": the key exercise stays in the toolbox, and the module can be done without it."""
    begin(here, by=by)
    mark(here, key_left_at=clock.now())
    audit.record(by, "left for later", "exercise", here.module.name, patient_id=here.enrolment.patient_id)
    return settle(here, by=by)


def settle(here: InModule, *, by: Actor) -> InModule:
    """Look again at what is done. A tool that was used counts from now on; a module that is done is a
    milestone.
    """
    here = _again(here)
    if here.begun is None or here.done:
        return here
    settled = here.begun.key_is_settled or here.key is None
    if not settled and _tool_was_used(here, by):
        mark(here, key_done_at=clock.now())
        settled = True
    if not rules.is_done(here.pages, here.read, key_is_settled=settled):
        return here
    mark(here, done_at=clock.now())
    if here.module.core:
        engagement.reach_milestone(by, here.enrolment, here.module.name)
    else:
        engagement.record(by, here.enrolment, "module_done", here.module.name)
    return _again(here)


def tool_was_saved(enrolment: Enrolment, tool: str, *, by: Actor) -> None:
    """A tool of the toolbox was saved: where it is the key exercise of a module that was begun, that is done."""
    begun = begun_in(enrolment)
    waiting = [
        (module, begun[module.name])
        for module in shelf.course().modules
        if module.name in begun and begun[module.name].key_done_at is None
    ]
    texts = texts_kept(enrolment.service_id, waiting, ENGLISH)
    for module, one in waiting:
        here = InModule(enrolment, module, texts[module.name], one)
        if here.key is not None and (here.key.kind, here.key.name) == (tools.KEPT, tool):
            mark(here, key_done_at=clock.now())
            settle(here, by=by)


def key_is_settled(here: InModule, *, by: Actor) -> bool:
    """Was the key exercise done (or its tool used), left for later, or is there none?"""
    if here.key is None or (here.begun is not None and here.begun.key_is_settled):
        return True
    return _tool_was_used(here, by)


def _tool_was_used(here: InModule, by: Actor) -> bool:
    key = here.key
    return key is not None and tools.is_tool(key) and tools.was_used(key, by, here.enrolment.patient_id)


def _again(here: InModule) -> InModule:
    begun = begun_in(here.enrolment, here.module.name).get(here.module.name)
    return InModule(here.enrolment, here.module, here.text, begun)


def mark(here: InModule, **values: datetime) -> None:
    """Set moments (``key_done_at`` …) on the row of a module that was begun."""
    db.session.execute(
        update(ModuleBegun)
        .where(
            ModuleBegun.service_id == here.enrolment.service_id,
            ModuleBegun.enrolment_id == here.enrolment.id,
            ModuleBegun.module == here.module.name,
        )
        .values(values)
    )
