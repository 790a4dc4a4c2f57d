"""The battery of a service, and which questionnaires one of its sittings asks there now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import exists, or_, select

from webapp.foundations.database import db
from webapp.people.models import Service
from webapp.questionnaires.alone_rules import with_alert, without_alert
from webapp.questionnaires.catalogue import instruments, stand_in_for
from webapp.questionnaires.definitions import Definition
from webapp.questionnaires.instruments import Instrument
from webapp.questionnaires.models import Answer, SittingRow
from webapp.questionnaires.own_battery_rules import with_differences
from webapp.questionnaires.schedule_rules import Battery, PlannedSitting, Sitting
from webapp.safety import service as safety

_WHERE = "waymark_own_batteries"


def battery_of(service: Service) -> Battery | None:
    """The schedule of this service: the default one with what differs here. None without any battery.

    It is made again only when the service's differences change.
    """
    default = instruments().battery
    if default is None:
        return None
    made: dict[UUID, tuple[dict[str, Any], Battery]] = current_app.extensions.setdefault(_WHERE, {})
    differs = service.questionnaires.get("sittings", {})
    if service.id not in made or made[service.id][0] != differs:
        made[service.id] = (differs, with_differences(default, differs, {one.id for one in with_text()}))
    return made[service.id][1]


def with_text() -> tuple[Instrument, ...]:
    """The questionnaires that can be asked here: their text is here. By id."""
    return tuple(one for _, one in sorted(instruments().by_id.items()) if one.texts)


def asks_double_entry(service: Service) -> bool:
    """Does this service type paper forms in twice, by two people?"""
    return bool(service.questionnaires.get("double_entry", False))


def value_set_of(service: Service, definition: Definition) -> str | None:
    """The named table of values by which this service scores an instrument; None: the instrument's own."""
    found: str | None = service.questionnaires.get("value_sets", {}).get(definition.id)
    return found if found in definition.value_sets else None


class WhatIsAsked:
    """Says which questionnaires sittings ask in a service. Looks up once, if at all, whether item 9 may be asked."""

    def __init__(self, service_id: UUID) -> None:
        self._service_id = service_id
        self._on: bool | None = None

    def planned(self, planned: PlannedSitting, row: SittingRow | None) -> PlannedSitting:
        """The same with the instruments that it asks now in the place of those of the battery."""
        names = self.names(planned.sitting, row)
        return replace(planned, sitting=replace(planned.sitting, instruments=names))

    def names(self, sitting: Sitting, row: SittingRow | None) -> tuple[str, ...]:
        """As it was begun, if it was. Item 9 is no longer asked where it was switched off before its answer."""
        if row is None or row.instruments is None:
            return self.fresh(sitting)
        names = tuple(name for name in row.instruments if name in instruments().by_id)
        if row.finished_at is not None or row.entered_by is not None or not _any_alone(names):
            return names
        alone_is_fine = not row.helped and (self._may_ask_alone() or _alone_was_answered(row, names))
        return names if alone_is_fine else without_alert(names, stand_in_for())

    def fresh(self, sitting: Sitting, *, short: bool = False, helped: bool = False) -> tuple[str, ...]:
        """As it would be begun now: whole or in the shorter set, by the patient alone or with somebody's help."""
        names = sitting.shorter if short and sitting.shorter else sitting.instruments
        alone = with_alert(names, stand_in_for())
        if not _any_alone(alone):
            return names
        return alone if not helped and self._may_ask_alone() else without_alert(alone, stand_in_for())

    def on_paper(self, sitting: Sitting, row: SittingRow | None, *, short: bool = False) -> tuple[str, ...]:
        """As a paper form asks it. One that was printed with item 9 brings it back, also where it is switched off now."""
        names = self.fresh(sitting, short=short)
        printed = row is not None and row.code is not None and _any_alone(row.instruments or ())
        return with_alert(names, stand_in_for()) if printed else names

    def _may_ask_alone(self) -> bool:
        if self._on is None:
            self._on = safety.item_nine_is_on(self._service_id)
        return self._on


def _any_alone(names: Sequence[str]) -> bool:
    return any(name in stand_in_for() for name in names)


def _alone_was_answered(row: SittingRow, names: Sequence[str]) -> bool:
    asked = [
        (Answer.instrument == name) & (Answer.item == item.id)
        for name in names
        for item in instruments().get(name).definition.items
        if item.alert_from is not None
    ]
    answered = exists().where(Answer.service_id == row.service_id, Answer.sitting_id == row.id, or_(*asked))
    return bool(db.session.scalar(select(answered)))
