"""Answers that were really sent: typed in from paper by Carol, through the questionnaires room itself."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID
from zipfile import ZipFile

from tests.cast import Cast, Person
from webapp.foundations.database import db
from webapp.questionnaires import service as questionnaires

PAIN: dict[tuple[str, str], int | None] = {
    ("peg-3", "q1"): 6, ("peg-3", "q2"): 7, ("peg-3", "q3"): 4,
    **{("pseq-10", f"q{place}"): 3 for place in range(1, 10)}, ("pseq-10", "q10"): None,
}  # fmt: skip


def on_paper(
    cast: Cast, name: str, answers: Mapping[Any, Any] = PAIN, sitting: str = "baseline-pain"
) -> UUID:
    """This patient's first sitting came on paper, and staff of their own service typed it in."""
    person: Person = getattr(cast, name)
    typist = cast.carol if person.membership.service_id == cast.hillside.id else cast.victor  # type: ignore[union-attr]
    cast.enter(person)
    assert person.enrolment
    sitting_id = questionnaires.enter_for_patient(
        typist.actor, person.enrolment, sitting, answers, "paper", written_on=date(2026, 6, 28)
    )
    db.session.commit()
    return sitting_id


def unpacked(response: Any) -> dict[str, str]:
    """The files of a zip file that was downloaded."""
    assert response.status_code == 200, response.get_data(as_text=True)[:500]
    assert response.mimetype == "application/zip"
    with ZipFile(io.BytesIO(response.get_data())) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def table(text: str) -> list[dict[str, str]]:
    """The rows of a table."""
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def lines(text: str) -> list[dict[str, Any]]:
    """The resources of a file with one a line."""
    return [json.loads(line) for line in text.splitlines()]
