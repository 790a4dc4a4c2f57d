"""Mindfulness: a few minutes of noticing, ten at most, with words to follow. No score.

Source: exercise specification, 4.7: optional and short, for in online trials about half of the people leave [F93].
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from webapp.content.guided import PracticeBook
from webapp.design.widgets import NumberButtonsField, RadiosField

from .playing import OWN, Play, book_of, choose_as_asked, named, offer, play_of, titles
from .tool import Asking, Entry, FurtherPage, Screen, Sheet, Told, ToolKind
from .tool_form import ToolForm, text_field

NAME = "mindfulness"
LENGTHS = [
    ("1", _l("1 minute")),
    ("3", _l("3 minutes")),
    ("5", _l("5 minutes")),
    ("10", _l("10 minutes")),
]
WAS = [
    ("settling", _l("Settling")),
    ("same", _l("Much the same as before")),
    ("odd", _l("Odd, or dull")),
    ("hard", _l("Hard, or upsetting")),
]
SHOWN_NOTES = 3


@dataclass(frozen=True)
class Noticed:
    """What the page shows: which practices were tried (the most often first), what was noticed, newest first.

    ``was_hard``: the newest time was hard or upsetting.
    """

    book: PracticeBook
    tried: tuple[tuple[str, int], ...]
    settling: tuple[str, ...]
    notes: tuple[Entry, ...]
    was_hard: bool

    def name_of(self, practice: str) -> str:
        """A practice by its title."""
        return named(practice, self.book)


def tried_in(entries: Sequence[Entry]) -> tuple[tuple[str, int], ...]:
    """Each practice with the number of times that it was noted, the most often first."""
    return tuple(Counter(entry.get("practice") for entry in entries if entry.get("practice")).most_common())


def settling_in(entries: Sequence[Entry]) -> tuple[str, ...]:
    """The practices that were called settling at least once, and never hard, the newest first."""
    said = [(str(entry.get("practice")), entry.get("was")) for entry in entries if entry.get("practice")]
    hard = {practice for practice, was in said if was == "hard"}
    liked = (practice for practice, was in said if was == "settling" and practice not in hard)
    return tuple(dict.fromkeys(liked))


def put_together(told: Told) -> Noticed:
    """All that the page says."""
    entries = told.of("time")
    notes = tuple(entry for entry in entries if entry.get("noticed"))[:SHOWN_NOTES]
    newest = told.latest("time")
    was_hard = newest is not None and newest.get("was") == "hard"
    return Noticed(book_of(NAME), tried_in(entries), settling_in(entries), notes, was_hard)


class TimeForm(ToolForm):
    practice = RadiosField(
        _l("What did you notice?"), validators=[InputRequired(_l("Choose what you did, or go back"))]
    )
    minutes = RadiosField(_l("About how long?"), choices=LENGTHS)

    def prepare(self, asking: Asking) -> None:
        """The practices of the course are the choices; a link may have chosen one already."""
        offer(self, self.practice, _choices())
        choose_as_asked(self, self.practice, "practice")
        choose_as_asked(self, self.minutes, "minutes")


class HowForm(ToolForm):
    was = RadiosField(_l("How was it?"), choices=WAS)
    stay = NumberButtonsField(
        _l("How easily could you stay with it?"),
        description=_l("You can leave this out. Minds wander, so any number is fine."),
        low_label=_l("my mind was elsewhere"),
        high_label=_l("it came easily"),
    )
    noticed = text_field(_l("Was there anything that you noticed?"), rows=2)


def _choices() -> Iterator[tuple[str, str]]:
    yield from titles(book_of(NAME).practices)
    yield OWN, named(OWN, book_of(NAME))


def _play(told: Told, given: Mapping[str, str]) -> Play:
    return play_of(NAME, told, given)


KIND = ToolKind(
    name=NAME,
    title=_l("Mindfulness"),
    purpose=_l("Notice what is here, kindly, for a few minutes. There is no score."),
    sheets=(
        Sheet(
            name="time",
            add=_l("Note how it was"),
            heading=_l("Times that you noted"),
            one_line=lambda entry: named(str(entry.get("practice", "")), book_of(NAME)),
            screens=(
                Screen("time", _l("What you did"), TimeForm),
                Screen("how", _l("How it was"), HowForm),
            ),
        ),
    ),
    compute=put_together,
    further={"play": FurtherPage(lambda play: play.practice.title, _play)},
)
