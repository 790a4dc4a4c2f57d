"""The words and the small drawings of a movement routine."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup
from wtforms import Field

from webapp.content.movements import POSITIONS
from webapp.course import movements as library
from webapp.design.widgets.group import about, component
from webapp.pacing import words as pacing_words

from . import routine
from .routine_amounts import SWAP, UNIT
from .tool import Entry

CHOICES = {
    "keep": _l("Keep it steady"),
    "step_up": _l("A small step up"),
    "shrink": _l("Make it smaller"),
    SWAP.value: _l("Swap it for another movement"),
    "keep_within": _l("Keep within what I have"),
    "do_less": _l("Do less"),
    "rest": _l("Rest"),
}


def title_of(name: str) -> str:
    """The movement's title in the language of the page; its name if the library no longer has it."""
    found = library.movement(name)
    return found.title if found else name.replace("-", " ")


def amount_in_words(amount: int, counted: str) -> str:
    """“5 times”, “10 seconds”."""
    if counted == "seconds":
        return str(ngettext("%(num)s second", "%(num)s seconds", amount))
    return pacing_words.shown(amount, UNIT)


def in_one_line(entry: Entry) -> str:
    """A movement's title."""
    return title_of(entry.get("which")) if entry.get("which") else ""


def day_in_one_line(entry: Entry) -> str:
    """What was done on a day."""
    done = [
        title_of(name) for name, said in entry.get("did", {}).items() if said in (routine.DID, routine.SOME)
    ]
    return _("I did: %(movements)s", movements=", ".join(done)) if done else ""


def look_back_in_one_line(entry: Entry) -> str:
    """What was chosen for each movement."""
    said = entry.get("next", {}).items()
    return "; ".join(f"{title_of(name)}: {CHOICES[choice]}" for name, choice in said if choice in CHOICES)


# --- the movements with their drawings --------------------


class WithPicture(str):
    """A title; on a page with its small drawing before it."""

    movement: Any = None

    def __html__(self) -> str:
        file = library.picture_file(self.movement.drawing)
        if file is None:
            return str(Markup.escape(str(self)))
        width, height = file.size
        return Markup(
            '<img src="/movements/{}.svg?v={}" alt="" width="130" height="{}" loading="lazy"><br>'
            '<b>{}</b><br><span class="wm-muted">{}</span>'
        ).format(
            file.name,
            file.mark,
            round(130 * height / width),
            str(self),
            library.DEMAND_WORDS[self.movement.demand],
        )


def pictured(movement: Any) -> WithPicture:
    words = WithPicture(movement.title)
    words.movement = movement
    return words


def in_positions(field: Field, **options: Any) -> Markup:
    """The movements with their drawings. Lying, sitting and standing each fold open; it is still one question with one
    answer. A few movements stand open at once."""
    error = about(field, options).get("errorMessage")
    places: dict[str, list[dict[str, Any]]] = {position: [] for position in POSITIONS}
    for choice in field.iter_choices():
        words = choice.label
        place = words.movement.position if isinstance(words, WithPicture) else POSITIONS[0]
        kind = "html" if hasattr(words, "__html__") else "text"
        places[place].append({"value": choice.value, "checked": field.data == choice.value, kind: words})
    groups = [(position, items) for position, items in places.items() if items]
    drawn = component("errorMessage")({**error, "id": f"{field.id}-error"}) if error else Markup("")
    for number, (position, items) in enumerate(groups):
        group_id = field.id if number == 0 else f"{field.id}-{position}"
        radios = _radios(field.name, group_id, str(library.POSITION_WORDS[position]), items)
        is_open = len(groups) == 1 or bool(error) or any(item["checked"] for item in items)
        title = f"{library.POSITION_WORDS[position]} ({len(items)})"
        folded = {"summaryText": title, "html": radios, "open": is_open}
        drawn += radios if len(groups) == 1 else component("details")(folded)
    return drawn


def _radios(name: str, group_id: str, title: str, items: list[dict[str, Any]]) -> Markup:
    legend = {"text": title, "classes": "nhsuk-u-visually-hidden"}
    return component("radios")(
        {"name": name, "idPrefix": group_id, "items": items, "fieldset": {"legend": legend}}
    )
