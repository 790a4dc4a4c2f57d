"""Taps the links of an e-mail as its reader would: opens the page, presses the button, without signing in."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask

from webapp.commands.demo.year.doing import Doing, begin_flare
from webapp.commands.demo.year.lives import Act
from webapp.reminders.answer_rules import IN_ADDRESSES, answer_called

OVER = 410
"""What a link's page answers when it is too old, or its way through the course has ended."""
OFFERED_DAYS = ("1", "7", "14", "28")
DAY, RING = "day", "get_in_touch"


class NotTaken(RuntimeError):
    """A page behind a message's link did not open, or did not take the answer."""


def tap(app: Flask, doing: Doing, act: Act) -> None:
    """Open ``/r/<secret>/<answer>`` of the latest message and send it. Without any message there is nothing to tap.

    Raises:
        NotTaken: the page did not open, or did not take the answer.
    """
    if not doing.person.secret:
        return
    said = act.detail
    answer = answer_called(said)
    address = f"/r/{doing.person.secret}/{IN_ADDRESSES[answer] if answer else said}"
    browser = app.test_client()
    statuses = (
        browser.get(address).status_code,
        browser.post(address, data=_filled_in(said, doing)).status_code,
    )
    if OVER in statuses:
        return
    if max(statuses) >= 400:
        raise NotTaken(f"{said} was answered {statuses[0]}, then {statuses[1]}")
    _remember(doing, said)


def _filled_in(said: str, doing: Doing) -> Mapping[str, str]:
    """What the page asks besides its button: from which day on, or whether somebody may get in touch."""
    if said in ("later", "pause"):
        return {DAY: doing.throw.choice(OFFERED_DAYS)}
    return {RING: doing.throw.choice(("yes", "no"))} if said == "not_for_me" else {}


def _remember(doing: Doing, said: str) -> None:
    if said == "flare_up" and doing.life.flare_from is None:
        begin_flare(doing.life, doing.throw)
    if said == "stop":
        doing.life.has_stopped_messages = True
