"""E-mail by SMTP: one connection for a batch, a limit of time for each message, and what each refusal means."""

from __future__ import annotations

import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

from .carriers import CannotCarry, Carrier, Refused

WAITS_SECONDS = 30.0
"""For one answer of the server."""
LONGEST_SECONDS = 90.0
"""For one message, connecting included: a server that answers letter by letter must not hold up the others."""
MESSAGES_A_CONNECTION = 50
REFUSES_THE_MESSAGE = frozenset({550, 551, 552, 553, 554})
"""Answers to the words of a message that no later try will change. Source: RFC 5321 4.2.3; 500 to 504 and 530 are
about how we speak."""


class BySmtp:
    """A carrier to the mail server at ``url`` (``smtp://name:password@host:587`` or ``smtps://…``)."""

    def __init__(
        self, url: str, *, waits_s: float = WAITS_SECONDS, longest_s: float = LONGEST_SECONDS
    ) -> None:
        self._parts, self._waits_s, self._longest_s = urlsplit(url), waits_s, longest_s

    def __call__(self, message: EmailMessage) -> None:
        """Hand one message over on a connection of its own."""
        with self.held_open() as carry:
            carry(message)

    @contextmanager
    def held_open(self) -> Iterator[Carrier]:
        """A carrier that keeps its connection from one message to the next, and closes it at the end."""
        held = _Held(self._parts, self._waits_s, self._longest_s)
        try:
            yield held
        finally:
            held.close()


@contextmanager
def held_open(carrier: Carrier) -> Iterator[Carrier]:
    """The carrier for a whole batch: by SMTP on one connection, any other as it is."""
    if isinstance(carrier, BySmtp):
        with carrier.held_open() as held:
            yield held
    else:
        yield carrier


class _Held:
    """One connection, made when the first message comes and anew after anything went wrong."""

    def __init__(self, parts: SplitResult, waits_s: float, longest_s: float) -> None:
        self._parts, self._waits_s, self._longest_s = parts, waits_s, longest_s
        self._server: smtplib.SMTP | None = None
        self._carried = 0

    def __call__(self, message: EmailMessage) -> None:
        """Hand the message over. After any error, and after fifty, the connection is not used again."""
        is_well = False
        try:
            with self._no_longer_than() as time:
                self._connect(time)
                time.watch(self._server)
                self._hand_over(message)
            self._carried += 1
            is_well = self._carried < MESSAGES_A_CONNECTION
        finally:
            if not is_well:
                self.close()

    @contextmanager
    def _no_longer_than(self) -> Iterator[_Time]:
        time = _Time(self._longest_s)
        try:
            yield time
        finally:
            time.stop()

    def _connect(self, time: _Time) -> None:
        if self._server is not None and _still_answers(self._server):
            return
        self.close()
        try:
            self._server = open_connection(self._parts, self._waits_s, time)
        except (smtplib.SMTPException, OSError) as error:
            raise _no_connection(error) from error

    def _hand_over(self, message: EmailMessage) -> None:
        assert self._server is not None
        recipient = message["To"].addresses[0].addr_spec
        try:
            self._server.send_message(message, to_addrs=[recipient])
        except smtplib.SMTPRecipientsRefused as error:
            _judge_the_address(*error.recipients[recipient])
            raise
        except smtplib.SMTPSenderRefused as error:
            if error.smtp_code >= 500:
                raise CannotCarry(f"sender {error.smtp_code}", settings=True) from error
            raise
        except smtplib.SMTPDataError as error:
            if error.smtp_code in REFUSES_THE_MESSAGE:
                is_policy = _says(error.smtp_error).startswith(b"5.7.")
                raise Refused(f"message {error.smtp_code}", of_address=not is_policy) from error
            raise
        except smtplib.SMTPNotSupportedError as error:
            raise CannotCarry("sender is not ASCII", settings=True) from error

    def close(self) -> None:
        """End the connection, politely if the server still listens."""
        server, self._server, self._carried = self._server, None, 0
        if server is not None:
            if server.sock is not None:
                server.sock.settimeout(min(2.0, self._waits_s))
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()


class _Time:
    """Cuts the connection when its time is over, in whatever answer it waits."""

    def __init__(self, seconds: float) -> None:
        self._server: smtplib.SMTP | None = None
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def watch(self, server: smtplib.SMTP | None) -> None:
        """This is the connection to cut."""
        self._server = server

    def stop(self) -> None:
        """In time."""
        self._timer.cancel()

    def _cut(self) -> None:
        server = self._server
        if server is not None and isinstance(server.sock, socket.socket):
            with suppress(OSError):
                server.sock.shutdown(socket.SHUT_RDWR)


def open_connection(parts: SplitResult, waits_s: float, time: _Time) -> smtplib.SMTP:
    """Connect, encrypt where the server can (``smtps``: always), and log in.

    Raises:
        smtplib.SMTPException, OSError: that was not possible; no connection is left open.
    """
    context = ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(timeout=waits_s, context=context)
    else:
        server = smtplib.SMTP(timeout=waits_s)
    time.watch(server)
    try:
        _greet(server, parts, context)
    except BaseException:
        server.close()
        raise
    return server


def _greet(server: smtplib.SMTP, parts: SplitResult, context: ssl.SSLContext) -> None:
    host, port = parts.hostname or "localhost", parts.port or (465 if parts.scheme == "smtps" else 587)
    server._host = host  # type: ignore[attr-defined]  # TLS checks this name; only the constructor sets it
    code, answer = server.connect(host, port)
    if code != 220:
        raise smtplib.SMTPConnectError(code, answer)
    server.ehlo_or_helo_if_needed()
    if parts.scheme == "smtp" and server.has_extn("starttls"):
        _encrypt(server, context)
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))


def _encrypt(server: smtplib.SMTP, context: ssl.SSLContext) -> None:
    code, answer = server.starttls(context=context)
    if code != 220:
        raise smtplib.SMTPResponseException(code, answer)
    server.ehlo()


def _still_answers(server: smtplib.SMTP) -> bool:
    try:
        return server.noop()[0] == 250
    except (smtplib.SMTPException, OSError):
        return False


def _no_connection(error: Exception) -> CannotCarry:
    """Why there is no connection; a refused login, TLS or certificate needs a person."""
    code = getattr(error, "smtp_code", None)
    needs_a_person = (
        isinstance(error, ssl.SSLError | smtplib.SMTPNotSupportedError)
        or type(error) is smtplib.SMTPException  # no way to log in that both sides know
        or (code or 0) >= 500
    )
    why = type(error).__name__ + (f" {code}" if code else "")
    return CannotCarry(why, settings=needs_a_person)


def _says(answer: bytes | str) -> bytes:
    return answer if isinstance(answer, bytes) else answer.encode()


def _judge_the_address(code: int, answer: bytes) -> None:
    """A refusal for good: of this address, or (530, and 5.7: "relaying denied") of ours.

    Source: RFC 5321 4.2; RFC 3463 3.8, where 5.7.x is policy: the server does not send for us.
    """
    if code == 530 or (code >= 500 and answer.startswith(b"5.7.")):
        raise CannotCarry(f"recipient {code} policy", settings=True)
    if code >= 500:
        raise Refused(f"recipient {code}")
