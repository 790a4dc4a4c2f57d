"""One file of the movement library: what may stand in it, and one language of movements read from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from webapp.content.desk import is_name, tidy
from webapp.content.problems import Level, Problem, did_you_mean
from webapp.content.reading import LONGEST_SENTENCE_WORDS, sentences_in

ENGLISH = "en"
KNOWN_AT_THE_TOP = ("reviewed by", "reviewed on", "review again", "movements")

Where = Literal["lying", "sitting", "standing"]
Demand = Literal["gentle", "medium", "stronger"]
Counted = Literal["times", "seconds"]
BodyPart = Literal[
    "neck", "shoulders", "arms", "hands", "back", "tummy", "hips", "legs", "knees", "ankles", "balance"
]
POSITIONS: tuple[Where, ...] = get_args(Where)
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "position": get_args(Where),
    "demand": get_args(Demand),
    "counted in": get_args(Counted),
    "parts": get_args(BodyPart),
}
Sentences = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Steps = Annotated[tuple[Sentences, ...], Field(min_length=2, max_length=6)]
Place = tuple[str | int, ...]


class WordsOf(BaseModel):
    """What is said about a movement, in any language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    steps: Steps
    easier: Sentences
    harder: Sentences
    uses: Sentences
    stop_when: Annotated[Sentences, Field(alias="stop when")]
    alt: Sentences


class Entry(WordsOf):
    """A movement as its English file tells it."""

    position: Where
    demand: Demand
    parts: Annotated[tuple[BodyPart, ...], Field(min_length=1)]
    counted_in: Annotated[Counted, Field(alias="counted in")]
    drawing: str


@dataclass(frozen=True)
class Movement:
    """One movement in one language (`lang`: English where it is not translated).

    `counted_in` says what its amount is: a number of times, or of seconds. `drawing` names the picture and
    `alt` tells it. `stop_when` says which signs mean stopping.
    """

    name: str
    title: str
    position: Where
    demand: Demand
    parts: tuple[BodyPart, ...]
    counted_in: Counted
    steps: tuple[str, ...]
    easier: str
    harder: str
    uses: str
    stop_when: str
    drawing: str
    alt: str
    lang: str = ENGLISH


