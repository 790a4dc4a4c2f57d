"""One file of a module in one language: front matter, pages, and the parts of each page."""

import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from webapp.content.block_lines import check_near_misses
from webapp.content.blocks import read_block, read_opening, whole_number
from webapp.content.desk import Desk, fingerprint, tidy
from webapp.content.front_matter import FrontMatter, read_front_matter
from webapp.content.kinds import BUILT_IN_KINDS, PAGE, BlockKind, Known
from webapp.content.problems import ContentRefused, Problem, refusing
from webapp.content.prose import MARKDOWN, render
from webapp.content.texts import Block, ModuleText, Page, Prose

CLOSING = re.compile(r"\s*:{3,}\s*")


@dataclass(frozen=True)
class Examined:
    """What one file holds as far as it could be understood, and everything that is wrong with it."""

    text: ModuleText
    front: FrontMatter
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Piece:
    """A stretch of the file: a block (then `end` is the line of its `:::`) or prose between blocks."""

    start: int
    end: int
    tokens: Sequence[Token] = ()
    is_block: bool = False


@dataclass
class PageBeingRead:
    """A page whose parts are still coming."""

    head: Block
    parts: list[Prose | Block] = field(default_factory=list)
    holds_something: bool = False


def read_module_source(
    source: str,
    kinds: Mapping[str, BlockKind],
    *,
    module: str,
    lang: str = "en",
    path: str = "text",
    known: Known | None = None,
) -> ModuleText:
    """Read one text, for instance an older version that was stored.

    Raises `ContentRefused` with every problem. Links between modules are not followed here.
    """
    examined = examine_module_source(source, kinds, module=module, lang=lang, path=path, known=known)
    if refusing(examined.problems):
        raise ContentRefused(refusing(examined.problems))
    return examined.text


def examine_module_source(
    source: str,
    kinds: Mapping[str, BlockKind],
    *,
    module: str,
    lang: str = "en",
    path: str = "text",
    known: Known | None = None,
) -> Examined:
    """Read one text and never raise: what could be understood, and every problem and warning, in order."""
    source = tidy(source)
    desk = Desk(path, module, source.split("\n"), {**BUILT_IN_KINDS, **kinds}, known or Known())
    front = read_front_matter(desk, lang=lang)
    pages = _read_pages(desk, front.ends_before)
    _check_names(desk, pages)
    text = ModuleText(
        lang=lang,
        fingerprint=fingerprint(source),
        source=source,
        title=front["title"],
        summary=front["summary"],
        pages=pages,
        translated_from=front["translated from"] or None,
        translation_checked_by=front["translation checked by"] or None,
        module=module,
        path=path,
    )
    return Examined(text, front, tuple(sorted(set(desk.problems))))


# --- pages --------------------


def _read_pages(desk: Desk, start: int) -> tuple[Page, ...]:
    pages: list[PageBeingRead] = []
    told_about_text_before = False
    for piece in _pieces(desk, start):
        part = _read_piece(desk, piece)
        if part is None:
            if pages:
                pages[-1].holds_something |= piece.is_block
        elif isinstance(part, Block) and part.kind == PAGE:
            pages.append(PageBeingRead(part))
            desk.heading_level = 0
        elif pages:
            pages[-1].parts.append(part)
        elif not told_about_text_before:
            told_about_text_before = True
            desk.complain(
                piece.start, "this stands before the first page", "Begin with '::: page a-short-name'."
            )
    if not pages:
        desk.complain(max(0, start - 1), "there is no page", "Begin the first with '::: page a-short-name'.")
    ends = [page.head.line for page in pages[1:]] + [len(desk.lines) + 1]
    return tuple(_finish_page(desk, page, end) for page, end in zip(pages, ends, strict=False))


def _read_piece(desk: Desk, piece: Piece) -> Prose | Block | None:
    if piece.is_block:
        opening = read_opening(desk, piece.start)
        return read_block(desk, opening, piece.end) if opening else None
    inside = {n for t in piece.tokens if t.type == "colon_fence" and t.map for n in range(*t.map)}
    check_near_misses(desk, [n for n in range(piece.start, piece.end) if n not in inside])
    html = render(desk, piece.tokens)
    line = next((token.map[0] for token in piece.tokens if token.map), piece.start)
    return Prose(html, line + 1) if html.strip() else None


