"""Other people's things are not there: every rule with an id, knocked as another patient and from another service."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.cast import Cast
from tests.house.keys import OF_EVERYBODY, keys_for
from tests.house.test_doors import _address, doors, may_enter
from webapp.foundations.access import May

STRANGERS = {"another patient": "dewi", "a patient of another service": "vera"}
STRANGE_STAFF = {"another service's clinician": "victor"}


@pytest.mark.parametrize("stranger", [*STRANGERS, *STRANGE_STAFF])
def test_a_strangers_key_opens_nothing(app: Flask, cast: Cast, stranger: str) -> None:
    client = app.test_client()
    keys = keys_for(cast)
    name = (STRANGERS | STRANGE_STAFF)[stranger]
    role = "patient" if stranger in STRANGERS else "clinician"
    wrong = []
    for rule, method, capability in doors(app):
        assert capability is not None
        owned = rule.arguments - OF_EVERYBODY
        if not owned or capability is May.ENTER or not may_enter(role, capability):
            continue
        cast.signs_in(client, name)
        answer = client.open(_address(rule, keys), method=method)
        if answer.status_code != 404 and not _refused_its_token(answer, method):
            wrong.append(f"{method} {rule.rule} answered {answer.status_code} to {stranger}")
    assert not wrong, "\n".join(wrong)


def _refused_its_token(answer, method: str) -> bool:  # type: ignore[no-untyped-def]
    """A POST without a form's token is refused before anything is looked up."""
    return method == "POST" and answer.status_code == 400
