"""The post: quiet hours at every try, questions before sending, failures that are told, and no service in another's way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from itertools import pairwise
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.cast import Cast
from tests.foundations.post_office import (
    LONDON,
    NOON,
    Box,
    Phones,
    carriers,
    fill,
    sweep_at,
    sweep_until_it_rests,
    write,
)
from webapp.foundations import clock, delivering, health, heartbeats, jobs, post, sweeping
from webapp.foundations.carriers import CannotCarry, Refused
from webapp.foundations.database import db, enter_service
from webapp.foundations.outbox import Letter
from webapp.foundations.quiet_hours import is_quiet


@pytest.fixture(autouse=True)
def nobody_else_listens(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(delivering, "_checks", {})
    monkeypatch.setattr(delivering, "_listeners", [])
    yield


def raises(error: Exception):  # type: ignore[no-untyped-def]
    def fault() -> None:
        raise error

    return fault


def london(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of June 2026 on London's clocks (an hour ahead of UTC)."""
    return datetime(2026, 6, day, hour - 1, minute, tzinfo=UTC)


# -- quiet hours


@pytest.mark.parametrize(
    ("written_at", "goes_at"),
    [
        (london(3, 12), london(3, 12)),
        (london(3, 19, 59), london(3, 19, 59)),
        (london(3, 20), london(4, 8)),
        (london(3, 23), london(4, 8)),
        (london(4, 7, 59), london(4, 8)),
        (london(4, 8), london(4, 8)),
    ],
)
def test_a_message_of_the_day_waits_for_the_morning(
    app: Flask, cast: Cast, written_at: datetime, goes_at: datetime
) -> None:
    with carriers(app), clock.standing_at(written_at):
        letter = write(cast.hillside.id, quiet_in=LONDON)
        assert sweep_until_it_rests(letter, written_at) == goes_at
    assert letter.sent_at == goes_at and letter.tries == 1


def test_a_link_goes_at_any_hour(app: Flask, cast: Cast) -> None:
    with carriers(app), clock.standing_at(london(3, 23)):
        letter = write(cast.hillside.id)
        assert sweep_until_it_rests(letter, london(3, 23)) == london(3, 23)


def test_a_retry_keeps_quiet_hours_too_and_48_hours_end_in_a_failure(app: Flask, cast: Cast) -> None:
    tried: list[datetime] = []

    def away() -> None:
        tried.append(clock.now())
        raise CannotCarry("ConnectionRefusedError")

    with carriers(app, Box(away)), clock.standing_at(london(3, 19, 55)):
        letter = write(cast.hillside.id, quiet_in=LONDON)
        ended_at = sweep_until_it_rests(letter, london(3, 19, 55))
    assert letter.failed_at == ended_at and not letter.was_refused
    assert ended_at == london(5, 19, 55), "the last try is when the 48 hours are over"
    assert len(tried) > 10 and not any(is_quiet(at, LONDON) for at in tried)
    gaps = [later - earlier for earlier, later in pairwise(tried)]
    assert gaps[0] == timedelta(minutes=2), "the first wait is short"
    assert max(gaps) <= timedelta(hours=16), "a wait of four hours and a night"


def test_a_message_that_became_due_in_the_day_but_is_swept_at_night_waits(app: Flask, cast: Cast) -> None:
    box = Box()
    with carriers(app, box), clock.standing_at(NOON):
        letter = write(cast.hillside.id, quiet_in=LONDON)
        sweep_at(london(3, 22))
        enter_service(cast.hillside.id)
        db.session.refresh(letter)
    assert (letter.tries, letter.next_try_at, box.took) == (0, london(4, 8), [])


# -- asked before it is sent


