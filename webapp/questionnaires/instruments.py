"""The questionnaires that a service can offer, read once from their files.

`read_instruments` reads Waymark's own folder and then a service's, and either gives everything, frozen, or
refuses with the list of all problems. A questionnaire is offered in a language only if its official text in
it is here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from webapp.content.problems import Problem, did_you_mean
from webapp.questionnaires.battery_files import BatteryFile, battery_from, problems_in_battery
from webapp.questionnaires.instrument_checks import item_from, problems_in_instrument
from webapp.questionnaires.instrument_files import (
    ChangeRulePart,
    InstrumentFile,
    ScoringPart,
    TextsPart,
    parse,
)
from webapp.questionnaires.located_yaml import LocatedFile, read_located
from webapp.questionnaires.rules import Band, ChangeRule, CutOff, Definition, MissingRule, Scale
from webapp.questionnaires.schedule_rules import Battery

BATTERY_FILE = "battery.yml"


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
    """LOINC codes, where known: panel, total score, each item, each subscale and each answer value."""

    panel: str | None
    score: str | None
    items: Mapping[str, str]
    subscales: Mapping[str, str]
    answers: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Instrument:
    """One questionnaire. `recall` is an ISO 8601 duration (P7D), or `at-present`, `today` or `none`.

    `minutes` is what it takes most people; `measures` and `citation` are for staff. `topic` (pain,
    confidence, mood, other) chooses the sentence that says why we ask.
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

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it can be offered."""
        return tuple(self.texts)

    def names_in(self, language: str) -> Names:
        """Our names for it in that language, or in English."""
        return self.names.get(language, self.names["en"])


@dataclass(frozen=True, slots=True)
class Instruments:
    """Everything that was read: the instruments by id, and the battery (`None` if no folder holds one)."""

    by_id: Mapping[str, Instrument]
    battery: Battery | None

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
    """Every `*.yml` file of the folders: Waymark's own first, then those of a service.

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
        self.unusable: set[str] = set()
        self.battery: tuple[BatteryFile, LocatedFile] | None = None

    def read_folder(self, folder: Path) -> None:
        paths = sorted(folder.glob("*.yml")) if folder.is_dir() else []
        if not paths:
            self.problems.append(
                Problem(str(folder), 1, "there are no questionnaires (*.yml) in this folder")
            )
        for path in [*folder.glob("*.yaml")]:
            self.problems.append(
                Problem(str(path), 1, "this file is not read", f"Call it '{path.stem}.yml'.")
            )
        for path in paths:
            self._read_file(path)

    def _read_file(self, path: Path) -> None:
        found, problems = read_located(path)
        self.problems += problems
        if path.name == BATTERY_FILE:
            self._keep_battery(found)
        elif found is None:
            self.unusable.add(path.stem)
        else:
            self._keep_instrument(found)

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
        if self._is_new(part, found):
            self.parts[part.id] = (part, found)

    def _is_new(self, part: InstrumentFile, found: LocatedFile) -> bool:
        known = self.parts.get(part.id)
        if known is None or not known[0].licence.text_included:
            return True
        self.problems.append(found.problem(("id",), f"'{part.id}' is already in {known[1].path}"))
        return False

    def result(self) -> Instruments:
        if self.battery is not None:
            with_text = dict.fromkeys(self.unusable, True)
            with_text |= {name: bool(part.texts) for name, (part, _) in self.parts.items()}
            self.problems += problems_in_battery(*self.battery, with_text)
        if self.problems:
            raise QuestionnairesRefused(self.problems)
        instruments = {
            name: _instrument(part, found.path) for name, (part, found) in sorted(self.parts.items())
        }
        battery = None if self.battery is None else battery_from(self.battery[0])
        return Instruments(MappingProxyType(instruments), battery)


def _instrument(part: InstrumentFile, path: Path) -> Instrument:
    return Instrument(
        id=part.id,
        version=part.version,
        citation=part.citation,
        measures=part.measures,
        recall=part.recall,
        minutes=part.minutes,
        licence=Licence(**part.licence.model_dump()),
        definition=_definition(part),
        codes=_codes(part),
        names=MappingProxyType(
            {language: Names(**names.model_dump()) for language, names in part.names.items()}
        ),
        texts=MappingProxyType({language: _texts(language, texts) for language, texts in part.texts.items()}),
        path=path,
        topic=part.topic,
    )


def _definition(part: InstrumentFile) -> Definition:
    return Definition(
        id=part.id,
        version=part.version,
        items=tuple(map(item_from, part.items)),
        scale=_scale(part.id, part.scoring, [item.id for item in part.items]),
        subscales=tuple(_scale(each.id, each, each.items) for each in part.scoring.subscales),
    )


def _scale(scale_id: str, part: ScoringPart, all_items: Sequence[str]) -> Scale:
    return Scale(
        id=scale_id,
        items=tuple(all_items if part.items is None else part.items),
        method=part.method,
        minimum=part.range[0],
        maximum=part.range[1],
        better=part.direction,
        decimals=part.decimals,
        missing=MissingRule(**part.missing.model_dump()),
        multiply=part.multiply,
        bands=() if part.bands is None else tuple(Band(**band.model_dump()) for band in part.bands.levels),
        cut_offs=tuple(CutOff(**cut.model_dump()) for cut in part.cut_offs),
        changes=() if part.change is None else tuple(map(_change_rule, part.change.rules)),
        lead=None if part.change is None else part.change.lead,
    )


def _change_rule(part: ChangeRulePart) -> ChangeRule:
    return ChangeRule(**part.model_dump())


def _codes(part: InstrumentFile) -> Codes:
    return Codes(
        panel=part.loinc.panel,
        score=part.loinc.score,
        items={item.id: item.loinc for item in part.items if item.loinc is not None},
        subscales={each.id: each.loinc for each in part.scoring.subscales if each.loinc is not None},
        answers=part.loinc.answers,
    )


def _texts(language: str, part: TextsPart) -> Texts:
    wording = part.model_dump(exclude={"source"})
    spelled_out = json.dumps(wording, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return Texts(language, **part.model_dump(), fingerprint=sha256(spelled_out.encode()).hexdigest())
