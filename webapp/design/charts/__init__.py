"""Small SVG drawings made on the server: readable without a script, in every colour scheme, on paper, by a
reader.

Each returns markup with a ``<title>`` and a ``<desc>``; the numbers also belong in a sentence and a table
beside it.
Only presentation attributes and classes are used, so that a strict content policy lets them stand.
"""

from webapp.design.charts.bars import two_bars
from webapp.design.charts.days import day_bars
from webapp.design.charts.drawings import DRAWINGS, boom_and_bust, drawing
from webapp.design.charts.grids import weeks_grid
from webapp.design.charts.heat import HeatCell, HeatDay, heat_strip
from webapp.design.charts.nights import night_strip
from webapp.design.charts.pairs import before_after
from webapp.design.charts.scores import score_line
from webapp.design.charts.steps import staircase, tries
from webapp.design.charts.strips import activity_strip, path, week_strip

__all__ = [
    "DRAWINGS",
    "HeatCell",
    "HeatDay",
    "activity_strip",
    "before_after",
    "boom_and_bust",
    "day_bars",
    "drawing",
    "heat_strip",
    "night_strip",
    "path",
    "score_line",
    "staircase",
    "tries",
    "two_bars",
    "week_strip",
    "weeks_grid",
]
