"""The ways in which a page can be read: whole, its short version, or one thing a screen (the low-energy view)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from webapp.content import Block, ModuleText, Page

from . import shelf

ASKED = ("short", "whole", "part")
"""What an address may say about it: ``?short=1``, ``?whole=1``, ``?part=an-exercise``."""


@dataclass(frozen=True)
class Way:
    """One way. ``low``: one thing a screen; ``part`` is then the exercise that is shown, '' for the text."""

    low: bool = False
    short: bool = False
    whole: bool = False
    part: str = ""

    @property
    def query(self) -> str:
        """The end of an address that keeps to this way."""
        if self.whole:
            return "?whole=1"
        if self.low:
            return f"?part={self.part}" if self.part else ""
        return "?short=1" if self.short else ""


def way_asked(
    page: Page, asked: Mapping[str, str], *, low_energy_view: bool, short_by_itself: bool = False
) -> Way:
    """The way for this page, from the address and from what the patient chose for all pages.

    ``short_by_itself``: they read this module in its short version until they ask for the whole.
    """
    whole = "whole" in asked and (low_energy_view or short_by_itself)
    low = low_energy_view and not whole
    short = page.short_version is not None and not whole and (low or short_by_itself or "short" in asked)
    part = asked.get("part", "") if low else ""
    return Way(low, short, whole, part if any(part == block.name for block in page.blocks) else "")


def pieces_shown(text: ModuleText, page: Page, way: Way) -> tuple[shelf.Piece, ...]:
    """What stands on the screen."""
    if not way.low:
        return _all_pieces(text, page, way)
    screens = _screens(text, page, way)
    return screens[_place(screens, way.part)]


def part_after(text: ModuleText, page: Page, way: Way) -> str | None:
    """The exercise on the next screen of this page; None if this is the last."""
    if not way.low:
        return None
    screens = _screens(text, page, way)
    after = _place(screens, way.part) + 1
    return _name_of(screens[after]) if after < len(screens) else None


def _all_pieces(text: ModuleText, page: Page, way: Way) -> tuple[shelf.Piece, ...]:
    return shelf.short_pieces_of(text, page) if way.short else shelf.pieces_of(text, page)


def _screens(text: ModuleText, page: Page, way: Way) -> list[tuple[shelf.Piece, ...]]:
    """The text first, with every warning; then each exercise or tool by itself."""
    pieces = _all_pieces(text, page, way)
    prose = tuple(piece for piece in pieces if isinstance(piece, Markup))
    own: list[tuple[shelf.Piece, ...]] = [(piece,) for piece in pieces if isinstance(piece, Block)]
    return [prose, *own] if prose or not own else own


def _place(screens: Sequence[tuple[shelf.Piece, ...]], part: str) -> int:
    names = [_name_of(screen) for screen in screens]
    return names.index(part) if part in names else 0


def _name_of(screen: tuple[shelf.Piece, ...]) -> str:
    return next((piece.name for piece in screen if isinstance(piece, Block)), "")
