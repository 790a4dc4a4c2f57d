"""Companion pages: read by everybody who sees patients, reached from the story and the call."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from markupsafe import Markup

from tests.cast import Cast, id_of
from tests.looking import LookingClient
from webapp.clinic import companion_routes
from webapp.content import EXERCISE_KINDS, Module, read_module_source
from webapp.course import shelf

COMPANION = """---
title: For clinicians: {module}
summary: What it is about.
minutes: 3
review again: 2027-11-01
---

::: page companion
For clinicians: {module}
Minutes: 3
In short: A steady amount.
:::

### What to ask on the phone

- “How did it go?” See [the tries](page:pacing/find-your-starting-point) and [Help now](help:now).
"""


@pytest.fixture
def with_companions(client: LookingClient, monkeypatch):  # type: ignore[no-untyped-def]
    """Every module of the course has a companion."""
    on: shelf.Shelf = client.application.extensions[shelf.EXTENSION]

    def companion(name: str) -> Module:
        source = COMPANION.format(module=name)
        text = read_module_source(source, EXERCISE_KINDS, module=name, known=on.known)
        return Module(
            name, 0, False, text.title, text.summary, 3, None, None, date(2027, 11, 1), {"en": text}
        )

    companions = {module.name: companion(module.name) for module in on.course.modules}
    monkeypatch.setattr(on, "course", dataclasses.replace(on.course, companions=companions))
    return on


def test_the_list_has_every_module_in_order(client: LookingClient, cast: Cast, with_companions) -> None:  # type: ignore[no-untyped-def]
    cast.signs_in(client, "carol")
    page = client.page("/clinic/companions")
    links = [a.get("href") for a in page.all("a") if (a.get("href") or "").startswith("/clinic/companions/")]
    assert links == [f"/clinic/companions/{module.name}" for module in with_companions.course.modules]


@pytest.mark.parametrize("who, sees_preview", [("carol", True), ("colin", False)])
def test_a_companion_leads_to_the_preview_those_who_may_see_it(
    client: LookingClient,
    cast: Cast,
    with_companions,
    who: str,
    sees_preview: bool,  # type: ignore[no-untyped-def]
) -> None:
    cast.signs_in(client, who)
    page = client.page("/clinic/companions/pacing")
    assert page.heading == "For clinicians: pacing"
    assert "How did it go?" in page.text and "the tries" in page.text
    links = {a.get("href") for a in page.all("a")}
    assert ("/preview/pacing/en" in links) is sees_preview
    assert not [link for link in links if (link or "").startswith("/course/")]


def test_patients_and_administrators_have_no_companions(client: LookingClient, cast: Cast) -> None:
    for who in ("asha", "ada"):
        cast.signs_in(client, who)
        assert client.get("/clinic/companions").status_code == 403
        assert client.get("/clinic/companions/pacing").status_code == 403


def test_a_module_without_companion_is_not_found(client: LookingClient, cast: Cast, with_companions) -> None:  # type: ignore[no-untyped-def]
    cast.signs_in(client, "carol")
    assert client.get("/clinic/companions/no-such").status_code == 404


@pytest.mark.parametrize("page", ["", "/call"])
def test_the_story_and_the_call_lead_to_where_the_patient_is(
    client: LookingClient,
    cast: Cast,
    with_companions,
    page: str,  # type: ignore[no-untyped-def]
) -> None:
    cast.signs_in(client, "carol")
    shown = client.page(f"/patients/{id_of(cast.asha.patient)}{page}")
    links = [a.get("href") for a in shown.all("a")]
    assert "/clinic/companions/start-here" in links


def test_ring_today_leads_to_the_list(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "carol")
    assert "/clinic/companions" in [a.get("href") for a in client.page("/ring-today").all("a")]


def test_a_link_into_the_course_is_words_for_nobody_in_particular(app) -> None:  # type: ignore[no-untyped-def]
    with app.test_request_context():
        html = companion_routes.for_staff(Markup('<a href="/course/pacing/x">the <em>tries</em></a>'))
    assert html == "the <em>tries</em>"
