"""Finds the files of the questionnaires in their folders, and reads each by its kind."""

from __future__ import annotations

from pathlib import Path

from webapp.content.problems import Problem
from webapp.questionnaires.battery_files import BatteryFile
from webapp.questionnaires.instrument_checks import problems_in_instrument
from webapp.questionnaires.instrument_files import InstrumentFile, parse
from webapp.questionnaires.located_yaml import LocatedFile, read_located
from webapp.questionnaires.value_set_files import ValueSetFile

BATTERY_FILE = "battery.yml"
VALUE_SETS = "value-sets"
SUB_FOLDERS = ("non-commercial", "scoring-only", VALUE_SETS)
"""Folders inside a folder of questionnaires that are read after it. Each of them may be absent."""


class Gathered:
    """The files that could be read, by name, and the problems of all of them.

    `unusable` holds the names of files that could not be read: what names them is not wrong for that.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.parts: dict[str, tuple[InstrumentFile, LocatedFile]] = {}
        self.value_sets: dict[str, tuple[ValueSetFile, LocatedFile]] = {}
        self.unusable: set[str] = set()
        self.battery: tuple[BatteryFile, LocatedFile] | None = None

    def read_folder(self, folder: Path) -> None:
        """Every file of a folder and of the sub-folders that are known here."""
        places = [folder, *(folder / name for name in SUB_FOLDERS)]
        paths = [path for place in places for path in sorted(place.glob("*.yml"))]
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
        if found is None:
            self.unusable.add(path.stem)
        elif path.parent.name == VALUE_SETS:
            self._keep_value_set(found)
        elif path.name == BATTERY_FILE:
            self._keep_battery(found)
        else:
            self._keep_instrument(found)

    def _keep_value_set(self, found: LocatedFile) -> None:
        part, problems = parse(ValueSetFile, found)
        self.problems += problems
        if part is None:
            self.unusable.add(found.path.stem)
        elif part.id in self.value_sets:
            self._refuse_second(part.id, found, self.value_sets[part.id][1])
        else:
            self.value_sets[part.id] = (part, found)

    def _keep_battery(self, found: LocatedFile) -> None:
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
            self._refuse_second(part.id, found, known[1])
        else:
            self.parts[part.id] = (part, found)

    def _refuse_second(self, name: str, found: LocatedFile, known: LocatedFile) -> None:
        self.problems.append(found.problem(("id",), f"'{name}' is already in {known.path}"))
