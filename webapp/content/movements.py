"""The movement library: `movements/<language>.yml` in a content folder, read once with every problem.

English says everything about a movement; another language says its words again under the same name. A
service's own folder is read after ours: a movement with a new name is added, one with a known name is replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from webapp.content.movement_file import ENGLISH, POSITIONS, Movement, MovementFile
from webapp.content.problems import ContentRefused, Problem, refusing
from webapp.content.translations import language_name

__all__ = [
    "DRAWINGS_OF_MOVEMENTS",
    "POSITIONS",
    "Movement",
    "MovementLibrary",
    "check_movements",
    "examine_movements",
    "read_movements",
    "sentences_of",
]

DRAWINGS_OF_MOVEMENTS = frozenset(
    {
        "feet-up-and-down",
        "heel-slide",
        "knee-hug",
        "low-back-press",
        "hip-lift",
        "arms-overhead",
        "towel-press",
        "knee-roll",
        "leg-out-to-the-side",
        "sit-tall",
        "turn-your-head",
        "shoulder-lift",
        "turn-to-the-side",
        "reach-down",
        "knee-straighten",
        "knee-lift",
        "heels-and-toes",
        "tin-lift",
        "sit-to-stand",
        "wall-push",
        "wall-slide",
        "calf-stretch",
        "heel-raise",
        "small-squat",
        "side-bend",
        "leg-to-the-side",
        "leg-back",
        "march",
        "one-foot-in-front",
        "step-up",
        "lift-a-bag",
    }
)
"""The pictures that the programme ships (`webapp/design/figures`; a test compares), for checks without it."""


@dataclass(frozen=True)
class MovementLibrary:
    """All movements, in the order of their files, in each language."""

    by_language: Mapping[str, Mapping[str, Movement]]

    def movements(self, language: str = ENGLISH, *, position: str | None = None) -> tuple[Movement, ...]:
        """All movements in that language (in English where it has none), or those of one position."""
        known = self.by_language.get(language, {})
        everything = (known.get(name, one) for name, one in self.by_language[ENGLISH].items())
        return tuple(one for one in everything if position in (None, one.position))

    def movement(self, name: str, language: str = ENGLISH) -> Movement | None:
        """The movement of that name; None if there is none."""
        english = self.by_language[ENGLISH].get(name)
        return self.by_language.get(language, {}).get(name, english)


def read_movements(folders: Sequence[Path], *, drawings: frozenset[str] | None = None) -> MovementLibrary:
    """Read the library of each content folder, later folders adding to and replacing what earlier ones say.

    Raises:
        ContentRefused: with every problem, by file and line.
    """
    library, problems = examine_movements(folders, drawings=drawings)
    if refusing(problems):
        raise ContentRefused(refusing(problems))
    return library


def check_movements(
    folders: Sequence[Path], *, drawings: frozenset[str] | None = None, today: date | None = None
) -> list[Problem]:
    """Every problem and warning, in the order of their place; never raises."""
    return examine_movements(folders, drawings=drawings, today=today)[1]


def examine_movements(
    folders: Sequence[Path], *, drawings: frozenset[str] | None = None, today: date | None = None
) -> tuple[MovementLibrary, list[Problem]]:
    """The library as far as it was read, and every problem. A folder without `movements/` adds nothing."""
    found: dict[str, dict[str, Movement]] = {ENGLISH: {}}
    problems: list[Problem] = []
    for folder in folders:
        reading = _Folder(folder, drawings, today)
        newest = reading.read(found[ENGLISH])
        for language, movements in newest.items():
            found.setdefault(language, {}).update(movements)
        _drop_older_translations(found, newest)
        problems += reading.problems
    frozen = {language: MappingProxyType(movements) for language, movements in found.items()}
    return MovementLibrary(MappingProxyType(frozen)), sorted(set(problems))


def _drop_older_translations(
    found: dict[str, dict[str, Movement]], newest: Mapping[str, Mapping[str, Movement]]
) -> None:
    """Where a service has replaced a movement, our translation no longer says what it says."""
    for language, movements in found.items():
        for name in newest.get(ENGLISH, {}):
            if name in movements and name not in newest.get(language, {}):
                del movements[name]


@dataclass
class _Folder:
    """One content folder while its library is read."""

    folder: Path
    drawings: frozenset[str] | None
    today: date | None
    problems: list[Problem] = field(default_factory=list)

    def read(self, before: Mapping[str, Movement]) -> dict[str, dict[str, Movement]]:
        """The movements of each language, English first. ``before``: the English of earlier folders."""
        found: dict[str, dict[str, Movement]] = {}
        files = sorted(
            (self.folder / "movements").glob("*.y*ml"), key=lambda one: (one.stem != ENGLISH, one.name)
        )
        for file in files:
            english = {**before, **found.get(ENGLISH, {})}
            if (movements := self._read_file(file, english)) is not None:
                found[file.stem] = movements
        return found

    def _read_file(self, file: Path, english: Mapping[str, Movement]) -> dict[str, Movement] | None:
        shown = (Path(self.folder.resolve().name) / file.relative_to(self.folder)).as_posix()
        if file.suffix != ".yml" or language_name(file.stem) is None:
            message = f"'{file.name}' is not named after a language"
            self.problems.append(Problem(shown, 1, message, "Call it en.yml, cy.yml and so on."))
            return None
        reading = MovementFile(shown, file.stem, self.drawings, self.today)
        movements = reading.read(file, english)
        self.problems += reading.problems
        return movements


def sentences_of(movement: Movement) -> Iterable[str]:
    """Every text of a movement that a patient reads."""
    yield from (movement.title, *movement.steps, movement.easier, movement.harder)
    yield from (movement.uses, movement.stop_when, movement.alt)
