"""A message as plain words: an e-mail of 72 columns, a text of one line, and a letter whose paragraphs are one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from textwrap import fill

from .texts_file import Around, KindText
from .texts_parts import About, Block, HoleInMessage, Parts, blocks_of, filled, lines_of

COLUMNS = 72
STRAIGHT = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "}
)
"""Typographic signs that would turn a whole text into the costly alphabet. Letters of a language stay."""

PLAIN_LETTERS = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
COUNT_TWICE = frozenset("^{}\\[~]|€")
"""The alphabet of texts. Source: 3GPP TS 23.038 (GSM 7-bit default alphabet and its extension table)."""


def email_text(parts: Parts) -> str:
    """The e-mail for programs that show words alone."""
    pieces = [
        _wrapped(parts.greeting),
        *(_block(block, COLUMNS) for block in parts.body),
        *_also(parts.also_title, parts.also, COLUMNS),
        f"{parts.button.words}:\n{parts.button.address}",
        *([_replies(parts)] if parts.replies else []),
        "\n".join(map(_wrapped, parts.ends)),
        "\n".join(f"{link.words}:\n{link.address}" for link in (parts.pause, parts.stop)),
    ]
    return "\n\n".join(pieces) + "\n"


def sms_text(around: Around, lead: KindText, about: About) -> str:
    """The text: the lead's words with its link, then where to reply, pause or stop.

    Raises:
        HoleInMessage: the words need a value that is not there.
    """
    whole = f"{filled(lead.text, about.values)} {filled(around['text end'], about.values)}"
    return whole.translate(STRAIGHT)


def letter_text(around: Around, lead: KindText, others: Sequence[KindText], about: About) -> str:
    """The letter's words, below the address that the printed page brings. A paragraph is one line, for any size.

    Raises:
        HoleInMessage: this kind is never a letter, or there is no telephone number to ring.
    """
    if not lead.letter_body or not about.phone:
        raise HoleInMessage(
            f"'{lead.kind}' cannot be a letter: it has no words for one, or nobody can be rung."
        )
    values = about.values
    pieces = [
        filled(around["greeting"], values),
        *(_block(block, None) for block in blocks_of(lead.letter_body, about)),
        *_also(around["also"], lines_of(others, values), None),
        filled(around["letter phone"], values),
        filled(around["letter end"], values),
        about.service_name,
    ]
    return "\n\n".join(pieces) + "\n"


def texts_needed(words: str) -> int:
    """How many texts a phone company counts for it: 160 plain letters (153 in each of several), else 70 (67)."""
    if set(words) <= PLAIN_LETTERS | COUNT_TWICE:
        length, one, several = len(words) + sum(words.count(sign) for sign in COUNT_TWICE), 160, 153
    else:
        length, one, several = len(words.encode("utf-16-le")) // 2, 70, 67
    return 1 if length <= one else -(-length // several)


def _replies(parts: Parts) -> str:
    """Each reply with its link: on one line if all of them fit, else each link on a line of its own."""
    rows = [f"{link.words}: {link.address}" for link in parts.replies]
    if max(map(len, rows)) > COLUMNS:
        rows = [f"{link.words}:\n  {link.address}" for link in parts.replies]
    return "\n".join([_wrapped(parts.replies_title), "", *rows])


def _also(title: str, lines: Iterable[str], columns: int | None) -> list[str]:
    listed = [_bullet(line, columns) for line in lines]
    return ["\n".join([title, *listed])] if listed else []


def _block(block: Block, columns: int | None) -> str:
    words = ["".join(run.words for run in item) for item in block.items]
    if block.is_list:
        return "\n".join(_bullet(one, columns) for one in words)
    return _wrapped(words[0], columns)


def _wrapped(words: str, columns: int | None = COLUMNS) -> str:
    whole = re.sub(r"\s+", " ", words).strip()
    return fill(whole, columns, break_long_words=False, break_on_hyphens=False) if columns else whole


def _bullet(words: str, columns: int | None) -> str:
    if columns is None:
        return f"- {words}"
    return fill(f"- {words}", columns, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
