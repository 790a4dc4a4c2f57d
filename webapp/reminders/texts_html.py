"""A message as HTML: one column, the reader's own colours, big buttons. Inline styles alone; nothing is fetched.

Colours of words and page are left to the e-mail program, which so may show it dark. The buttons bring their own:
white on moss is 8 : 1, and their border stands out at least 3 : 1 on white and on black.
"""

from __future__ import annotations

from collections.abc import Iterable

from babel import Locale
from markupsafe import Markup

from .texts_parts import Block, Link, Parts, Run

SANS = "font-family:system-ui,-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif"
PAGE = f"margin:0 auto;padding:24px 16px;max-width:34em;{SANS};font-size:18px;line-height:1.5"
PARAGRAPH = "margin:0 0 16px"
SPACED = "margin:24px 0 16px"
LIST = "margin:0 0 16px"
BUTTON = (
    "display:block;padding:12px 16px;min-height:24px;border:2px solid #5b8f80;border-radius:6px;"
    "text-align:center;text-decoration:none;font-weight:bold"
)
MAIN_BUTTON = f"{BUTTON};background-color:#24584b;color:#ffffff"
REPLY = f"{BUTTON};color:inherit"
QUIET = "margin:0 0 8px;font-size:16px"
QUIET_LINK = "display:inline-block;padding:10px 0;color:inherit"

WHOLE = Markup(
    '<!doctype html>\n<html lang="{language}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="color-scheme" content="light dark">\n<meta name="supported-color-schemes" content="light dark">\n'
    '<title>{subject}</title>\n</head>\n<body style="margin:0;padding:0">\n'
    '<div lang="{language}" dir="{direction}" style="{style}">\n{inside}\n</div>\n</body>\n</html>\n'
)


def email_html(parts: Parts) -> str:
    """The e-mail for programs that show buttons. It reads well without any style."""
    lines = [
        _paragraph(Markup.escape(parts.greeting)),
        *map(_block, parts.body),
        *(
            [_paragraph(Markup.escape(parts.also_title)), _list(map(Markup.escape, parts.also))]
            if parts.also
            else []
        ),
        _button(parts.button, MAIN_BUTTON),
        *([_paragraph(Markup.escape(parts.replies_title), SPACED)] if parts.replies else []),
        *(_button(reply, REPLY) for reply in parts.replies),
        Markup('<hr style="margin:24px 0;border:0;border-top:1px solid #808080">'),
        *(_quiet(Markup.escape(end)) for end in parts.ends),
        *(_quiet(_link(link)) for link in (parts.pause, parts.stop)),
    ]
    return str(
        WHOLE.format(
            language=parts.language,
            direction=Locale.parse(parts.language, sep="-").text_direction,
            subject=parts.subject,
            style=PAGE,
            inside=Markup("\n").join(lines),
        )
    )


def _block(block: Block) -> Markup:
    items = [Markup("").join(map(_run, item)) for item in block.items]
    return _list(items) if block.is_list else _paragraph(items[0])


def _run(run: Run) -> Markup:
    return (
        Markup(f"<{run.stress}>{{}}</{run.stress}>").format(run.words)
        if run.stress
        else Markup.escape(run.words)
    )


def _paragraph(inside: Markup, style: str = PARAGRAPH) -> Markup:
    return Markup('<p style="{}">{}</p>').format(style, inside)


def _list(items: Iterable[Markup]) -> Markup:
    lines = Markup("\n").join(Markup('<li style="margin:0 0 4px">{}</li>').format(item) for item in items)
    return Markup('<ul style="{}">\n{}\n</ul>').format(LIST, lines)


def _button(link: Link, style: str) -> Markup:
    return Markup('<p style="margin:0 0 12px"><a href="{}" style="{}">{}</a></p>').format(
        link.address, style, link.words
    )


def _quiet(inside: Markup) -> Markup:
    return Markup('<p style="{}">{}</p>').format(QUIET, inside)


def _link(link: Link) -> Markup:
    return Markup('<a href="{}" style="{}">{}</a>').format(link.address, QUIET_LINK, link.words)
