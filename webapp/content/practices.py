"""The scripts of the players: relaxation, mindfulness, one-minute drills.

One file for each tool and language, `content/practices/<tool>/<lang>.yml`. A key is a short name; below it stand the
title, a line about it, its lengths in minutes, and the steps: what is said, and the seconds for each length.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from webapp.content.desk import as_name, is_name, tidy
from webapp.content.guided import Practice, PracticeBook, Step
from webapp.content.problems import Level, Problem, did_you_mean
from webapp.content.reading import LONGEST_SENTENCE_WORDS, sentences_in
from webapp.content.yaml_lines import Place, places_of, repeated_keys, unreadable

LENGTHS_IN_MINUTES: Mapping[str, tuple[float, ...]] = {
    "relaxation": (0.5, 1, 3, 10, 20),
    "mindfulness": (1, 3, 5, 10),
    "attention-switch": (1,),
}
"""Source: exercise specification, 4.6 (3, 10, 20 minutes and little practices), 4.7 (never more than 10 minutes, for
half of those who are asked for more leave [F93]) and 4.14 (one-minute drills)."""

LEAST_SECONDS_A_WORD = 0.45
"""A calm voice says about 130 words a minute; less time than this would cut the sentence off."""

LABELS = ("title", "about", "minutes", "paced", "opt in", "steps")
Words = Annotated[str, Field(min_length=1, max_length=200)]
Book = Mapping[str, object]


class WrittenStep(BaseModel):
    """One step as it is typed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    say: Words
    seconds: list[Annotated[int, Field(ge=0, le=300)]]


