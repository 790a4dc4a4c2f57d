"""The rows of Ring today. A list of 50 is drawn in Python: a template would cost ten times as much.

What says nothing about who somebody is (why now, where they are, what was tried) comes from a template once and
is kept. Names, numbers and addresses are written anew for every row and every answer, and are kept nowhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from flask import get_template_attribute
from flask_babel import gettext as _
from markupsafe import Markup, escape

from webapp.engagement import gathering
from webapp.engagement.standing import ReasonKind
from webapp.foundations.languages import ENGLISH, OWN_NAMES
from webapp.people.models import Service

from . import rules
from .phones import as_written

KEPT_CELLS = 512
COLUMNS = 5
NEEDS_WHEN_RINGING = ("text_not_call", "interpreter", "bsl", "helper")
"""What somebody must know before they ring; the other needs are about what is sent."""
PHRASES = ("where", "tried", "call", "contact", "no_calls", "no_number", *NEEDS_WHEN_RINGING)
Titles = tuple[tuple[str, str], ...]


class Call(NamedTuple):
    """A call that somebody asked for and waits for; ``about`` is None where nobody asked."""

    about: str | None
    asked_at: datetime | None
    promised_on: date | None


@dataclass(frozen=True)
class Key:
    """Everything that a kept cell says besides what its own arguments give."""

    service_id: object
    service_version: int
    language: str
    today: date
    titles: Titles


class Cells:
    """The kept cells of one list: one service in one version, one language, one day."""

    def __init__(self, key: Key, service: Service, sources: Mapping[str, str]) -> None:
        self._today, self._titles, self._sources = key.today, dict(key.titles), sources
        self._zone, self._thresholds = service.time_zone, gathering.thresholds_of(service)
        self.why = lru_cache(maxsize=KEPT_CELLS)(self._why)
        self.where = lru_cache(maxsize=KEPT_CELLS)(self._where)
        self.tried = lru_cache(maxsize=KEPT_CELLS)(self._tried)
        self.phrases = {code: _macro("phrase")(code) for code in PHRASES}

    def _why(self, state: str, since_on: date, stored: str, call: Call) -> Markup:
        reasons = rules.reasons_from(json.loads(stored))
        tag, since_on = rules.tag_of(state, reasons), rules.tagged_since(since_on, reasons)
        about_us = (self._titles, self._thresholds, self._sources)
        return _macro("why")(tag, since_on, reasons, call, self._zone, self._today, *about_us)

    def _where(self, started_on: date | None, invited_on: date, number: int | None, modules: int) -> Markup:
        day = rules.day_of_course(started_on, invited_on, self._today)
        return _macro("where")(started_on is not None, number, modules, day)

    def _tried(self, stored: str) -> Markup | str:
        tried = json.loads(stored)
        return _macro("tried")(date.fromisoformat(tried["on"]), tried["outcome"]) if tried else "–"

    def no_email(self, since_on: date) -> str:
        """That e-mail does not arrive, and since when."""
        said: str = _macro("no_email")(since_on)
        return said


def _macro(name: str) -> Callable[..., Markup]:
    found: Callable[..., Markup] = get_template_attribute("clinic/_ring_cells.jinja", name)
    return found


_lists: dict[tuple[object, str], tuple[Key, Cells]] = {}


def cells_of(key: Key, service: Service, sources: Mapping[str, str]) -> Cells:
    """The cells for ``key``; those of yesterday, or of an older version of the service, are let go."""
    place = (key.service_id, key.language)
    known = _lists.get(place)
    if known is None or known[0] != key:
        known = _lists[place] = key, Cells(key, service, sources)
    return known[1]


@dataclass(frozen=True)
class Alerts:
    """The oldest open alert of some patients (``id``, ``owner_name``); ``address`` is empty for who may not read it."""

    of: Mapping[Any, Any]
    address: str = ""

    def said_of(self, patient_id: object) -> str:
        """Who has the alert, as markup; empty where there is none."""
        alert = self.of.get(patient_id)
        if alert is None:
            return ""
        said = escape(
            _("Safety: %(name)s has it.", name=alert.owner_name)
            if alert.owner_name
            else _("Safety: nobody has it yet.")
        )
        link = f' <a href="{self.address}/{alert.id}">{escape(_("Open the alert"))}</a>'
        return f"<div>{said}{link if self.address else ''}</div>"


NO_ALERTS = Alerts({})


def has_alert(row: Any) -> bool:
    """Does one of the row's reasons say that a safety alert is open?"""
    return ReasonKind.SAFETY_ALERT.value in row.reasons


@dataclass(frozen=True)
class Onward:
    """Where the list goes on after a call: what its calls carry in their addresses, and who is next.

    ``said`` stands above the row that is next, which has the focus: what has just been done.
    """

    query: str = ""
    next_id: UUID | None = None
    said: Markup | str = ""


NO_ONWARD = Onward()


def drawn(
    rows: Iterable[Any], cells: Cells, patients: str, alerts: Alerts = NO_ALERTS, onward: Onward = NO_ONWARD
) -> Markup:
    """The rows as markup. ``patients`` stands before a patient's id in an address."""
    return Markup("".join(_row(row, cells, patients, alerts, onward) for row in rows))


def _row(row: Any, cells: Cells, patients: str, alerts: Alerts, onward: Onward) -> str:
    say, name = cells.phrases, escape(f"{row.given_name} {row.family_name}")
    why = cells.why(row.state, row.since_on, row.reasons, Call(row.about, row.asked_at, row.promised_on))
    where = cells.where(row.started_on, row.invited_on, row.module_number, row.modules)
    address, is_next = f"{patients}/{row.patient_id}", row.enrolment_id == onward.next_id
    verb = say["call"] if row.call_is_safe and (row.mobile or row.phone) else say["contact"]
    return (
        f"{_what_was_done(onward.said) if is_next else ''}"
        f'<tr>\n<th scope="row"><a href="{address}">{name}</a>\n'
        f'<span class="wm-muted">{_how_to_ring(row, cells)}</span></th>\n'
        f"<td>{why}{alerts.said_of(row.patient_id)}</td>\n"
        f'<td data-label="{say["where"]}">{where}</td>\n'
        f'<td data-label="{say["tried"]}">{cells.tried(row.tried)}</td>\n'
        f'<td class="wm-table__end"><a class="wm-row-action" href="{address}/call{escape(onward.query)}"'
        f"{_IS_NEXT if is_next else ''}>{verb}"
        f'<span class="nhsuk-u-visually-hidden"> {name}</span></a></td>\n</tr>\n'
    )


_IS_NEXT = ' autofocus aria-describedby="done"'


def _what_was_done(said: Markup | str) -> str:
    """A row of its own above the next one, so that what was done and what comes next are seen together."""
    return f'<tr><td colspan="{COLUMNS}" id="done">{said}</td></tr>\n' if said else ""


def _how_to_ring(row: Any, cells: Cells) -> str:
    say = cells.phrases
    number = row.mobile or row.phone
    if not row.call_is_safe:
        said: str = say["no_calls"]
    else:
        said = escape(as_written(number)) if number else say["no_number"]
    more = [escape(row.contact_times)] if row.contact_times else []
    more += [say[code] for code in NEEDS_WHEN_RINGING if code in row.needs]
    if row.language != ENGLISH:
        more.append(escape(OWN_NAMES.get(row.language, row.language)))
    if row.no_email_since:
        more.append(Markup(cells.no_email(row.no_email_since)))
    return " · ".join((said, *more))
