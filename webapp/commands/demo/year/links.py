"""Taps the links of an e-mail as its reader would: opens the page, presses the button, without signing in."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask

from webapp.commands.demo.year.doing import Doing, begin_flare
from webapp.commands.demo.year.lives import Act
from webapp.reminders.answer_rules import IN_ADDRESSES
from webapp.reminders.rules import Answer

OVER = 410
"""What a link's page answers when it is too old, or its way through the course has ended."""
OFFERED_DAYS = ("1", "7", "14", "28")
DAY, RING = "day", "get_in_touch"


class NotTaken(RuntimeError):
    """A page behind a message's link did not open, or did not take the answer."""


def tap(app: Flask, doing: Doing, act: Act) -> None:
    """Open ``/r/<secret>/<name>`` of the latest message and send it. Without any message there is nothing to tap.

    Raises:
        NotTaken: the page did not open, or did not take the answer.
    """
    if not doing.person.secret:
        return
    address = f"/r/{doing.person.secret}/{act.detail}"
    browser = app.test_client()
    filled_in = _filled_in(act.detail, doing)
    statuses = browser.get(address).status_code, browser.post(address, data=filled_in).status_code
    if OVER in statuses:
        return
    if max(statuses) >= 400:
        raise NotTaken(f"{act.detail} was answered {statuses[0]}, then {statuses[1]}")
    _remember(doing, act.detail)


def _filled_in(name: str, doing: Doing) -> Mapping[str, str]:
    """What the page asks besides its button: from which day on, or whether somebody may get in touch."""
    if name in ("later", "pause"):
        return {DAY: doing.throw.choice(OFFERED_DAYS)}
    return {RING: doing.throw.choice(("yes", "no"))} if name == IN_ADDRESSES[Answer.NOT_FOR_ME] else {}


def _remember(doing: Doing, name: str) -> None:
    if name == IN_ADDRESSES[Answer.FLARE_UP] and doing.life.flare_from is None:
        begin_flare(doing.life, doing.throw)
    if name == "stop":
        doing.life.has_stopped_messages = True
