"""The forms of a movement routine: a movement, a day, a look back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from webapp.course import movements as library
from webapp.design.widgets import DatePartsField, NumberButtonsField, NumberField, RadiosField
from webapp.foundations import clock

from . import routine, routine_amounts
from .each import EachField, Thing
from .routine_amounts import AMOUNT_KEYS
from .routine_words import CHOICES, amount_in_words, in_one_line, in_positions, pictured, title_of
from .tool import Asking, Entry
from .tool_form import ToolForm, line_field

MOST = 600
"""More than this is taken as a slip of the pen (a limit of this project, not a clinical one)."""
LATER = "later"
AFTER = [
    ("settled", _l("It settled within about an hour")),
    ("same_day", _l("I felt it for the rest of the day")),
    ("next_day", _l("I still felt it the next day")),
]
DID = [
    (routine.DID, _l("Did it")),
    (routine.SOME, _l("Did some of it")),
    (routine.NOT_TODAY, _l("Not today")),
]
COSTS = [
    ("nothing", _l("Nothing that I noticed")),
    ("a_little", _l("A little")),
    ("a_lot", _l("A lot")),
    ("crash", _l("A crash")),
    ("not_sure", _l("I am not sure")),
]


# --- the forms of a movement --------------------


class ReadForm(ToolForm):
    """Nothing is asked and nothing is stored (amendment 1)."""


class WhichForm(ToolForm):
    which = RadiosField(
        _l("Which movement?"), validators=[InputRequired(_l("Choose one movement"))], widget=in_positions
    )
    is_chosen_by_link = False
    _before: Entry | None = None

    def prepare(self, asking: Asking) -> None:
        """The whole library without what is in the routine already, or the one movement that a link has chosen."""
        self._before = asking.entry
        own = asking.entry.get("which") if asking.entry else None
        taken = {entry.get("which") for entry in asking.told.of("movement")} - {own}
        free = [one for one in library.movements() if one.name not in taken]
        given = self.which.object_data if asking.entry is None else None
        self.is_chosen_by_link = given in {one.name for one in free}
        shown = [one for one in free if one.name == given] if self.is_chosen_by_link else free
        self.which.choices = [(one.name, pictured(one)) for one in shown]
        if own and library.movement(own) is None:
            self.which.choices.append((own, title_of(own)))

    def kept(self) -> dict[str, Any]:
        """The movement and how it is counted; another movement leaves the amount of the one before behind."""
        kept = super().kept()
        if self._before is not None and self._before.get("which") == kept.get("which"):
            return {**self._before.answers, **kept}
        found = library.movement(str(kept["which"]))
        kept |= {"counted": found.counted_in if found else "times", "chosen_at": clock.now().isoformat()}
        return kept | (dict.fromkeys(AMOUNT_KEYS) if self._before else {})


class HowForm(ToolForm):
    how = RadiosField(
        _l("How would you like to find your amount?"),
        choices=[
            ("tries", _l("Try it on three days, then see what they point to")),
            ("own", _l("I choose an amount myself")),
            (LATER, _l("I don’t know yet")),
        ],
    )

    def kept(self) -> dict[str, Any]:
        """“I don't know yet” sets no amount."""
        kept = super().kept()
        return kept | ({"amount": None} if kept.get("how") == LATER else {})


def try_form(number: int) -> type[ToolForm]:
    """The form of one try: the amount when it began to build up, the day, and how long it was felt."""
    name, on, after = f"try_{number}", f"try_{number}_on", f"try_{number}_after"

    def prepare(self: Any, asking: Asking) -> None:
        self._today = asking.told.today
        counted = asking.entry.get("counted") if asking.entry else "times"
        _count_in(self[name], str(counted))
        self[on].latest = asking.told.today

    def kept(self: Any) -> dict[str, Any]:
        said = ToolForm.kept(self)
        if name not in said:
            return {}
        return {on: self._today.isoformat(), **said}

    fields = {
        name: NumberField(
            _l("How much did you do?"),
            description=_l("Up to where it began to build up. Not your most."),
            least=0,
            most=MOST,
            whole=True,
        ),
        on: DatePartsField(_l("On which day?"), description=_l("Leave this empty for today")),
        after: RadiosField(_l("How did it feel afterwards?"), choices=AFTER),
    }
    return type(f"Try{number}Form", (ToolForm,), {**fields, "prepare": prepare, "kept": kept})


