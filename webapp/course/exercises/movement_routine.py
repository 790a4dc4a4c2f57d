"""My movement routine: a few movements of the library, an amount for each, a tick a day, and a look back.

Sources: exercise specification 4.9 (a safety list first, four to six movements, starting amounts from three tries) with
amendments 1, 3 to 8 and 14. "Four to six" is information; one is enough. The sums stand in `routine.py`, the forms in
`routine_forms.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from flask_babel import lazy_gettext as _l

from webapp.course import movements as library
from webapp.pacing import words as pacing_words

from . import routine, routine_amounts
from .routine import Routine
from .routine_amounts import TRIES
from .routine_forms import (
    CostForm,
    DayForm,
    GentleForm,
    HowForm,
    NextForm,
    OwnForm,
    PlanForm,
    ReadForm,
    StartForm,
    WeekForm,
    WhichForm,
    try_form,
)
from .routine_words import (
    CHOICES,
    amount_in_words,
    day_in_one_line,
    in_one_line,
    look_back_in_one_line,
    title_of,
)
from .tool import Asking, HowMany, Screen, Sheet, Told, ToolKind

# --- when a screen is asked --------------------


def _is_first(asking: Asking) -> bool:
    return asking.entry is None and not routine.names_of(asking.told)


def _amounts(asking: Asking) -> bool:
    return not asking.told.energy_mode


def _energy(asking: Asking) -> bool:
    return asking.told.energy_mode


def _tries(asking: Asking) -> bool:
    return _amounts(asking) and asking.entry is not None and asking.entry.get("how") == "tries"


def _asks_try(number: int) -> Any:
    def asked(asking: Asking) -> bool:
        before = f"try_{number - 1}"
        return _tries(asking) and (
            number == 1 or (asking.entry is not None and asking.entry.get(before) is not None)
        )

    return asked


def _has_start(asking: Asking) -> bool:
    entry = asking.entry
    return (
        _tries(asking)
        and entry is not None
        and routine_amounts.start_of(entry.answers, entry.on, asking.told.pacing) is not None
    )


def _own(asking: Asking) -> bool:
    entry = asking.entry
    if entry is None or not _amounts(asking):
        return False
    return entry.get("how") == "own" or (_has_start(asking) and entry.get("start") == "own")


def _cost_is_known(asking: Asking) -> bool:
    return _energy(asking) and asking.on < asking.told.today


def _has_movements(told: Told) -> bool:
    return bool(routine.names_of(told))


# --- the tool --------------------


@dataclass(frozen=True)
class Shown(Routine):
    """The routine with its words, for the template."""

    title_of = staticmethod(title_of)
    movement = staticmethod(library.movement)
    picture_file = staticmethod(library.picture_file)
    amount = staticmethod(amount_in_words)
    short = staticmethod(pacing_words.weekday_short)
    choices = CHOICES

    def tries(self, asking: Asking) -> Any:
        """What the tries of this movement point to, with its working."""
        entry = asking.entry
        return routine_amounts.start_of(entry.answers, entry.on, asking.told.pacing) if entry else None

    def seen(self, asking: Asking) -> list[routine.Seen]:
        """The days of a look-back, movement by movement."""
        from_on, to_on = self.period(asking.on)
        said = asking.entry.answers if asking.entry else {}
        return [
            routine.seen_in(
                asking.told, line.entry, from_on, to_on, worse=said.get("worse"), sure=said.get("sure")
            )
            for line in self.lines
        ]

    def not_noted(self, asking: Asking) -> list[Any]:
        """The days of a look-back with nothing noted at all, which may still be filled in."""
        from_on, to_on = self.period(asking.on)
        return [day for day in self.may_note if from_on <= day <= to_on]

    def period(self, on: Any) -> Any:
        """The first and last day that a look-back on this day is about."""
        return routine.period_before(on, self.first_on or on)


def shown(told: Told) -> Shown:
    """All that the page shows."""
    found = routine.routine_of(told)
    return Shown(**{one.name: getattr(found, one.name) for one in fields(found)})


_ANOTHER_DAY = _l("Do this on a day that you choose. Leave it empty for now, and come back after your try.")
KIND = ToolKind(
    name="movement-routine",
    title=_l("My movement routine"),
    purpose=_l("A few movements that you choose, and a tick on the days you do them."),
    physical=True,
    asks_more=True,
    knows_flares=True,
    sheets=(
        Sheet(
            name="movement",
            add=_l("Choose a movement"),
            heading=_l("A movement"),
            one_line=in_one_line,
            listed=False,
            dated=False,
            screens=(
                Screen(
                    "read-first",
                    _l("Read this first"),
                    ReadForm,
                    asked=_is_first,
                    button=_l("I’ve read this"),
                    keeps=False,
                ),
                Screen("which", _l("Choose a movement"), WhichForm),
                Screen("how", _l("How much to begin with"), HowForm, asked=_amounts),
                *(
                    Screen(
                        f"try-{number}",
                        (_l("Your first try"), _l("Your second try"), _l("Your third try"))[number - 1],
                        try_form(number),
                        _ANOTHER_DAY,
                        asked=_asks_try(number),
                    )
                    for number in TRIES
                ),
                Screen("start", _l("Where to begin"), StartForm, asked=_has_start),
                Screen("own", _l("An amount of your own"), OwnForm, asked=_own),
                Screen("plan", _l("Your days"), PlanForm, asked=_amounts),
                Screen("gentle", _l("Gently, within what you have"), GentleForm, asked=_energy),
            ),
        ),
        Sheet(
            name="day",
            add="",
            heading=_l("A day"),
            how_many=HowMany.ONE_A_DAY,
            one_line=day_in_one_line,
            listed=False,
            offered=_has_movements,
            screens=(
                Screen(
                    "did",
                    _l("What did you do?"),
                    DayForm,
                    _l("Less counts, and so does a rest. Leave out what you like."),
                ),
                Screen("cost", _l("What did it cost?"), CostForm, asked=_cost_is_known),
            ),
        ),
        Sheet(
            name="look_back",
            add=_l("Look back at my week"),
            heading=_l("Your look-backs"),
            one_line=look_back_in_one_line,
            offered=_has_movements,
            screens=(
                Screen("week", _l("Looking back"), WeekForm, asked=_amounts),
                Screen("cost", _l("Looking back"), CostForm, asked=_energy),
                Screen(
                    "next",
                    _l("How would you like to go on?"),
                    NextForm,
                    _l("Each of these is a good choice."),
                ),
            ),
        ),
    ),
    compute=shown,
)
