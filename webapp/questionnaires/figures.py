"""A chart of one score over time for staff, as a Plotly figure made here and drawn in the browser."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from webapp.foundations.languages import short_date
from webapp.questionnaires.series import ScoreSeries

LINE, INK, QUIET, GRID = "#24584b", "#1f2a2e", "#6a7a76", "#e3e7e5"


def plotly_figure(series: ScoreSeries, *, change_lines: bool = False, bands: bool = False) -> str:
    """The figure as JSON, for ``design/_marks.jinja``'s ``plotly_chart``. The axis is the whole scale.

    ``change_lines`` adds a dashed line each way at the published size of change;
    ``bands`` (only where ``service.staff_bands``) one where each band begins. No colour judges.
    """
    import plotly.graph_objects as go  # takes a second: only when a chart is asked for

    figure = go.Figure(go.Scatter(**_trace(series)))
    figure.update_layout(**_layout(series))
    for height, words in [
        *(_change_lines(series) if change_lines else []),
        *(_band_lines(series) if bands else []),
    ]:
        figure.add_hline(
            y=height,
            line_dash="dash",
            line_width=1,
            line_color=QUIET,
            annotation_text=words,
            annotation_font_size=11,
        )
    text: str = figure.to_json()
    return text


def _trace(series: ScoreSeries) -> dict[str, Any]:
    return {
        "x": [short_date(point.on) for point in series.scored],
        "y": [float(point.total) for point in series.scored if point.total is not None],
        "mode": "lines+markers+text",
        "text": [f"{point.total:f}" for point in series.scored],
        "textposition": "top center",
        "line": {"color": LINE, "width": 2},
        "marker": {"color": LINE, "size": 10},
        "hovertemplate": "%{x}: %{y}<extra></extra>",
        "cliponaxis": False,
    }


def _layout(series: ScoreSeries) -> dict[str, Any]:
    low, high = float(series.scale.minimum), float(series.scale.maximum)
    return {
        "template": "none",
        "height": 260,
        "showlegend": False,
        "font": {"color": INK, "size": 12},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "xaxis": {"type": "category", "showgrid": False},
        "yaxis": {
            "range": [low, high],
            "gridcolor": GRID,
            "zeroline": False,
            "title": {"text": series.short},
        },
    }


def _change_lines(series: ScoreSeries) -> list[tuple[float, str]]:
    """The published number of points above and below the first score, where they are on the scale."""
    if not series.scored or series.lead is None or series.lead.points is None:
        return []
    first, size = series.scored[0].total, series.lead.points
    assert first is not None
    low, high = series.scale.minimum, series.scale.maximum
    heights = [first - size, first + size]
    words = _("%(points)s points from the first score", points=f"{size.normalize():f}")
    return [(float(height), words) for height in heights if low <= height <= high]


def _band_lines(series: ScoreSeries) -> list[tuple[float, str]]:
    names = series.instrument.names_in("en").bands
    return [(float(band.at_least), names[band.id]) for band in series.scale.bands[1:]]
