"""E-mail to a real SMTP server that refuses, is slow, and cuts the line before, in and after the words of a message."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.cast import Cast
from tests.foundations.mail_server import HOST, MailServer, closed_port, serving
from tests.foundations.post_office import NOON, carriers, sweep_at, sweep_until_it_rests, write
from webapp.foundations import clock, health
from webapp.foundations.mailing import BySmtp
from webapp.foundations.outbox import Letter

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH")  # aiosmtpd's own, about a server for tests


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with serving(MailServer()) as server:
        yield server


def by(server: MailServer, **more: str) -> BySmtp:
    return BySmtp(server.url(**more), waits_s=1.0, longest_s=2.0)


def one_sweep(app: Flask, cast: Cast, carrier: BySmtp) -> Letter:
    """A message after one sweep."""
    with carriers(app, carrier), clock.standing_at(NOON):
        letter = write(cast.hillside.id)
        sweep_at(NOON)
    return letter


def until_it_rests(app: Flask, carrier: BySmtp, letter: Letter) -> None:
    with carriers(app, carrier):
        sweep_until_it_rests(letter, NOON + timedelta(minutes=1))


def test_a_message_is_taken_with_its_id(app: Flask, cast: Cast, mail_server: MailServer) -> None:
    letter = one_sweep(app, cast, by(mail_server))
    [message] = mail_server.took
    assert letter.sent_at == NOON
    assert (message["Message-ID"], message["To"]) == (letter.message_id, "asha@example.org")
    assert letter.message_id.endswith("@localhost>"), "the sender's domain"
    assert message.get_content().strip() == "Words"


GOOD_REASONS = [
    ("rcpt", "550 5.1.1 no such mailbox"),
    ("rcpt", "551 not here"),
    ("rcpt", "553 mailbox name not allowed"),
    ("words", "550 no"),
    ("words", "552 too big"),
    ("words", "553 no"),
    ("words", "554 5.6.0 no"),
]


@pytest.mark.parametrize(("place", "answer"), GOOD_REASONS)
def test_a_refusal_for_good_is_a_failure_at_once(
    app: Flask, cast: Cast, mail_server: MailServer, place: str, answer: str
) -> None:
    mail_server.faults[place] = answer
    letter = one_sweep(app, cast, by(mail_server))
    assert letter.failed_at == NOON and letter.was_refused and letter.tries == 1
    assert answer[:3] in str(letter.last_error) and "@" not in str(letter.last_error)
    assert health.state().troubles == (), "the address's trouble, not the server's"


def test_words_that_are_not_wanted_fail_and_do_not_mark_the_address(
    app: Flask, cast: Cast, mail_server: MailServer
) -> None:
    mail_server.faults["words"] = "554 5.7.1 looks like spam"
    letter = one_sweep(app, cast, by(mail_server))
    assert (
        letter.failed_at == NOON and not letter.was_refused and letter.last_error == "not wanted: message 554"
    )


FOR_NOW = [
    ("connect", "cut"),
    ("connect", "slow"),
    ("connect", "421 come back later"),
    ("mail", "cut"),
    ("mail", "slow"),
    ("mail", "451 later"),
    ("rcpt", "cut"),
    ("rcpt", "slow"),
    ("rcpt", "dribble"),
    ("rcpt", "450 greylisted"),
    ("rcpt", "452 full for now"),
    ("data", "cut"),
    ("data", "slow"),
    ("data", "451 later"),
    ("words", "cut"),
    ("words", "451 later"),
    ("words", "452 no room"),
    ("words", "500 not understood"),
]


@pytest.mark.parametrize(("place", "fault"), FOR_NOW)
def test_what_may_pass_is_tried_again_and_arrives_once(
    app: Flask, cast: Cast, mail_server: MailServer, place: str, fault: str
) -> None:
    mail_server.faults[place], mail_server.times = fault, 2
    carrier = by(mail_server)
    letter = one_sweep(app, cast, carrier)
    assert (letter.sent_at, letter.failed_at, letter.tries) == (None, None, 1)
    assert letter.next_try_at == NOON + timedelta(minutes=2) and letter.last_error
    until_it_rests(app, carrier, letter)
    assert letter.sent_at is not None
    assert [message["Message-ID"] for message in mail_server.took] == [letter.message_id]


@pytest.mark.parametrize("fault", ["cut after", "slow after"])
def test_taken_but_unanswered_goes_again_with_the_same_id(
    app: Flask, cast: Cast, mail_server: MailServer, fault: str
) -> None:
    """The documented window: the server took it, and its answer did not reach us."""
    mail_server.faults["words"], mail_server.times = fault, 1
    carrier = by(mail_server)
    letter = one_sweep(app, cast, carrier)
    assert letter.sent_at is None and len(mail_server.took) == 1
    until_it_rests(app, carrier, letter)
    assert [message["Message-ID"] for message in mail_server.took] == [letter.message_id] * 2


def test_a_server_that_answers_letter_by_letter_is_cut_in_time(mail_server: MailServer) -> None:
    import time

    from webapp.foundations.carriers import as_email

    mail_server.faults["rcpt"] = "dribble"
    message = as_email(_letter(), "Hillside <no-reply@example.org>")
    began = time.monotonic()
    with pytest.raises(OSError):
        by(mail_server)(message)
    assert time.monotonic() - began < 5, "each single letter came within the second that an answer may take"


def test_nobody_listens(app: Flask, cast: Cast) -> None:
    letter = one_sweep(app, cast, BySmtp(f"smtp://{HOST}:{closed_port()}", waits_s=1.0))
    assert letter.failed_at is None and letter.last_error == "ConnectionRefusedError"


SETTINGS = [
    ("mail", "550 sender not allowed", "sender 550"),
    ("rcpt", "550 5.7.1 relaying denied", "recipient 550 policy"),
    ("rcpt", "530 log in first", "recipient 530 policy"),
    ("connect", "554 go away", "SMTPConnectError 554"),
]


@pytest.mark.parametrize(("place", "answer", "why"), SETTINGS)
def test_a_refusal_of_ourselves_is_a_matter_of_settings(
    app: Flask, cast: Cast, mail_server: MailServer, place: str, answer: str, why: str
) -> None:
    mail_server.faults[place] = answer
    letter = one_sweep(app, cast, by(mail_server))
    assert letter.failed_at is None, "it is not the message's failure"
    [trouble] = health.state().troubles
    assert (trouble.channel, trouble.settings, trouble.why) == ("email", True, why)


def test_a_refused_login_is_shown_and_holds_every_message(
    app: Flask, cast: Cast, mail_server: MailServer
) -> None:
    mail_server.login = ("name", "p@ss")
    wrong = by(mail_server, who="name:wrong@")
    letter = one_sweep(app, cast, wrong)
    assert letter.failed_at is None and letter.last_error == "SMTPAuthenticationError 535"
    [trouble] = health.state().troubles
    assert trouble.settings and trouble.why == "SMTPAuthenticationError 535"
    until_it_rests(app, by(mail_server, who="name:p%40ss@"), letter)
    assert letter.sent_at is not None and health.state().troubles == ()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A certificate that nobody has signed."""
    import subprocess

    folder = tmp_path_factory.mktemp("certificate")
    key, cert = folder / "key.pem", folder / "cert.pem"
    made = (
        f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={HOST} -addext subjectAltName=IP:{HOST}"
    )
    subprocess.run(
        [*made.split(), "-keyout", str(key), "-out", str(cert)],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    context.certificate_file = Path(cert)  # type: ignore[attr-defined]
    return context


def test_a_certificate_that_nobody_signed_is_a_matter_of_settings(
    app: Flask, cast: Cast, certificate: ssl.SSLContext
) -> None:
    with serving(MailServer(), tls=certificate) as server:
        letter = one_sweep(app, cast, by(server))
        assert letter.failed_at is None and server.took == []
    [trouble] = health.state().troubles
    assert trouble.settings and trouble.why.startswith("SSLCertVerificationError")


def test_a_signed_one_encrypts(
    app: Flask, cast: Cast, certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.certificate_file))  # type: ignore[attr-defined]
    with serving(MailServer(login=("name", "word")), tls=certificate) as server:
        letter = one_sweep(app, cast, by(server, who="name:word@"))
    assert letter.sent_at == NOON and len(server.took) == 1


