"""`course.yml`: which modules there are, in which order, and which are core."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, StrictBool, ValidationError

from webapp.content.desk import tidy
from webapp.content.problems import Problem, did_you_mean
from webapp.content.yaml_lines import Place, places_of, repeated_keys, unreadable


class Rhythm(StrEnum):
    """How often the next module opens, unless the patient chooses otherwise."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    OWN_SPEED = "own-speed"


class ListedModule(BaseModel):
    """One entry of the list of modules."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
    core: StrictBool


class CourseFile(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    default_rhythm: Annotated[Rhythm, Field(alias="default rhythm")] = Rhythm.WEEKLY
    modules: tuple[ListedModule, ...]


@dataclass(frozen=True)
class CourseOrder:
    """The file as read, the line of each module, and what was wrong. `file` is None if unusable."""

    file: CourseFile | None
    line_of: dict[str, int]
    problems: tuple[Problem, ...]


def read_course_file(source: str, path: str) -> CourseOrder:
    """Read and check the file; never raises."""
    try:
        root = yaml.compose(tidy(source), Loader=yaml.SafeLoader)
        lines = {place: node.start_mark.line + 1 for place, node in places_of(root, ())} if root else {}
        repeated = tuple(repeated_keys(root, path)) if root else ()
        values = yaml.safe_load(tidy(source))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return CourseOrder(None, {}, (unreadable(error, path),))
    try:
        file = CourseFile.model_validate(values)
    except ValidationError as error:
        return CourseOrder(None, {}, repeated + tuple(_told(error, lines, path)))
    if not file.modules:
        nothing = Problem(path, lines[("modules", "key")], "there is no module", "Add '- name: …' below it.")
        return CourseOrder(None, {}, (*repeated, nothing))
    line_of: dict[str, int] = {}
    for number, module in enumerate(file.modules):
        line = lines[("modules", number)]
        if module.name in line_of:
            message = f"the module '{module.name}' is already listed on line {line_of[module.name]}"
            repeated += (Problem(path, line, message, "Remove one of the two."),)
        line_of.setdefault(module.name, line)
    return CourseOrder(file, line_of, repeated)


def _told(error: ValidationError, lines: dict[Place, int], path: str) -> Iterator[Problem]:
    for detail in error.errors():
        place: Place = tuple(detail["loc"])
        line = lines.get((*place, "key")) or lines.get(place) or lines.get(place[:-1]) or 1
        name = str(place[-1]) if place else "course.yml"
        known = ("name", "core") if len(place) > 2 else ("default rhythm", "modules")
        if detail["type"] == "extra_forbidden":
            yield Problem(path, line, f"'{name}:' is not known here", did_you_mean(name, known, ending=":"))
        elif detail["type"] == "missing":
            yield Problem(path, line, f"'{name}:' is missing", f"Add a line '{name}: …'.")
        else:
            yield Problem(path, line, f"'{name}' is not right", f"{detail['msg']}.")
