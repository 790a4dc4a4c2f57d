"""Filling in tools for a person of the cast, from the samples that each tool's own tests name."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

from tests.cast import Cast, Person, id_of
from webapp.course import entries
from webapp.course.exercises.tool import Entry, HowMany, ToolKind
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.pacing import service_energy


def samples_of(name: str) -> dict[str, list[dict[str, Any]]]:
    """What the tool's own tests fill in: by sheet, the newest entry first."""
    module = f"tests.course.exercises.test_{name.replace('-', '_')}"
    samples: dict[str, list[dict[str, Any]]] = import_module(module).SAMPLES
    return samples


def fill_in(cast: Cast, person: Person, kind: ToolKind) -> None:
    """Give the person every sample entry of a tool, the newest today, the others on the days before."""
    cast.enter(person)
    patient_id = id_of(person.patient)
    if kind.opened_by_team:
        entries.set_opened(patient_id, kind.name, True, by=cast.carol.actor)
    about: dict[str, Entry] = {}
    samples = samples_of(kind.name)
    for sheet in kind.sheets:
        for place, answers in enumerate(samples.get(sheet.name, [])):
            back = place if sheet.how_many is HowMany.ONE_A_DAY else 0
            entries.save_screen(
                kind, sheet, sheet.screens[0], answers, entry=None, on=clock.today() - timedelta(days=back),
                about=about.get(sheet.about or ""), is_last=True, patient_id=patient_id, by=person.actor,
            )  # fmt: skip
        told = entries.told_by(person.actor, patient_id, kind, cast.hillside)
        if newest := told.latest(sheet.name):
            about[sheet.name] = newest
    db.session.commit()


def turn_energy_mode_on(cast: Cast, person: Person) -> None:
    cast.enter(person)
    service_energy.turn(id_of(person.patient), True, by=person.actor)
    db.session.commit()
