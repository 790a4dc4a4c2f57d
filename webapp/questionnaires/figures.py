"""A chart of one score over time for staff, as a Plotly figure made here and drawn in the browser."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.foundations.languages import short_date
from webapp.questionnaires.rules import ChangeRule, Purpose
from webapp.questionnaires.score_points import ScoreSeries
from webapp.questionnaires.wording import score_number

LINE, INK, QUIET, GRID = "#24584b", "#1f2a2e", "#6a7a76", "#e3e7e5"


@dataclass(frozen=True)
class ScaleLine:
    """A dashed line across the chart at ``height`` points, with what it stands for."""

    height: Decimal
    words: str
    dash: str
    at: str


def plotly_figure(series: ScoreSeries, *, change_lines: bool = False, bands: bool = False) -> str:
    """The figure as JSON, for ``design/_marks.jinja``'s ``plotly_chart``. The axis is the whole scale.

    ``change_lines`` (only where ``service.staff_change_lines``) adds a dashed line each way at the published
    sizes of change; ``bands`` (only where ``service.staff_bands``) one where each band begins. No colour judges.
    """
    import plotly.graph_objects as go  # takes a second: only when a chart is asked for

    figure = go.Figure(go.Scatter(**_trace(series)))
    lines = [*(lines_of_change(series) if change_lines else ()), *(_lines_of_bands(series) if bands else ())]
    figure.update_layout(**_layout(series, change_lines=change_lines, bands=bands))
    for line in lines:
        figure.add_hline(
            y=float(line.height),
            line_dash=line.dash,
            line_width=1,
            line_color=QUIET,
            annotation_text=line.words,
            annotation_position=line.at,
            annotation_font_size=11,
        )
    text: str = figure.to_json()
    return text


def rules_drawn(series: ScoreSeries) -> tuple[ChangeRule, ...]:
    """One rule of each purpose, what matters and what is reliable: the one told first, else the first in its file."""
    first: dict[Purpose, ChangeRule] = {}
    for rule in sorted(series.scale.changes, key=lambda each: each.id != series.scale.lead):
        first.setdefault(rule.purpose, rule)
    return tuple(first[purpose] for purpose in Purpose if purpose in first)


def lines_of_change(series: ScoreSeries) -> list[ScaleLine]:
    """The published sizes of change above and below the first score, where they are on the scale."""
    if not series.scored:
        return []
    first = series.scored[0].total
    assert first is not None
    lines: dict[Decimal, ScaleLine] = {}
    for rule in rules_drawn(series):
        size = _size(rule, first)
        for height in (first - size, first + size):
            if size and series.scale.minimum <= height <= series.scale.maximum:
                lines[height] = _line(rule, height, lines.get(height))
    return list(lines.values())


def _line(rule: ChangeRule, height: Decimal, there: ScaleLine | None) -> ScaleLine:
    """Where two rules meet at one height, one line carries both names."""
    if there is not None:
        return replace(there, words=f"{there.words}; {_words_of(rule)}")
    dash = "dash" if rule.purpose is Purpose.MATTERS else "dot"
    return ScaleLine(height, _words_of(rule), dash, "right")


def _size(rule: ChangeRule, first: Decimal) -> Decimal:
    """So many points from the first score; a percentage is counted from it. The larger one where a rule has both."""
    points = rule.points or Decimal(0)
    share = Decimal(0) if rule.percent is None else abs(first) * rule.percent / 100
    return max(points, share)


def _words_of(rule: ChangeRule) -> str:
    if rule.points is None:
        size = _("%(percent)s%%", percent=score_number(rule.percent or 0))
    else:
        counted = 1 if rule.points == 1 else 2
        size = ngettext("%(points)s point", "%(points)s points", counted, points=score_number(rule.points))
    if rule.purpose is Purpose.RELIABLE:
        return str(_("reliable change: %(size)s", size=size))
    if rule.another_band:
        return str(_("matters: %(size)s, new band", size=size))
    return str(_("matters: %(size)s", size=size))


def _lines_of_bands(series: ScoreSeries) -> list[ScaleLine]:
    return [
        ScaleLine(band.at_least, series.band_names.get(band.id, band.id), "dashdot", "top left")
        for band in series.scale.bands[1:]
    ]


def _trace(series: ScoreSeries) -> dict[str, Any]:
    return {
        "x": [short_date(point.on) for point in series.scored],
        "y": [float(point.total) for point in series.scored if point.total is not None],
        "mode": "lines+markers+text",
        "text": [score_number(point.total) for point in series.scored if point.total is not None],
        "textposition": "top center",
        "line": {"color": LINE, "width": 2},
        "marker": {"color": LINE, "size": 10},
        "hovertemplate": "%{x}: %{y}<extra></extra>",
        "cliponaxis": False,
    }


def _layout(series: ScoreSeries, *, change_lines: bool, bands: bool) -> dict[str, Any]:
    """Names of lines stand at the right, outside; those of bands at the left, where no point is."""
    low, high = float(series.scale.minimum), float(series.scale.maximum)
    first_place = -1.1 if bands else -0.5
    return {
        "template": "none",
        "height": 260,
        "showlegend": False,
        "font": {"color": INK, "size": 12},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 60, "t": 24, "b": 36, "r": 210 if change_lines else 24},
        "xaxis": {"type": "category", "showgrid": False, "range": [first_place, len(series.scored) - 0.5]},
        "yaxis": {
            "range": [low, high],
            "gridcolor": GRID,
            "zeroline": False,
            "title": {"text": series.short},
        },
    }
