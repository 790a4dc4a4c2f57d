"""A person with a browser: taps what a person would tap, by its words, and looks at every page on the way."""

from __future__ import annotations

import shutil
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route, expect

PHONE = {"width": 360, "height": 740}
NARROW = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 800}
AXE_OPTIONS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """Where this machine's browser is; None if it has none."""
    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


class Person:
    """One person's browser: a fresh profile, one page, and a memory of everything that went wrong in it."""

    def __init__(self, browser: Browser, origin: str, size: dict[str, int] = PHONE, **context: Any) -> None:
        self.origin = origin
        self.context = browser.new_context(viewport=size, base_url=origin, locale="en-GB", **context)
        self.context.route("**/*", self._only_our_origin)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(8000)
        self.troubles: list[str] = []
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script error: {error}"))
        self.expects_trouble = False

    def goes_to(self, path: str) -> Person:
        """Open a page of ours."""
        self.page.goto(self.origin + path)
        return self

    def taps(self, words: str, *, exact: bool = True) -> Person:
        """Tap the button or link with these words."""
        button = self.page.get_by_role("button", name=words, exact=exact)
        link = self.page.get_by_role("link", name=words, exact=exact)
        button.or_(link).first.click()
        return self

    def fills(self, label: str, text: str, *, exact: bool = False) -> Person:
        """Write into the field with this label."""
        self.page.get_by_label(label, exact=exact).first.fill(text)
        return self

    def chooses(self, label: str, *, group: str | None = None, exact: bool = True) -> Person:
        """Tick the answer with this label (in the group with these words)."""
        place = self.page.get_by_role("group", name=group) if group else self.page
        place.get_by_label(label, exact=exact).first.check()
        return self

    def fills_date(self, group: str, day: int, month: int, year: int) -> Person:
        """Write a date into its three fields."""
        place = self.page.get_by_role("group", name=group)
        for label, number in (("Day", day), ("Month", month), ("Year", year)):
            place.get_by_label(label).fill(str(number))
        return self

    def sees(self, words: str) -> Person:
        """These words can be read in the main part."""
        expect(self.page.locator("main")).to_contain_text(words)
        return self

    def sees_heading(self, words: str) -> Person:
        """The page's heading has these words."""
        expect(self.page.locator("h1")).to_contain_text(words)
        return self

    def is_at(self, path: str) -> Person:
        """The address begins with this path."""
        self.page.wait_for_url(lambda url: url.removeprefix(self.origin).startswith(path))
        return self

    def presses(self, *keys: str) -> Person:
        """Press keys, one after another."""
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def finds_nothing_wrong(self) -> Person:
        """Axe finds nothing at 320 pixels, nothing scrolls sideways, and nothing went wrong on the way."""
        before = self.page.viewport_size
        self.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} is {wide} pixels too wide at 320"
        self._axe()
        self.page.set_viewport_size(before or PHONE)  # type: ignore[arg-type]
        assert self.expects_trouble or not self.troubles, self.troubles
        return self

    def _axe(self) -> None:
        found = Axe().run(self.page, options=AXE_OPTIONS).response["violations"]
        words = [f"{one['id']}: {one['help']}: {[node['html'][:160] for node in one['nodes'][:3]]}" for one in found]
        assert not words, f"{self.page.url}\n" + "\n".join(words)

    def leaves(self) -> None:
        """Close the browser."""
        self.context.close()

    def _only_our_origin(self, route: Route, request: Request) -> None:
        if request.url.startswith((self.origin, "data:", "blob:")):
            route.continue_()
        else:
            self.troubles.append(f"third party: {request.url}")
            route.abort()

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 422" not in message.text:
            self.troubles.append(f"console: {message.text}")
