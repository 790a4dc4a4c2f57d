"""The questionnaires that a service can offer, read once from their files.

`read_instruments` reads Waymark's own folder and then a service's, and either gives everything, frozen, or
refuses with the list of all problems. A questionnaire is offered in a language only if its official text in
it is here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from webapp.content.problems import Problem, did_you_mean
from webapp.questionnaires.battery_files import BatteryFile, battery_from, problems_in_battery
from webapp.questionnaires.definitions import Definition
from webapp.questionnaires.example_checks import GIVEN, problems_in_examples
from webapp.questionnaires.file_definitions import definition_from
from webapp.questionnaires.gathering import Gathered
from webapp.questionnaires.instrument_checks import problems_between
from webapp.questionnaires.instrument_files import ExamplePart, InstrumentFile, TextsPart
from webapp.questionnaires.located_yaml import LocatedFile
from webapp.questionnaires.schedule_rules import Battery
from webapp.questionnaires.value_set_checks import problems_in_value_set, problems_in_values
from webapp.questionnaires.value_set_files import value_set_from
from webapp.questionnaires.value_set_rules import ValueSet


class QuestionnairesRefused(Exception):
    """The files do not hold together: `problems` lists everything, by file and line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True, slots=True)
class Licence:
    """Whose text it is, the `notice` line that is shown with it, and the evidence that it may be here."""

    status: str
    holder: str
    notice: str
    evidence: str
    text_included: bool
    permission: str | None


@dataclass(frozen=True, slots=True)
class Names:
    """Our own words for an instrument in one language. `bands` is for staff only."""

    heading: str
    short: str
    bands: Mapping[str, str]
    subscales: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Texts:
    """The official text in one language, word for word. `fingerprint` changes with any word of it."""

    language: str
    title: str
    source: str
    instruction: str | None
    stem: str | None
    items: Mapping[str, str]
    labels: Mapping[int, str]
    item_labels: Mapping[str, Mapping[int, str]]
    fingerprint: str

    def labels_of(self, item_id: str) -> Mapping[int, str]:
        """The labels beside the values of one item: all of them, or only those at the two ends."""
        return self.item_labels.get(item_id, self.labels)


@dataclass(frozen=True, slots=True)
class Codes:
    """LOINC codes, where known: panel, total score, each item, each subscale and each answer value.

    `item_answers` is for items whose answers have codes of their own. `snomed` and `snomed_subscales` are
    the SNOMED CT codes of the scores.
    """

    panel: str | None
    score: str | None
    items: Mapping[str, str]
    subscales: Mapping[str, str]
    answers: Mapping[int, str]
    snomed: str | None = None
    snomed_subscales: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    item_answers: Mapping[str, Mapping[int, str]] = field(default_factory=lambda: MappingProxyType({}))

    def answers_of(self, item_id: str) -> Mapping[int, str]:
        """The codes of the answers to one item, by value."""
        return self.item_answers.get(item_id, self.answers)


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: answers as they are typed, by which value set, and who worked it out.

    `expected` holds what the example says, by the names of `waymark questionnaires score`.
    """

    answers: str
    source: str
    value_set: str | None
    expected: Mapping[str, Any]
    age: int | None = None
    sex: str | None = None


@dataclass(frozen=True, slots=True)
class Instrument:
    """One questionnaire. `recall` is an ISO 8601 duration (P7D), or `at-present`, `today` or `none`.

    `minutes` is what it takes most people; `measures` and `citation` are for staff. `topic` (pain,
    confidence, mood, other) chooses the sentence that says why we ask; `told` (score, answer, nothing) how a
    patient is told what it came to.
    """

    id: str
    version: int
    citation: str
    measures: str
    recall: str
    minutes: int
    licence: Licence
    definition: Definition
    codes: Codes
    names: Mapping[str, Names]
    texts: Mapping[str, Texts]
    path: Path
    topic: str = "other"
    told: str = "score"
    examples: tuple[Example, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it can be offered."""
        return tuple(self.texts)

    def names_in(self, language: str) -> Names:
        """Our names for it in that language, or in English."""
        return self.names.get(language, self.names["en"])


@dataclass(frozen=True, slots=True)
class Instruments:
    """Everything that was read: the instruments by id, and the battery (`None` if no folder holds one).

    `value_sets` holds the tables of values by name, such as those of the EQ-5D-5L.
    """

    by_id: Mapping[str, Instrument]
    battery: Battery | None
    value_sets: Mapping[str, ValueSet] = field(default_factory=lambda: MappingProxyType({}))

    def get(self, instrument_id: str) -> Instrument:
        """The instrument of that id. Raises `KeyError`, with the nearest ids, if there is none."""
        if instrument_id not in self.by_id:
            suggestion = did_you_mean(instrument_id, self.by_id)
            raise KeyError(f"there is no questionnaire '{instrument_id}'. {suggestion}")
        return self.by_id[instrument_id]

    def offered_in(self, language: str) -> tuple[Instrument, ...]:
        """The instruments whose official text in that language is here, by id."""
        return tuple(each for _, each in sorted(self.by_id.items()) if language in each.texts)


