"""Relaxation: a practice with a player, and how tense somebody was before and after.

Source: exercise specification, 4.6; amendment 14 for the words. No target and no streak.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from webapp.content.guided import PracticeBook
from webapp.design.charts.numbers import amount
from webapp.design.widgets import NumberButtonsField, NumberField, RadiosField
from webapp.foundations.languages import short_date
from webapp.people.number_settings import NumberSetting

from .playing import LITTLE, OWN, Play, begun, book_of, choose_as_asked, named, offer, play_of, titles
from .tool import Asking, Entry, FurtherPage, Screen, Sheet, Told, ToolKind
from .tool_form import ToolForm, line_field, text_field

NAME = "relaxation"
WEEK_DAYS = 7
LONGEST_MINUTES = 240
SHOWN_PAIRS = 6
LENGTHS = [
    ("3", _l("3 minutes")),
    ("10", _l("10 minutes")),
    ("20", _l("20 minutes")),
    (LITTLE, _l("A minute or less")),
]
PARTS = [
    ("morning", _l("In the morning")),
    ("afternoon", _l("In the afternoon")),
    ("evening", _l("In the evening")),
    ("night", _l("In the night")),
]
NOT_TENSE, MOST_TENSE = _l("not tense at all"), _l("as tense as can be")


# --- the sums --------------------


@dataclass(frozen=True)
class Pair:
    """One time with tension (0 to 10) both before and after."""

    entry: Entry
    before: int
    after: int

    @property
    def eased(self) -> int:
        """How much lower tension was afterwards; below 0: higher."""
        return self.before - self.after


@dataclass(frozen=True)
class Change:
    """How tension changed over ``times``: on how many it was lower, and by how much on average (before − after)."""

    times: int
    less_tense: int
    mean: Decimal


@dataclass(frozen=True)
class Week:
    """What was noted in the last seven days: minutes with a practice, and how many little ones."""

    minutes: int
    little: int


@dataclass(frozen=True)
class Relaxed:
    """What the page shows. None: too few times to say it."""

    book: PracticeBook
    pairs: tuple[Pair, ...]
    change: Change | None
    week: Week
    best_part: tuple[str, Change] | None
    best_practice: tuple[str, Change] | None
    left_to_say: int

    def name_of(self, practice: str) -> str:
        """A practice by its title."""
        return named(practice, self.book)

    def day_of(self, entry: Entry) -> str:
        """The day of a time, short enough for the drawing."""
        return str(short_date(entry.on))

    def in_short(self, number: Decimal) -> str:
        """A number as people say it: 1½."""
        return amount(number)

    def part_of(self, entry: Entry) -> str:
        """The part of the day of a time, empty if it was not said."""
        return str(dict(PARTS).get(entry.get("part"), ""))


def pairs_in(entries: Sequence[Entry]) -> tuple[Pair, ...]:
    """The times with tension known both before and after, in the given order. Unknown is not zero."""
    known = ((entry, entry.get("tension_before"), entry.get("tension_after")) for entry in entries)
    return tuple(
        Pair(entry, before, after)
        for entry, before, after in known
        if before is not None and after is not None
    )


def change_over(pairs: Sequence[Pair], least: int) -> Change | None:
    """The mean of before − after, to a tenth; None below *least* times. Source: exercise specification, 4.6."""
    if not pairs or len(pairs) < least:
        return None
    mean = Decimal(sum(pair.eased for pair in pairs)) / len(pairs)
    return Change(
        len(pairs), sum(pair.eased > 0 for pair in pairs), mean.quantize(Decimal("0.1"), ROUND_HALF_UP)
    )


def largest(
    pairs: Sequence[Pair], told_apart_by: Callable[[Pair], str | None], least: int
) -> tuple[str, Change] | None:
    """Where tension eased most: the one group with the largest mean. None if fewer than two groups have *least* times,
    if two share the first place, or if it did not ease there."""
    groups: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if name := told_apart_by(pair):
            groups[name].append(pair)
    changes = {name: change for name, group in groups.items() if (change := change_over(group, least))}
    ranked = sorted(changes.items(), key=lambda item: item[1].mean, reverse=True)
    if len(ranked) < 2 or ranked[0][1].mean <= 0 or ranked[0][1].mean == ranked[1][1].mean:
        return None
    return ranked[0]


def week_of(entries: Sequence[Entry], today: date) -> Week:
    """The last seven days, today among them: what was begun and not told about afterwards does not count."""
    recent = [entry for entry in entries if 0 <= (today - entry.on).days < WEEK_DAYS and _was_done(entry)]
    little = sum(_is_little(entry) for entry in recent)
    return Week(sum(minutes_of(entry) for entry in recent if not _is_little(entry)), little)


def minutes_of(entry: Entry) -> int:
    """The minutes of one time: those that the patient wrote, else the length that was chosen, else 0."""
    done, chosen = entry.get("minutes_done"), entry.get("minutes")
    if done is not None:
        return int(done)
    return int(chosen) if chosen in ("3", "10", "20") else 0


def _was_done(entry: Entry) -> bool:
    return entry.is_complete or entry.get("tension_after") is not None


def _is_little(entry: Entry) -> bool:
    return LITTLE in (entry.get("practice"), entry.get("minutes")) and entry.get("minutes_done") is None


def put_together(told: Told) -> Relaxed:
    """All that the page says."""
    entries = told.of("practice")
    pairs = pairs_in(entries)
    least, least_each = told.numbers["relaxation_least_times"], told.numbers["relaxation_least_times_each"]
    return Relaxed(
        book_of(NAME),
        pairs,
        change_over(pairs, int(least)),
        week_of(entries, told.today),
        largest(pairs, lambda pair: pair.entry.get("part"), int(least_each)),
        largest(pairs, lambda pair: pair.entry.get("practice"), int(least_each)),
        max(int(least) - len(pairs), 0) if pairs else 0,
    )


# --- the questions --------------------


class BeforeForm(ToolForm):
    tension_before = NumberButtonsField(
        _l("How tense are you before you start?"),
        description=_l("You can leave this out."),
        low_label=NOT_TENSE,
        high_label=MOST_TENSE,
    )
    practice = RadiosField(
        _l("What would you like to do?"), validators=[InputRequired(_l("Choose a way, or go back"))]
    )
    minutes = RadiosField(
        _l("How long?"),
        choices=LENGTHS,
        validators=[InputRequired(_l("Choose how long. 3 minutes is plenty"))],
    )

    def prepare(self, asking: Asking) -> None:
        """The practices of the course are the choices; a link may have chosen one already."""
        offer(self, self.practice, _choices())
        choose_as_asked(self, self.practice, "practice")
        choose_as_asked(self, self.minutes, "minutes")


class AfterForm(ToolForm):
    tension_after = NumberButtonsField(
        _l("How tense are you afterwards?"), low_label=NOT_TENSE, high_label=MOST_TENSE
    )
    note = text_field(_l("Is there anything that you would like to remember?"), rows=2)


class WhereForm(ToolForm):
    part = RadiosField(_l("When was it?"), choices=PARTS)
    place = line_field(_l("Where were you?"), _l("For example: in the armchair, on the bus"))
    minutes_done = NumberField(
        _l("Did you do more or less than you chose? How many minutes was it?"),
        description=_l("Leave this empty if it was as you chose."),
        least=0,
        most=LONGEST_MINUTES,
        whole=True,
        unit=_l("minutes"),
    )


def _choices() -> Iterator[tuple[str, str]]:
    yield from titles(tuple(one for one in book_of(NAME).practices if not one.is_little))
    yield from ((name, named(name, book_of(NAME))) for name in (LITTLE, OWN))


def _onward(entry: Entry) -> tuple[str, Mapping[str, Any]] | None:
    practice, minutes = str(entry.get("practice", "")), str(entry.get("minutes", ""))
    if practice == OWN or not minutes:
        return None
    if LITTLE in (practice, minutes):
        return "little", {}
    found = book_of(NAME).practice(practice)
    offered = found is not None and float(minutes) in found.minutes
    return ("play", {"practice": practice, "minutes": minutes}) if offered else None


def _one_line(entry: Entry) -> str:
    practice = named(str(entry.get("practice", "")), book_of(NAME))
    pair = next(iter(pairs_in((entry,))), None)
    if pair is None:
        return practice
    return str(
        _(
            "%(practice)s: %(before)s before, %(after)s after",
            practice=practice,
            before=pair.before,
            after=pair.after,
        )
    )


def _play(told: Told, given: Mapping[str, str]) -> Play:
    play = play_of(NAME, told, given)
    pace = (told.numbers["relaxation_breath_in_seconds"], told.numbers["relaxation_breath_out_seconds"])
    return Play(play.practice, play.minutes, play.lang, play.entry, pace if play.practice.is_paced else None)


def _little(told: Told, given: Mapping[str, str]) -> tuple[PracticeBook, Entry | None]:
    return book_of(NAME), begun(told, given)


SLOW_BREATH = _l(
    "Exercise specification, 4.6, a proposal to be signed: about six breaths a minute, the out-breath longer "
    "(Zaccaro 2018)"
)
FEW = _l("Exercise specification, 4.6, a proposal to be signed")

KIND = ToolKind(
    name=NAME,
    title=_l("Relaxation and breathing"),
    purpose=_l("Let go a little, for 20 minutes or for one breath. You choose the way."),
    sheets=(
        Sheet(
            name="practice",
            add=_l("Start relaxing"),
            heading=_l("Times that you noted"),
            one_line=_one_line,
            screens=(
                Screen("before", _l("Before you start"), BeforeForm, leads_to=_onward),
                Screen(
                    "after",
                    _l("Afterwards"),
                    AfterForm,
                    _l("Any number is fine. Every answer helps you choose."),
                ),
                Screen("where", _l("When and where"), WhereForm, _l("You can leave out what you like.")),
            ),
        ),
    ),
    compute=put_together,
    numbers=(
        NumberSetting(
            "relaxation_breath_in_seconds", _l("Paced breathing: in"), 4, 2, 8, SLOW_BREATH, _l("seconds")
        ),
        NumberSetting(
            "relaxation_breath_out_seconds", _l("Paced breathing: out"), 6, 2, 10, SLOW_BREATH, _l("seconds")
        ),
        NumberSetting(
            "relaxation_least_times", _l("Say the mean change of tension from"), 3, 2, 20, FEW, _l("times")
        ),
        NumberSetting(
            "relaxation_least_times_each",
            _l("Compare parts of the day, or ways, from"),
            3,
            2,
            20,
            FEW,
            _l("times each"),
        ),
    ),
    further={
        "play": FurtherPage(lambda play: play.practice.title, _play),
        "little": FurtherPage(_l("Little practices"), _little),
    },
)
