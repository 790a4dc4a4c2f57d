"""`waymark questionnaires`: check the questionnaire files, list them, and score answers by hand.

Needs neither database nor settings, so a clinician can check a file on any machine.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NoReturn

import click

from webapp.content.problems import did_you_mean
from webapp.questionnaires.change_rules import Change, change
from webapp.questionnaires.instruments import (
    Instrument,
    Instruments,
    QuestionnairesRefused,
    read_instruments,
)
from webapp.questionnaires.rules import ChangeRule, Definition, Person, Scale, Score, score, score_from_total
from webapp.questionnaires.typed_answers import answers_from

OWN_FOLDER = Path(__file__).resolve().parents[2] / "content" / "questionnaires"
HEADS = (
    "ID",
    "VERSION",
    "ITEMS",
    "RANGE",
    "DIRECTION",
    "LANGUAGES",
    "TEXT",
    "LICENCE",
    "FOLDER",
    "CHANGE RULES",
)

folder_option = click.option(
    "--folder",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A service's own folder of questionnaires, read after Waymark's. May be given several times.",
)
value_set_option = click.option(
    "--value-set", help="The table of values for the EQ-5D-5L, such as uk-2026-rowen."
)
age_option = click.option("--age", type=click.IntRange(min=0), help="In years: some value sets depend on it.")
sex_option = click.option("--sex", help="Some value sets depend on it: female or male.")


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
    """List the questionnaires with range, direction, languages, licence, folder and number of change rules."""
    rows = [HEADS, *(_row(each) for each in _read(folders).by_id.values())]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@questionnaires.command("score", context_settings={"ignore_unknown_options": True})
@click.argument("questionnaire_id", metavar="ID")
@click.argument("answers", nargs=-1, required=True)
@value_set_option
@age_option
@sex_option
@folder_option
def score_answers(
    questionnaire_id: str,
    answers: tuple[str, ...],
    value_set: str | None,
    age: int | None,
    sex: str | None,
    folders: tuple[Path, ...],
) -> None:
    """Score ANSWERS (such as 3,0,1,-,2; a hyphen is a missing answer) to the questionnaire ID, as JSON.

    Optional questions at the end may be left out; questions answered in words are never typed.
    """
    definition = _definition(questionnaire_id, folders)
    result = _score(definition, " ".join(answers), value_set, Person(age, sex))
    click.echo(json.dumps({"id": definition.id, "version": definition.version, **_as_json(result)}, indent=2))


@questionnaires.command("change", context_settings={"ignore_unknown_options": True})
@click.argument("questionnaire_id", metavar="ID")
@click.argument("earlier")
@click.argument("later")
@click.option("--scores", is_flag=True, help="EARLIER and LATER are total scores and not answers.")
@click.option("--subscale", help="With --scores: the two are scores of this subscale.")
@value_set_option
@age_option
@sex_option
@folder_option
def compare(
    questionnaire_id: str,
    earlier: str,
    later: str,
    scores: bool,
    subscale: str | None,
    value_set: str | None,
    age: int | None,
    sex: str | None,
    folders: tuple[Path, ...],
) -> None:
    """Say what lies between EARLIER and LATER (answers, each as for `score`) and which rules it reaches."""
    definition = _definition(questionnaire_id, folders)
    if scores:
        scale = _scale(definition, subscale)
        before, after = (_typed_score(scale, typed) for typed in (earlier, later))
    elif subscale is not None:
        _refuse("'--subscale' goes with '--scores': answers give every subscale anyway")
    else:
        before, after = (_score(definition, typed, value_set, Person(age, sex)) for typed in (earlier, later))
    told = {"id": definition.id, "version": definition.version, **_change_as_json(definition, before, after)}
    click.echo(json.dumps(told, indent=2))


def _read(folders: tuple[Path, ...]) -> Instruments:
    try:
        return read_instruments([OWN_FOLDER, *folders])
    except QuestionnairesRefused as refused:
        for problem in refused.problems:
            click.echo(str(problem), err=True)
        click.echo(f"Problems: {len(refused.problems)}", err=True)
        sys.exit(1)


def _definition(questionnaire_id: str, folders: tuple[Path, ...]) -> Definition:
    try:
        return _read(folders).get(questionnaire_id).definition
    except KeyError as error:
        _refuse(error.args[0])


def _score(definition: Definition, typed: str, value_set: str | None, person: Person) -> Score:
    try:
        _refuse_unknown(definition, value_set, person)
        return score(definition, answers_from(definition, typed), value_set, person)
    except ValueError as error:
        _refuse(str(error))


def _refuse_unknown(definition: Definition, name: str | None, person: Person) -> None:
    """A value set, an age or a sex that this questionnaire knows nothing of would else go unsaid."""
    known = definition.value_sets
    if name is not None and name not in known:
        suggestion = did_you_mean(name, known)
        raise ValueError(f"'{definition.id}' has no value set '{name}'. {suggestion}".strip())
    sexes = {sex for each in known.values() for sex in each.sexes}
    if person.sex is not None and person.sex not in sexes:
        raise ValueError(
            f"'{person.sex}' is not a sex of a value set here. {did_you_mean(person.sex, sexes)}".strip()
        )


def _scale(definition: Definition, subscale: str | None) -> Scale:
    try:
        return definition.scale if subscale is None else definition.scale_called(subscale)
    except ValueError as error:
        _refuse(
            f"{error}. {did_you_mean(subscale or '', [each.id for each in definition.subscales])}".strip()
        )


def _typed_score(scale: Scale, typed: str) -> Score:
    try:
        total = Decimal(typed.strip())
    except InvalidOperation:
        total = Decimal("NaN")
    if not total.is_finite():
        _refuse(f"'{typed}' is not a number")
    try:
        return score_from_total(scale, total)
    except ValueError as error:
        _refuse(str(error))


def _row(each: Instrument) -> tuple[str, ...]:
    definition, scale = each.definition, each.definition.scale
    scales = (scale, *definition.subscales)
    return (
        each.id,
        str(each.version),
        str(len(definition.items)),
        f"{scale.minimum} to {scale.maximum}" if scale.has_a_score else "no total",
        str(scale.better) if scale.has_a_score else "-",
        ", ".join(each.languages) or "-",
        "yes" if each.licence.text_included else "no",
        each.licence.status,
        each.path.parent.name,
        str(sum(len(one.changes) for one in scales)),
    )


def _as_json(result: Score) -> dict[str, object]:
    subscales = result.subscales
    told: dict[str, object] = {
        "total": _number(result.total),
        "subscales": {name: _number(each.total) for name, each in subscales.items()},
        "band": result.band,
        "missing": list(result.missing),
        "subscale_bands": {name: each.band for name, each in subscales.items()},
        "cut_offs": list(result.cut_offs),
        "subscale_cut_offs": {name: list(each.cut_offs) for name, each in subscales.items()},
        "prorated": result.prorated,
        "reason": result.reason,
        "answered": result.answered,
    }
    if result.profile is not None:
        told |= {"profile": result.profile, "value_set": result.value_set}
    return told


def _change_as_json(definition: Definition, earlier: Score, later: Score) -> dict[str, object]:
    found = change(definition, earlier, later)
    both = {name: (each, later.subscales[name]) for name, each in earlier.subscales.items()}
    subscales = {name: change(definition, *pair) for name, pair in both.items()}
    return {
        **_one_change(found, earlier, later),
        "subscales": {name: _one_change(each, *both[name]) for name, each in subscales.items()},
    }


def _one_change(found: Change, earlier: Score, later: Score) -> Mapping[str, object]:
    return {
        "earlier": _number(found.earlier),
        "later": _number(found.later),
        "by": _number(found.by),
        "improvement": _number(found.improvement),
        "direction": found.direction,
        "reaches": [_rule(rule) for rule in found.reaches],
        "more_than_chance": [rule.id for rule in found.more_than_chance],
        "bands": [earlier.band, later.band],
    }


def _rule(rule: ChangeRule) -> dict[str, object]:
    return {
        "id": rule.id,
        "purpose": rule.purpose,
        "method": rule.method,
        "source": rule.source,
        "standing": rule.standing,
        "points": _number(rule.points),
        "percent": _number(rule.percent),
        "another_band": rule.another_band,
    }


def _number(value: Decimal | None) -> float | int | None:
    """As a JSON number: whole scores without a decimal point are whole numbers."""
    if value is None:
        return None
    return int(value) if value.as_tuple().exponent == 0 else float(value)


def _refuse(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(2)
