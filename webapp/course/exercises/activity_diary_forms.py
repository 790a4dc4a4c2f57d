"""What the activity diary asks: four questions a block of hours, screen by part of the day; and its numbers."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from webapp.design.widgets import NumberButtonsField, NumberField, SelectField
from webapp.people.number_settings import NumberSetting

from .tool import Screen
from .tool_form import ToolForm, line_field, text_field

DEMANDS = [("low", _l("Low")), ("medium", _l("Medium")), ("high", _l("High"))]
POSTURES = [
    ("lying", _l("Lying")), ("sitting", _l("Sitting")), ("standing", _l("Standing")), ("moving", _l("Moving"))
]  # fmt: skip
RESTS = [
    ("before", _l("Yes, before I needed to")),
    ("after", _l("Yes, when I had to")),
    ("none", _l("No rest")),
]

_HOURS = {
    "b06": _l("6 to 8"),
    "b08": _l("8 to 10"),
    "b10": _l("10 to 12"),
    "b12": _l("12 to 2"),
    "b14": _l("2 to 4"),
    "b16": _l("4 to 6"),
    "b18": _l("6 to 8"),
    "b20": _l("8 to 10"),
    "b22": _l("10 to 12"),
    "night": _l("In the night"),
}


def _fields_of(block: str) -> dict[str, Any]:
    hours = _HOURS[block]
    return {
        f"{block}_what": line_field(_l("%(hours)s: what did you do?", hours=hours)),
        f"{block}_demand": SelectField(
            _l("%(hours)s: how much did it ask of you?", hours=hours), choices=DEMANDS
        ),
        f"{block}_posture": SelectField(
            _l("%(hours)s: how were you, mostly?", hours=hours), choices=POSTURES
        ),
        f"{block}_rest": SelectField(_l("%(hours)s: did you take a rest?", hours=hours), choices=RESTS),
    }


def _form_of(name: str, *blocks: str) -> type[ToolForm]:
    fields = {name: field for block in blocks for name, field in _fields_of(block).items()}
    return type(name, (ToolForm,), fields)


MorningForm = _form_of("MorningForm", "b06", "b08", "b10")
AfternoonForm = _form_of("AfternoonForm", "b12", "b14", "b16")
EveningForm = _form_of("EveningForm", "b18", "b20", "b22")


class NightHours(ToolForm):
    night_hours = NumberField(
        _l("About how many hours of the night were you up?"),
        description=_l("From midnight to 6. Write 0 if you stayed in bed"),
        least=0,
        most=6,
        unit=_l("hours"),
    )


NightForm: type[ToolForm] = type("NightForm", (NightHours,), _fields_of("night"))


class DayForm(ToolForm):
    pain = NumberButtonsField(
        _l("How was your pain today, if you want to say?"),
        low_label=_l("No pain"),
        high_label=_l("As bad as you can imagine"),
    )
    energy = NumberButtonsField(
        _l("How was your energy today, if you want to say?"),
        low_label=_l("None at all"),
        high_label=_l("Plenty"),
    )
    note = text_field(
        _l("Anything else about this day?"), _l("For example: my sister came, and I rested first"), rows=2
    )


class ChangeForm(ToolForm):
    change = line_field(
        _l("What will you do, and when?"),
        _l("For example: on Saturday I do half the shopping, and rest before I cook."),
    )
    in_the_way = line_field(_l("What might get in the way, and what then?"))


_ALL_COUNT = _l("Things for the body, the mind and the feelings all count. Leave out what you like.")

SCREENS = (
    Screen("morning", _l("The morning"), MorningForm, _ALL_COUNT),
    Screen("afternoon", _l("The afternoon"), AfternoonForm, _ALL_COUNT),
    Screen("evening", _l("The evening"), EveningForm, _ALL_COUNT),
    Screen("night", _l("The night after it"), NightForm, _l("Leave this empty if you slept.")),
    Screen("whole", _l("The day as a whole"), DayForm),
)

_PROPOSAL = _l("Exercise specification, 4.1.3 names the suggestion; the number is this project's proposal")


def _number(name: str, label: Any, default: int, low: int, high: int, unit: Any = None) -> NumberSetting:
    return NumberSetting(f"activity_diary_{name}", label, default, low, high, _PROPOSAL, unit)


NUMBERS = (
    _number("days", _l("Activity diary: days that can be compared before there is a suggestion"), 3, 2, 7),
    _number("blocks", _l("Activity diary: blocks with a demand that make a day comparable"), 4, 1, 10),
    _number(
        "difference",
        _l(
            "Activity diary: demanding hours between the most and the least demanding day that suggest “spread”"
        ),
        4,
        1,
        16,
        _l("hours"),
    ),
    _number(
        "spell",
        _l("Activity diary: an unbroken demanding spell that suggests “split”"),
        4,
        2,
        12,
        _l("hours"),
    ),
    _number(
        "posture", _l("Activity diary: a spell in one posture that suggests “swap”"), 4, 2, 12, _l("hours")
    ),
)
