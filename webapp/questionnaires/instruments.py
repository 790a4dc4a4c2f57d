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
from webapp.questionnaires.example_checks import problems_in_examples
from webapp.questionnaires.file_definitions import definition_from
from webapp.questionnaires.instrument_checks import problems_between, problems_in_instrument
from webapp.questionnaires.instrument_files import ExamplePart, InstrumentFile, TextsPart, parse
from webapp.questionnaires.located_yaml import LocatedFile, read_located
from webapp.questionnaires.schedule_rules import Battery
from webapp.questionnaires.value_set_files import (
    ValueSetFile,
    problems_in_value_set,
    problems_in_values,
    value_set_from,
)
from webapp.questionnaires.value_set_rules import ValueSet

BATTERY_FILE = "battery.yml"
VALUE_SETS = "value-sets"
SUB_FOLDERS = ("non-commercial", "scoring-only", VALUE_SETS)
"""Folders inside a folder of questionnaires that are read after it. Each of them may be absent."""


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

    `snomed` and `snomed_subscales` are the SNOMED CT codes of the scores.
    """

    panel: str | None
    score: str | None
    items: Mapping[str, str]
    subscales: Mapping[str, str]
    answers: Mapping[int, str]
    snomed: str | None = None
    snomed_subscales: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: answers as they are typed, by which value set, and who worked it out."""

    answers: str
    source: str
    value_set: str | None
    expected: Mapping[str, Any]


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
    reading = _Reading()
    for folder in folders:
        reading.read_folder(folder)
    return reading.result()


class _Reading:
    """Gathers files and problems while folders are read."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.parts: dict[str, tuple[InstrumentFile, LocatedFile]] = {}
        self.value_sets: dict[str, tuple[ValueSetFile, LocatedFile]] = {}
        self.unusable: set[str] = set()
        self.battery: tuple[BatteryFile, LocatedFile] | None = None

    def read_folder(self, folder: Path) -> None:
        """Every file of a folder and of the sub-folders that are known here."""
        places = [folder, *(folder / name for name in SUB_FOLDERS)]
        paths = [path for place in places if place.is_dir() for path in sorted(place.glob("*.yml"))]
        if not paths:
            self.problems.append(
                Problem(str(folder), 1, "there are no questionnaires (*.yml) in this folder")
            )
        for path in [path for place in places for path in place.glob("*.yaml")]:
            self.problems.append(
                Problem(str(path), 1, "this file is not read", f"Call it '{path.stem}.yml'.")
            )
        for path in paths:
            self._read_file(path)

    def _read_file(self, path: Path) -> None:
        found, problems = read_located(path)
        self.problems += problems
        if path.parent.name == VALUE_SETS:
            self._keep_value_set(found)
        elif path.name == BATTERY_FILE:
            self._keep_battery(found)
        elif found is None:
            self.unusable.add(path.stem)
        else:
            self._keep_instrument(found)

    def _keep_value_set(self, found: LocatedFile | None) -> None:
        if found is None:
            return
        part, problems = parse(ValueSetFile, found)
        self.problems += problems
        if part is not None and part.id in self.value_sets:
            self.problems.append(_known_already(part.id, found, self.value_sets[part.id][1]))
        elif part is not None:
            self.value_sets[part.id] = (part, found)

    def _keep_battery(self, found: LocatedFile | None) -> None:
        if found is not None:
            part, problems = parse(BatteryFile, found)
            self.problems += problems
            self.battery = self.battery if part is None else (part, found)

    def _keep_instrument(self, found: LocatedFile) -> None:
        part, problems = parse(InstrumentFile, found)
        self.problems += problems
        if part is None:
            self.unusable.add(found.path.stem)
            return
        self.problems += problems_in_instrument(part, found)
        known = self.parts.get(part.id)
        if known is not None and (known[0].licence.text_included or not part.licence.text_included):
            self.problems.append(_known_already(part.id, found, known[1]))
        else:
            self.parts[part.id] = (part, found)

    def result(self) -> Instruments:
        """What was read, if there is no problem in it."""
        files = {name: part for name, (part, _) in self.parts.items()}
        for part, found in self.parts.values():
            self.problems += problems_between(part, found, files, self.unusable)
        for value_set, found in self.value_sets.values():
            self.problems += problems_in_value_set(value_set, found, files)
        if self.battery is not None:
            with_text = dict.fromkeys(self.unusable, True)
            with_text |= {name: bool(part.texts) for name, part in files.items()}
            self.problems += problems_in_battery(*self.battery, with_text)
        self._refuse_problems()
        value_sets = {
            name: value_set_from(part, found.path) for name, (part, found) in self.value_sets.items()
        }
        instruments = {name: self._instrument(name, value_sets) for name in sorted(self.parts)}
        self._refuse_problems()
        battery = None if self.battery is None else battery_from(self.battery[0])
        return Instruments(MappingProxyType(instruments), battery, MappingProxyType(value_sets))

    def _refuse_problems(self) -> None:
        if self.problems:
            raise QuestionnairesRefused(self.problems)

    def _instrument(self, name: str, value_sets: Mapping[str, ValueSet]) -> Instrument:
        """The instrument; its examples are recomputed on the way."""
        part, found = self.parts[name]
        own = {each.id: each for each in value_sets.values() if each.instrument == name}
        definition = definition_from(part, own)
        self.problems += problems_in_values(part, found, own)
        self.problems += problems_in_examples(part, definition, found)
        return _instrument(part, definition, found.path)


def _known_already(name: str, found: LocatedFile, known: LocatedFile) -> Problem:
    return found.problem(("id",), f"'{name}' is already in {known.path}")


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
        snomed=part.snomed.score,
        snomed_subscales={each.id: each.snomed for each in subscales if each.snomed is not None},
    )


def _example(part: ExamplePart) -> Example:
    told = part.model_dump(include=part.model_fields_set - {"answers", "source", "value_set"})
    return Example(part.answers, part.source, part.value_set, MappingProxyType(told))


def _texts(language: str, part: TextsPart) -> Texts:
    wording = part.model_dump(exclude={"source"})
    spelled_out = json.dumps(wording, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return Texts(language, **part.model_dump(), fingerprint=sha256(spelled_out.encode()).hexdigest())
