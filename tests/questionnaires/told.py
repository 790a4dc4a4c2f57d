"""What patients and staff are told, made without a database: series of any instrument with any scores."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import product
from types import SimpleNamespace
from uuid import UUID

from flask import Flask, render_template
from flask_babel import force_locale

from webapp.questionnaires.change_rules import change
from webapp.questionnaires.instruments import Instrument
from webapp.questionnaires.rules import Score, band_of
from webapp.questionnaires.score_points import ScorePoint, ScoreSeries
from webapp.questionnaires.telling_rules import telling_of

FIRST_DAY = date(2026, 6, 3)
SITTING = UUID(int=1)


def a_score(instrument: Instrument, total: Decimal | None) -> Score:
    """A score of which the total is known."""
    scale = instrument.definition.scale
    if total is None:
        return Score(scale.id, None, None, 0, (), prorated=False)
    return Score(scale.id, total, Fraction(total), 0, (), prorated=False, band=band_of(scale, total))


def a_series(instrument: Instrument, totals: Sequence[Decimal | None], language: str = "en") -> ScoreSeries:
    """The totals, two weeks apart from 3 June 2026 on, as a patient is told them."""
    names, points = instrument.names_in(language), []
    before: tuple[Score, date] | None = None
    for place, total in enumerate(totals):
        now, on = a_score(instrument, total), FIRST_DAY + timedelta(days=14 * place)
        moved = before and change(instrument.definition, before[0], now, before[1], on)
        points.append(
            ScorePoint(
                sitting_id=SITTING, sitting="baseline", time_point="baseline", on=on, total=total, missing=0,
                prorated=False, reason=None if total is not None else "too_many_missing", mode="online",
                entered_by=None, read_by=None, read_at=None, change=moved or None,
            )
        )  # fmt: skip
        before = before if total is None else (now, on)
    return ScoreSeries(
        instrument=instrument,
        heading=names.heading,
        short=names.short,
        points=tuple(points),
        scale=instrument.definition.scale,
        telling=telling_of(instrument.definition, instrument.told),
    )


def told_totals(instrument: Instrument) -> list[Decimal | None]:
    """No score, both ends, the middle, the edges of bands, and one size of change to both sides of the middle."""
    scale = instrument.definition.scale
    middle = (scale.minimum + scale.maximum) // 2
    wanted = {scale.minimum, scale.maximum, middle, *(band.at_least for band in scale.bands[1:3])}
    for rule in scale.changes[:2]:
        if rule.points is not None:
            wanted |= {middle + rule.points, middle - rule.points}
    return [None, *sorted(total for total in wanted if scale.minimum <= total <= scale.maximum)]


def pairs_of(instrument: Instrument) -> list[tuple[Decimal | None, Decimal | None]]:
    """Every earlier and later score of those."""
    return list(product(told_totals(instrument), repeat=2))


def patient_page(app: Flask, language: str, all_series: Sequence[ScoreSeries]) -> str:
    """The scores part of a patient's page, as HTML."""
    with app.test_request_context("/"), force_locale(language):
        return render_template(
            "questionnaires/_scores.jinja",
            all_series=all_series,
            service=SimpleNamespace(phone="01632 960100"),
            link=lambda name: f"/{name}",
        )


def patient_text(app: Flask, language: str, all_series: Sequence[ScoreSeries]) -> str:
    """The same as a person reads it."""
    return text_in(patient_page(app, language, all_series))


def text_in(page: str) -> str:
    """What stands between the tags, spaces folded."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
