"""When worry runs ahead: how awful and how likely, what is more likely, how to cope, and a second look.

Source: the helper for worst-case worries of pain programmes (exercise specification, 4.5). Amendment 13: nothing that is
written is searched for words.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import shorten

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from .change import Change, Changed, Count, change_in, changes, count
from .tool import Entry, Screen, Sheet, Told, ToolKind
from .tool_form import ToolForm, hundred_field, line_field, text_field


@dataclass(frozen=True)
class Worries:
    """The newest worry with what changed on a second look, and how often worries looked smaller then."""

    newest: Entry | None
    awful: Change | None
    likely: Change | None
    all_likely: tuple[Changed, ...]
    likely_count: Count


def look_again(told: Told) -> Worries:
    """What changed between the first and the second look; unknown where one of the two was left out."""
    entries = told.of("worry")
    answers = entries[0].answers if entries else {}
    likely = changes(entries, "likely_before", "likely_after")
    return Worries(
        newest=entries[0] if entries else None,
        awful=change_in(answers, "awful_before", "awful_after"),
        likely=change_in(answers, "likely_before", "likely_after"),
        all_likely=likely,
        likely_count=count(likely),
    )


class WorryForm(ToolForm):
    worry = text_field(
        _l("What are you afraid might happen?"),
        _l("Finish the “What if?”. For example: what if I can never work again?"),
        validators=(InputRequired(_l("Write the worry in a few words")),),
    )


class SizeForm(ToolForm):
    awful_before = hundred_field(
        _l("If it came, how awful would it be?"), _l("not awful"), _l("as awful as can be")
    )
    likely_before = hundred_field(_l("How likely does it seem?"), _l("not at all"), _l("certain"))


class OtherForm(ToolForm):
    likelier = text_field(
        _l("What is more likely to happen?"),
        _l("Good or so-so. For example: I work fewer hours for a while"),
    )
    friend = text_field(_l("What would a friend say who knows you well?"))


class CopeForm(ToolForm):
    cope = text_field(
        _l("If it did come, what would you do on the first day?"),
        _l("For example: ring my sister, and make a list of what has to be paid"),
    )
    helpers = text_field(_l("Who would help?"), _l("A person, a group, a helpline, your team"), rows=2)


class AgainForm(ToolForm):
    awful_after = hundred_field(
        _l("How awful would it be, now that you have a plan?"), _l("not awful"), _l("as awful as can be")
    )
    likely_after = hundred_field(_l("How likely does it seem now?"), _l("not at all"), _l("certain"))


class DoForm(ToolForm):
    will_do = line_field(
        _l("What will you do, and when?"), _l("One small thing. For example: on Monday I ring about my hours")
    )
    in_the_way = line_field(_l("What might get in the way, and what then?"))


KIND = ToolKind(
    name="worst-case",
    title=_l("When worry runs ahead"),
    purpose=_l("Take one “What if?” to its end. Weigh it up, and think how you would cope."),
    sheets=(
        Sheet(
            name="worry",
            add=_l("Look at a worry"),
            heading=_l("Your worries so far"),
            one_line=lambda entry: shorten(str(entry.get("worry") or _("A worry")), 90, placeholder="…"),
            screens=(
                Screen("worry", _l("The worry"), WorryForm),
                Screen("size", _l("How big is it?"), SizeForm),
                Screen(
                    "other",
                    _l("What else could happen?"),
                    OtherForm,
                    _l("Worry stops at the worst part. Go on a bit."),
                ),
                Screen(
                    "cope",
                    _l("If it did come"),
                    CopeForm,
                    _l("Some worries are fair. Then this is the start of a plan."),
                ),
                Screen(
                    "again", _l("Look again"), AgainForm, _l("Any number is fine. There is no right one.")
                ),
                Screen("do", _l("What you will do"), DoForm),
            ),
        ),
    ),
    compute=look_again,
)