def _finish_page(desk: Desk, page: PageBeingRead, end: int) -> Page:
    head, first = page.head, page.head.line
    title = _title_of(desk, head)
    if not page.parts and not page.holds_something:
        desk.complain(
            first - 1,
            f"the page '{head.name}' is empty",
            "Write its text after the ':::' that closes its head.",
        )
    minutes = whole_number(head.labels.get("Minutes", ""))
    if minutes == 0:
        desk.complain(first - 1, f"the page '{head.name}' takes 0 minutes", "Write at least 1.")
    return Page(
        name=head.name,
        title=title,
        minutes=minutes or 0,
        in_short=head.labels.get("In short", ""),
        short_version=head.labels_html.get("Short version"),
        parts=tuple(page.parts),
        line=first,
        passages=tuple(sorted((p for p in desk.passages if first <= p.line < end), key=lambda p: p.line)),
        links=tuple(link for link in desk.links if first <= link.line < end),
    )


def _title_of(desk: Desk, head: Block) -> str:
    lines = [passage.text for passage in desk.passages if passage.line == head.line + 1]
    html = head.prompt_html.removeprefix("<p>").removesuffix("</p>")
    if "<" in html or "\n" in html:
        desk.complain(
            head.line - 1, "the title of a page is one plain line", "Write one line under '::: page …'."
        )
    return lines[0].split("\n")[0] if lines else html.striptags()


def _check_names(desk: Desk, pages: Sequence[Page]) -> None:
    _check_once(desk, [(page.name, page.line) for page in pages], "page")
    _check_once(desk, [(block.name, block.line) for page in pages for block in page.blocks], "name")


def _check_once(desk: Desk, named: Sequence[tuple[str, int]], what: str) -> None:
    first: dict[str, int] = {}
    for name, line in named:
        if name and name in first:
            desk.complain(
                line - 1, f"the {what} '{name}' is already used on line {first[name]}", "Choose another name."
            )
        first.setdefault(name, line)


# --- cutting the file into pieces --------------------


def _pieces(desk: Desk, start: int) -> Iterator[Piece]:
    """Cut the file. A block that is never closed ends where the next begins, so one slip hides nothing."""
    while start < len(desk.lines):
        start = yield from _pieces_until_a_slip(desk, start)


def _pieces_until_a_slip(desk: Desk, start: int) -> Generator[Piece, None, int]:
    tokens = MARKDOWN.parse(desk.text_between(start, len(desk.lines)))
    prose: list[Token] = []
    for token in tokens:
        if token.type != "colon_fence" or token.level > 0 or not token.map:
            prose.append(token)
            continue
        first, last = token.map
        if prose:
            yield Piece(start, first, prose)
        prose = []
        if not token.info.strip():
            desk.complain(
                first, "this ':::' closes nothing", "Remove it, or write '::: kind name' above its block."
            )
            return first + 1
        end = _end_of_block(desk, first, last)
        yield Piece(first, end, is_block=True)
        start = end + 1
        if end != last - 1:
            return end
    if prose:
        yield Piece(start, len(desk.lines), prose)
    return len(desk.lines)


def _end_of_block(desk: Desk, first: int, last: int) -> int:
    """The line of the closing `:::`; where it should have stood, after a complaint, if there is none."""
    last = min(last, len(desk.lines))
    for number in range(first + 1, last):
        if desk.lines[number].lstrip().startswith(":::") and desk.lines[number].strip(": \t"):
            _complain_unclosed(desk, first, f"before line {number + 1}")
            return number
    if last - 1 > first and CLOSING.fullmatch(desk.lines[last - 1]):
        return last - 1
    _complain_unclosed(desk, first, "after its last line")
    return last


def _complain_unclosed(desk: Desk, first: int, where: str) -> None:
    words = " ".join(desk.lines[first].strip(": \t").split())[:60]
    desk.complain(first, f"'{words}' is never closed", f"Add a line with just ':::' {where}.")
