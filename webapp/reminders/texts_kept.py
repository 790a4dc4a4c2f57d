"""The words of all messages, read once when the programme starts and kept with it."""

from __future__ import annotations

from flask import Flask, current_app

from webapp.content.layers import Where

from .texts import Texts, read_texts

EXTENSION = "waymark_message_texts"


def keep_texts(app: Flask, where: Where) -> None:
    """Read them for this application.

    Raises:
        ContentRefused: naming every problem; the programme does not start.
    """
    app.extensions[EXTENSION] = read_texts(where)


def message_texts() -> Texts:
    """The words of this application."""
    texts: Texts = current_app.extensions[EXTENSION]
    return texts
