"""Movements I have been avoiding: a ladder of everyday movements, a guess before each try, and what was found out.

Sources: exercise specification, 4.4 (finding out that a guess did not come true matters more than waiting for fear to
fade); amendment 10: locked until a clinician opens it, everyday movements, no fear score chooses the step, never for
fear that comes from a trauma; amendment 8: no ladder in energy mode.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import linear_regression
from textwrap import shorten
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from webapp.design.widgets import NumberButtonsField, RadiosField
from webapp.people.number_settings import Number, NumberSetting

from .change import Change, change_in
from .tool import Asking, Entry, Screen, Sheet, Told, ToolKind
from .tool_form import ToolForm, hundred_field, line_field, text_field

FEWEST_RUNGS, MOST_RUNGS = 6, 10  # exercise specification, 4.4: a list of 6 to 10 movements
CAME_TRUE = {"yes": 100, "partly": 50, "no": 0}  # how much of the guess came true, for the comparison
FEWEST_FOR_A_SLOPE = 3  # exercise specification, 4.4
ANSWERS = [("yes", _l("Yes")), ("partly", _l("Partly")), ("no", _l("No"))]
_PROPOSAL = _l("A proposal of this project, to be signed (exercise specification, 4.4). It only informs.")
FALL, LOW, NOT_TRUE = "exposure_ladder_fall", "exposure_ladder_low", "exposure_ladder_not_true"
NUMBERS = (
    NumberSetting(FALL, _l("Fear fell by at least this share of the first"), 50, 10, 100, _PROPOSAL, _l("%")),
    NumberSetting(LOW, _l("Fear after a try is at or under"), 20, 0, 100, _PROPOSAL, _l("of 100")),
    NumberSetting(
        NOT_TRUE, _l("What was feared did not happen on this many tries"), 3, 1, 20, _PROPOSAL, _l("tries")
    ),
)


@dataclass(frozen=True)
class Try:
    """One try. ``likely`` and ``came_true`` run from 0 to 100, ``surprised`` from 0 to 10; None was not said."""

    entry: Entry
    likely: int | None
    came_true: int | None
    fear: Change | None
    surprised: int | None

    @property
    def gap(self) -> int | None:
        """How likely it was thought to be, minus what happened (100, 50 or 0); None unless both are known."""
        return None if self.likely is None or self.came_true is None else self.likely - self.came_true

    @property
    def is_done(self) -> bool:
        """Has the patient said anything about how it went?"""
        told = ("happened", "came_true", "fear_after", "surprised", "learnt")
        return any(self.entry.get(name) is not None for name in told)


@dataclass(frozen=True)
class Found:
    """What some tries add up to: on how many of those where it was said something surprised, or did not happen."""

    surprised: int
    surprise_said: int
    not_true: int
    came_true_said: int


@dataclass(frozen=True)
class Rung:
    """One movement with its tries, oldest first, and those that are planned. ``fears`` are the fears after each try,
    oldest first; ``first_fear`` the first one before a try."""

    entry: Entry
    tries: tuple[Try, ...]
    waiting: tuple[Try, ...]
    found: Found
    first_fear: int | None
    fears: tuple[int, ...]
    news: frozenset[str]

    @property
    def fear_a_try(self) -> float | None:
        """How much the fear after a try changes from one try to the next."""
        return slope(self.fears)

    @property
    def what(self) -> str:
        """The movement, in the patient's words."""
        return str(self.entry.get("what", ""))

    @property
    def compared(self) -> tuple[Try, ...]:
        """The tries that have a guess and an outcome."""
        return tuple(one for one in self.tries if one.gap is not None)


@dataclass(frozen=True)
class Ladder:
    """The rungs from the least to the most worrying (not said: last), and what all tries add up to."""

    rungs: tuple[Rung, ...]
    found: Found
    compared: tuple[Try, ...]
    can_grow: bool

    def rung_of(self, entry: Entry | None) -> Rung | None:
        """The rung that this entry is, or that it is about; None if that was taken away."""
        wanted = {entry.id, entry.about_id} if entry else set()
        return next((rung for rung in self.rungs if rung.entry.id in wanted), None)


