"""Problem solving: what it is, ideas, for and against, pick one, do it, look back.

Source: the six steps of problem-solving training as pain programmes use them (exercise specification, 4.14).
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from webapp.design.widgets import RadiosField

from .tool import Asking, Entry, Screen, Sheet, ToolKind
from .tool_form import ToolForm, line_field, text_field

IDEAS = 4
HELPED = [("yes", _l("Yes")), ("partly", _l("Partly")), ("not_yet", _l("Not yet"))]


@dataclass(frozen=True)
class Problems:
    """How the problems stand: ``open`` wait for a look back, ``solved`` counts those that were helped."""

    open: tuple[Entry, ...]
    looked_back: int
    solved: int


def stand(entries: tuple[Entry, ...]) -> Problems:
    """Sort the problems: open ones have a pick and no look back yet; *solved* says "yes" or "partly"."""
    back = [entry for entry in entries if entry.get("helped")]
    waiting = tuple(entry for entry in entries if entry.get("pick") and not entry.get("helped"))
    return Problems(waiting, len(back), sum(entry.get("helped") in ("yes", "partly") for entry in back))


def ideas_of(entry: Entry) -> list[tuple[str, str]]:
    """The ideas that were written: ``(field name, idea)``."""
    names = [f"idea_{number}" for number in range(1, IDEAS + 1)]
    return [(name, str(entry.get(name))) for name in names if entry.get(name)]


class ProblemForm(ToolForm):
    problem = text_field(
        _l("What is the problem, in a sentence or two?"),
        _l("Something you can do something about. For example: I cannot carry the shopping up the stairs."),
        validators=(InputRequired(_l("Write the problem in a few words")),),
    )


class IdeasForm(ToolForm):
    idea_1 = line_field(_l("One idea"), _l("Any idea will do, even a silly one"))
    idea_2 = line_field(_l("Another idea"))
    idea_3 = line_field(_l("And another"))
    idea_4 = line_field(_l("What would a friend suggest?"))


class WeighForm(ToolForm):
    good = text_field(_l("What is good about the ideas that you like best?"))
    hard = text_field(_l("What is hard about them?"))


class PickForm(ToolForm):
    pick = RadiosField(_l("Which one will you try first?"))
    when = line_field(_l("What will you do, and when?"))
    in_the_way = line_field(_l("What might get in the way, and what then?"))

    def prepare(self, asking: Asking) -> None:
        """The patient's own ideas are the choices."""
        self.pick.choices = ideas_of(asking.entry) if asking.entry else []


class BackForm(ToolForm):
    helped = RadiosField(_l("Did it help?"), choices=HELPED)
    learnt = text_field(_l("What did you find out?"))


def _has_ideas(asking: Asking) -> bool:
    return asking.entry is not None and bool(ideas_of(asking.entry))


def _has_picked(asking: Asking) -> bool:
    return asking.entry is not None and bool(asking.entry.get("pick")) and asking.entry.is_complete


KIND = ToolKind(
    name="problem-solving",
    title=_l("Problem solving"),
    purpose=_l("Take one problem, find a few ideas, and try the one you like best."),
    sheets=(
        Sheet(
            name="problem",
            add=_l("Take a problem"),
            heading=_l("Your problems so far"),
            one_line=lambda entry: str(entry.get("problem", "")),
            screens=(
                Screen("problem", _l("The problem"), ProblemForm),
                Screen(
                    "ideas",
                    _l("Ideas"),
                    IdeasForm,
                    _l("Write what comes. You choose later."),
                    button=_l("Save and carry on"),
                ),
                Screen("weigh", _l("For and against"), WeighForm, asked=_has_ideas),
                Screen("pick", _l("Pick one"), PickForm, asked=_has_ideas),
                Screen("back", _l("Looking back"), BackForm, asked=_has_picked),
            ),
        ),
    ),
    compute=lambda told: stand(told.of("problem")),
)
