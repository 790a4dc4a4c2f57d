"""Waymark: a self-guided digital pain management programme that a pain service runs for its own patients.

``create_app`` builds it. Nothing heavy is imported here, so that commands which need no web stay quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from webapp.foundations.settings import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application. ``webapp/building.py`` reads like a table of contents.

    Raises:
        SettingsRefused, ContentRefused, QuestionnairesRefused: with everything that is wrong, by file and line.
    """
    from webapp.building import build

    return build(settings)