def _count_in(field: NumberField, counted: str) -> None:
    field.widget.defaults["suffix"] = _("seconds") if counted == "seconds" else _("times")


class StartForm(ToolForm):
    start = RadiosField(_l("Where would you like to begin?"))
    _asking: Asking | None = None

    def prepare(self, asking: Asking) -> None:
        """The start that the tries point to, the lowest try beside it where that is less, and an amount of one's own."""
        self._asking = asking
        self.start.choices = [*self._starts(), ("own", _l("Another amount")), (LATER, _l("I don’t know yet"))]

    def kept(self) -> dict[str, Any]:
        """The real amount of the chosen start, with the moment of the choice."""
        kept = super().kept()
        option = routine_amounts.option_of(found, kept.get("start")) if (found := self._found()) else None
        if option is not None:
            return kept | {"amount": option.amount, "amount_at": clock.now().isoformat()}
        return kept | ({"amount": None} if kept.get("start") == LATER else {})

    def _starts(self) -> list[tuple[str, str]]:
        found, entry = self._found(), self._asking.entry if self._asking else None
        counted = str(entry.get("counted")) if entry else "times"
        lowest = _("Begin with %(amount)s, my lowest try")
        usual = _("Begin with %(amount)s")
        return [
            (
                one.kind.value,
                (lowest if one.kind == "lowest_try" else usual)
                % {"amount": amount_in_words(one.shown, counted)},
            )
            for one in (found.options if found else ())
        ]

    def _found(self) -> Any:
        entry = self._asking.entry if self._asking else None
        return (
            routine_amounts.start_of(entry.answers, entry.on, self._asking.told.pacing)
            if entry and self._asking
            else None
        )


class OwnForm(ToolForm):
    own = NumberField(
        _l("With how much would you like to begin?"),
        description=_l("Begin with less than you can. One is a real number, too."),
        least=1,
        most=MOST,
        whole=True,
        validators=[InputRequired(_l("Write a number, like 3, or go back and choose “I don’t know yet”"))],
    )

    def prepare(self, asking: Asking) -> None:
        """Times or seconds, as the movement is counted."""
        _count_in(self.own, str(asking.entry.get("counted")) if asking.entry else "times")

    def kept(self) -> dict[str, Any]:
        """The amount, with the moment of the choice."""
        kept = super().kept()
        return {**kept, "amount": float(kept["own"]), "amount_at": clock.now().isoformat()}


class PlanForm(ToolForm):
    days = NumberButtonsField(
        _l("On how many days a week?"),
        description=_l("Any days you like. Fewer is fine in a hard week."),
        low=3,
        high=7,
    )
    when = line_field(
        _l("What will you do, and when?"), _l("For example: two movements, while the kettle boils")
    )
    in_the_way = line_field(
        _l("What might get in the way, and what then?"),
        _l("For example: if I am too sore to stand, I do it sitting, or rest"),
    )


class GentleForm(ToolForm):
    within = line_field(
        _l("How will you keep it within what you have?"),
        _l("For example: once, lying down, on a kind morning"),
    )
    breaks = line_field(_l("Where will a rest go?"), _l("For example: lie down before and after"))
    instead = line_field(
        _l("When would you leave it out?"), _l("For example: on a day with a shower or a visit")
    )


# --- the forms of a day and of a look back --------------------