@pytest.mark.parametrize(("answer", "is_settings"), [("454 not now", False), ("502 no", True)])
def test_refused_encryption_never_goes_on_in_clear(
    app: Flask, cast: Cast, certificate: ssl.SSLContext, answer: str, is_settings: bool
) -> None:
    with serving(MailServer({"starttls": answer}), tls=certificate) as server:
        letter = one_sweep(app, cast, by(server))
        assert server.took == [] and letter.failed_at is None
    assert [trouble.settings for trouble in health.state().troubles] == [is_settings]


def test_one_connection_carries_a_batch_and_a_refusal_does_not_end_it(
    app: Flask, cast: Cast, mail_server: MailServer
) -> None:
    with carriers(app, by(mail_server)), clock.standing_at(NOON):
        for number in range(30):
            write((cast.hillside, cast.valley)[number % 2].id, f"p{number}@example.org")
        assert sweep_at(NOON) == 30
        assert mail_server.connections == 1
        mail_server.faults["rcpt"], mail_server.times = "550 no such mailbox", 1
        for number in range(5):
            write(cast.hillside.id, f"q{number}@example.org")
        assert sweep_at(NOON) == 4


def test_a_connection_is_made_anew_after_fifty(app: Flask, cast: Cast, mail_server: MailServer) -> None:
    with carriers(app, by(mail_server)), clock.standing_at(NOON):
        for number in range(60):
            write(cast.hillside.id, f"p{number}@example.org")
        assert sweep_at(NOON) == 60
    assert mail_server.connections == 2


def test_an_address_abroad_is_written_in_ascii(app: Flask, cast: Cast, mail_server: MailServer) -> None:
    with carriers(app, by(mail_server)), clock.standing_at(NOON):
        write(cast.hillside.id, "asha@exämple.org")
        assert sweep_at(NOON) == 1
    assert mail_server.took[0]["To"] == "asha@xn--exmple-cua.org"


def _letter() -> Letter:
    return Letter(
        kind="note",
        to_address="asha@example.org",
        language="en",
        subject="Your link",
        text="Words",
        message_id="<1@example.org>",
        written_at=NOON,
    )
