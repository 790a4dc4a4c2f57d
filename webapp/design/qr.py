"""An address as a QR code, so that a sheet of paper leads back to its page."""

from __future__ import annotations

import segno
from markupsafe import Markup

PIXELS_A_SQUARE = 4
QUIET_SQUARES = 4  # the white edge that readers need (ISO/IEC 18004: four squares)


def qr_svg(address: str, *, css_class: str | None = None) -> Markup:
    """*address* as an SVG that stands in a page: black on white with its quiet edge, no style attributes.

    Up to 15% of it may be dirty or torn (error level M). It is a picture for cameras only: print the address
    beside it in words, and it is hidden from screen readers.
    """
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        scale=PIXELS_A_SQUARE,
        border=QUIET_SQUARES,
        omitsize=True,
        svgclass=css_class,
        lineclass=None,
        dark="#000",
        light="#fff",
    )
    return Markup(drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))


def path_of(address: str) -> str:
    """The part of an absolute address after the host: ``https://host/a/b?c`` → ``/a/b?c``."""
    return "/" + address.split("://", 1)[-1].partition("/")[2]


def in_css(text: str) -> Markup:
    """*text* as a string in a style sheet (``content: …``): only letters, digits and spaces stay as they are."""
    safe = "".join(one if one.isalnum() or one == " " else f"\\{ord(one):x} " for one in text)
    return Markup(f'"{safe}"')
