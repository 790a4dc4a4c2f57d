"""A field that asks the same small question about each of several things: radio buttons, thing by thing.

The things are known only when the form is prepared (the movements of a routine). What is stored is one value:
the choice by the thing's key; a thing that was left out is not there (unknown is never "no").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from wtforms import Field

from webapp.design.widgets import RadiosField


@dataclass(frozen=True)
class Thing:
    """One thing that is asked about, and what may be chosen: ``(key, words)``."""

    key: str
    question: str
    choices: Sequence[tuple[str, Any]]
    hint: str = ""


def _groups(field: EachField, **options: Any) -> Markup:
    """One group of radio buttons for each thing."""
    return Markup("").join(group(hint=thing.hint, **options) for thing, group in field.groups())


class EachField(Field):
    """The data is a ``dict`` of choices by the thing's key, or None if nothing was chosen."""

    widget = staticmethod(_groups)
    data: Any = None
    things: Sequence[Thing] = ()

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read every group's choice. A form that was not sent keeps what is stored."""
        super().process(None, data)
        if not isinstance(self.data, dict):
            self.data = None
        if formdata is not None:
            start = f"{self.name}-"
            sent = {name.removeprefix(start): formdata[name] for name in formdata if name.startswith(start)}
            self.data = sent or None

    def pre_validate(self, form: Any) -> None:
        """Leave out what is not on the list: a thing that has gone meanwhile, or an unknown choice."""
        known = {thing.key: [key for key, _words in thing.choices] for thing in self.things}
        said = {key: value for key, value in (self.data or {}).items() if value in known.get(key, ())}
        self.data = said or None

    def groups(self) -> list[tuple[Thing, RadiosField]]:
        """Each thing with its radio buttons, ticked as chosen."""
        return [(thing, self._group(place, thing)) for place, thing in enumerate(self.things)]

    def in_words(self) -> str:
        """“Heel slide: some; Sit tall: did it”, of what was chosen and may be chosen still."""
        said = self.data or {}
        chosen = [(thing.question, dict(thing.choices).get(said.get(thing.key, ""))) for thing in self.things]
        return "; ".join(f"{question}: {answer}" for question, answer in chosen if answer is not None)

    def _group(self, place: int, thing: Thing) -> RadiosField:
        unbound: Any = RadiosField(
            thing.question,
            choices=list(thing.choices),
            id=self.id if place == 0 else f"{self.id}-{thing.key}",
        )
        group: RadiosField = unbound.bind(
            form=None, name=f"{self.name}-{thing.key}", prefix="", _meta=self.meta
        )
        group.process(None, (self.data or {}).get(thing.key))
        return group
