"""Every door is knocked on: each rule × method × kind of visitor, from the url map, with a real request."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.cast import Cast
from tests.house.keys import keys_for
from webapp.foundations.access import May
from webapp.people.rules import CAPABILITIES

ROOT = Path(__file__).resolve().parents[2]
VISITORS = {
    "nobody": None,
    "patient": "asha",
    "caller": "colin",
    "clinician": "carol",
    "lead": "lena",
    "author": "arthur",
    "administrator": "ada",
}
MAY_BE_DOWN = {"health.ready"}  # says 503 while no worker runs


def doors(app: Flask) -> list[tuple[Rule, str, May | None]]:
    """Every (rule, method, capability) of the application, but for built files."""
    return [
        (rule, method, getattr(app.view_functions[rule.endpoint], "waymark_may", None))
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
        if rule.endpoint != "design.built_file"
    ]


def may_enter(visitor: str, capability: May) -> bool:
    """What the table says: the policy itself, not how it is coded."""
    return capability is May.ENTER or (visitor != "nobody" and capability.value in CAPABILITIES[visitor])


def test_every_view_names_a_capability(app: Flask) -> None:
    assert not [rule.rule for rule, _, capability in doors(app) if capability is None]


def test_no_endpoint_of_a_menu_is_misspelt(app: Flask) -> None:
    from webapp.building import PAGES

    blueprints = {endpoint.split(".")[0] for endpoint in app.view_functions}
    assert not {e for e in PAGES.values() if e.split(".")[0] in blueprints and e not in app.view_functions}


@pytest.mark.parametrize("visitor", VISITORS)
def test_each_door_opens_only_for_those_who_may_enter(app: Flask, cast: Cast, visitor: str) -> None:
    client = app.test_client()
    keys = keys_for(cast)
    wrong = []
    for rule, method, capability in doors(app):
        assert capability is not None
        if (name := VISITORS[visitor]) is not None:
            cast.signs_in(client, name)
        answer = client.open(_address(rule, keys), method=method)
        refused = answer.status_code == 403 or _is_sent_to_sign_in(answer)
        broken = answer.status_code >= 500 and rule.endpoint not in MAY_BE_DOWN
        if refused == may_enter(visitor, capability) or broken:
            wrong.append(f"{method} {rule.rule} ({capability}) answered {answer.status_code} to {visitor}")
    assert not wrong, "\n".join(wrong)


def test_staff_without_their_second_factor_get_nowhere(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    with app.test_request_context():
        from webapp.foundations.database import db
        from webapp.people import sessions
        from webapp.people.visitors import COOKIE

        secret = sessions.begin(cast.carol.account, cast.carol.membership, "staff", second_factor=False)
        db.session.commit()
    client.set_cookie(COOKIE, secret)
    open_to_all = {May.ENTER, May.USE_ACCOUNT, May.PROVE_SECOND_FACTOR}
    keys = keys_for(cast)
    for rule, method, capability in doors(app):
        if capability not in open_to_all:
            answer = client.open(_address(rule, keys), method=method)
            assert answer.status_code == 302 and (answer.location or "").endswith("/second-factor"), rule.rule


def test_the_list_of_doors_is_current(app: Flask) -> None:
    assert (ROOT / "docs" / "doors.md").read_text() == doors_in_words(app), (
        "run: .venv/bin/waymark docs doors"
    )


def doors_in_words(app: Flask) -> str:
    """The text of docs/doors.md."""
    from webapp.commands.docs import doors_as_markdown

    return doors_as_markdown(app)


def _address(rule: Rule, keys: dict[str, str]) -> str:
    missing = {name for name in rule.arguments if name not in keys}
    assert not missing, f"tests/house/keys.py has no key for {sorted(missing)} of {rule.rule}"
    return re.sub(r"<(?:[^:>]+:)?([^>]+)>", lambda match: keys[match.group(1)], rule.rule)


def _is_sent_to_sign_in(answer) -> bool:  # type: ignore[no-untyped-def]
    return answer.status_code in (302, 303) and (answer.location or "").split("?")[0].endswith(
        ("/sign-in", "/second-factor")
    )
