"""What a text is once it has been read: frozen, ready to show, nothing left to look up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup

from webapp.content.guided import PracticeBook
from webapp.content.problems import Problem


@dataclass(frozen=True)
class Passage:
    """Words that a patient reads in one breath (a paragraph, an answer, a label), without any marks."""

    text: str
    line: int


@dataclass(frozen=True)
class InAppLink:
    """A link to another place in the programme, such as `page:pacing/boom-and-bust` or `help:now`."""

    target: str
    line: int


@dataclass(frozen=True)
class Answer:
    """One answer of a choice. It is stored by `key`, so its words may be improved."""

    key: str
    text: str
    html: Markup


@dataclass(frozen=True)
class Prose:
    """Ordinary text between blocks, rendered."""

    html: Markup
    line: int


@dataclass(frozen=True)
class Block:
    """Something inside a page that is more than prose.

    `labels` holds plain words, `labels_html` the same rendered (with paragraphs for a long label). A name is
    unique among the blocks of its module. The fingerprint is stored with every answer.
    """

    kind: str
    name: str
    prompt_html: Markup
    labels: Mapping[str, str]
    labels_html: Mapping[str, Markup]
    answers: tuple[Answer, ...]
    line: int
    fingerprint: str


@dataclass(frozen=True)
class Page:
    """One screen of a module. `short_version` is rendered, perhaps several paragraphs, or None."""

    name: str
    title: str
    minutes: int
    in_short: str
    short_version: Markup | None
    parts: tuple[Prose | Block, ...]
    line: int
    passages: tuple[Passage, ...] = ()
    links: tuple[InAppLink, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the page in order."""
        return tuple(part for part in self.parts if isinstance(part, Block))


@dataclass(frozen=True)
class ModuleText:
    """A module in one language: the source that it was read from, the module's name, the path of its file."""

    lang: str
    fingerprint: str
    source: str
    title: str
    summary: str
    pages: tuple[Page, ...]
    translated_from: str | None = None
    translation_checked_by: str | None = None
    module: str = ""
    path: str = ""

    def page(self, name: str) -> Page | None:
        """The page of that name, or None."""
        return next((page for page in self.pages if page.name == name), None)

    def block(self, name: str) -> Block | None:
        """The block of that name, wherever it stands, or None."""
        return next((block for page in self.pages for block in page.blocks if block.name == name), None)


@dataclass(frozen=True)
class Module:
    """A module of the course, or a plain page (number 0). Title and summary are the English ones."""

    name: str
    number: int
    core: bool
    title: str
    summary: str
    minutes: int
    reviewed_by: str | None
    reviewed_on: date | None
    review_again: date
    texts: Mapping[str, ModuleText]

    def text(self, lang: str) -> ModuleText:
        """The text in that language, or the English one if there is none."""
        return self.texts.get(lang, self.texts["en"])


@dataclass(frozen=True)
class Word:
    """One word of the glossary. `forms` begins with the term itself; `line` is that of its key.

    `taught_in` names the modules that teach the word themselves: there it needs no explaining.
    """

    key: str
    term: str
    forms: tuple[str, ...]
    explanation: str
    taught_in: frozenset[str]
    line: int


@dataclass(frozen=True)
class Glossary:
    """The words of one language, in the order of the file."""

    lang: str
    path: str
    words: tuple[Word, ...]

    @property
    def sorted_words(self) -> tuple[Word, ...]:
        """The words from A to Z, whatever their capitals."""
        return tuple(sorted(self.words, key=lambda word: word.term.casefold()))


@dataclass(frozen=True)
class Course:
    """Everything that was read, in the order of `course.yml`, and the warnings that came with it.

    `companions` are the pages for clinicians, by the name of their module; `glossaries` stand by language,
    `practices` (the scripts of the players) by tool and language.
    """

    modules: tuple[Module, ...]
    warnings: tuple[Problem, ...]
    default_rhythm: str = "weekly"
    plain_pages: Mapping[str, Module] = field(default_factory=dict)
    companions: Mapping[str, Module] = field(default_factory=dict)
    glossaries: Mapping[str, Glossary] = field(default_factory=dict)
    practices: Mapping[tuple[str, str], PracticeBook] = field(default_factory=dict)

    def module(self, name: str) -> Module | None:
        """The module of that name, or None."""
        return next((module for module in self.modules if module.name == name), None)

    @property
    def patients_texts(self) -> tuple[Module, ...]:
        """Everything that patients read: the modules, then the plain pages."""
        return (*self.modules, *self.plain_pages.values())

    def glossary(self, lang: str) -> Glossary | None:
        """The glossary in that language, or the English one, or None if there is none."""
        return self.glossaries.get(lang, self.glossaries.get("en"))

    def practice_book(self, tool: str, lang: str) -> PracticeBook:
        """The practices of a tool in that language, or the English ones; an empty book if there are none."""
        found = self.practices.get((tool, lang)) or self.practices.get((tool, "en"))
        return found or PracticeBook(tool, lang, "", ())

    @property
    def core_modules(self) -> tuple[Module, ...]:
        """The modules that everybody is asked to do."""
        return tuple(module for module in self.modules if module.core)
