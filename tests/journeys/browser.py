"""A person with a browser: taps what a person would tap, by its words, and looks at every page on the way."""

from __future__ import annotations

import re
import shutil
from copy import copy
from typing import Any, Self

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Route, expect

PHONE = {"width": 360, "height": 740}
NARROW = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 800}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE_OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
MOST_MS = 8000
# What sticks out on the right, once a chart has had its moment to fit the new width.
TOO_WIDE = """async () => {
  const room = document.documentElement;
  const fits = () => room.scrollWidth <= room.clientWidth;
  for (let tries = 0; tries < 15 && !fits(); tries++) await new Promise((go) => setTimeout(go, 100));
  const edge = (one) => Math.round(one.getBoundingClientRect().right);
  const out = [...document.body.querySelectorAll("*")].filter((one) => edge(one) > room.clientWidth + 1);
  const named = (one) => `${one.tagName} ${one.getAttribute("class")} ${edge(one)}`;
  return fits() ? [] : out.map(named).slice(0, 6);
}"""
EXPECTED_ANSWER = re.compile(
    r"status of (410|422|429)"
)  # a link that is over, a refused form, a wait: told in words
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=MOST_MS)


def chromium() -> str | None:
    """Where this machine's browser is; None if it has none."""
    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


class Person:
    """One person's browser: a fresh profile, one page, and a memory of everything that went wrong in it."""

    def __init__(self, browser: Browser, origin: str, size: dict[str, int] = PHONE, **context: Any) -> None:
        self.browser, self.origin, self.size = browser, origin, size
        self.scripts = context.get("java_script_enabled", True)
        self.context = browser.new_context(viewport=size, base_url=origin, locale="en-GB", **context)
        self.context.route("**/*", self._only_our_origin)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(MOST_MS)
        self.troubles: list[str] = []
        self._watches()

    def goes_to(self, path: str) -> Self:
        """Open a page of ours."""
        self.page.goto(self.origin + path)
        return self

    def taps(self, words: str, *, exact: bool = True) -> Self:
        """Tap the button or link with these words."""
        self._press(self._button(words, exact=exact))
        return self

    def sends(self, words: str, *, exact: bool = True) -> Self:
        """Tap the button or link with these words, and wait for the page that it leads to."""
        with self.page.expect_navigation():
            self._press(self._button(words, exact=exact))
        return self

    def fills(self, label: str, text: str, *, exact: bool = False) -> Self:
        """Write into the field with this label."""
        self._write(self.page.get_by_label(label, exact=exact).first, text)
        return self

    def chooses(self, label: str, *, group: str | None = None, exact: bool = True) -> Self:
        """Tick the answer with this label (in the group with these words)."""
        place = self.page.get_by_role("group", name=group) if group else self.page
        self._tick(place.get_by_label(label, exact=exact).first)
        return self

    def chooses_number(self, number: int, *, group: str) -> Self:
        """Choose this number of a row of numbers; the ends carry words too."""
        name = re.compile(rf"^{number}(\b|$)")
        self._tick(self.page.get_by_role("group", name=group).get_by_role("radio", name=name).first)
        return self

    def picks(self, label: str, option: str) -> Self:
        """Choose this line of the list with this label."""
        self._pick(self.page.get_by_label(label).first, option)
        return self

    def fills_date(self, group: str, day: int, month: int, year: int) -> Self:
        """Write a date into its three fields."""
        place = self.page.get_by_role("group", name=group)
        for label, number in (("Day", day), ("Month", month), ("Year", year)):
            self._write(place.get_by_label(label), str(number))
        return self

    def sees(self, words: str) -> Self:
        """These words can be read in the main part."""
        expect(self.page.locator("main")).to_contain_text(words)
        return self

    def does_not_see(self, words: str | re.Pattern[str]) -> Self:
        """These words cannot be read in the main part."""
        expect(self.page.locator("main")).not_to_contain_text(words)
        return self

    def sees_heading(self, words: str) -> Self:
        """The page's heading has these words."""
        expect(self.page.locator("h1")).to_contain_text(words)
        return self

    def is_at(self, path: str) -> Self:
        """The address begins with this path."""
        self.page.wait_for_url(lambda url: url.removeprefix(self.origin).startswith(path))
        return self

    def presses(self, *keys: str) -> Self:
        """Press keys, one after another."""
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def finds_nothing_wrong(self) -> Self:
        """Axe finds nothing at 320 pixels, nothing scrolls sideways, and nothing went wrong on the way."""
        self._narrows()
        if self.scripts:
            self._looks_closely(self.page)
        else:
            self._looks_closely_with_scripts()
        self.page.set_viewport_size(self.size)  # type: ignore[arg-type]
        assert not self.troubles, self.troubles
        return self

    def _narrows(self) -> None:
        """320 pixels wide, and as high as the page is: nothing lies under the bar at the bottom."""
        self.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        height = self.page.locator("html").bounding_box() or NARROW
        self.page.set_viewport_size(
            {"width": NARROW["width"], "height": max(NARROW["height"], int(height["height"]) + 1)}
        )

    def _looks_closely(self, page: Page) -> None:
        wide = page.evaluate(TOO_WIDE)
        assert not wide, f"{page.url} is too wide at 320 pixels: {wide}"
        found = Axe().run(page, options=AXE_OPTIONS).response["violations"]
        words = [
            f"{one['id']}: {one['help']}: {[node['html'][:160] for node in one['nodes'][:3]]}"
            for one in found
        ]
        assert not words, f"{page.url}\n" + "\n".join(words)

    def _looks_closely_with_scripts(self) -> None:
        """Axe is a script: it looks at the same page in a browser that runs them."""
        size = self.page.viewport_size or NARROW
        other = self.browser.new_context(viewport=size, base_url=self.origin, locale="en-GB")  # type: ignore[arg-type]
        page, address, shown = other.new_page(), self.page.url, self.page.content()
        page.route(address, lambda route: route.fulfill(body=shown, content_type="text/html; charset=utf-8"))
        page.goto(address)
        self._looks_closely(page)
        other.close()

    def typed(self) -> list[str]:
        """What stands in the fields of the page."""
        fields = self.page.locator("main").locator("textarea, input:not([type=hidden])")
        return [field.input_value() for field in fields.all()]

    def opens_another_tab(self) -> Self:
        """The same person with a second tab: one profile, two pages."""
        other = copy(self)
        other.page = self.context.new_page()
        other.page.set_default_timeout(MOST_MS)
        other.troubles = []
        other._watches()
        return other

    def goes_back(self) -> Self:
        """Tap the browser's Back."""
        self.page.go_back()
        return self

    def loses_the_signal(self) -> Self:
        """Nothing goes in or out any more."""
        self.context.set_offline(True)
        return self

    def has_signal_again(self) -> Self:
        """Everything goes in and out again; what failed in between is no trouble of ours."""
        self.context.set_offline(False)
        self.forgets(r"net::ERR_")
        return self

    def forgets(self, expected: str) -> Self:
        """These console errors were brought about by the test."""
        self.troubles = [one for one in self.troubles if not re.search(expected, one)]
        return self

    def leaves(self) -> None:
        """Close the browser."""
        self.context.close()

    def _watches(self) -> None:
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script error: {error}"))

    def _button(self, words: str, *, exact: bool) -> Locator:
        button = self.page.get_by_role("button", name=words, exact=exact)
        return button.or_(self.page.get_by_role("link", name=words, exact=exact)).first

    def _press(self, target: Locator) -> None:
        target.click()

    def _write(self, target: Locator, text: str) -> None:
        target.fill(text)

    def _tick(self, target: Locator) -> None:
        target.check()

    def _pick(self, target: Locator, option: str) -> None:
        target.select_option(option)

    def _only_our_origin(self, route: Route, request: Request) -> None:
        if request.url.startswith((self.origin, "data:", "blob:")):
            route.continue_()
        else:
            self.troubles.append(f"third party: {request.url}")
            route.abort()

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not EXPECTED_ANSWER.search(message.text):
            self.troubles.append(
                f"console: {message.text} at {message.location.get('url')} on {self.page.url}"
            )
