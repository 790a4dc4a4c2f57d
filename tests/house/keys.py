"""A key for every kind of door: the ids, in asha's and Hillside's rows, that stand in addresses."""

from __future__ import annotations

from tests.cast import Cast

OF_EVERYBODY = {"code", "module", "page", "name", "instrument", "thing", "kind", "door"}  # arguments that are nobody's own


def keys_for(cast: Cast) -> dict[str, str]:
    """Rule argument → a value that exists and belongs to asha (or to Hillside)."""
    asha = cast.asha
    assert asha.patient and asha.enrolment
    nobody = "0193e7a0-0000-7000-8000-000000000000"
    return {
        "patient_id": str(asha.patient.id),
        "enrolment_id": str(asha.enrolment.id),
        "service_id": str(cast.hillside.id),
        "code": "en",
        "token": "not-a-token",
        "reference": "no-such-device",
        "secret": "not-a-secret",
        "module": "start-here",
        "page": "what-this-is",
        "name": "no-such-page",
        "sitting": "baseline-pain",
        "instrument": "peg-3",
        "item": "q1",
        "missing": nobody,
    }