def read_instruments(folders: Iterable[Path]) -> Instruments:
    """Every `*.yml` file of the folders and their sub-folders: Waymark's own first, then those of a service.

    A later `battery.yml` takes the place of an earlier one, and a file with texts that of one without. Raises
    `QuestionnairesRefused` with all problems of all files.
    """
    gathered = Gathered()
    for folder in folders:
        gathered.read_folder(folder)
    building = _Building(gathered)
    found = building.everything()
    if building.problems:
        raise QuestionnairesRefused(building.problems)
    return found


class _Building:
    """Puts together what was gathered. A file with problems is left out, so that it hides no other."""

    def __init__(self, gathered: Gathered) -> None:
        self.gathered = gathered
        self.problems = list(gathered.problems)
        self.files = {name: part for name, (part, _) in gathered.parts.items()}

    def everything(self) -> Instruments:
        """All that could be put together; `problems` holds what could not."""
        gathered = self.gathered
        for part, found in gathered.parts.values():
            self.problems += problems_between(part, found, self.files, gathered.unusable)
        value_sets = self._value_sets()
        instruments = {name: self._instrument(name, value_sets) for name in self._sound()}
        battery = None if gathered.battery is None else self._battery(*gathered.battery)
        return Instruments(MappingProxyType(instruments), battery, MappingProxyType(value_sets))

    def _value_sets(self) -> dict[str, ValueSet]:
        for part, found in self.gathered.value_sets.values():
            if part.instrument not in self.gathered.unusable:
                self.problems += problems_in_value_set(part, found, self.files)
        wrong = self._wrong_paths()
        return {
            name: value_set_from(part, found.path)
            for name, (part, found) in self.gathered.value_sets.items()
            if str(found.path) not in wrong
        }

    def _sound(self) -> list[str]:
        """The instruments whose own file, and whose value sets, have no problems so far."""
        wrong, gathered = self._wrong_paths(), self.gathered
        lacking = {
            part.instrument for part, found in gathered.value_sets.values() if str(found.path) in wrong
        }
        return [
            name
            for name, (part, found) in sorted(gathered.parts.items())
            if str(found.path) not in wrong
            and name not in lacking
            and part.scoring.value_set not in gathered.unusable
        ]

    def _wrong_paths(self) -> set[str]:
        return {problem.path for problem in self.problems}

    def _instrument(self, name: str, value_sets: Mapping[str, ValueSet]) -> Instrument:
        """The instrument; its examples are recomputed on the way."""
        part, found = self.gathered.parts[name]
        own = {each.id: each for each in value_sets.values() if each.instrument == name}
        definition = definition_from(part, own)
        problems = problems_in_values(part, found, own)
        self.problems += problems or problems_in_examples(part, definition, found)
        return _instrument(part, definition, found.path)

    def _battery(self, part: BatteryFile, found: LocatedFile) -> Battery:
        with_text = dict.fromkeys(self.gathered.unusable, True)
        with_text |= {name: bool(each.texts) for name, each in self.files.items()}
        self.problems += problems_in_battery(part, found, with_text)
        return battery_from(part)


def _instrument(part: InstrumentFile, definition: Definition, path: Path) -> Instrument:
    return Instrument(
        id=part.id,
        version=part.version,
        citation=part.citation,
        measures=part.measures,
        recall=part.recall,
        minutes=part.minutes,
        licence=Licence(**part.licence.model_dump()),
        definition=definition,
        codes=_codes(part),
        names=MappingProxyType(
            {language: Names(**names.model_dump()) for language, names in part.names.items()}
        ),
        texts=MappingProxyType({language: _texts(language, texts) for language, texts in part.texts.items()}),
        path=path,
        topic=part.topic,
        told=part.told,
        examples=tuple(map(_example, part.examples)),
    )


def _codes(part: InstrumentFile) -> Codes:
    subscales = part.scoring.subscales
    return Codes(
        panel=part.loinc.panel,
        score=part.loinc.score,
        items={item.id: item.loinc for item in part.items if item.loinc is not None},
        subscales={each.id: each.loinc for each in subscales if each.loinc is not None},
        answers=part.loinc.answers,
        item_answers=part.loinc.item_answers,
        snomed=part.snomed.score,
        snomed_subscales={each.id: each.snomed for each in subscales if each.snomed is not None},
    )


def _example(part: ExamplePart) -> Example:
    told = part.model_dump(include=part.model_fields_set - GIVEN)
    return Example(part.answers, part.source, part.value_set, MappingProxyType(told), part.age, part.sex)


def _texts(language: str, part: TextsPart) -> Texts:
    wording = part.model_dump(exclude={"source"})
    spelled_out = json.dumps(wording, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return Texts(language, **part.model_dump(), fingerprint=sha256(spelled_out.encode()).hexdigest())
