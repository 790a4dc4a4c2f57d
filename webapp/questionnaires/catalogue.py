"""The questionnaires of this installation, as the start-up read them."""

from __future__ import annotations

from flask import Flask, current_app

from webapp.questionnaires.alone_rules import StandIns, stand_ins
from webapp.questionnaires.instruments import Instruments
from webapp.questionnaires.twin_rules import Twins, twins_of

_WHERE, _TWINS, _STAND_INS = "waymark_questionnaires", "waymark_twins", "waymark_stand_ins"


def keep(app: Flask, found: Instruments) -> None:
    """Give the application what was read."""
    app.extensions[_WHERE] = found
    same = twins_of(each.definition for each in found.by_id.values())
    app.extensions[_TWINS] = same
    with_text = [each.definition for each in found.by_id.values() if each.texts]
    app.extensions[_STAND_INS] = stand_ins(with_text, same)


def instruments() -> Instruments:
    """Every instrument and the battery."""
    found: Instruments = current_app.extensions[_WHERE]
    return found


def twins() -> Twins:
    """Which questions of all instruments are the very same."""
    found: Twins = current_app.extensions[_TWINS]
    return found


def stand_in_for() -> StandIns:
    """For each instrument with a question whose answer a person must see, the one without it: PHQ-9 → PHQ-8."""
    found: StandIns = current_app.extensions[_STAND_INS]
    return found
