"""Taps the links of an e-mail as its reader would: opens the page, presses the button, without signing in."""

from __future__ import annotations

from html.parser import HTMLParser

from flask import Flask

from webapp.commands.demo.year.doing import Doing, begin_flare
from webapp.commands.demo.year.lives import Act, What


class _Hidden(HTMLParser):
    """The hidden fields of a page's forms."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "input" and found.get("type") == "hidden" and found.get("name"):
            self.fields[str(found["name"])] = found.get("value") or ""


def tap(app: Flask, doing: Doing, act: Act) -> None:
    """Open ``/r/<secret>/<answer>`` of the latest message and send it. Without any message there is nothing to tap.

    Raises:
        RuntimeError: the page did not open, or did not take the answer.
    """
    if not doing.person.secret:
        return
    answer = act.detail if act.what is What.TAP else "stop"
    address = f"/r/{doing.person.secret}/{answer}"
    browser = app.test_client()
    page = browser.get(address)
    hidden = _Hidden()
    hidden.feed(page.get_data(as_text=True))
    sent = browser.post(address, data=hidden.fields)
    if page.status_code >= 400 or sent.status_code >= 400:
        raise RuntimeError(
            f"{answer} from a message was answered {page.status_code}, then {sent.status_code}"
        )
    _remember(doing, answer)


def _remember(doing: Doing, answer: str) -> None:
    if answer == "flare_up" and doing.life.flare_from is None:
        begin_flare(doing.life, doing.throw)
    if answer == "stop":
        doing.life.has_stopped_messages = True
