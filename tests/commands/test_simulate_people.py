"""The made-up people of the year: their table, their dice, and the worker's deaths; no database."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from webapp.commands.demo.year.crowd import days_of_invitations
from webapp.commands.demo.year.kills import Kill, Killed, Killer, Place, kills_of
from webapp.commands.demo.year.kinds import KINDS, NEVER_STARTS, ONE_TAP, PAPER, STEADY, kind_of
from webapp.commands.demo.year.lives import TAPS, Life, What, a_week_passes, chance_to_visit, day_of, dice
from webapp.commands.demo.year.receiver import Outage, Receiver, outages_of
from webapp.foundations import clock
from webapp.foundations.carriers import CannotCarry

DAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def movable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """These tests build no application, so nobody has said that time may be moved."""
    monkeypatch.setattr(clock, "_shift_file", tmp_path / "clock")


def test_the_shares_come_to_a_hundred_and_every_hundred_people_hold_them() -> None:
    assert sum(kind.share for kind in KINDS) == 100
    assert Counter(kind_of(number).name for number in range(200, 300)) == {
        kind.name: kind.share for kind in KINDS
    }


def test_a_chance_is_a_chance() -> None:
    chances = (
        "starts_a_day", "faded", "keeps", "comes_after_message", "answers", "reached", "flares", "pauses", "leaves",
        "comes_back", "asks", "stops", "questions",
    )  # fmt: skip
    assert all(0 <= getattr(kind, name) <= 1 for kind in KINDS for name in chances)


def going(**more: object) -> Life:
    life = Life(1, STEADY, DAY - timedelta(days=20), started_on=DAY - timedelta(days=20))
    for name, value in more.items():
        setattr(life, name, value)
    return life


@given(st.integers(0, 10_000), st.integers(0, 99))
@settings(max_examples=50)
def test_the_same_dice_give_the_same_day(seed: int, number: int) -> None:
    life = Life(number, kind_of(number), DAY - timedelta(days=30), started_on=DAY - timedelta(days=20))
    assert day_of(life, DAY, dice(seed, number, DAY)) == day_of(life, DAY, dice(seed, number, DAY))


@given(st.integers(0, 100_000))
@settings(max_examples=100)
def test_acts_come_in_the_order_of_a_waking_day(seed: int) -> None:
    acts = day_of(going(modules_done=3, visits_in_module=2), DAY, dice(seed))
    assert [act.minute for act in acts] == sorted(act.minute for act in acts)
    assert all(7 * 60 <= act.minute < 24 * 60 for act in acts)


def seen(life: Life, days: int = 60) -> set[What]:
    """Everything that this person would do on sixty such days."""
    return {act.what for seed in range(days) for act in day_of(life, DAY, dice(seed))}


def test_nobody_acts_before_the_invitation_on_paper_or_after_leaving_for_good() -> None:
    assert seen(Life(1, STEADY, DAY + timedelta(days=1))) == set()
    assert seen(Life(1, PAPER, DAY - timedelta(days=9), started_on=DAY)) == set()
    assert seen(going(left_on=DAY - timedelta(days=1))) == set()


def test_in_a_pause_and_in_a_flare_up_there_are_no_visits() -> None:
    assert seen(going(paused_until=DAY)) == set()
    assert seen(going(paused_until=DAY - timedelta(days=1))) == {What.COME_BACK}
    begun = DAY - timedelta(days=3)
    assert seen(going(flare_from=begun, flare_until=DAY + timedelta(days=2))) == {What.ANSWER_FLARE}


def test_somebody_who_was_rung_or_written_to_starts_more_often() -> None:
    def starts(life: Life) -> int:
        return sum(bool(day_of(life, DAY, dice(seed))) for seed in range(400))

    quiet = starts(Life(1, NEVER_STARTS, DAY - timedelta(days=9)))
    rung = starts(Life(1, NEVER_STARTS, DAY - timedelta(days=9), was_rung_on=DAY - timedelta(days=2)))
    written = starts(Life(1, NEVER_STARTS, DAY - timedelta(days=9), written_on=DAY))
    assert quiet < written < rung


def test_only_what_a_message_offers_is_tapped() -> None:
    def taps(links: set[str]) -> set[str]:
        life = Life(
            1, ONE_TAP, DAY - timedelta(days=20), started_on=DAY, written_on=DAY, links=frozenset(links)
        )
        acts = [act for seed in range(300) for act in day_of(life, DAY, dice(seed))]
        return {act.detail for act in acts if act.what is What.TAP}

    assert taps({"pause", "stop"}) == {"pause", "stop"}
    assert taps(set(TAPS)) == set(TAPS)
    assert taps(set()) == set()


def test_the_wish_to_come_wears_off_and_a_call_brings_it_back() -> None:
    life = going()
    before = chance_to_visit(life, DAY)
    for _ in range(30):
        a_week_passes(life)
    assert chance_to_visit(life, DAY) < before
    life.is_rung(DAY)
    assert life.wish == 0.9


def test_invitations_go_out_on_working_days_all_year_long() -> None:
    days = days_of_invitations(500, date(2026, 1, 5), 365)
    assert len(days) == 500 and days == sorted(days)
    assert all(day.weekday() < 5 for day in days)
    assert days[0] == date(2026, 1, 5) and date(2026, 10, 1) < days[-1] < date(2026, 11, 6)


# --- the worker's deaths --------------------


def letter(message_id: str = "<1@waymark>", body: str = "Hello") -> EmailMessage:
    made = EmailMessage()
    made["To"], made["Message-ID"] = "patient1@mail.example", message_id
    made.set_content(body)
    return made


def test_the_receiver_keeps_the_secret_and_refuses_while_it_is_out_of_order() -> None:
    receiver = Receiver([Outage(NOON, NOON + timedelta(hours=1))])
    with clock.standing_at(NOON), pytest.raises(CannotCarry):
        receiver(letter())
    with clock.standing_at(NOON + timedelta(hours=1)):
        links = "http://x.example/r/abcdefghijklmnop-_1234/"
        receiver(letter(body=f"Tap {links}busy now,\nor {links}stop"))
    assert receiver.refused == 1
    assert [one.secret for one in receiver.receipts] == ["abcdefghijklmnop-_1234"]
    assert receiver.receipts[0].links == {"busy", "stop"}


def test_an_outage_is_shorter_than_the_post_tries() -> None:
    found = outages_of(NOON, 365, dice(1))
    assert len(found) == 6
    assert all(one.until_at - one.from_at < timedelta(hours=48) for one in found)


@pytest.mark.parametrize("place", [Place.STATEMENT, Place.COMMIT])
def test_the_worker_dies_at_its_step_and_what_was_not_committed_is_gone(place: Place, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/things")  # in a file: a death throws the connection away
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE thing (n integer)"))
    killer = Killer([Kill(NOON, place, 2)], Receiver())
    killer.attach(engine)

    def job() -> None:
        for number in range(3):
            with engine.begin() as connection:
                connection.execute(text(f"INSERT INTO thing VALUES ({number})"))

    with clock.standing_at(NOON), killer.watching(NOON):
        job()
    assert [kill.place for kill in killer.struck] == [place] and killer.left == 0
    with engine.connect() as connection:
        assert len(connection.execute(text("SELECT * FROM thing")).all()) == 1


def test_only_a_death_between_the_servers_yes_and_the_commit_opens_the_window() -> None:
    engine = create_engine("sqlite://")
    receiver = Receiver()
    killer = Killer([Kill(NOON, Place.TAKEN, 1), Kill(NOON, Place.STATEMENT, 1)], receiver)
    killer.attach(engine)

    def sends(number: int) -> None:
        with engine.begin() as connection:
            connection.execute(text("SELECT 1"))
            receiver(letter(f"<{number}@waymark>"))
            killer.taken()

    for number in (1, 2, 3):
        with clock.standing_at(NOON), killer.watching(NOON):
            sends(number)
    assert killer.windows == {"<1@waymark>"}
    assert [one.message_id for one in receiver.receipts] == ["<1@waymark>", "<3@waymark>"]


def test_a_death_cannot_be_held_as_an_error_can() -> None:
    assert not issubclass(Killed, Exception)


def test_kills_come_at_the_workers_own_moments_in_order() -> None:
    moments = [NOON + timedelta(hours=n) for n in range(100)]
    plan = kills_of(50, moments, dice(1))
    assert [kill.at for kill in plan] == sorted(kill.at for kill in plan) and len(plan) == 50
    assert {kill.place for kill in plan} == set(Place)
    assert kills_of(3, [], dice(1)) == []