def test_a_room_may_withdraw_a_message_just_before_it_is_sent(app: Flask, cast: Cast) -> None:
    asked: list[str] = []

    def check(letter: Letter) -> str | None:
        asked.append(letter.to_address)
        return "paused since" if letter.to_address.startswith("asha") else None

    post.ask_before_sending("reminder:", check)
    box = Box()
    with carriers(app, box), clock.standing_at(NOON):
        paused = write(cast.hillside.id, "asha@example.org", "reminder:nudge")
        other = write(cast.hillside.id, "dewi@example.org", "reminder:nudge")
        link = write(cast.hillside.id, "carol@example.org", "sign_in_link")
        sweep_at(NOON)
        sweep_at(NOON + timedelta(days=1))
    assert sorted(asked) == ["asha@example.org", "dewi@example.org"], "a link is nobody's to ask about"
    assert sorted(box.addresses) == ["carol@example.org", "dewi@example.org"]
    assert (paused.withdrawn_at, paused.withdrawn_why, paused.sent_at) == (NOON, "paused since", None)
    assert other.sent_at == NOON and link.sent_at == NOON


def test_it_is_asked_again_before_every_try(app: Flask, cast: Cast) -> None:
    answers = iter([None, None, "left since"])
    post.ask_before_sending("reminder:", lambda _letter: next(answers))
    with carriers(app, Box(raises(CannotCarry("away")))), clock.standing_at(NOON):
        letter = write(cast.hillside.id, kind="reminder:nudge")
        sweep_until_it_rests(letter, NOON)
    assert letter.withdrawn_why == "left since" and letter.tries == 3


def test_a_check_that_breaks_holds_its_message_back_and_no_other(app: Flask, cast: Cast) -> None:
    def check(letter: Letter) -> str | None:
        db.session.execute(select(func.no_such_function()))
        return None

    post.ask_before_sending("reminder:", check)
    box = Box()
    with carriers(app, box), clock.standing_at(NOON):
        letter = write(cast.hillside.id, kind="reminder:nudge")
        write(cast.hillside.id, "dewi@example.org")
        sweep_at(NOON)
        enter_service(cast.hillside.id)
        assert letter.sent_at is None and letter.last_error == "check: ProgrammingError"
        assert box.addresses == ["dewi@example.org"]
        sweep_until_it_rests(letter, NOON)
    assert letter.failed_at is not None, "a person sees it after 48 hours"


def test_what_was_withdrawn_stays_so_and_what_was_sent_cannot_be(app: Flask, cast: Cast) -> None:
    box = Box()
    with carriers(app, box), clock.standing_at(NOON):
        letter, sent = write(cast.hillside.id), write(cast.hillside.id, "dewi@example.org")
        post.withdraw(letter, "not so any more")
        db.session.commit()
        sweep_at(NOON)
        post.withdraw(sent, "too late")
    assert box.addresses == ["dewi@example.org"] and sent.withdrawn_at is None


# -- failures


def test_an_address_that_is_refused_for_good_fails_at_once_and_is_told(app: Flask, cast: Cast) -> None:
    told: list[tuple[str, bool, str | None]] = []
    post.tell_me_of_failures(
        lambda letter: told.append((letter.to_address, letter.was_refused, letter.last_error))
    )
    with carriers(app, Box(raises(Refused("recipient 550")))), clock.standing_at(NOON):
        letter = write(cast.hillside.id)
        sweep_at(NOON)
    assert (letter.failed_at, letter.tries) == (NOON, 1)
    assert told == [("asha@example.org", True, "refused: recipient 550")]


def test_a_server_that_was_away_for_48_hours_is_told_as_no_refusal(app: Flask, cast: Cast) -> None:
    told: list[bool] = []
    post.tell_me_of_failures(lambda letter: told.append(letter.was_refused))
    with carriers(app, Box(raises(TimeoutError()))), clock.standing_at(NOON):
        letter = write(cast.hillside.id)
        sweep_until_it_rests(letter, NOON)
    assert told == [False] and letter.last_error == "TimeoutError"


def test_a_listener_that_breaks_does_not_hide_the_failure(app: Flask, cast: Cast) -> None:
    def listener(_letter: Letter) -> None:
        db.session.execute(select(func.no_such_function()))

    post.tell_me_of_failures(listener)
    with carriers(app, Box(raises(Refused("recipient 550")))), clock.standing_at(NOON):
        letter = write(cast.hillside.id)
        sweep_at(NOON)
        enter_service(cast.hillside.id)
        assert post.numbers(cast.hillside.id).failed == 1
        db.session.refresh(letter)
    assert letter.failed_at == NOON


