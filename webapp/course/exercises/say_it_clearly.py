"""Say it clearly: a message in four short parts, put together in the patient's own words.

Source: the four parts (when, I feel, because, I would like) are taught as assertive messages in pain programmes; exercise
specification, 4.10. Nothing is sent to anybody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from webapp.design.widgets import RadiosField

from .tool import Asking, Entry, Screen, Sheet, Told, ToolKind
from .tool_form import ToolForm, line_field, text_field

PARTS = ("when", "feel", "because", "like")
WENT = [
    ("well", _l("Better than I thought")),
    ("so_so", _l("So-so")),
    ("hard", _l("It was hard")),
    ("not_said", _l("I did not say it")),
]


@dataclass(frozen=True)
class Message:
    """The four parts, each tidied: no full stop at its end, no doubled opening words. An empty part was left out."""

    when: str
    feel: str
    because: str
    like: str


@dataclass(frozen=True)
class Messages:
    """Every message with its parts, newest first, and the entries that wait for "how did it go?"."""

    all: tuple[tuple[Entry, Message], ...]
    waiting: tuple[Entry, ...]


def tidy(part: str, opening: str = "") -> str:
    """One part as it stands inside a sentence: single blanks, no marks at its end, without the words that open it already.

    The first letter is made small, unless the word is written in capitals or is "I" (or "I'm", "I've" …).
    """
    words = " ".join(part.split()).rstrip(" .,;!…")
    if opening and words.lower().startswith(opening.lower() + " "):
        words = words[len(opening) + 1 :]
    first = words.split(" ", 1)[0]
    keeps_its_capital = re.match(r"I(?:$|['’])", first) or (len(first) > 1 and first[1:] != first[1:].lower())
    return words if not words or keeps_its_capital else words[0].lower() + words[1:]


def message_of(answers: Mapping[str, Any]) -> Message:
    """The four parts of an entry."""
    openings = {"when": "when", "feel": "I feel", "because": "because", "like": "I would like"}
    return Message(**{part: tidy(str(answers.get(part, "")), openings[part]) for part in PARTS})


def put_together(told: Told) -> Messages:
    """The messages, and those that were planned and not looked back on."""
    entries = told.of("message")
    waiting = tuple(entry for entry in entries if entry.get("plan") and not entry.get("went"))
    return Messages(tuple((entry, message_of(entry.answers)) for entry in entries), waiting)


class WhoForm(ToolForm):
    who = line_field(
        _l("Who would you like to say it to?"),
        _l("Choose someone you feel safe with. For example: my sister, my manager."),
        validators=(InputRequired(_l("Write who it is for, in a word or two")),),
    )


class WhenForm(ToolForm):
    when = text_field(
        _l("When …"), _l("What happens, without blame. For example: you take the bag out of my hand")
    )


class FeelForm(ToolForm):
    feel = line_field(_l("I feel …"), _l("For example: useless, cross, left out"))
    because = text_field(_l("because …"), _l("For example: I can carry a light one"), rows=2)


class LikeForm(ToolForm):
    like = text_field(_l("I would like …"), _l("One exact thing. For example: you to ask me first"), rows=2)


class SayForm(ToolForm):
    plan = line_field(
        _l("When and where will you say it?"), _l("A calm moment is best. It is fine never to say it.")
    )
    in_the_way = line_field(_l("What might get in the way, and what then?"))


class WentForm(ToolForm):
    went = RadiosField(_l("How did it go?"), choices=WENT)
    learnt = text_field(_l("What did you find out?"))


def _has_plan(asking: Asking) -> bool:
    return asking.entry is not None and asking.entry.is_complete


KIND = ToolKind(
    name="say-it-clearly",
    title=_l("Say it clearly"),
    purpose=_l("Four short parts make one clear message. You decide if and when to say it."),
    sheets=(
        Sheet(
            name="message",
            add=_l("Build a message"),
            heading=_l("Your messages"),
            one_line=lambda entry: str(_("To %(who)s", who=entry.get("who", ""))),
            screens=(
                Screen("who", _l("Who is it for?"), WhoForm),
                Screen("when", _l("What happens?"), WhenForm, _l("Say it as a camera would see it.")),
                Screen("feel", _l("How is that for you?"), FeelForm),
                Screen("like", _l("What would you like?"), LikeForm),
                Screen("say", _l("If and when you say it"), SayForm),
                Screen("went", _l("Looking back"), WentForm, asked=_has_plan),
            ),
        ),
    ),
    compute=put_together,
)
