"""`waymark questionnaires`: check the questionnaire files, list them, and score answers by hand.

Needs neither database nor settings, so a clinician can check a file on any machine.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NoReturn

import click

from webapp.questionnaires.instruments import Instruments, QuestionnairesRefused, read_instruments
from webapp.questionnaires.rules import AnswerRefused, Definition, Score, score

OWN_FOLDER = Path(__file__).resolve().parents[2] / "content" / "questionnaires"

folder_option = click.option(
    "--folder",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A service's own folder of questionnaires, read after Waymark's. May be given several times.",
)


@click.group("questionnaires")
def questionnaires() -> None:
    """Check, list and score questionnaires."""


@questionnaires.command("check")
@folder_option
def check(folders: tuple[Path, ...]) -> None:
    """Read every questionnaire and list every problem with its file and line."""
    found = _read(folders)
    points = () if found.battery is None else found.battery.time_points
    sittings = sum(len(point.sittings) for point in points)
    click.echo(f"{len(found.by_id)} questionnaires and {sittings} sittings: no problems.")


@questionnaires.command("list")
@folder_option
def list_all(folders: tuple[Path, ...]) -> None:
    """List the questionnaires with version, number of items, range, languages and licence."""
    for each in _read(folders).by_id.values():
        scale = each.definition.scale
        languages = ", ".join(each.languages) or "no text here"
        reach = f"{scale.minimum} to {scale.maximum} ({scale.better})"
        click.echo(
            f"{each.id}  version {each.version}  {len(each.definition.items)} items  "
            f"{reach}  {languages}  licence: {each.licence.status}"
        )


@questionnaires.command("score", context_settings={"ignore_unknown_options": True})
@click.argument("questionnaire_id", metavar="ID")
@click.argument("answers")
@folder_option
def score_answers(questionnaire_id: str, answers: str, folders: tuple[Path, ...]) -> None:
    """Score ANSWERS (such as 3,0,1,-,2; a hyphen is a missing answer) to the questionnaire ID, as JSON."""
    found = _read(folders)
    try:
        definition = found.get(questionnaire_id).definition
        result = score(definition, _answers(definition, answers))
    except KeyError as error:
        _refuse(error.args[0])
    except ValueError as error:
        _refuse(str(error))
    click.echo(json.dumps({"version": definition.version, **_as_json(result)}, indent=2))


def _read(folders: tuple[Path, ...]) -> Instruments:
    try:
        return read_instruments([OWN_FOLDER, *folders])
    except QuestionnairesRefused as refused:
        for problem in refused.problems:
            click.echo(str(problem), err=True)
        click.echo(f"Problems: {len(refused.problems)}", err=True)
        sys.exit(1)


def _answers(definition: Definition, typed: str) -> dict[str, int | None]:
    parts = [part.strip() for part in typed.split(",")]
    if len(parts) != len(definition.items):
        raise ValueError(
            f"'{definition.id}' has {len(definition.items)} items, but {len(parts)} answers were given"
        )
    pairs = zip(definition.items, parts, strict=True)
    return {item.id: _answer(item.id, part, (item.minimum, item.maximum)) for item, part in pairs}


def _answer(item_id: str, part: str, allowed: tuple[int, int]) -> int | None:
    if part == "-":
        return None
    try:
        return int(part)
    except ValueError:
        raise AnswerRefused(item_id, part, allowed) from None


def _as_json(result: Score) -> dict[str, object]:
    return {
        "scale": result.scale,
        "total": None if result.total is None else float(result.total),
        "band": result.band,
        "cut_offs": list(result.cut_offs),
        "answered": result.answered,
        "missing": list(result.missing),
        "prorated": result.prorated,
        "reason": result.reason,
        "subscales": {name: _as_json(each) for name, each in result.subscales.items()},
    }


def _refuse(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(2)