def read_try(entry: Entry) -> Try:
    """One filled sheet as a try."""
    return Try(
        entry,
        entry.get("likely"),
        CAME_TRUE.get(str(entry.get("came_true"))),
        change_in(entry.answers, "fear_before", "fear_after"),
        entry.get("surprised"),
    )


def found_out(tries: Sequence[Try]) -> Found:
    """On how many tries the patient was surprised (more than 0 of 10), and on how many the guess did not come true."""
    surprises = [one.surprised for one in tries if one.surprised is not None]
    outcomes = [one.came_true for one in tries if one.came_true is not None]
    return Found(sum(one > 0 for one in surprises), len(surprises), outcomes.count(0), len(outcomes))


def slope(fears: Sequence[int]) -> float | None:
    """How much the fear changes from one try to the next (least squares); None below three tries."""
    if len(fears) < FEWEST_FOR_A_SLOPE:
        return None
    return float(linear_regression(range(len(fears)), fears).slope)


def news_of(
    first_fear: int | None, fears: Sequence[int], not_true: int, numbers: Mapping[str, Number]
) -> frozenset[str]:
    """What may be worth knowing when choosing the next movement; it never chooses one (amendment 10).

    ``fell``: the newest of *fears* (after each try, 0 to 100) is at least so many percent under *first_fear*, the first
    one before a try. ``low``: it is at or under the set number. ``not_true``: what was feared did not happen on
    enough tries. Source: exercise specification, 4.4, proposals to be signed.
    """
    news = set()
    if first_fear and fears and first_fear - fears[-1] >= first_fear * numbers[FALL] / 100:
        news.add("fell")
    if fears and fears[-1] <= numbers[LOW]:
        news.add("low")
    if not_true >= numbers[NOT_TRUE]:
        news.add("not_true")
    return frozenset(news)


def climb(told: Told) -> Ladder:
    """The ladder with its tries."""
    rungs = [_rung(entry, told) for entry in told.of("rung")]
    every_try = [read_try(entry) for entry in told.of("try")]
    return Ladder(
        rungs=tuple(sorted(rungs, key=_worry)),
        found=found_out(every_try),
        compared=tuple(one for one in every_try if one.gap is not None),
        can_grow=len(rungs) < MOST_RUNGS,
    )


def _rung(entry: Entry, told: Told) -> Rung:
    tries = tuple(read_try(one) for one in reversed(told.about("try", entry.id)))
    before, after = _known(tries, "fear_before"), _known(tries, "fear_after")
    found, first = found_out(tries), before[0] if before else None
    return Rung(
        entry=entry,
        tries=tuple(one for one in tries if one.is_done),
        waiting=tuple(one for one in tries if not one.is_done and one.entry.is_complete),
        found=found,
        first_fear=first,
        fears=after,
        news=news_of(first, after, found.not_true, told.numbers),
    )


def _known(tries: Sequence[Try], name: str) -> tuple[int, ...]:
    return tuple(int(one.entry.get(name)) for one in tries if one.entry.get(name) is not None)


def _worry(rung: Rung) -> tuple[bool, Any, str]:
    worry = rung.entry.get("worry")
    return (worry is None, worry or 0, rung.what)


class MovementForm(ToolForm):
    what = line_field(
        _l("Which movement?"),
        _l("Something from daily life. For example: bend down to pick up a sock"),
        validators=(InputRequired(_l("Write the movement in a few words")),),
    )
    worry = hundred_field(
        _l("How worrying is it to think of doing it?"), _l("not at all"), _l("as worrying as can be")
    )


