"""Finished sittings written as rows: any questionnaire, at any time point, answered on any day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from tests.cast import Cast, Person
from webapp.foundations.database import db, new_id
from webapp.questionnaires.instruments import Instruments
from webapp.questionnaires.models import Answer, Reading, ScoreRow, SittingRow
from webapp.questionnaires.rules import score
from webapp.questionnaires.series import score_as_json

Values = Sequence[int | str | None]
OPEN = "(left open)"


def finished(
    cast: Cast,
    person: Person,
    known: Instruments,
    on: date,
    answers: Mapping[str, Values],
    *,
    time_point: str = "baseline",
    derived: Sequence[str] = (),
    before: Mapping[str, Sequence[int | None]] | None = None,
    **columns: object,
) -> UUID:
    """One finished sitting of that patient; gives its id.

    ``answers``: by questionnaire the answers in order (``OPEN`` for none at all). Those of ``derived`` are only
    scored. ``before``: earlier answers to a question, "phq-9/q9".
    """
    cast.enter(cast.carol)
    assert person.enrolment and person.patient
    at = datetime.combine(on, time(10), UTC)
    keys = {"service_id": cast.hillside.id, "patient_id": person.patient.id}
    name = f"{time_point}-{on.isoformat()}-{len(answers)}"
    sitting = SittingRow(
        **keys, id=new_id(), enrolment_id=person.enrolment.id, battery="default/1", time_point=time_point, name=name,
        instruments=[each for each in answers if each not in derived], started_at=at, finished_at=at, **columns,
    )  # fmt: skip
    db.session.add(sitting)
    db.session.flush()
    for instrument, values in answers.items():
        definition = known.get(instrument).definition
        given = {
            item.id: value for item, value in zip(definition.items, values, strict=True) if value != OPEN
        }
        if instrument not in derived:
            for item, value in given.items():
                for one in (*(before or {}).get(f"{instrument}/{item}", ()), value):
                    db.session.add(_answer(cast, sitting.id, instrument, item, one, at))
        found = score(definition, given)
        db.session.add(
            ScoreRow(
                **keys, sitting_id=sitting.id, instrument=instrument, version=definition.version, total=found.total,
                exact=None if found.exact is None else str(found.exact),
                subscales={part: score_as_json(each) for part, each in found.subscales.items()},
                answered=found.answered, missing=list(found.missing), prorated=found.prorated,
                reason=None if found.reason is None else found.reason.value, derived=instrument in derived, at=at, on=on,
            )
        )  # fmt: skip
    db.session.add(Reading(**keys, sitting_id=sitting.id, finished_at=at, promised_on=on + timedelta(days=5)))
    db.session.commit()
    return sitting.id


def _answer(
    cast: Cast, sitting_id: UUID, instrument: str, item: str, value: int | str | None, at: datetime
) -> Answer:
    return Answer(
        service_id=cast.hillside.id, sitting_id=sitting_id, instrument=instrument, item=item,
        value=value if isinstance(value, int) else None, words=value if isinstance(value, str) else None,
        at=at, language="en", fingerprint="x", account_id=None,
    )  # fmt: skip