def test_a_first_try_is_not_the_last_however_long_nobody_swept(app: Flask, cast: Cast) -> None:
    faults = [CannotCarry("greylisted")]

    def once() -> None:
        if faults:
            raise faults.pop()

    with carriers(app, Box(once)), clock.standing_at(NOON):
        letter = write(cast.hillside.id)
        sweep_until_it_rests(letter, NOON + timedelta(days=3), at_most=timedelta(hours=5))
    assert letter.sent_at is not None and letter.tries == 2


@pytest.mark.parametrize(
    "address",
    [
        "",
        "no-at",
        "a@example.org, b@example.org",
        "a@example.org\nBcc: b@example.org",
        "siân@example.org",
        "a b@example.org",
    ],
)
def test_what_is_not_one_address_is_refused_and_stops_nobody_else(
    app: Flask, cast: Cast, address: str
) -> None:
    box = Box()
    with carriers(app, box), clock.standing_at(NOON):
        letter = write(cast.hillside.id, address)
        write(cast.hillside.id, "dewi@example.org")
        sweep_at(NOON)
    assert box.addresses == ["dewi@example.org"]
    assert letter.failed_at == NOON and letter.was_refused


def test_numbers_of_a_service_are_its_own(app: Flask, cast: Cast) -> None:
    with carriers(app, Box(raises(Refused("recipient 550")))), clock.standing_at(NOON):
        write(cast.hillside.id)
        sweep_at(NOON)
        write(cast.hillside.id, "later@example.org")
        write(cast.hillside.id, "12 Hill Road", channel="letter")
        write(cast.valley.id)
        sweep = post.numbers(cast.valley.id)
        enter_service(cast.hillside.id)
        assert post.numbers(cast.hillside.id) == post.Numbers(1, NOON, 1, 1)
    assert sweep == post.Numbers(1, NOON, 0, 0)


# -- ways


def test_a_text_goes_to_the_phones_and_never_to_the_mail_server(app: Flask, cast: Cast) -> None:
    box, phones = Box(), Phones()
    with carriers(app, box, phones), clock.standing_at(NOON):
        assert post.can_text()
        letter = write(cast.hillside.id, "+447700900123", channel="text")
        sweep_at(NOON)
    assert phones.took == [("+447700900123", "Words", str(letter.id), False)] and box.took == []


def test_without_a_key_a_text_waits_is_shown_as_trouble_and_fails_in_the_end(app: Flask, cast: Cast) -> None:
    box = Box()
    with carriers(app, box), clock.standing_at(NOON):
        assert not post.can_text()
        letter = write(cast.hillside.id, "+447700900123", channel="text")
        mail = write(cast.hillside.id)
        sweep_at(NOON)
        trouble = health.state().troubles[0]
        assert (trouble.channel, trouble.settings, trouble.why) == ("text", True, "texts are switched off")
        sweep_until_it_rests(letter, NOON)
    assert letter.failed_at is not None and not letter.was_refused
    assert box.addresses == ["asha@example.org"] and mail.sent_at == NOON


def test_a_printed_letter_waits_for_a_person(app: Flask, cast: Cast) -> None:
    box, phones = Box(), Phones()
    with carriers(app, box, phones), clock.standing_at(NOON):
        letter = write(cast.hillside.id, "12 Hill Road", channel="letter")
        sweep_at(NOON + timedelta(days=5))
        enter_service(cast.hillside.id)
        db.session.refresh(letter)
    assert (box.took, phones.took, letter.tries, letter.failed_at) == ([], [], 0, None)


def test_an_e_mail_has_both_forms_of_its_words_and_one_tap_to_stop(app: Flask, cast: Cast) -> None:
    box = Box()
    with carriers(app, box):
        letter = write(cast.hillside.id, html="<p>Words</p>", stop_url="https://pain.example.org/r/abc/stop")
        sweep_at(clock.now())
    [message] = box.took
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message["List-Unsubscribe"] == "<https://pain.example.org/r/abc/stop>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Message-ID"] == letter.message_id


