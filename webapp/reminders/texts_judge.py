"""What is wrong with some words of a message: placeholders, links, words about health or of blame, long sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from webapp.content.desk import Desk
from webapp.content.problems import did_you_mean
from webapp.content.prose import HTML_TAG
from webapp.content.reading import LONGEST_SENTENCE_WORDS, sentences_in

from .texts_words import health_words_in, unkind_words_in

DONE = "{done}"
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
ADDRESS = re.compile(r"https?:|www\.|mailto:|tel:", re.IGNORECASE)
PLAIN = {
    "paragraph_open", "paragraph_close", "inline", "bullet_list_open", "bullet_list_close", "list_item_open",
    "list_item_close",
}  # fmt: skip
PLAIN_INSIDE = {"text", "softbreak", "strong_open", "strong_close", "em_open", "em_close"}
MARKDOWN = MarkdownIt("commonmark", {"html": False})


@dataclass(frozen=True)
class Judge:
    """Looks at the words of one file. Lines count from 0; whatever is wrong goes to the desk."""

    desk: Desk
    language: str

    def part(self, start: int, end: int, allowed: tuple[str, ...], *, neutral: bool = True) -> str:
        """Judge the lines from ``start`` to before ``end`` as paragraphs and lists; returns them without margins."""
        at = start
        for token in MARKDOWN.parse(self.desk.text_between(start, end)):
            at = token.map[0] if token.map else at
            if token.type == "inline":
                self._inline(token, at, allowed, neutral=neutral)
            elif token.nesting >= 0 and (token.type not in PLAIN or _is_nested_list(token)):
                self._refuse(at)
        return "\n".join(self.desk.lines[start:end]).strip()

    def words(self, at: int, words: str, allowed: tuple[str, ...], *, neutral: bool = True) -> None:
        """Judge some words that begin on a line: only ``allowed`` placeholders; ``neutral`` where others may look on."""
        self._placeholders(at, words, allowed)
        self._links(at, words)
        for number, row in enumerate(words.split("\n")):
            for word in health_words_in(PLACEHOLDER.sub(" ", row), self.language) if neutral else ():
                self.desk.complain(
                    at + number,
                    f"'{word}' is about health, and others may see this message",
                    "Say it without; such words stand in letters or behind the sign-in.",
                )
        for phrase in unkind_words_in(words, self.language):
            self.desk.complain(
                at, f"'{phrase}' can sound like blame or a push", "Say what was done, or what waits."
            )
        for one in sentences_in(PLACEHOLDER.sub("x", words)):
            if one.words > LONGEST_SENTENCE_WORDS:
                said = f"a sentence has {one.words} words and may have {LONGEST_SENTENCE_WORDS}"
                self.desk.complain(at + one.line - 1, said, "Make two of it.")

    def _inline(self, token: Token, at: int, allowed: tuple[str, ...], *, neutral: bool) -> None:
        if any(child.type not in PLAIN_INSIDE for child in token.children or ()):
            self._refuse(at)
        if DONE in token.content and (token.content.strip() != DONE or token.level > 1):
            self.desk.complain(at, f"{DONE} does not stand alone", "Leave an empty line above and below it.")
        self.words(at, token.content, allowed, neutral=neutral)

    def _refuse(self, at: int) -> None:
        self.desk.complain(
            at,
            "a message holds plain paragraphs, lists with '- ', *stars* and **bold** words",
            "Remove headings, links, numbers of lists and pictures; our links are put below by themselves.",
        )

    def _links(self, at: int, words: str) -> None:
        for found in (*HTML_TAG.finditer(words), *ADDRESS.finditer(words)):
            self.desk.complain(
                at + words[: found.start()].count("\n"),
                f"'{found.group()[:30]}' is a link or HTML, which nobody writes into a message",
                "Remove it; the links that are needed are put below by themselves.",
            )

    def _placeholders(self, at: int, words: str, allowed: tuple[str, ...]) -> None:
        known = [f"{{{one}}}" for one in allowed]
        for found in PLACEHOLDER.finditer(words):
            if found.group(1) not in allowed:
                self.desk.complain(
                    at + words[: found.start()].count("\n"),
                    f"there is no {found.group()} here",
                    did_you_mean(found.group(), known) or "Nothing is filled in here.",
                )
        if set("{}") & set(PLACEHOLDER.sub("", words)):
            self.desk.complain(at, "a brace stands alone", "Placeholders are written as {first_name}.")


def _is_nested_list(token: Token) -> bool:
    return token.type == "bullet_list_open" and token.level > 0
