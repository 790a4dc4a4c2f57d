"""Ordinary text: CommonMark without HTML, dressed in the NHS classes, checked as it is rendered."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup
from mdit_py_plugins.colon_fence import colon_fence_plugin

from webapp.content.desk import Desk, is_name
from webapp.content.texts import InAppLink, Passage

HTML_TAG = re.compile(r"</?[a-zA-Z][^<>@:]*>|<[a-zA-Z]+\s[^<>]*>|<!--")
LINK_LEFT_OPEN = re.compile(r"\]\(|\]\[|\]\s+\((?:https?|tel|mailto|page|module|info|help):")
OUTSIDE_LINK = re.compile(r"https?://[^\s/?#]+\.[^\s]+|tel:\+?[0-9-]{3,}|mailto:[^\s@]+@[^\s@]+\.[^\s@]+")
IN_APP_LINK = re.compile(r"(page|module|info|help):([a-z0-9/-]+)")

FIRST_HEADING = 3
HEADING_CLASSES = {3: "nhsuk-heading-m", 4: "nhsuk-heading-s"}
CLASSES = {
    "bullet_list_open": "nhsuk-list nhsuk-list--bullet",
    "ordered_list_open": "nhsuk-list nhsuk-list--number",
    "hr": "nhsuk-section-break nhsuk-section-break--m nhsuk-section-break--visible",
}
REFUSED = {
    "code_block": ("this line begins with four spaces or more", "Remove the spaces in front of it."),
    "fence": ("a line of ``` makes computer code", "Remove it."),
    "code_inline": ("backticks make computer code", "Remove them; use *stars* for stress."),
    "image": (
        "pictures are not written with '![…]'",
        "Use a block: '::: picture name', 'Drawing: …', 'Alt: …', ':::'.",
    ),
}


class AuthorsMarkdown(MarkdownIt):
    """CommonMark, no HTML, colon blocks. Every link is let in, so that we can say what is wrong with it."""

    def validateLink(self, url: str) -> bool:
        """Always true: `_check_link` judges."""
        return True


MARKDOWN = AuthorsMarkdown("commonmark", {"html": False}).use(colon_fence_plugin)


def render(desk: Desk, tokens: Sequence[Token], *, headings: bool = True) -> Markup:
    """The HTML of these tokens; complaints, passages and links go to the desk."""
    line = 0
    for token in tokens:
        line = token.map[0] if token.map else line
        if token.type in REFUSED:
            desk.complain(line, *REFUSED[token.type])
        elif token.type == "colon_fence":
            desk.complain(
                line, "a block cannot stand inside a list or a quotation", "Begin it at the line's start."
            )
        elif token.type == "heading_open":
            _dress_heading(desk, token, line, allowed=headings)
        elif token.type == "heading_close":
            token.tag = f"h{max(2, int(token.tag[1]) - 1)}"
        elif token.type == "inline":
            _check_inline(desk, token, line)
        if token.type in CLASSES:
            token.attrSet("class", CLASSES[token.type])
    return Markup(MARKDOWN.renderer.render(tokens, MARKDOWN.options, {}))


def render_text(desk: Desk, text: str, *, headings: bool = False) -> Markup:
    """The HTML of a piece that stands at its own lines (see `Desk.text_between`)."""
    return render(desk, MARKDOWN.parse(text), headings=headings).strip()


def render_line(desk: Desk, text: str, line: int) -> tuple[Markup, str]:
    """One line or paragraph without its `<p>`: the HTML and the plain words."""
    tokens = MARKDOWN.parseInline(text)
    for token in tokens:
        token.map = [line, line + 1]
    before = len(desk.passages)
    html = render(desk, tokens)
    plain = " ".join(passage.text for passage in desk.passages[before:])
    return html, " ".join(plain.split())


def _dress_heading(desk: Desk, token: Token, line: int, *, allowed: bool) -> None:
    level = int(token.tag[1])
    if token.markup in ("=", "-"):
        desk.complain(
            line,
            "a row of dashes right under words turns them into a heading",
            "Leave an empty line between them.",
        )
    elif not allowed:
        desk.complain(
            line, "a heading cannot stand inside a block", "Remove the '#' or move it out of the block."
        )
    elif level not in HEADING_CLASSES:
        desk.complain(line, f"a heading inside a page begins with '###' or '####', not '{token.markup}'", "")
    elif level > max(desk.heading_level, FIRST_HEADING - 1) + 1:
        desk.complain(line, "'####' stands before any '###'", "Use '###' for the first heading of a page.")
    token.tag = f"h{max(2, level - 1)}"
    token.attrSet("class", HEADING_CLASSES.get(level, "nhsuk-heading-s"))
    desk.heading_level = level


def _check_inline(desk: Desk, token: Token, line: int) -> None:
    _check_written(desk, token.content, line)
    words, at = "", line
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            words, at = words + "\n", at + 1
        elif child.type == "text":
            _check_open_link(desk, child.content, at)
            words += child.content
        elif child.type == "link_open":
            _check_link(desk, child, at)
        elif child.type in REFUSED:
            desk.complain(at, *REFUSED[child.type])
    if words.strip():
        desk.passages.append(Passage(words, line + 1))


def _check_written(desk: Desk, written: str, line: int) -> None:
    for found in HTML_TAG.finditer(written):
        desk.complain(
            line + written[: found.start()].count("\n"),
            f"'{found.group()[:30]}' is HTML, which is not used here",
            "Remove it; use *stars* for stress and '- ' for lists.",
        )
    for number, row in enumerate(written.split("\n")):
        if row.lstrip().startswith("|"):
            desk.complain(line + number, "tables are not used", "Write a list: begin each line with '- '.")


def _check_open_link(desk: Desk, words: str, line: int) -> None:
    if LINK_LEFT_OPEN.search(words):
        desk.complain(
            line,
            "a link is not finished",
            "Write '[the words](https://…)' with no space between ']' and '('.",
        )


def _check_link(desk: Desk, token: Token, line: int) -> None:
    target = str(token.attrs.get("href", ""))
    in_app = IN_APP_LINK.fullmatch(target)
    if in_app:
        target = _whole_target(desk, *in_app.groups())
        token.attrSet("href", desk.known.address_of(target) if desk.known.address_of else target)
        desk.links.append(InAppLink(target, line + 1))
    elif OUTSIDE_LINK.fullmatch(target):
        if target.startswith("http"):
            token.attrSet("rel", "noopener")
    else:
        token.attrSet("href", "#")
        desk.complain(
            line,
            f"the link to '{target[:60]}' cannot work" if target else "a link has no address",
            "A link begins with https://, tel:, mailto:, page:, module:, info: or help:.",
        )


def _whole_target(desk: Desk, kind: str, rest: str) -> str:
    return f"page:{desk.module}/{rest}" if kind == "page" and is_name(rest) else f"{kind}:{rest}"