def test_a_link_has_no_such_header(app: Flask, cast: Cast) -> None:
    box = Box()
    with carriers(app, box):
        write(cast.hillside.id)
        sweep_at(clock.now())
    assert box.took[0]["List-Unsubscribe"] is None and not box.took[0].is_multipart()


def test_no_name_adds_a_header(app: Flask, cast: Cast) -> None:
    box = Box()
    with carriers(app, box):
        enter_service(cast.hillside.id)
        subject = "Hello Asha\r\nBcc: b@example.org\x0b\x85\u2028Cc: c@example.org"
        post.write(cast.hillside.id, "note", "asha@example.org", subject, "Words", language="en")
        db.session.commit()
        sweep_at(clock.now())
    [message] = box.took
    assert message["Bcc"] is None and message["Cc"] is None
    assert message["Subject"] == "Hello Asha Bcc: b@example.org Cc: c@example.org"


# -- sweeping


def test_a_service_with_very_many_messages_does_not_hold_up_another(app: Flask, cast: Cast) -> None:
    def after_a_hundred() -> None:
        if len(box.took) == 100:
            raise CannotCarry("enough for this test")

    box = Box(after_a_hundred)
    with carriers(app, box), clock.standing_at(NOON):
        fill(cast.hillside.id, 10_000)
        write(cast.valley.id, "bran@example.org")
        assert sweep_at(NOON) == 100
    assert box.addresses.index("bran@example.org") <= sweeping.PER_TURN


def test_a_server_that_is_away_is_asked_once_a_sweep_not_once_a_message(app: Flask, cast: Cast) -> None:
    asked: list[datetime] = []

    def away() -> None:
        asked.append(clock.now())
        raise CannotCarry("ConnectionRefusedError")

    box = Box(away)
    with carriers(app, box), clock.standing_at(NOON):
        letters = [
            write(one.id, f"p{n}@example.org") for one in (cast.hillside, cast.valley) for n in range(3)
        ]
        sweep_at(NOON)
        assert len(asked) == 1
        box.fault = lambda: None
        assert sweep_at(NOON + timedelta(minutes=1)) == 5, "those that were not tried are due as before"
        assert sweep_at(NOON + timedelta(minutes=2)) == 1
    assert sorted(letter.tries for letter in letters) == [1, 1, 1, 1, 1, 2]


def test_a_server_that_is_away_for_two_days_fails_them_all(app: Flask, cast: Cast) -> None:
    with carriers(app, Box(raises(CannotCarry("away")))), clock.standing_at(NOON):
        letters = [write(cast.hillside.id, f"p{n}@example.org") for n in range(30)]
        for hours in (0, 24, 48, 49, 54, 60):
            sweep_at(NOON + timedelta(hours=hours))
        enter_service(cast.hillside.id)
        for letter in letters:
            db.session.refresh(letter)
    assert all(letter.failed_at for letter in letters)


def test_three_cuts_in_a_row_end_the_channels_part_of_the_sweep(app: Flask, cast: Cast) -> None:
    tried: list[int] = []

    def cut() -> None:
        tried.append(1)
        raise ConnectionResetError

    with carriers(app, Box(cut), Phones()), clock.standing_at(NOON):
        for number in range(9):
            write(cast.hillside.id, f"p{number}@example.org")
        write(cast.hillside.id, "+447700900123", channel="text")
        assert sweep_at(NOON) == 1, "texts go all the same"
    assert len(tried) == delivering.FAULTS_IN_A_ROW


def test_one_poisonous_message_does_not_come_first_again_and_again(app: Flask, cast: Cast) -> None:
    class Killed(BaseException):
        """The process dies."""

    def kill_once(message: EmailMessage) -> None:
        if "poison" in str(message["To"]):
            raise Killed
        box(message)

    box = Box()
    with carriers(app, kill_once), clock.standing_at(NOON):
        poison = write(cast.hillside.id, "poison@example.org")
        write(cast.hillside.id, "dewi@example.org")
        with pytest.raises(Killed):
            sweep_at(NOON)
        db.session.rollback()
        sweep_at(NOON)
    assert box.addresses == ["dewi@example.org"] and poison.tries == 1


