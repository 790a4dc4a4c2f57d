"""A real SMTP server that takes e-mails, or fails at the place it is told to."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HOST = "127.0.0.1"


@dataclass
class MailServer:
    """What it does at each place: an answer to give, ``cut``, ``slow``, ``cut after`` (it took the message), or nothing.

    places: ``connect``, ``mail``, ``rcpt``, ``data``, ``words``. Each fault is used up ``times`` times.
    """

    faults: dict[str, str] = field(default_factory=dict)
    times: int = 1_000_000
    login: tuple[str, str] | None = None
    took: list[EmailMessage] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    transports: list[Any] = field(default_factory=list, repr=False)

    def url(self, scheme: str = "smtp", who: str = "") -> str:
        """Its address as the setting has it."""
        return f"{scheme}://{who}{HOST}:{self.port}"

    def fault_at(self, place: str) -> str:
        """What to do here, this time."""
        if place not in self.faults or self.times <= 0:
            return ""
        self.times -= 1
        return self.faults[place]

    async def does(self, place: str, server: SMTP) -> str | None:
        """Do it: an answer to give, or None to go on as usual."""
        fault = self.fault_at(place)
        if fault == "cut":
            server.transport.abort()
            return "421 cut"
        if fault == "slow":
            await asyncio.sleep(30)
        if fault == "dribble":
            for _ in range(300):
                server.transport.write(b"2")
                await asyncio.sleep(0.1)
        return fault if fault[:3].isdigit() else None

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := await self.does("mail", server):
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := await self.does("rcpt", server):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        fault = self.fault_at("words")
        if fault == "cut":
            server.transport.abort()
            return "421 cut"
        if fault[:3].isdigit():
            return fault
        content = envelope.original_content or b""
        message = message_from_bytes(content, policy=policy.default)
        assert envelope.rcpt_tos == [str(message["To"])], "to whom it says, and to nobody else"
        self.took.append(message)  # type: ignore[arg-type]
        if fault == "cut after":
            server.transport.abort()
        if fault == "slow after":
            await asyncio.sleep(30)
        return "250 taken"


class _Smtp(SMTP):
    """Counts connections, and can fail as soon as somebody connects or wants to send the words."""

    def __init__(self, mail_server: MailServer, **options: Any) -> None:
        self._faulty = mail_server
        super().__init__(mail_server, **options)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._faulty.transports.append(transport)
        super().connection_made(transport)

    async def _handle_client(self) -> None:
        self._faulty.connections += 1
        if answer := await self._faulty.does("connect", self):
            await self.push(answer)
            self.transport.close()
            return
        await super()._handle_client()

    async def smtp_DATA(self, arg: str) -> None:
        if answer := await self._faulty.does("data", self):
            await self.push(answer)
            return
        await super().smtp_DATA(arg)

    async def smtp_STARTTLS(self, arg: str) -> None:
        if answer := await self._faulty.does("starttls", self):
            await self.push(answer)
            return
        await super().smtp_STARTTLS(arg)


@contextmanager
def serving(mail_server: MailServer, tls: ssl.SSLContext | None = None) -> Iterator[MailServer]:
    """The server, on a port of its own, until the end of the block."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def one() -> SMTP:
        return _Smtp(
            mail_server,
            hostname="mail.example.org",
            loop=loop,
            tls_context=tls,
            authenticator=lambda *given: _let_in(mail_server, given[-1]),
            auth_require_tls=False,
            auth_required=mail_server.login is not None,
        )

    async def begin() -> asyncio.Server:
        return await loop.create_server(one, HOST, 0)

    server = asyncio.run_coroutine_threadsafe(begin(), loop).result(10)
    mail_server.port = server.sockets[0].getsockname()[1]
    try:
        yield mail_server
    finally:
        asyncio.run_coroutine_threadsafe(_end(server, mail_server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _end(server: asyncio.Server, mail_server: MailServer) -> None:
    server.close()
    for transport in mail_server.transports:
        transport.abort()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0.05)


def _let_in(mail_server: MailServer, given: LoginPassword) -> AuthResult:
    known = mail_server.login or ("", "")
    is_known = (given.login.decode(), given.password.decode()) == known
    return AuthResult(success=is_known, handled=False)


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