class GuessForm(ToolForm):
    expect = text_field(
        _l("What do you think will happen?"), _l("For example: my back will go, and I won't get up")
    )
    likely = hundred_field(_l("How likely does that seem?"), _l("not at all"), _l("certain"))


class SafeForm(ToolForm):
    stay_safe = text_field(
        _l("What do you do to stay safe?"),
        _l("For example: I hold my breath, I ask my son, I look away"),
    )


class BeforeForm(ToolForm):
    expect = text_field(_l("What do you think will happen this time?"), rows=2)
    likely = hundred_field(_l("How likely does that seem now?"), _l("not at all"), _l("certain"))

    def prepare(self, asking: Asking) -> None:
        """The guess for this movement stands there already, to be changed."""
        if asking.about and not asking.entry and not self.is_submitted() and not self.refilled:
            self.expect.data = asking.about.get("expect", "")


class PlanForm(ToolForm):
    fear_before = hundred_field(
        _l("How afraid are you before it?"), _l("not at all"), _l("as afraid as can be")
    )
    will_do = line_field(
        _l("What will you do, and when?"),
        _l("For example: on Tuesday after breakfast, with Sam in the house"),
    )
    in_the_way = line_field(_l("What might get in the way, and what then?"))


class AfterForm(ToolForm):
    happened = text_field(_l("What happened?"), _l("As a camera would see it"))
    came_true = RadiosField(_l("Did what you feared happen?"), choices=ANSWERS)
    fear_after = hundred_field(
        _l("How afraid were you after it?"), _l("not at all"), _l("as afraid as can be")
    )


class FoundForm(ToolForm):
    surprised = NumberButtonsField(
        _l("How surprised were you?"), low_label=_l("not at all"), high_label=_l("very surprised")
    )
    learnt = text_field(_l("What did you find out?"), _l("For example: it pulled, and it did not snap"))


def _name_of_try(entry: Entry) -> str:
    if entry.get("learnt"):
        return str(_("Found out: %(what)s", what=entry.get("learnt")))
    return str(_("Guess: %(guess)s", guess=entry.get("expect")) if entry.get("expect") else _("A try"))


def _is_planned(asking: Asking) -> bool:
    return asking.entry is not None and asking.entry.is_complete


def _may_add_rung(told: Told) -> bool:
    return not told.energy_mode and len(told.of("rung")) < MOST_RUNGS


RUNG = Sheet(
    name="rung",
    add=_l("Add a movement"),
    heading=_l("Your movements"),
    one_line=lambda entry: shorten(str(entry.get("what") or _("A movement")), 90, placeholder="…"),
    listed=False,
    offered=_may_add_rung,
    screens=(
        Screen("movement", _l("A movement you avoid"), MovementForm),
        Screen(
            "guess", _l("Your guess"), GuessForm, _l("Write what your fear says. It need not sound sensible.")
        ),
        Screen(
            "safe",
            _l("How you keep safe"),
            SafeForm,
            _l("Writing it down is plenty. Please keep any aid, brace or medical advice."),
        ),
    ),
)
TRY = Sheet(
    name="try",
    add=_l("Plan a try"),
    heading=_l("Your tries"),
    about="rung",
    one_line=lambda entry: shorten(_name_of_try(entry), 90, placeholder="…"),
    offered=lambda told: not told.energy_mode,
    screens=(
        Screen("before", _l("Your guess before you try"), BeforeForm),
        Screen("plan", _l("Your plan"), PlanForm),
        Screen("after", _l("What happened"), AfterForm, asked=_is_planned),
        Screen("found", _l("What did you find out?"), FoundForm, asked=_is_planned),
    ),
)
KIND = ToolKind(
    name="exposure-ladder",
    title=_l("Movements I have been avoiding"),
    purpose=_l("A ladder of everyday movements: what you guess will happen, and what surprises you."),
    sheets=(RUNG, TRY),
    compute=climb,
    asks_more=True,
    physical=True,
    opened_by_team=True,
    numbers=NUMBERS,
)
