"""How hard one page is to read, without its list of sources (titles and names are nobody's plain English)."""

from collections.abc import Sequence

from webapp.content.reading import Ease, reading_ease
from webapp.content.texts import Page, Passage

SOURCES_HEADING = "Where this comes from"


def ease_of(page: Page) -> Ease:
    """Words, sentences and both ages of what a patient reads on the page, its short version with it."""
    return reading_ease((passage.text, passage.line) for passage in read_by_patients(page))


def read_by_patients(page: Page) -> Sequence[Passage]:
    """The passages above the heading of the sources."""
    place = _place_of_sources(page)
    return page.passages if place is None else page.passages[:place]


def names_sources(page: Page) -> bool:
    """Whether something stands below the heading of the sources."""
    place = _place_of_sources(page)
    return place is not None and place + 1 < len(page.passages)


def _place_of_sources(page: Page) -> int | None:
    places = (n for n, passage in enumerate(page.passages) if passage.text.strip() == SOURCES_HEADING)
    return next(places, None)
