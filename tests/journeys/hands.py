"""Somebody who uses the keyboard alone: Tab, Enter, Space, the arrows, and letters. Where they are must be
seen.
"""

from __future__ import annotations

from playwright.sync_api import Locator

from tests.journeys.browser import Person

MOST_TABS = 150
IS_FOCUSED = "one => one === document.activeElement"
IS_IN_FOCUSED_GROUP = """one => one.form === document.activeElement.form
    && one.name === document.activeElement.name && document.activeElement.type === 'radio'"""
LOOKS_DIFFERENT = """one => {
  const names = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "backgroundColor"];
  const styled = (part, pseudo) => names.map((name) => getComputedStyle(part, pseudo)[name]).join();
  const seen = (part) => [null, "::before", "::after"].map((pseudo) => styled(part, pseudo)).join();
  const look = () => [one, ...(one.labels ?? [])].map(seen).join("|");
  const focused = look();
  one.blur();
  const plain = look();
  one.focus();
  return focused !== plain;
}"""


class KeyboardPerson(Person):
    """Reaches everything with the Tab key, and looks each time whether the place is marked on the screen."""

    def _press(self, target: Locator) -> None:
        self._reaches(target)
        self.presses("Enter")

    def _write(self, target: Locator, text: str) -> None:
        self._reaches(target)
        self.presses("Control+A", "Delete")
        self.page.keyboard.type(text)

    def _pick(self, target: Locator, option: str) -> None:
        self._reaches(target)
        self.page.keyboard.type(option)

    def _tick(self, target: Locator) -> None:
        if target.get_attribute("type") == "radio":
            self._reaches(target, IS_IN_FOCUSED_GROUP)
            for _ in range(20):
                if target.evaluate(IS_FOCUSED):
                    break
                self.presses("ArrowDown")
        else:
            self._reaches(target)
        if not target.is_checked():
            self.presses("Space")
        assert target.is_checked(), f"{target} cannot be ticked with the keyboard"

    def _reaches(self, target: Locator, there: str = IS_FOCUSED) -> None:
        for _ in range(MOST_TABS):
            if target.evaluate(there):
                break
            self.presses("Tab")
        else:
            raise AssertionError(f"{target} cannot be reached with the Tab key")
        focused = self.page.locator("*:focus").first
        assert focused.evaluate(LOOKS_DIFFERENT), f"{target} does not show that it has the focus"
