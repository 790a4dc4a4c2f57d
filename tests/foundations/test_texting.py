"""Texts by GOV.UK Notify's client to a made-up Notify: taken, refused, too many, broken and cut; never sent twice."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from tests.cast import Cast
from tests.foundations.mail_server import closed_port
from tests.foundations.notify_server import KEY, TEMPLATE, Notify, serving
from tests.foundations.post_office import NOON, Box, carriers, sweep_at, sweep_until_it_rests, write
from webapp.foundations import clock, health
from webapp.foundations.carriers import as_email
from webapp.foundations.outbox import Letter
from webapp.foundations.settings import SettingsRefused, load_settings
from webapp.foundations.texting import ByNotify

NUMBER = "+447700900123"


@pytest.fixture
def notify() -> Iterator[Notify]:
    with serving(Notify()) as running:
        yield running


def one_sweep(app: Flask, cast: Cast, notify: Notify, *, key: str = KEY) -> Letter:
    with carriers(app, Box(), by(notify, key)), clock.standing_at(NOON):
        letter = write(cast.hillside.id, NUMBER, channel="text")
        sweep_at(NOON)
    return letter


def by(notify: Notify, key: str = KEY) -> ByNotify:
    return ByNotify(key, TEMPLATE, url=notify.url, waits_s=2)


def until_it_rests(app: Flask, notify: Notify, letter: Letter) -> None:
    with carriers(app, Box(), by(notify)):
        sweep_until_it_rests(letter, NOON + timedelta(minutes=1))


def test_a_text_is_taken(app: Flask, cast: Cast, notify: Notify) -> None:
    letter = one_sweep(app, cast, notify)
    [text] = notify.texts
    assert letter.sent_at == NOON and notify.asked == [], "a first try needs no question"
    assert (text["phone_number"], text["template_id"]) == (NUMBER, TEMPLATE)
    assert text["personalisation"] == {"text": "Words"} and text["reference"] == str(letter.id)


def test_a_number_that_is_none_fails_at_once(app: Flask, cast: Cast, notify: Notify) -> None:
    notify.fault = (400, [{"error": "ValidationError", "message": "phone_number Not enough digits"}])
    letter = one_sweep(app, cast, notify)
    assert letter.failed_at == NOON and letter.was_refused and letter.last_error == "refused: number 400"


@pytest.mark.parametrize(
    ("fault", "why", "is_settings"),
    [
        ((400, [{"error": "BadRequestError", "message": "Template not found"}]), "notify 400", True),
        (
            (400, [{"error": "BadRequestError", "message": "Missing personalisation: x in template"}]),
            "notify 400",
            True,
        ),
        (
            (
                400,
                [
                    {
                        "error": "BadRequestError",
                        "message": "Can’t send to this recipient using a team-only API key",
                    }
                ],
            ),
            "notify 400",
            True,
        ),
        ((403, [{"error": "AuthError", "message": "Invalid token: API key not found"}]), "notify 403", True),
        ((429, [{"error": "RateLimitError", "message": "Exceeded rate limit"}]), "notify 429", False),
        ((429, [{"error": "TooManyRequestsError", "message": "Exceeded send limits"}]), "notify 429", False),
        ("cut", "no connection", False),
    ],
)
def test_what_is_not_the_texts_fault_is_shown_and_tried_again(
    app: Flask, cast: Cast, notify: Notify, fault: object, why: str, is_settings: bool
) -> None:
    notify.fault = fault  # type: ignore[assignment]
    letter = one_sweep(app, cast, notify)
    assert (letter.sent_at, letter.failed_at, letter.last_error) == (None, None, why)
    [trouble] = health.state().troubles
    assert (trouble.channel, trouble.why, trouble.settings) == ("text", why, is_settings)
    notify.fault = ""
    until_it_rests(app, notify, letter)
    assert letter.sent_at is not None and len(notify.texts) == 1


@pytest.mark.parametrize("status", [400, 500, 502, 503])
def test_what_may_pass_is_tried_again(app: Flask, cast: Cast, notify: Notify, status: int) -> None:
    notify.fault = (status, [{"error": "Exception", "message": "Internal server error"}])
    letter = one_sweep(app, cast, notify)
    assert letter.failed_at is None and letter.last_error == "ConnectionError"
    notify.fault = ""
    until_it_rests(app, notify, letter)
    assert letter.sent_at is not None and len(notify.texts) == 1


@pytest.mark.parametrize("fault", ["cut after", "nonsense"])
def test_an_answer_that_did_not_reach_us_is_no_second_text(
    app: Flask, cast: Cast, notify: Notify, fault: str
) -> None:
    notify.fault = fault
    letter = one_sweep(app, cast, notify)
    assert letter.sent_at is None and len(notify.texts) == 1
    notify.fault = ""
    until_it_rests(app, notify, letter)
    assert letter.sent_at is not None
    assert notify.asked == [str(letter.id)] and len(notify.texts) == 1


def test_no_second_text_while_notify_cannot_be_asked(app: Flask, cast: Cast, notify: Notify) -> None:
    notify.fault = "cut after"
    letter = one_sweep(app, cast, notify)
    notify.fault, notify.asking_fails = "", True
    with carriers(app, Box(), by(notify)):
        sweep_at(letter.next_try_at)
    assert letter.sent_at is None and len(notify.texts) == 1
    notify.asking_fails = False
    until_it_rests(app, notify, letter)
    assert letter.sent_at is not None and len(notify.texts) == 1


@pytest.mark.parametrize(
    ("status", "texts", "is_refused"),
    [
        ("created", 1, False),
        ("delivered", 1, False),
        ("pending", 1, False),
        ("permanent-failure", 1, True),
        ("technical-failure", 2, False),
        ("temporary-failure", 2, False),
    ],
)
def test_what_became_of_the_first_one_decides(
    app: Flask, cast: Cast, notify: Notify, status: str, texts: int, is_refused: bool
) -> None:
    notify.fault, notify.status = "cut after", status
    letter = one_sweep(app, cast, notify)
    notify.fault, notify.status = "", "sending"
    until_it_rests(app, notify, letter)
    assert (len(notify.texts), letter.was_refused) == (texts, is_refused)
    assert bool(letter.sent_at) is not is_refused


def test_a_wrong_key_is_a_matter_of_settings(app: Flask, cast: Cast, notify: Notify) -> None:
    letter = one_sweep(app, cast, notify, key=KEY[:-1] + "1")
    assert letter.failed_at is None and health.state().troubles[0].settings
    assert notify.texts == []


def test_nobody_listens(app: Flask, cast: Cast) -> None:
    letter = one_sweep(app, cast, Notify(port=closed_port()))
    assert (letter.failed_at, letter.last_error) == (None, "no connection")


def test_no_number_reaches_the_logs(
    app: Flask,
    cast: Cast,
    notify: Notify,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    notify.fault = (400, [{"error": "ValidationError", "message": f"phone_number {NUMBER} is none"}])
    one_sweep(app, cast, notify)
    assert NUMBER not in capfd.readouterr().err + caplog.text


def test_the_client_is_not_loaded_before_a_text_goes() -> None:
    code = "import sys, webapp.building; sys.exit(any(n.startswith(('notifications_', 'requests')) for n in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


# -- settings


def test_texts_are_off_without_a_key_and_on_with_key_and_template() -> None:
    assert load_settings().notify_key == ""
    assert load_settings(notify_key=KEY, notify_template=TEMPLATE).notify_template == TEMPLATE


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"notify_key": KEY}, "WAYMARK_NOTIFY_TEMPLATE"),
        ({"notify_template": TEMPLATE}, "WAYMARK_NOTIFY_KEY"),
        ({"notify_key": "waymark-1234", "notify_template": TEMPLATE}, "WAYMARK_NOTIFY_KEY is not whole"),
        ({"notify_key": KEY, "notify_template": "Our template"}, "the template's id"),
    ],
)
@pytest.mark.parametrize("environment", ["demo", "production"])
def test_half_a_setting_is_refused_by_name(environment: str, given: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsRefused) as refused:
        load_settings(environment=environment, **given)
    assert named in str(refused.value) and KEY not in str(refused.value)


@pytest.mark.parametrize(
    "sender", ["Hillside", "", "Hillside <no-reply>", "siân@example.org", "A <a@example.org>\nBcc: b"]
)
def test_a_sender_that_is_no_address_is_refused(sender: str) -> None:
    with pytest.raises(SettingsRefused, match="WAYMARK_MAIL_FROM"):
        load_settings(mail_from=sender)


@pytest.mark.parametrize(
    "sender", ["a@example.org", "Siân’s team <a@example.org>", '"Hillside, at home" <a@example.org>']
)
def test_a_sender_stays_as_it_is_written(sender: str) -> None:
    message = as_email(_an_e_mail(), load_settings(mail_from=sender).mail_from)
    assert message["From"].addresses[0].addr_spec == "a@example.org"
    assert message["From"].addresses[0].display_name in ("", "Siân’s team", "Hillside, at home")


def _an_e_mail() -> Letter:
    named = {"to_address": "asha@example.org", "subject": "Your link", "text": "Words", "language": "en"}
    return Letter(message_id="<1@example.org>", written_at=NOON, **named)
