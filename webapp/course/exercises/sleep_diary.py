"""The sleep diary: a few words each morning, and averages in words. No score, no bands, no shorter nights.

Its rules, with their sources, stand in ``sleep_nights.py``. It works past midnight and for shifts (amendment 11).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.design.widgets import CheckboxesField, NumberButtonsField, NumberField, TickField, TimeField
from webapp.people.number_settings import NumberSetting

from .sleep_nights import (
    MEASURED,
    MOST_MINUTES,
    WEEK,
    SleepWeek,
    Why,
    best_of,
    clock,
    mean_of,
    minute_of,
    night_of,
    rising_of,
    what_cannot_be,
)
from .tool import Asking, Entry, HowMany, Screen, Sheet, Told, ToolKind
from .tool_form import ToolForm, line_field, text_field


def look_at_nights(told: Told) -> SleepWeek:
    """The newest week of the diary: the seven days that end with the newest entry."""
    entries = told.of("night")
    recent = [one for one in entries if (entries[0].on - one.on).days < WEEK]
    nights = tuple(night_of(entry) for entry in reversed(recent))
    least = int(told.numbers.get("sleep_diary_nights", 3))
    spread = int(told.numbers.get("sleep_diary_rising_spread", 60))
    back = (told.today - timedelta(days=days) for days in range(1, WEEK))
    return SleepWeek(
        nights=nights,
        in_bed=mean_of((night.in_bed for night in nights), least),
        asleep=mean_of((night.asleep for night in nights), least),
        rising=rising_of([night.up for night in nights if night.up is not None], least, spread),
        nap_days=sum(bool(night.naps) for night in nights),
        best=best_of(nights),
        today=told.on("night", told.today),
        days_to_fill=tuple(day for day in back if told.on("night", day) is None),
        change=told.latest("change"),
    )


# --- what is asked --------------------

_SAID = {
    Why.TRIED_BEFORE_BED: _l("This is before you went to bed. Check both times"),
    Why.WOKE_BEFORE_TRYING: _l("This is before you tried to sleep. Check both times"),
    Why.UP_BEFORE_WAKING: _l("This is before you woke for the last time. Check both times"),
    Why.SAME_TIME: _l("This is the same time as going to bed. Check both times"),
    Why.TOO_LONG: _l("That makes more than 18 hours in bed. Check this time and your bed time"),
    Why.TOO_MUCH_AWAKE: _l("These minutes do not fit into the night. A rough guess is fine"),
    Why.AWAKE_WITHOUT_WAKING: _l("You put 0 times awake. Write how often, or leave this empty"),
}


class NightForm(ToolForm):
    """A screen of the night: what is typed here is held against what the other screens say."""

    def prepare(self, asking: Asking) -> None:
        """Remember the other screens' answers."""
        own = self.field_classes()
        said = asking.entry.answers if asking.entry else {}
        self.said_before = {name: value for name, value in said.items() if name not in own}

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """True if each answer is well filled in and the night can have been so."""
        return super().validate(extra_validators) and self._can_be()

    def _can_be(self) -> bool:
        problem = what_cannot_be({**self.said_before, **self.kept()})
        if problem is None:
            return True
        if problem.field in self:
            self._say(problem.field, _SAID[problem.why])
            return False
        here = next(
            (one.name for one in self.questions() if one.name in MEASURED and one.data is not None), ""
        )
        if here:
            self._say(
                here, _("This does not fit with your other times. Check it, or change the others first")
            )
        return not here

    def _say(self, name: str, words: Any) -> None:
        self[name].errors = [*self[name].errors, words]


class BedForm(NightForm):
    bed_at = TimeField(_l("When did you go to bed?"), description=_l("For example, 22:30 or 10.30pm"))
    tried_at = TimeField(
        _l("When did you try to sleep?"), description=_l("Lights out. It may be the same time, or later")
    )
    fall_min = NumberField(
        _l("How many minutes did it take to fall asleep?"),
        description=_l("A rough guess, like 20"),
        least=0,
        most=MOST_MINUTES,
        whole=True,
        unit=_l("minutes"),
    )
    fall_unsure = TickField(_l("I am not sure how long it took"))


