"""Opens the reminders room: messages are written in the worker, and a heartbeat says so."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from webapp.foundations import health, post
from webapp.foundations.settings import Settings
from webapp.people.me_sections import add_to_me
from webapp.people.service_links import add_to_service_settings
from webapp.reminders import answer_routes, bounces, choice_routes, jobs, preview_routes, service
from webapp.reminders.texts_kept import keep_texts

JOBS = (jobs,)
"""Importing them registers the writing of messages with the worker."""


def open_room(app: Flask) -> None:
    """Read the words of all messages, ask again before each goes out, and let readiness hear the writer's heartbeat."""
    settings: Settings = app.extensions["waymark_settings"]
    keep_texts(app, settings.content_folders)
    app.register_blueprint(answer_routes.pages)
    app.register_blueprint(answer_routes.after_signing_in)
    app.register_blueprint(choice_routes.pages)
    add_to_me(_l("My messages"), "message_choices.messages")
    app.register_blueprint(preview_routes.pages)
    add_to_service_settings(_l("What we write to patients"), "message_words.overview")
    post.ask_before_sending(service.LETTER_KIND, service.why_not)
    post.tell_me_of_failures(service.look_again_after)
    post.tell_me_of_failures(_note_failure)
    health.must_beat["messages"] = (jobs.WRITER, jobs.WRITER_STOPPED_AFTER)


def _note_failure(letter: post.Letter) -> None:
    """A message failed: its address is noted as one that does not work."""
    bounces.note_failure(letter)
