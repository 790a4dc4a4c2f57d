"""The paper that every drawing is on: size, title, words for a screen reader, and a few ways to draw."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

WIDTH = 328  # drawing units; as many CSS pixels on a phone that is 360 wide
Number = int | float | Decimal


def sheet(
    height: int, title: str, description: str, inside: list[Markup], *, mirrored: bool = True
) -> Markup:
    """One drawing, *height* units high. With *mirrored*, it turns round on right-to-left pages (its words
    do not)."""
    return Markup(
        '<svg class="wm-draw{}" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}" '
        'focusable="false"><title>{}</title><desc>{}</desc>{}</svg>'
    ).format(
        " wm-draw--mirrored" if mirrored else "",
        WIDTH, height, WIDTH, height, f"{title}. {description}", title, description, Markup("").join(inside),
    )  # fmt: skip


def paper(height: int) -> Markup:
    """The white card under a drawing."""
    return box(0, 0, WIDTH, height, "paper", round_by=10)


_LOOKS = {
    "paper": 'class="wm-i-paper" fill="#ffffff"',
    "solid": 'class="wm-i-solid" fill="#24584b"',
    "rest": 'class="wm-i-rest" fill="none" stroke="#24584b" stroke-dasharray="4 4" stroke-width="1.5"',
    "empty": 'class="wm-i-empty" fill="#e3e7e5" stroke="#6a7a76" stroke-width="1"',
    "mist": 'class="wm-i-mist" fill="#e9f1ee"',
    "post": 'class="wm-i-post" fill="#ffb81c" stroke="#5b3d00" stroke-width="1.5"',
    "line": 'class="wm-i-line" fill="none" stroke="#24584b" stroke-width="3.5" stroke-linejoin="round" '
    'stroke-linecap="round"',
    "dashes": 'class="wm-i-line" fill="none" stroke="#24584b" stroke-width="3.5" stroke-dasharray="9 7"',
    "warm": 'class="wm-i-warm" fill="none" stroke="#b97a00" stroke-width="3.5" stroke-linejoin="round" '
    'stroke-linecap="round"',
    "thin": 'class="wm-i-thin" fill="none" stroke="#6a7a76" stroke-width="1.5"',
    "start": 'class="wm-i-line" fill="none" stroke="#24584b" stroke-width="2" stroke-dasharray="6 4"',
    "grass": 'class="wm-i-mist" fill="#e9f1ee"',
    "warm-fill": 'class="wm-i-amber" fill="#fff3d6"',
}


def box(x: Number, y: Number, width: Number, height: Number, look: str, *, round_by: Number = 0) -> Markup:
    """A rectangle."""
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" rx="{}" {}/>').format(
        *map(short, (x, y, width, height, round_by)), Markup(_LOOKS[look])
    )


def stroke(shape: str, look: str) -> Markup:
    """A path, in SVG's own path letters."""
    return Markup('<path d="{}" {}/>').format(shape, Markup(_LOOKS[look]))


def dot(x: Number, y: Number, radius: Number, look: str) -> Markup:
    """A filled circle."""
    return Markup('<circle cx="{}" cy="{}" r="{}" {}/>').format(
        *map(short, (x, y, radius)), Markup(_LOOKS[look])
    )


def words(
    x: Number, y: Number, text: object, *, strong: bool = False, size: Number = 13, at: str = "middle"
) -> Markup:
    """A few words. *at* is the side of *x* on which they stand: start, middle or end."""
    weight = Markup(' font-weight="700"') if strong else Markup("")
    return _text("wm-i-text", "#1f2a2e", x, y, text, size, at, weight)


def soft(x: Number, y: Number, text: object, *, size: Number = 13, at: str = "middle") -> Markup:
    """Small print."""
    return _text("wm-i-soft", "#4a5a5f", x, y, text, size, at, Markup(""))


def over(x: Number, y: Number, text: object, *, size: Number = 13, at: str = "middle") -> Markup:
    """Strong words across a line: the paper shows round each letter."""
    halo = Markup(
        ' font-weight="700" stroke="#ffffff" stroke-width="5" stroke-linejoin="round" paint-order="stroke"'
    )
    return _text("wm-i-text wm-i-halo", "#1f2a2e", x, y, text, size, at, halo)


def on_solid(x: Number, y: Number, text: object, *, size: Number = 13) -> Markup:
    """Strong words in the middle of a solid shape."""
    return _text("wm-i-on-solid", "#ffffff", x, y, text, size, "middle", Markup(' font-weight="700"'))


def _text(
    look: str, ink: str, x: Number, y: Number, text: object, size: Number, at: str, more: Markup
) -> Markup:
    return Markup(
        '<text class="{}" x="{}" y="{}" font-size="{}" text-anchor="{}" fill="{}"{}>{}</text>'
    ).format(look, *map(short, (x, y, size)), at, ink, more, text)


def flag(x: Number, top: Number, bottom: Number) -> Markup:
    """A pole with an amber flag: the goal."""
    x, top, bottom = float(x), float(top), float(bottom)
    pole = stroke(f"M{short(x)} {short(top)}V{short(bottom)}", "thin")
    return pole + stroke(f"M{short(x)} {short(top)}l18 7-18 7z", "post")


def short(number: Number) -> str:
    """A number of drawing units, to a tenth."""
    return f"{float(number):.1f}".removesuffix(".0")
