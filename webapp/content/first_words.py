"""The first time that a word of the glossary stands in a module, made into a link to its explanation.

Headings, links, boxes of warnings, drawings and the list of sources are left alone. So is a word that the text
explains right there, in brackets ("a flare-up (a spell when pain is worse)") or in words ("pacing, which means …").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from webapp.content.glossary import pattern_of, plain_form
from webapp.content.page_ease import SOURCES_HEADING
from webapp.content.texts import Glossary, Word

TAG = re.compile(r"<(/?)([a-zA-Z0-9]+)([^>]*)>")
IN_BRACKETS = re.compile(r"(?:</(?:strong|em)>|[”’\"])*\s*\(([^()]*)\)")
IN_WORDS = re.compile(
    r"(?:</(?:strong|em)>|[”’\"])*,?\s+(?:which\s+means|who\s+(?:helps?|links?)|is\s+a\s+(?:time|spell))\b"
)
QUIET_TAGS = frozenset({"a", "h1", "h2", "h3", "h4", "h5", "h6", "svg", "button", "label"})
WARNING = "wm-urgent"


@dataclass
class FirstWords:
    """Walks through one module from its first page to its last and remembers which words were met."""

    glossary: Glossary
    module: str
    met: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        words = [word for word in self.glossary.words if self.module not in word.taught_in]
        self.pattern = pattern_of(words)
        self.by_form = {plain_form(form): word for word in words for form in word.forms}

    def mark(self, html: str) -> tuple[str, tuple[Word, ...]]:
        """The markup with a link at each first word, and those words in their order."""
        found: list[Word] = []
        marked, done = "", 0
        for start, end in _open_text(html):
            for match in self.pattern.finditer(html, start, end):
                word = self.by_form[plain_form(match.group())]
                if word.key in self.met:
                    continue
                self.met.add(word.key)
                if not self._is_explained(word, html, match.end()):
                    marked += html[done : match.start()] + _link(word, match.group())
                    done = match.end()
                    found.append(word)
        return marked + html[done:], tuple(found)

    def _is_explained(self, word: Word, html: str, at: int) -> bool:
        """Does an explanation follow? Brackets with another form of the word alone, such as CBT, are none."""
        if IN_WORDS.match(html, at):
            return True
        brackets = IN_BRACKETS.match(html, at)
        if not brackets:
            return False
        return plain_form(TAG.sub("", brackets.group(1))) not in {plain_form(form) for form in word.forms}


def _link(word: Word, written: str) -> str:
    return f'<a id="in-text-{word.key}" href="#word-{word.key}">{written}</a>'


def _open_text(html: str) -> Iterator[tuple[int, int]]:
    """From where to where there are words in which a link may stand."""
    inside: list[str] = []
    start = 0
    for tag in TAG.finditer(html):
        if not inside and tag.start() > start:
            yield start, tag.start()
        start = tag.end()
        if html.startswith(SOURCES_HEADING, start):
            return
        closes, name, rest = tag.group(1), tag.group(2).lower(), tag.group(3)
        if closes:
            if inside and inside[-1] == name:
                inside.pop()
        elif not rest.endswith("/") and (_is_quiet(name, rest) or name in inside[-1:]):
            inside.append(name)
    if not inside and start < len(html):
        yield start, len(html)


def _is_quiet(name: str, rest: str) -> bool:
    return name in QUIET_TAGS or (name == "section" and WARNING in rest)
