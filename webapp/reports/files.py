"""The files of a copy as text, bit by bit, and a zip file that is sent while it is being made."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from .rules import plain_text

BYTE_ORDER_MARK = "\ufeff"  # spreadsheets then read the file as UTF-8
ENOUGH_TO_SEND_BYTES = 64 * 1024
ROWS_AT_A_TIME = 100
Part = tuple[str, Iterable[str]]
"""A file's name and its text, bit by bit."""


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table as RFC 4180 has it: commas, quotes where needed, lines that end with CR LF, UTF-8 with its mark.

    The cells are text already: ``rules.cell`` makes it.
    """
    held = io.StringIO()
    writer = csv.writer(held)
    held.write(BYTE_ORDER_MARK)
    writer.writerow(headings)
    for place, row in enumerate(rows, start=1):
        writer.writerow(row)
        if place % ROWS_AT_A_TIME == 0:
            yield _emptied(held)
    yield _emptied(held)


def ndjson_text(resources: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """One resource a line."""
    for one in resources:
        yield json_text(one) + "\n"


def json_text(resource: Mapping[str, Any], indent: int | None = None) -> str:
    """A resource as JSON: letters as they are (but for those that FHIR forbids), never NaN."""
    return json.dumps(_plain(resource), ensure_ascii=False, allow_nan=False, indent=indent)


def zipped(parts: Iterable[Part], at: datetime, zone: str) -> Iterator[bytes]:
    """A zip file of these files, in pieces: nothing waits in memory but the piece that is being made."""
    outlet = _Outlet()
    with ZipFile(outlet, "w", ZIP_DEFLATED) as archive:
        for name, text in parts:
            about = ZipInfo(name, at.astimezone(ZoneInfo(zone)).timetuple()[:6])
            about.compress_type = ZIP_DEFLATED
            with archive.open(about, "w", force_zip64=True) as file:
                for piece in text:
                    file.write(piece.encode())
                    if outlet.size >= ENOUGH_TO_SEND_BYTES:
                        yield outlet.taken()
    yield outlet.taken()


def _plain(node: Any) -> Any:
    match node:
        case str():
            return plain_text(node)
        case dict():
            return {name: _plain(value) for name, value in node.items()}
        case list():
            return [_plain(one) for one in node]
        case _:
            return node


def _emptied(held: io.StringIO) -> str:
    text = held.getvalue()
    held.seek(0)
    held.truncate()
    return text


class _Outlet(io.RawIOBase):
    """Where the zip file is written to: keeps what nobody has taken yet."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        self.size += len(piece)
        return len(piece)

    def taken(self) -> bytes:
        """All that is here, which is then gone."""
        pieces, self._pieces, self.size = self._pieces, [], 0
        return b"".join(pieces)
