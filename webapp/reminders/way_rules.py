"""By which way a patient is written: what they chose, what staff marked safe, and what still arrives."""

from __future__ import annotations

from dataclasses import dataclass

WAYS = ("email", "text", "letter")
"""The ways in the order in which they are tried. Source: project design; the fastest and cheapest first."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How a patient can be reached.

    addresses: what we hold, by way (an empty one is none). safe: the ways that staff marked safe. chosen: those that
    the patient chose; None before activation, when they are written as they were invited. bounced: (way, address) at
    which messages do not arrive. preferred: the way to try first, empty for none. online: False on paper or by phone.
    can_text: is there somebody who carries texts?
    """

    addresses: dict[str, str]
    safe: frozenset[str]
    chosen: frozenset[str] | None = None
    bounced: frozenset[tuple[str, str]] = frozenset()
    preferred: str = ""
    online: bool = True
    can_text: bool = False


def ways_of(reach: Reach) -> tuple[tuple[str, str], ...]:
    """(way, address) of every way that may be used, the first to use first."""
    return tuple(
        (way, reach.addresses[way]) for way in _in_order(reach.preferred) if _is_possible(way, reach)
    )


def way_for(reach: Reach, *, may_be_letter: bool) -> tuple[str, str] | None:
    """The way to use; a letter only for what may be one. None: nobody can be written like this."""
    ways = ways_of(reach)
    return next((one for one in ways if one[0] != "letter" or may_be_letter), None)


def _in_order(preferred: str) -> tuple[str, ...]:
    return tuple(sorted(WAYS, key=lambda way: way != preferred))


def _is_possible(way: str, reach: Reach) -> bool:
    address = reach.addresses.get(way, "").strip()
    if not address or way not in reach.safe or (way == "text" and not reach.can_text):
        return False
    if not reach.online and way != "letter":
        return False
    if reach.chosen is not None and way not in reach.chosen:
        return False
    return (way, _plain(address)) not in {(other, _plain(bad)) for other, bad in reach.bounced}


def _plain(address: str) -> str:
    """An address in any case and spacing."""
    return " ".join(address.split()).casefold()