class WrittenPractice(BaseModel):
    """One practice as it is typed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    title: Words
    about: Words
    minutes: Annotated[list[float], Field(min_length=1)]
    steps: Annotated[list[WrittenStep], Field(min_length=1)]
    paced: bool = False
    opt_in: Annotated[bool, Field(alias="opt in")] = False


class Reading:
    """One file on its way: its lines, and the problems that were found."""

    def __init__(self, root: yaml.Node, tool: str, path: str) -> None:
        """*root* is the parsed file; *path* as an author knows it."""
        self.tool, self.path = tool, path
        self.lines = {place: node.start_mark.line + 1 for place, node in places_of(root, ())}
        self.problems = list(repeated_keys(root, path))

    def line(self, *place: str | int) -> int:
        """The line of a key or value, or of the nearest thing around it."""
        for size in range(len(place), 0, -1):
            for found in ((*place[:size], "key"), place[:size]):
                if found in self.lines:
                    return self.lines[found]
        return 1

    def complain(self, place: Place, message: str, help: str, level: Level = Level.PROBLEM) -> None:
        """Note what is wrong at this place."""
        self.problems.append(Problem(self.path, self.line(*place), message, help, level))


def read_practices(source: str, tool: str, lang: str, path: str) -> tuple[PracticeBook, list[Problem]]:
    """The practices that could be understood, and everything that is wrong; never raises."""
    empty = PracticeBook(tool, lang, path, ())
    if tool not in LENGTHS_IN_MINUTES:
        help = did_you_mean(tool, LENGTHS_IN_MINUTES)
        return empty, [Problem(path, 1, f"no tool called '{tool}' plays practices", help)]
    try:
        root = yaml.compose(tidy(source), Loader=yaml.SafeLoader)
        values = yaml.safe_load(tidy(source))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return empty, [unreadable(error, path)]
    if root is None or not isinstance(values, dict):
        help = "Begin with a line 'breathing:' and put its 'title:' and 'steps:' below it."
        return empty, [Problem(path, 1, "there is no practice in this file", help)]
    reading = Reading(root, tool, path)
    found = tuple(_read_all(values, reading))
    return PracticeBook(tool, lang, path, found), reading.problems


def compare_with_english(english: PracticeBook, other: PracticeBook) -> Iterator[Problem]:
    """A problem for each practice or length that one language has and the other has not."""
    for one in english.practices:
        there = other.practice(one.name)
        if there is None or there.minutes != one.minutes:
            help = f"Write it with the lengths of {english.path}."
            yield Problem(other.path, 1, f"'{one.name}' is missing, or has other lengths", help)
    for one in other.practices:
        if english.practice(one.name) is None:
            yield Problem(
                other.path, 1, f"'{one.name}' is not in {english.path}", "Add it there, or leave it out."
            )


def _read_all(values: Book, reading: Reading) -> Iterator[Practice]:
    for key, value in values.items():
        practice = _read_one(str(key), value, reading)
        if practice is not None:
            yield practice


def _read_one(name: str, value: object, reading: Reading) -> Practice | None:
    if not is_name(name):
        help = f"Use small letters, digits and hyphens: '{as_name(name) or 'a-short-name'}:'."
        reading.complain((name,), f"'{name[:40]}' is not a name", help)
        return None
    try:
        written = WrittenPractice.model_validate(value)
    except ValidationError as error:
        _tell(error, name, reading)
        return None
    before = len(reading.problems)
    _check_lengths(name, written, reading)
    if len(reading.problems) > before:
        return None
    _check_sums(name, written, reading)
    _check_sentences(name, written, reading)
    return Practice(
        name, written.title, written.about, tuple(_scripts(written)), written.paced, written.opt_in
    )


def _scripts(written: WrittenPractice) -> Iterator[tuple[float, tuple[Step, ...]]]:
    for column, minutes in enumerate(written.minutes):
        steps = (Step(step.say, step.seconds[column]) for step in written.steps if step.seconds[column])
        yield minutes, tuple(steps)


def _tell(error: ValidationError, name: str, reading: Reading) -> None:
    for detail in error.errors():
        place: Place = (name, *detail["loc"])
        word = str(place[-1])
        if detail["type"] == "extra_forbidden":
            known = ("say", "seconds") if "steps" in place[:-1] else LABELS
            reading.complain(place, f"'{word}:' is not known here", did_you_mean(word, known, ending=":"))
        elif detail["type"] == "missing":
            reading.complain(place[:-1], f"'{place[-2]}' has no '{word}:'", f"Add a line '{word}: …' there.")
        else:
            reading.complain(place, f"'{word}' is not right", f"{detail['msg']}.")


def _check_lengths(name: str, written: WrittenPractice, reading: Reading) -> None:
    offered = LENGTHS_IN_MINUTES[reading.tool]
    place = (name, "minutes")
    if any(minutes not in offered for minutes in written.minutes):
        listed = ", ".join(f"{minutes:g}" for minutes in offered)
        reading.complain(
            place, f"'{name}' has a length that is not offered", f"Offered are {listed} minutes."
        )
    if sorted(set(written.minutes)) != written.minutes:
        reading.complain(place, f"the lengths of '{name}' are not in order", "Write the shortest first.")
    for number, step in enumerate(written.steps):
        if len(step.seconds) != len(written.minutes):
            message = f"this step has {len(step.seconds)} numbers of seconds, not {len(written.minutes)}"
            reading.complain(
                (name, "steps", number), message, "Write one number for each length, 0 to leave it out."
            )


def _check_sums(name: str, written: WrittenPractice, reading: Reading) -> None:
    for column, minutes in enumerate(written.minutes):
        seconds = sum(step.seconds[column] for step in written.steps)
        if seconds != minutes * 60:
            message = f"the steps of '{name}' for {minutes:g} minutes take {seconds} seconds"
            reading.complain((name, "steps"), message, f"They must take {minutes * 60:g}.")


def _check_sentences(name: str, written: WrittenPractice, reading: Reading) -> None:
    for number, step in enumerate(written.steps):
        place = (name, "steps", number)
        least = len(step.say.split()) * LEAST_SECONDS_A_WORD
        if any(0 < seconds < least for seconds in step.seconds):
            reading.complain(
                place, "this step is too short to be said", f"Give it {least:.0f} seconds at least."
            )
        for sentence in sentences_in(step.say):
            if sentence.words > LONGEST_SENTENCE_WORDS:
                message = f"this sentence has {sentence.words} words"
                help = f"Use at most {LONGEST_SENTENCE_WORDS}."
                reading.complain(place, message, help, Level.WARNING)
