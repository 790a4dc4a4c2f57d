"""Good things: pick a small pleasant thing for the week, give it a time, and see what gave something back.

Sources: pleasant-activity menu and plan as veterans' and coping-skills programmes use them (exercise specification,
4.14); amendment 8 for energy mode: the small ones first, and no number to reach.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.design.widgets import RadiosField
from webapp.people.number_settings import NumberSetting

from .good_things_menu import KINDS, MENU, WORDS, Thing, things_of
from .tool import Asking, Entry, Screen, Sheet, Told, ToolKind
from .tool_form import ToolForm, line_field, text_field

WEEK = 7
OWN = "own"


@dataclass(frozen=True)
class GoodThings:
    """``waiting``: picked, not done yet (the newest first). ``gave``: what left the patient a bit better, each thing
    once, the newest first. ``is_room``: may another be picked this week? ``tried``: any looked back on as done.
    """

    waiting: tuple[Entry, ...]
    gave: tuple[Entry, ...]
    tried: bool
    is_room: bool

    def menu(self, small_first: bool) -> list[tuple[Any, tuple[Thing, ...]]]:
        """The whole menu: each kind's title with its things."""
        return [(title, things_of(kind, small_first=small_first)) for kind, title in KINDS.items()]


def is_waiting(entry: Entry) -> bool:
    """Picked and not done yet."""
    return bool(entry.get("thing") or entry.get("own")) and entry.get("did") != "did"


def gave_back(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The entries after which the patient felt a bit better: of the same thing only the newest."""
    newest: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        if entry.get("did") == "did" and entry.get("felt") == "better":
            own = str(entry.get("own", "")).casefold()
            newest.setdefault(("", own) if own else (str(entry.get("thing", "")), ""), entry)
    return tuple(newest.values())


def is_room_for_more(told: Told) -> bool:
    """Are fewer things waiting that were picked in the last seven days than a week takes (a setting)?"""
    most = int(told.numbers.get("good_things_a_week", 3))
    new = [entry for entry in told.of("thing") if (told.today - entry.on).days < WEEK and is_waiting(entry)]
    return len(new) < most


def look_at_things(told: Told) -> GoodThings:
    """What is picked, and what gave something back."""
    entries = told.of("thing")
    return GoodThings(
        waiting=tuple(entry for entry in entries if is_waiting(entry)),
        gave=gave_back(entries),
        tried=any(entry.get("did") == "did" for entry in entries),
        is_room=is_room_for_more(told),
    )


def own_ideas(told: Told) -> tuple[str, ...]:
    """The patient's own ideas from before, each once, the newest first."""
    ideas: dict[str, str] = {}
    for entry in told.of("thing"):
        if idea := entry.get("own"):
            ideas.setdefault(str(idea).casefold(), str(idea))
    return tuple(ideas.values())


# --- what is asked --------------------


class KindForm(ToolForm):
    kind = RadiosField(
        _l("What would you like more of?"), choices=[*KINDS.items(), (OWN, _l("I have an idea of my own"))]
    )


class ThingForm(ToolForm):
    thing = RadiosField(_l("Which one sounds nice?"))
    own = line_field(_l("Something of your own"), _l("For example: the crossword with Dad on Sunday"))

    def prepare(self, asking: Asking) -> None:
        """The things of the chosen kind; without one, the whole menu. Own ideas from before can be picked again."""
        kind = asking.entry.get("kind") if asking.entry else None
        small_first = asking.told.energy_mode
        kinds = [kind] if kind in MENU else [] if kind == OWN else list(MENU)
        self.thing.choices = [
            (thing.key, thing.words) for one in kinds for thing in things_of(one, small_first=small_first)
        ]
        if kind == OWN:
            del self.thing
            before = own_ideas(asking.told)[:3]
            if before:
                self.own.description = _("You had these ideas before: %(ideas)s", ideas="; ".join(before))

    def validate(self, extra_validators: Any = None) -> bool:
        """True if there is something to do, and one thing only."""
        if not super().validate(extra_validators):
            return False
        picked = "thing" in self and self.thing.data
        if not picked and not self.own.data:
            self.own.errors = [_("Choose one, or write your own")]
        elif picked and self.own.data:
            self.own.errors = [_("Choose one or write your own, not both. You can pick another one later")]
        return not self.own.errors


class WhenForm(ToolForm):
    when = line_field(
        _l("What will you do, and when?"), _l("A day and a time. For example: Tuesday, after lunch.")
    )
    in_the_way = line_field(
        _l("What might get in the way, and what then?"), _l("For example: if it rains, I sit at the window.")
    )


class BackForm(ToolForm):
    did = RadiosField(
        _l("Did you do it?"), choices=[("did", _l("Yes, or part of it")), ("not_yet", _l("Not yet"))]
    )
    felt = RadiosField(
        _l("If you did, how did you feel after it?"),
        choices=[("better", _l("A bit better")), ("same", _l("Much the same")), ("not_sure", _l("Not sure"))],
    )
    note = text_field(_l("Anything you would like to remember?"), rows=2)


def words_of(entry: Entry) -> str:
    """The thing in words: the patient's own, or the menu's."""
    return str(entry.get("own") or WORDS.get(entry.get("thing"), ""))


def _is_picked(asking: Asking) -> bool:
    return asking.entry is not None and bool(words_of(asking.entry)) and asking.entry.is_complete


KIND = ToolKind(
    name="good-things",
    title=_l("Good things"),
    purpose=_l("Put back one small good thing, and give it a day and a time."),
    sheets=(
        Sheet(
            name="thing",
            add=_l("Pick a good thing"),
            heading=_l("Your good things"),
            one_line=words_of,
            screens=(
                Screen("kind", _l("What kind of thing?"), KindForm),
                Screen("thing", _l("One good thing"), ThingForm, _l("You need not feel like it first.")),
                Screen("when", _l("Give it a time"), WhenForm),
                Screen("back", _l("Looking back"), BackForm, _l("Not yet is fine, too."), asked=_is_picked),
            ),
            offered=is_room_for_more,
        ),
    ),
    compute=look_at_things,
    numbers=(
        NumberSetting(
            "good_things_a_week",
            _l("Good things: how many can be waiting from one week"),
            3,
            1,
            7,
            _l(
                "Exercise specification, 4.14 asks for a menu and a plan; up to three a week is this project's proposal"
            ),
        ),
    ),
)