@dataclass
class MovementFile:
    """One file while it is read. `path` is how an author knows it; `drawings` None: their names are not checked."""

    path: str
    language: str
    drawings: frozenset[str] | None
    today: date | None
    problems: list[Problem] = field(default_factory=list)
    lines: dict[Place, int] = field(default_factory=dict)

    def read(self, file: Path, english: Mapping[str, Movement]) -> dict[str, Movement]:
        """The movements of the file, as far as they are right."""
        top = self._top(file)
        if top is None:
            return {}
        self._check_top(top)
        entries = top.get("movements")
        if not isinstance(entries, dict) or not entries:
            self._complain(("movements",), "there is no movement", "Write 'movements:' and entries below it.")
            return {}
        read = ((str(name), self._movement(str(name), values, english)) for name, values in entries.items())
        return {name: movement for name, movement in read if movement is not None}

    # --- the file as YAML --------------------

    def _top(self, file: Path) -> dict[str, object] | None:
        try:
            source = tidy(file.read_bytes().decode("utf-8"))
            root = yaml.compose(source, Loader=yaml.SafeLoader)
            values = yaml.safe_load(source)
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            self._add(line, "this line holds letters that cannot be read", "Save the file as UTF-8.")
            return None
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            mark = getattr(error, "problem_mark", None)
            help = "Compare its spaces with the lines above, and put text that holds ': ' in quotes."
            self._add(mark.line + 1 if mark else 1, "this line is not understood", help)
            return None
        if root is not None:
            self._note_lines(root, ())
        return values if isinstance(values, dict) else {}

    def _note_lines(self, node: yaml.Node, place: Place) -> None:
        self.lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.SequenceNode):
            for number, item in enumerate(node.value):
                self._note_lines(item, (*place, number))
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                self._note_key((*place, str(key.value)), key.start_mark.line + 1)
                self._note_lines(value, (*place, str(key.value)))

    def _note_key(self, place: Place, line: int) -> None:
        if place in self.lines:
            self._add(
                line, f"'{place[-1]}:' is already written on line {self.lines[place]}", "Keep one of them."
            )
        self.lines.setdefault(place, line)

    # --- what it says --------------------

    def _check_top(self, top: Mapping[str, object]) -> None:
        for key in (key for key in top if key not in KNOWN_AT_THE_TOP):
            help = did_you_mean(str(key), KNOWN_AT_THE_TOP, ending=":")
            self._complain((key,), f"'{key}:' is not known here", help)
        again = top.get("review again")
        if again is not None and not isinstance(again, date):
            self._complain(
                ("review again",), f"'{again}' is not a date", "Write it as 2027-03-01 (year first)."
            )
        elif isinstance(again, date) and self.today is not None and again < self.today:
            message = f"the review of this text was due on {again.isoformat()}"
            self._warn(("review again",), message, "Read it again, then change 'review again:'.")

    def _movement(self, name: str, values: object, english: Mapping[str, Movement]) -> Movement | None:
        place = ("movements", name)
        if not is_name(name):
            self._complain(place, f"'{name}' is not a name", "Use small letters, digits and hyphens.")
            return None
        if self.language != ENGLISH and name not in english:
            self._complain(place, f"the English has no movement '{name}'", did_you_mean(name, english))
            return None
        shape = Entry if self.language == ENGLISH else WordsOf
        try:
            words = shape.model_validate(values)
        except ValidationError as error:
            self._tell(error, place, shape)
            return None
        self._warn_of_long_sentences(place, words)
        if isinstance(words, Entry):
            return self._in_english(name, words)
        return replace(english[name], lang=self.language, **words.model_dump())

    def _in_english(self, name: str, entry: Entry) -> Movement:
        if self.drawings is not None and entry.drawing not in self.drawings:
            help = did_you_mean(entry.drawing, self.drawings)
            self._complain(("movements", name, "drawing"), f"there is no drawing '{entry.drawing}'", help)
        return Movement(name=name, **entry.model_dump())

    def _warn_of_long_sentences(self, place: Place, words: WordsOf) -> None:
        for inside, text in _texts(words):
            for sentence in sentences_in(text):
                if sentence.words > LONGEST_SENTENCE_WORDS:
                    self._warn(
                        (*place, *inside), f"this sentence has {sentence.words} words", "Cut it in two."
                    )

    def _tell(self, error: ValidationError, place: Place, shape: type[WordsOf]) -> None:
        for detail in error.errors():
            inside: Place = (*place, *detail["loc"])
            name, known = str(inside[-1]), [one.alias or key for key, one in shape.model_fields.items()]
            if detail["type"] == "extra_forbidden":
                self._complain(inside, f"'{name}:' is not known here", did_you_mean(name, known, ending=":"))
            elif detail["type"] == "missing":
                self._complain(place, f"'{name}:' is missing in '{place[-1]}'", f"Add a line '{name}: …'.")
            elif detail["type"] == "literal_error":
                self._complain(
                    inside, f"'{detail['input']}' is not known here", _nearest(inside, detail["input"])
                )
            else:
                self._complain(inside, f"'{name}' is not right", f"{detail['msg']}.")

    # --- complaints --------------------

    def _complain(self, place: Place, message: str, help: str = "") -> None:
        self._add(self._line(place), message, help)

    def _warn(self, place: Place, message: str, help: str) -> None:
        self._add(self._line(place), message, help, Level.WARNING)

    def _add(self, line: int, message: str, help: str, level: Level = Level.PROBLEM) -> None:
        self.problems.append(Problem(self.path, line, message, help, level))

    def _line(self, place: Place) -> int:
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def _nearest(place: Place, written: object) -> str:
    key = next(str(step) for step in reversed(place) if isinstance(step, str))
    return did_you_mean(str(written), _CHOICES[key])


def _texts(words: WordsOf) -> Iterator[tuple[Place, str]]:
    for key in ("title", "easier", "harder", "uses", "alt"):
        yield (key,), getattr(words, key)
    yield ("stop when",), words.stop_when
    yield from ((("steps", number), step) for number, step in enumerate(words.steps))