def test_two_sweeps_do_not_run_at_once(app: Flask, cast: Cast) -> None:
    box = Box()
    with carriers(app, box):
        write(cast.hillside.id)
        with app.app_context(), sweeping.alone() as is_alone:
            assert is_alone
            assert sweep_at(clock.now()) == 0 and box.took == []
        assert sweep_at(clock.now()) == 1


# -- heartbeats


@pytest.fixture
def no_real_time(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The machine's own clock as a list of one number, in seconds, that tests turn."""
    seconds = [0.0]
    monkeypatch.setattr(sweeping.time, "monotonic", lambda: seconds[0])
    return seconds


def test_a_slow_server_and_ten_thousand_messages_leave_the_worker_alive(
    app: Flask, cast: Cast, no_real_time: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    began = clock.now()
    monkeypatch.setattr(clock, "now", lambda: began + timedelta(seconds=no_real_time[0]))
    alive: list[bool] = []

    def slow() -> None:  # nine seconds a message: more than a day for ten thousand
        no_real_time[0] += 9
        with app.app_context():
            alive.append(health.state().parts["worker"])

    with carriers(app, Box(slow)):
        enter_service(cast.hillside.id)
        fill(cast.hillside.id, 10_000)
        for _minute in range(10):
            jobs.sweep_outbox()
    assert len(alive) == 60 and all(alive), "each sweep ends after 50 seconds"


def test_a_sweep_ends_before_the_next_begins(app: Flask, cast: Cast, no_real_time: list[float]) -> None:
    def slow() -> None:
        no_real_time[0] += 7

    with carriers(app, Box(slow)), clock.standing_at(NOON):
        for number in range(12):
            write(cast.hillside.id, f"p{number}@example.org")
        assert sweep_at(NOON) == 8, "50 seconds at 7 seconds each"
        assert sweep_at(NOON + timedelta(minutes=1)) == 4


def test_a_dead_worker_is_red_within_five_minutes(app: Flask, cast: Cast) -> None:
    with carriers(app):
        sweep_at(NOON)
        for minutes, is_well in ((0, True), (4, True), (5, False), (60, False)):
            with clock.standing_at(NOON + timedelta(minutes=minutes)):
                assert health.state().parts["worker"] is is_well
                assert app.test_client().get("/health/ready").get_json()["worker"] is is_well
        sweep_at(NOON + timedelta(minutes=61))
        with clock.standing_at(NOON + timedelta(minutes=62)):
            assert health.state().parts["worker"] is True


def test_trouble_is_shown_from_its_beginning_until_something_is_taken(app: Flask, cast: Cast) -> None:
    box = Box(raises(CannotCarry("SMTPAuthenticationError 535", settings=True)))
    with carriers(app, box), clock.standing_at(NOON):
        letter = write(cast.hillside.id)
        sweep_at(NOON)
        box.fault = raises(CannotCarry("ConnectionRefusedError"))
        sweep_at(NOON + timedelta(minutes=2))
        [trouble] = health.state().troubles
        assert trouble == heartbeats.Trouble("email", False, "ConnectionRefusedError", NOON)
        assert health.state().parts["post"] is True, "a moment is no trouble yet"
        with clock.standing_at(NOON + timedelta(minutes=5)):
            assert health.state().parts["post"] is False and not health.state().is_well
        box.fault = lambda: None
        sweep_at(letter.next_try_at)
        assert health.state().troubles == () and health.state().parts["post"] is True
        assert letter.failed_at is None and letter.sent_at is not None


def test_nothing_is_made_of_a_service_without_messages(app: Flask, cast: Cast) -> None:
    box = Box()
    with carriers(app, box):
        assert sweep_at(clock.now()) == 0
    assert box.took == [] and heartbeats.last_beat("nobody-" + uuid4().hex) is None
