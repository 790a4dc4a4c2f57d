"""The activity diary: what a week asked of the patient, in blocks of two hours, and one suggestion.

Its rules, with their sources, stand in ``activity_week.py``; what it asks stands in ``activity_diary_forms.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.design.charts import HeatCell, HeatDay

from .activity_diary_forms import NUMBERS, SCREENS, ChangeForm
from .activity_week import BLOCKS, WEEK, Day, Suggestion, Week, day_of, suggest, week_of
from .tool import Entry, HowMany, Screen, Sheet, Told, ToolKind


@dataclass(frozen=True)
class Diary:
    """The newest week, its suggestion, and the days that can still be filled in (newest first, with today)."""

    week: Week
    suggestion: Suggestion
    to_fill: tuple[tuple[date, Entry | None], ...]
    change: Entry | None

    @property
    def columns(self) -> list[HeatDay]:
        """The week as the picture takes it: a column a day, empty where nothing is noted."""
        return [_column(day, self.week.on(day)) for day in self.week.dates]

    @property
    def rows(self) -> list[str]:
        """What stands beside the picture's rows."""
        return [*(f"{start:02}–{start + 2:02}" for name, start in BLOCKS if name != "night"), _("night")]


def _column(on: date, day: Day | None) -> HeatDay:
    blocks = day.blocks if day else ()
    cells = [HeatCell(one.demand, one.rest, bool(one.what or one.posture)) for one in blocks]
    return HeatDay(
        str(format_date(on, "EEE")), cells or [HeatCell()] * len(BLOCKS), day.demanding if day else None
    )


def look_at_week(told: Told) -> Diary:
    """The seven days that end with the newest entry, and what they suggest."""
    numbers = {one.key: told.numbers.get(one.key, one.default) for one in NUMBERS}
    entries = told.of("day")
    recent = [one for one in entries if (entries[0].on - one.on).days < WEEK]
    needed = int(numbers["activity_diary_blocks"])
    days = tuple(day_of(one, needed, is_over=one.on < told.today) for one in reversed(recent))
    week = week_of(days, float(numbers["activity_diary_difference"]))
    back = [told.today - timedelta(days=number) for number in range(WEEK)]
    return Diary(
        week=week,
        suggestion=suggest(week, numbers, energy_mode=told.energy_mode),
        to_fill=tuple((day, told.on("day", day)) for day in back),
        change=told.latest("change"),
    )


def _one_line(entry: Entry) -> str:
    noted = [str(entry.get(f"{name}_what")) for name, _start in BLOCKS if entry.get(f"{name}_what")]
    if not noted:
        return str(_("A day, in part"))
    return "; ".join(noted[:3]) + (" …" if len(noted) > 3 else "")


def _can_plan(told: Told) -> bool:
    return len(told.of("day")) >= int(told.numbers.get("activity_diary_days", 3)) or bool(told.of("change"))


KIND = ToolKind(
    name="activity-diary",
    title=_l("Activity diary"),
    purpose=_l("Note what your days ask of you. After some days you see your week in one picture."),
    sheets=(
        Sheet(
            name="day",
            add="",  # its page has the buttons: the parts of today, and earlier days
            heading=_l("Your days"),
            how_many=HowMany.ONE_A_DAY,
            one_line=_one_line,
            screens=SCREENS,
        ),
        Sheet(
            name="change",
            add=_l("Choose one small change"),
            heading=_l("What you are trying"),
            how_many=HowMany.ONE,
            one_line=lambda entry: str(entry.get("change", "")),
            screens=(Screen("change", _l("One small change"), ChangeForm),),
            offered=_can_plan,
        ),
    ),
    compute=look_at_week,
    numbers=NUMBERS,
)
