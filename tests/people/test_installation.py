"""The administrator's page: what works, what to do where it does not, and the post in numbers without a name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from tests.cast import Cast, id_of
from tests.looking import LookingClient
from webapp.foundations import clock, health, post
from webapp.foundations.database import db, enter_service
from webapp.foundations.heartbeats import Heartbeat

PAGE = "/installation"
DEAD = "The worker stands still"


def everything_beats(ago: timedelta = timedelta(minutes=1)) -> None:
    """Each job left its heartbeat so long ago."""
    enter_service(None)
    for job, _oldest in health.must_beat.values():
        db.session.merge(Heartbeat(worker=job, at=clock.now() - ago))
    db.session.commit()


def test_a_living_installation_is_green(client: LookingClient, cast: Cast) -> None:
    everything_beats()
    cast.signs_in(client, "ada")
    page = client.page(PAGE)
    assert "Does not work" not in page.text and DEAD not in page.text
    assert page.text.count("Works") >= len(health.must_beat) + 2  # the database and the post, too


@pytest.mark.parametrize(("seconds", "is_dead"), [(299, False), (301, True)])
def test_a_dead_worker_is_red_within_five_minutes_with_what_to_do(
    client: LookingClient, cast: Cast, seconds: int, is_dead: bool
) -> None:
    cast.signs_in(client, "ada")
    everything_beats()
    enter_service(None)
    now = clock.now()
    db.session.merge(Heartbeat(worker="worker", at=now - timedelta(seconds=seconds)))
    db.session.commit()
    with clock.standing_at(now):
        text = client.page(PAGE).text
    assert (DEAD in text) is is_dead
    assert ("docker compose up -d worker" in text) is is_dead
    assert ("Does not work" in text) is is_dead


def test_a_worker_that_never_ran_is_red(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "ada")
    text = client.page(PAGE).text
    assert DEAD in text and "never" in text


def test_each_service_is_counted_without_a_name(client: LookingClient, cast: Cast) -> None:
    asha, vera = cast.asha, cast.vera
    now = clock.now()
    for person, service, failed, number in ((asha, cast.hillside, False, 3), (vera, cast.valley, True, 2)):
        enter_service(service.id)
        for _ in range(number):
            made = post.write(
                service.id,
                "nudge",
                "secret@example.org",
                "A",
                "…",
                language="en",
                patient_id=id_of(person.patient),
            )
            made.failed_at = now if failed else None
    paper = post.write(cast.valley.id, "questions", "1 Road", "A", "…", language="en", channel="letter")
    assert paper.sent_at is None
    db.session.commit()
    cast.signs_in(client, "ada")
    page = client.page(PAGE)
    table = next(one for one in page.all("table") if "Letters to print" in "".join(one.itertext()))
    rows = {
        cells[0]: cells[1:]
        for cells in (
            [" ".join("".join(cell.itertext()).split()) for cell in row] for row in table.iter("tr")
        )
    }
    hillside, valley = rows["Hillside Pain Service"], rows["Valley Pain Clinic"]
    assert (hillside[0], hillside[2], hillside[3]) == ("3", "0", "0") and hillside[1] != "–"
    assert valley == ["0", "–", "2", "1"]
    assert "secret@example.org" not in page.html and "Asha" not in page.html


@pytest.mark.parametrize(("texting", "said"), [(None, "no key is set"), (lambda *_a, **_k: None, "On")])
def test_it_says_whether_texts_can_be_sent(
    client: LookingClient, cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch, texting: object, said: str
) -> None:
    monkeypatch.setitem(app.extensions, "waymark_texting", texting)
    cast.signs_in(client, "ada")
    text = client.page(PAGE).text
    assert said in text and ("no key is set" in text) is (texting is None)


def test_one_more_service_costs_the_same_as_the_last(client: LookingClient, cast: Cast) -> None:
    for number in range(40):
        enter_service(cast.hillside.id)
        post.write(cast.hillside.id, f"kind-{number}", "a@example.org", "A", "…", language="en")
    db.session.commit()
    cast.signs_in(client, "ada")
    client.page(PAGE)
    client.page(PAGE)
    many = len(client.last_statements)
    for number in range(40):
        enter_service(cast.valley.id)
        post.write(cast.valley.id, f"kind-{number}", "a@example.org", "A", "…", language="en")
    db.session.commit()
    cast.signs_in(client, "ada")
    client.page(PAGE)
    client.page(PAGE)
    assert len(client.last_statements) == many


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("trouble:email:settings:login refused", "A setting is wrong, so a person has to change it"),
        ("trouble:text:away:timeout", "We try again by ourselves, for two days."),
    ],
)
def test_mail_and_texts_that_are_not_taken_say_what_to_do(
    client: LookingClient, cast: Cast, row: str, said: str
) -> None:
    everything_beats()
    db.session.add(Heartbeat(worker=row, at=clock.now() - timedelta(minutes=6)))
    db.session.commit()
    cast.signs_in(client, "ada")
    text = client.page(PAGE).text
    assert said in text and row.split(":")[3] in text and DEAD not in text
    assert ("Text messages do not go out" in text) is ("text" in row)
