"""Attention switch: one-minute drills that move attention, and which of them helped.

Source: exercise specification, 4.14.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from webapp.content.guided import PracticeBook
from webapp.design.widgets import RadiosField
from webapp.people.number_settings import NumberSetting

from .playing import Play, book_of, choose_as_asked, named, offer, play_of, titles
from .tool import Asking, Entry, FurtherPage, Screen, Sheet, Told, ToolKind
from .tool_form import ToolForm, line_field

NAME = "attention-switch"
HELPED = [("yes", _l("Yes")), ("bit", _l("A bit")), ("no", _l("No")), ("unsure", _l("Not sure"))]


@dataclass(frozen=True)
class Tried:
    """One drill: on how many of the times that were answered with yes, a bit or no it helped at least a bit."""

    drill: str
    times: int
    helped: int


@dataclass(frozen=True)
class Drills:
    """What the page shows: the drills, and those that helped most, the best first."""

    book: PracticeBook
    helped_most: tuple[Tried, ...]
    answered: int

    def name_of(self, practice: str) -> str:
        """A practice by its title."""
        return named(practice, self.book)


def tries_of(entries: Sequence[Entry]) -> tuple[Tried, ...]:
    """Each drill with its times. "Not sure" and no answer are unknown: they count neither way."""
    answers: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        if entry.get("drill") and entry.get("helped") in ("yes", "bit", "no"):
            answers[entry.get("drill")].append(entry.get("helped"))
    return tuple(Tried(drill, len(said), sum(one != "no" for one in said)) for drill, said in answers.items())


def helped_most(tries: Sequence[Tried], least: int) -> tuple[Tried, ...]:
    """The drills tried *least* times that helped on more than half of them: the largest share first, then the more often."""
    good = [one for one in tries if one.times >= least and 2 * one.helped > one.times]
    return tuple(sorted(good, key=lambda one: (-one.helped / one.times, -one.times)))


def put_together(told: Told) -> Drills:
    """All that the page says."""
    tries = tries_of(told.of("try"))
    least = int(told.numbers["attention_switch_least_times"])
    return Drills(book_of(NAME), helped_most(tries, least), sum(one.times for one in tries))


class TryForm(ToolForm):
    drill = RadiosField(
        _l("Which drill did you do?"), validators=[InputRequired(_l("Choose a drill, or go back"))]
    )
    helped = RadiosField(_l("Did it help a bit?"), choices=HELPED)
    where = line_field(_l("Where were you?"), _l("For example: in the queue, in bed"))

    def prepare(self, asking: Asking) -> None:
        """The drills of the course are the choices; a link may have chosen one already."""
        offer(self, self.drill, titles(book_of(NAME).practices))
        choose_as_asked(self, self.drill, "drill")


def _one_line(entry: Entry) -> str:
    drill, helped = named(str(entry.get("drill", "")), book_of(NAME)), entry.get("helped")
    words = {
        "yes": _("it helped"), "bit": _("it helped a bit"), "no": _("it did not help"), "unsure": _("not sure")
    }  # fmt: skip
    return f"{drill}: {words[helped]}" if helped in words else drill


def _play(told: Told, given: Mapping[str, str]) -> Play:
    return play_of(NAME, told, given)


KIND = ToolKind(
    name=NAME,
    title=_l("One-minute switch"),
    purpose=_l("Move your attention to something else, for one minute."),
    sheets=(
        Sheet(
            name="try",
            add=_l("Note how it was"),
            heading=_l("What you tried"),
            one_line=_one_line,
            screens=(Screen("try", _l("Did it help?"), TryForm),),
        ),
    ),
    compute=put_together,
    numbers=(
        NumberSetting(
            "attention_switch_least_times",
            _l("Say that a drill helped from"),
            2,
            1,
            20,
            _l("Exercise specification, 4.14, a proposal to be signed"),
            _l("times"),
        ),
    ),
    further={"play": FurtherPage(lambda play: play.practice.title, _play)},
)
