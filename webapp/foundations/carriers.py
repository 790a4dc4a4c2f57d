"""Carriers take a message to the outside world: e-mail by SMTP or into files, texts by a carrier of their own.

What goes wrong is one of three things. ``Refused``: this message will never be taken. ``CannotCarry``: nothing can be
taken just now (no connection, no login). Anything else (a cut, a full mailbox): this message, later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Protocol

from .outbox import Letter


class Refused(Exception):
    """This message will never be taken: ``why`` in a few technical words, without an address.

    of_address: because of its address, which will not take others either; else because of what it says.
    """

    def __init__(self, why: str, *, of_address: bool = True) -> None:
        super().__init__(why)
        self.why, self.of_address = why, of_address


class CannotCarry(Exception):
    """Nothing can be taken just now, whatever the message: ``why`` in a few technical words.

    settings: a person has to change a setting (a login, a key); else it may come back by itself.
    """

    def __init__(self, why: str, *, settings: bool = False) -> None:
        super().__init__(why)
        self.why, self.settings = why, settings


class Carrier(Protocol):
    """Takes an e-mail to the outside world. Raises as this module's first lines say."""

    def __call__(self, message: EmailMessage) -> None:
        """Hand the message over; it is taken once this returns."""
        ...


class TextCarrier(Protocol):
    """Takes a text message to the outside world. Raises as this module's first lines say."""

    def __call__(self, number: str, words: str, *, reference: str, tried_before: bool) -> None:
        """Hand the text over. ``tried_before``: an earlier try may have been taken, so ask before a second one."""
        ...


@dataclass(frozen=True)
class Carriers:
    """What can be sent from here. ``text`` is None while no key for texts is set."""

    email: Carrier
    text: TextCarrier | None = None


def as_email(letter: Letter, sender: str) -> EmailMessage:
    """The message as an e-mail with its stable Message-ID, to one address only.

    Raises:
        Refused: the address is not one address, or a header would not be a single line.
    """
    try:
        return _as_email(letter, sender)
    except (ValueError, IndexError, MessageError) as error:
        raise Refused(f"not an e-mail: {type(error).__name__}") from error


def _as_email(letter: Letter, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = (
        sender,
        one_address(letter.to_address),
        letter.subject,
    )
    message["Message-ID"], message["Date"] = letter.message_id, format_datetime(letter.written_at)
    message["Content-Language"], message["Auto-Submitted"] = letter.language, "auto-generated"
    if letter.stop_url:  # RFC 8058: e-mail programs show a button of their own
        message["List-Unsubscribe"] = f"<{letter.stop_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text)
    if letter.html:
        message.add_alternative(letter.html, subtype="html")
    return message


def one_address(address: str) -> Address:
    """Exactly one e-mail address, its domain in ASCII.

    Raises:
        ValueError, IndexError, email.errors.MessageError: it is none, or more than one.
    """
    name, at, domain = address.rpartition("@")
    return Address(addr_spec=f"{name}{at}{domain.encode('idna').decode()}")


def domain_of(sender: str) -> str:
    """The domain of a sender ``Name <name@domain>``, for Message-IDs; ``waymark`` where there is none."""
    return parseaddr(sender)[1].rpartition("@")[2] or "waymark"


def into_files(folder: Path) -> Callable[[EmailMessage], None]:
    """A carrier for trials: each e-mail becomes a file in ``folder``, which the terminal names."""

    def carry(message: EmailMessage) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        name = str(message["Message-ID"]).strip("<>").split("@")[0]
        (folder / f"{name}.eml").write_bytes(bytes(message))

    return carry