class DayForm(ToolForm):
    did = EachField(_l("What did you do?"))
    worse = RadiosField(
        _l("Was this day worse, after your movements the day before?"),
        choices=[
            ("no", _l("No, much as usual")),
            ("yes", _l("Yes, worse")),
            ("not_sure", _l("I am not sure")),
        ],
    )
    minutes = NumberField(
        _l("About how many minutes was it in all?"),
        description=_l("If you know. A guess is fine."),
        least=0,
        most=240,
        whole=True,
        unit=_l("minutes"),
    )
    note = line_field(_l("Anything to remember?"), _l("For example: better in the afternoon"))

    def prepare(self, asking: Asking) -> None:
        """Each movement of the routine (and what was noted of one that has left it)."""
        noted = asking.entry.get("did", {}) if asking.entry else {}
        names = dict.fromkeys([*routine.names_of(asking.told), *noted])
        self.did.things = [Thing(name, title_of(name), DID) for name in names]
        if asking.told.energy_mode:
            del self.minutes
        if not routine.was_active(asking.told, asking.on - timedelta(days=1)):
            del self.worse


class CostForm(ToolForm):
    cost = RadiosField(_l("What did it cost over the next three days?"), choices=COSTS)


class WeekForm(ToolForm):
    worse = RadiosField(
        _l("Was a day worse, the day after your movements?"),
        choices=[("no", _l("No")), ("once", _l("Once")), ("more", _l("More than once"))],
    )
    sure = NumberButtonsField(
        _l("How sure are you about the coming week?"),
        low_label=_l("not at all sure"),
        high_label=_l("completely sure"),
    )


class NextForm(ToolForm):
    next = EachField(_l("How would you like to go on?"))
    _asking: Asking | None = None

    def prepare(self, asking: Asking) -> None:
        """Equal choices for each movement, *keep it steady* first; none is ticked beforehand."""
        self._asking = asking
        self.next.things = [
            Thing(str(entry.get("which")), in_one_line(entry), _choices_of(asking, entry))
            for entry in routine.movements_of(asking.told)
        ]

    def kept(self) -> dict[str, Any]:
        """The choices with the real amounts that they name, and the moment of the choice. What was chosen before and
        stays as it was keeps its moment, so that saving it again changes nothing."""
        kept = super().kept()
        if self._asking is None or not kept:
            return kept
        before = self._asking.entry.answers if self._asking.entry else {}
        if before.get("next") == kept["next"]:
            return kept
        amounts = {
            str(entry.get("which")): offer.amount
            for entry in routine.movements_of(self._asking.told)
            for offer in _offers(self._asking, entry)
            if offer.choice == kept["next"].get(entry.get("which")) and offer.amount is not None
        }
        return kept | {"amounts": amounts, "set_at": clock.now().isoformat()}


def _offers(asking: Asking, entry: Entry) -> list[routine_amounts.Offer]:
    """What may be chosen for a movement; a choice that was made before stands with the amount that it had then."""
    told, name = asking.told, entry.get("which")
    plan = routine_amounts.plan_of(entry, told.of("look_back"), told.pacing)
    offers = routine_amounts.offers(plan, energy_mode=told.energy_mode, settings=told.pacing)
    before = asking.entry.answers if asking.entry else {}
    said, amount = before.get("next", {}).get(name), before.get("amounts", {}).get(name)
    return [
        routine_amounts.offer_of(one.choice, amount) if one.choice == said and amount is not None else one
        for one in offers
    ]


def _choices_of(asking: Asking, entry: Entry) -> list[tuple[str, Any]]:
    counted = str(entry.get("counted", "times"))
    return [(one.choice, _choice_in_words(one, counted)) for one in _offers(asking, entry)]


def _choice_in_words(offer: routine_amounts.Offer, counted: str) -> Any:
    choice = CHOICES[offer.choice]
    if offer.shown is None:
        return choice
    return _("%(choice)s: %(amount)s", choice=choice, amount=amount_in_words(offer.shown, counted))
