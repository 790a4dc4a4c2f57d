"""Where to go next, when the address came from outside: only to a page of our own."""

from __future__ import annotations

from urllib.parse import urlsplit


def safe_path(wanted: str | None, otherwise: str = "/") -> str:
    """``wanted`` if it is a path on this site, else ``otherwise``. Never another host, scheme or a ``//`` trick."""
    if not wanted or not wanted.startswith("/") or wanted.startswith("//") or "\\" in wanted:
        return otherwise
    parts = urlsplit(wanted)
    if parts.scheme or parts.netloc or any(ord(letter) < 32 for letter in wanted):
        return otherwise
    return wanted