class AwakeForm(NightForm):
    wakes = NumberField(
        _l("How many times were you awake?"),
        description=_l("Write 0 if you slept through"),
        least=0,
        most=50,
        whole=True,
        unit=_l("times"),
    )
    awake_min = NumberField(
        _l("How many minutes were you awake, all together?"),
        description=_l("A rough guess, like 45. Leave it empty if you do not know"),
        least=0,
        most=MOST_MINUTES,
        whole=True,
        unit=_l("minutes"),
    )


class MorningForm(NightForm):
    woke_at = TimeField(_l("When did you wake for the last time?"), description=_l("For example, 6:45"))
    up_at = TimeField(_l("When did you get up?"), description=_l("When you left your bed for the day"))


class DayBeforeForm(ToolForm):
    naps_min = NumberField(
        _l("How many minutes did you nap?"),
        description=_l("In the day before this night. Write 0 if you did not nap"),
        least=0,
        most=MOST_MINUTES,
        whole=True,
        unit=_l("minutes"),
    )
    drinks = CheckboxesField(
        _l("Did you have any of these?"),
        choices=[
            ("caffeine", _l("Coffee, tea, cola or energy drinks after midday")),
            ("alcohol", _l("Alcohol")),
            ("none", _l("None of these")),
        ],
    )


class HowForm(ToolForm):
    quality = NumberButtonsField(
        _l("How was your night?"), low_label=_l("As bad as it can be"), high_label=_l("As good as it can be")
    )
    pain = NumberButtonsField(
        _l("How was your pain in the night, if you want to say?"),
        low_label=_l("No pain"),
        high_label=_l("As bad as you can imagine"),
    )
    note = text_field(
        _l("Anything else about this night?"), _l("For example: hot room, or a good talk before bed"), rows=2
    )


class ChangeForm(ToolForm):
    change = line_field(
        _l("What will you do, and when?"),
        _l("One small thing. For example: up at half past seven, and tea by the window."),
    )
    in_the_way = line_field(_l("What might get in the way, and what then?"))


def _can_plan(told: Told) -> bool:
    return len(told.of("night")) >= int(told.numbers.get("sleep_diary_nights", 3)) or bool(told.of("change"))


def _one_line(entry: Entry) -> str:
    bed, up = minute_of(entry.get("bed_at")), minute_of(entry.get("up_at"))
    if bed is not None and up is not None:
        return str(_("To bed %(bed)s, up %(up)s", bed=clock(bed), up=clock(up)))
    return str(_("A night, in part")) if entry.answers else ""


KIND = ToolKind(
    name="sleep-diary",
    title=_l("Sleep diary"),
    purpose=_l("A few words each morning. After some nights you see, in words, how your nights tend to go."),
    sheets=(
        Sheet(
            name="night",
            add="",  # its page has the buttons: last night, and earlier ones
            heading=_l("Your nights"),
            how_many=HowMany.ONE_A_DAY,
            one_line=_one_line,
            screens=(
                Screen(
                    "bed",
                    _l("Going to bed"),
                    BedForm,
                    _l("Guess, and do not watch the clock. Gaps are fine."),
                ),
                Screen("awake", _l("In the night"), AwakeForm),
                Screen("morning", _l("The morning"), MorningForm),
                Screen("before", _l("The day before"), DayBeforeForm),
                Screen("how", _l("How it was"), HowForm),
            ),
        ),
        Sheet(
            name="change",
            add=_l("Choose one small change"),
            heading=_l("What you are trying"),
            how_many=HowMany.ONE,
            one_line=lambda entry: str(entry.get("change", "")),
            screens=(
                Screen(
                    "change",
                    _l("One small change"),
                    ChangeForm,
                    _l("Try it for a week or two before you judge it. Please do not cut your sleep short."),
                ),
            ),
            offered=_can_plan,
        ),
    ),
    compute=look_at_nights,
    numbers=(
        NumberSetting(
            "sleep_diary_nights",
            _l("Sleep diary: nights with an answer before an average is shown"),
            3,
            1,
            7,
            _l(
                "Exercise specification, 4.8 asks for seven mornings; three for a first look is this project's proposal"
            ),
        ),
        NumberSetting(
            "sleep_diary_rising_spread",
            _l("Sleep diary: rising times this close together are called regular"),
            60,
            15,
            180,
            _l("Amendment 11 asks for a regular rising time; about an hour is this project's proposal"),
            unit=_l("minutes"),
        ),
    ),
)
