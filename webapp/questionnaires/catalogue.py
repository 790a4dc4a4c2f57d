"""The questionnaires of this installation, as the start-up read them."""

from __future__ import annotations

from flask import Flask, current_app

from webapp.questionnaires.instruments import Instruments

_WHERE = "waymark_questionnaires"


def keep(app: Flask, found: Instruments) -> None:
    """Give the application what was read."""
    app.extensions[_WHERE] = found


def instruments() -> Instruments:
    """Every instrument and the battery."""
    found: Instruments = current_app.extensions[_WHERE]
    return found
