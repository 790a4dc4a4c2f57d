"""What a module should have before patients read it, and what a course should have round its modules.

Everything here is a warning: a service's own module is used as it is, and its author is told what is missing.
Our own modules have it all; `tests/content/test_our_course.py` sees to that.
"""

from collections.abc import Iterable, Iterator

from webapp.content.glossary import pattern_of, plain_form
from webapp.content.kinds import BUILT_IN_KINDS
from webapp.content.page_ease import SOURCES_HEADING, ease_of, names_sources
from webapp.content.problems import Level, Problem
from webapp.content.texts import Block, Course, Glossary, Module, ModuleText, Page

# The issue "The whole course and the toolbox", Content.
FEWEST_PAGES, MOST_PAGES = 4, 6
FEWEST_WORDS, MOST_WORDS = 150, 700
COMPANION = "companion"


def incomplete(course: Course) -> list[Problem]:
    """Everything that is missing or out of measure in the course, as warnings in the order of their place."""
    found = [problem for module in course.modules for problem in _gaps_of(module)]
    found += _companion_gaps(course)
    for glossary in course.glossaries.values():
        found += _glossary_gaps(course, glossary)
    return sorted(found)


def _gaps_of(module: Module) -> Iterator[Problem]:
    text = module.texts["en"]
    yield from _page_count(text)
    for page in text.pages:
        yield from _gaps_of_page(text, page)
    blocks = [block for page in text.pages for block in page.blocks]
    yield from _missing_blocks(text, blocks)
    if text.pages and not names_sources(text.pages[-1]):
        last = text.pages[-1]
        help = f"End it with '### {SOURCES_HEADING}' and a list of the sources."
        yield _warning(
            text, last.line, f"the last page, '{last.name}', does not say where this comes from", help
        )


def _page_count(text: ModuleText) -> Iterator[Problem]:
    count = len(text.pages)
    if not FEWEST_PAGES <= count <= MOST_PAGES:
        pages = "1 page" if count == 1 else f"{count} pages"
        help = f"A module has {FEWEST_PAGES} to {MOST_PAGES}."
        yield _warning(text, 1, f"this module has {pages}", help)


def _gaps_of_page(text: ModuleText, page: Page) -> Iterator[Problem]:
    if page.short_version is None:
        help = "Add three to five sentences for days with little energy."
        yield _warning(text, page.line, f"the page '{page.name}' has no 'Short version:'", help)
    words = ease_of(page).words
    if not FEWEST_WORDS <= words <= MOST_WORDS:
        help = f"A page has {FEWEST_WORDS} to {MOST_WORDS}, without its sources."
        yield _warning(text, page.line, f"the page '{page.name}' has {words} words", help)


def _missing_blocks(text: ModuleText, blocks: Iterable[Block]) -> Iterator[Problem]:
    kinds = {block.kind for block in blocks}
    if "story" not in kinds:
        yield _warning(text, 1, "this module has no story", "Write one: '::: story a-short-name'.")
    if "plan" not in kinds:
        yield _warning(text, 1, "this module has no plan", "End it with one: '::: plan my-plan'.")
    if not kinds - set(BUILT_IN_KINDS) - {"plan"}:
        help = "Give it a tool, or something to choose, tick or write."
        yield _warning(text, 1, "this module has no exercise besides its plan", help)


def _companion_gaps(course: Course) -> Iterator[Problem]:
    for module in course.modules:
        if module.name not in course.companions:
            help = f"Write companions/{module.name}/en.md."
            text = module.texts["en"]
            yield _warning(text, 1, "this module has no companion page for clinicians", help)
    for name, companion in course.companions.items():
        text = companion.texts["en"]
        if course.module(name) is None:
            yield _warning(
                text, 1, f"there is no module '{name}' in the course", "Nobody is shown this page."
            )
        if [page.name for page in text.pages] != [COMPANION]:
            help = f"Begin it with '::: page {COMPANION}'."
            yield _warning(text, 1, f"a companion is one page, called '{COMPANION}'", help)


def _glossary_gaps(course: Course, glossary: Glossary) -> Iterator[Problem]:
    pattern = pattern_of(glossary.words)
    texts = [text for module in course.patients_texts if (text := module.texts.get(glossary.lang))]
    read = " \n".join(passage.text for text in texts for page in text.pages for passage in page.passages)
    found = {plain_form(match.group()) for match in pattern.finditer(read)}
    for word in glossary.words:
        if texts and not found & set(map(plain_form, word.forms)):
            message, help = (
                f"'{word.term}' is in no text that patients read",
                "Remove it, or add the form in use.",
            )
            yield Problem(glossary.path, word.line, message, help, Level.WARNING)
        for name in sorted(word.taught_in):
            if course.module(name) is None:
                message = f"'{word.key}' is taught in '{name}', which is no module of the course"
                yield Problem(
                    glossary.path, word.line, message, "Correct the name, or remove it.", Level.WARNING
                )
    english = course.glossaries.get("en")
    if english and glossary is not english:
        known = {word.key for word in english.words}
        for word in glossary.words:
            if word.key not in known:
                message = f"the English glossary has no '{word.key}'"
                yield Problem(glossary.path, word.line, message, "Use the English key.", Level.WARNING)


def _warning(text: ModuleText, line: int, message: str, help: str) -> Problem:
    return Problem(text.path, line, message, help, Level.WARNING)
