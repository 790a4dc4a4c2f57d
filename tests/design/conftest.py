"""The gallery's small application: no database, nothing but the look."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from webapp.design.assets import Assets
from webapp.design.gallery import gallery_app, rendered


@pytest.fixture(scope="session")
def look() -> Flask:
    """The gallery with the built style sheets (``npm run build`` first)."""
    return gallery_app(assets=Assets.read())


@pytest.fixture(scope="session")
def gallery(look: Flask) -> dict[str, str]:
    """Every page of the gallery, left to right and right to left."""
    mirrored = gallery_app(direction="rtl", several_languages=True, assets=Assets.read())
    pages = dict(rendered(look))
    return pages | {f"{name}-rtl": html for name, html in rendered(mirrored)}


@pytest.fixture
def speaking(look: Flask) -> Iterator[None]:
    """A request to render in."""
    with look.test_request_context("/"):
        yield
