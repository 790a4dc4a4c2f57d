"""Catch a thought: look at one unhelpful thought fairly, find an answer to it, and keep the answer for a hard day.

Source: the thought records of pain programmes (exercise specification, 4.5, after Thorn's literacy-adapted therapy);
amendment 13: nothing that is written is searched for words. Thoughts are called helpful or unhelpful, never wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import shorten

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from webapp.design.widgets import Checkboxes, CheckboxesField, TickField
from webapp.people.number_settings import NumberSetting

from .change import Changed, Count, changes, count
from .tool import Entry, Screen, Sheet, Told, ToolKind, Words
from .tool_form import ToolForm, hundred_field, line_field, text_field

FEELINGS = {
    "worried": _l("Worried"),
    "sad": _l("Sad"),
    "angry": _l("Angry"),
    "scared": _l("Scared"),
    "guilty": _l("Guilty"),
    "ashamed": _l("Ashamed"),
    "lonely": _l("Lonely"),
    "fed_up": _l("Fed up"),
}
HABITS = {
    "worst-case": _l("Worst case"),
    "all-or-nothing": _l("All or nothing"),
    "should": _l("Shoulds"),
    "mind-reading": _l("Guessing what others think"),
    "filtering": _l("Seeing one side"),
    "blame": _l("Blaming myself"),
}
EXAMPLES = {
    "worst-case": _l("“It twinged on the stairs, so soon I won't walk at all.”"),
    "all-or-nothing": _l("“I can't clean the whole kitchen, so why start?”"),
    "should": _l("“I should manage without help by now.”"),
    "mind-reading": _l("“They looked at their watch, so they think I make it up.”"),
    "filtering": _l("“The day was ruined.” (One hour was hard, and lunch was nice.)"),
    "blame": _l("“Everyone is cross, and it is my doing.”"),
}
LEAST = "thought_record_least_for_habit"
NUMBERS = (
    NumberSetting(
        LEAST,
        _l("Thoughts written down before the most common habit is named"),
        3,
        2,
        20,
        _l("A proposal of this project (exercise specification, 4.5): fewer would be no pattern."),
    ),
)


@dataclass(frozen=True)
class Thoughts:
    """What the thoughts add up to. ``habits`` are the commonest (more than one if they tie); ``cards`` the entries
    whose new words are kept for a hard day, newest first."""

    beliefs: tuple[Changed, ...]
    feelings: tuple[Changed, ...]
    belief_count: Count
    feeling_count: Count
    habits: tuple[str, ...]
    cards: tuple[Entry, ...]

    @property
    def habit_names(self) -> list[Words]:
        """The commonest habits in words."""
        return [HABITS[habit] for habit in self.habits]


def commonest(entries: Iterable[Entry], least: int) -> tuple[str, ...]:
    """The habits that were ticked most often, all of those that tie, in the order of the list.

    Empty below *least* thoughts with a habit, and where none was ticked twice: that would be no pattern (a proposal
    of this project).
    """
    ticked = [set(entry.get("habits", ())) & set(HABITS) for entry in entries if entry.get("habits")]
    times = Counter(habit for habits in ticked for habit in habits)
    most = max(times.values(), default=0)
    if len(ticked) < least or most < 2:
        return ()
    return tuple(habit for habit in HABITS if times[habit] == most)


def words_for_a_hard_day(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries whose new words (``kinder``) are kept, in the given order, the same words once.

    A patient takes words off with ``card_off`` on that screen, or by taking the whole entry away.
    """
    seen: set[str] = set()
    cards = []
    for entry in entries:
        words = " ".join(str(entry.get("kinder", "")).split()).casefold()
        if words and words not in seen and not entry.get("card_off"):
            seen.add(words)
            cards.append(entry)
    return tuple(cards)


def add_up(told: Told) -> Thoughts:
    """Everything that the page shows."""
    entries = told.of("thought")
    beliefs = changes(entries, "belief_before", "belief_after")
    feelings = changes(entries, "feeling_before", "feeling_after")
    return Thoughts(
        beliefs,
        feelings,
        count(beliefs),
        count(feelings),
        commonest(entries, int(told.numbers[LEAST])),
        words_for_a_hard_day(entries),
    )


class ThoughtForm(ToolForm):
    happened = text_field(
        _l("What happened?"), _l("For example: the bus was full and I had to stand"), rows=2
    )
    thought = text_field(
        _l("What went through your mind?"),
        _l("One thought, as it came. For example: I'll never go out again"),
        rows=2,
        validators=(InputRequired(_l("Write the thought in a few words")),),
    )
    belief_before = hundred_field(_l("How much did you believe it?"), _l("not at all"), _l("completely"))


class FeelingsForm(ToolForm):
    feelings = CheckboxesField(_l("What did you feel?"), choices=list(FEELINGS.items()))
    other_feeling = line_field(_l("Something else?"))
    feeling_before = hundred_field(_l("How strong was it?"), _l("not at all"), _l("as strong as can be"))


class HabitsForm(ToolForm):
    habits = CheckboxesField(
        _l("Does it fit one of these habits?"),
        choices=list(HABITS.items()),
        widget=Checkboxes(hints=EXAMPLES),
    )


class LookForm(ToolForm):
    fits = text_field(_l("What fits with the thought?"), _l("Things that you saw or heard"), rows=2)
    fits_not = text_field(_l("What does not quite fit?"), rows=2)
    friend = text_field(_l("What would you tell a good friend who thought this?"), rows=2)


class KinderForm(ToolForm):
    kinder = text_field(
        _l("What would be a kinder or more useful thought?"),
        _l(
            "It must be true for you. For example: today I could not stand, and next time I can ask for a seat"
        ),
    )
    kinder_belief = hundred_field(_l("How much do you believe it?"), _l("not at all"), _l("completely"))
    card_off = TickField(_l("Leave it out of my words for a hard day"))


class AgainForm(ToolForm):
    feeling_after = hundred_field(
        _l("How strong is the feeling now?"), _l("not at all"), _l("as strong as can be")
    )
    belief_after = hundred_field(
        _l("How much do you believe the first thought now?"), _l("not at all"), _l("completely")
    )
    will_do = line_field(
        _l("What will you do, and when?"),
        _l("One small thing. For example: on Friday I take the early bus"),
    )
    in_the_way = line_field(_l("What might get in the way, and what then?"))


KIND = ToolKind(
    name="thought-record",
    title=_l("Catch a thought"),
    purpose=_l(
        "Take one thought that makes things harder. Look at it fairly, and find an answer that helps more."
    ),
    sheets=(
        Sheet(
            name="thought",
            add=_l("Catch a thought"),
            heading=_l("Your thoughts so far"),
            one_line=lambda entry: shorten(str(entry.get("thought") or _("A thought")), 90, placeholder="…"),
            screens=(
                Screen("thought", _l("Catch the thought"), ThoughtForm),
                Screen(
                    "feelings",
                    _l("The feeling"),
                    FeelingsForm,
                    _l("There may be more than one. If you are not safe, tap Help now."),
                ),
                Screen(
                    "habits",
                    _l("Habits of the mind"),
                    HabitsForm,
                    _l("Nearly everyone has these. Tick any that fit, or none."),
                ),
                Screen("look", _l("Look at it fairly"), LookForm, _l("Some of the thought may be true.")),
                Screen("kinder", _l("Answer it"), KinderForm, _l("It need not be cheerful.")),
                Screen("again", _l("Now, and next"), AgainForm),
            ),
        ),
    ),
    compute=add_up,
    numbers=NUMBERS,
)
