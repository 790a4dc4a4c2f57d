"""One fetched page, and what is wrong with it."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.test import TestResponse

LABELLED = {"input", "select", "textarea"}
NEEDS_NO_LABEL = {"hidden", "submit", "button", "image"}
FOCUSABLE = {"a", "button", "input", "select", "textarea", "summary"}
BY_SECRET = "/r/"  # pages that read no session: the secret in their address is what a form's token would be
LEFT_OVERS = re.compile(r"(?<!of )\bNone\b(?! of)|\{\{|\{%|%\(\w+\)s|\bUndefined\b|<lambda|object at 0x")


class Page:
    """A page as a person meets it."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.path = response.request.path
        query = response.request.query_string.decode()
        self.address = self.path + (f"?{query}" if query else "")
        self.html = response.get_data(as_text=True)
        self.tree: Element = html5lib.parse(self.html, namespaceHTMLElements=False)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Every element of this tag with these attributes (``class_`` means contains this class)."""
        return [element for element in self.tree.iter(tag) if _matches(element, attributes)]

    @property
    def title(self) -> str:
        """The document's title."""
        return text_of(self.all("title")[0]) if self.all("title") else ""

    @property
    def heading(self) -> str:
        """The one ``h1``."""
        return text_of(self.all("h1")[0])

    @property
    def text(self) -> str:
        """All that can be read in the main part, spaces folded."""
        main = self.all("main")
        return text_of(main[0] if main else self.tree)

    def form_fields(self, action: str | None = None) -> tuple[dict[str, Any], str]:
        """What the browser would send of the form that posts to ``action`` (else of the first one in ``main``)."""
        form = self._form(action)
        fields: dict[str, Any] = {}
        for element in form.iter():
            name = element.get("name")
            if name and element.tag in LABELLED and _is_sent(element):
                value = _value_of(element)
                fields[name] = value if name not in fields else [*_as_list(fields[name]), value]
        return fields, form.get("action") or self.address

    def _form(self, action: str | None) -> Element:
        forms = [f for f in self.all("form") if (f.get("method") or "").lower() == "post"]
        if action is not None:
            forms = [f for f in forms if action in (f.get("action") or self.path)]
        else:
            main = self.all("main")[0]
            forms = [f for f in main.iter("form") if (f.get("method") or "").lower() == "post"]
        assert forms, f"{self.path} has no form to send ({action or 'main'})"
        return forms[0]

    def problems(self) -> list[str]:
        """Everything on the page that somebody would trip over."""
        found = [
            *self._head(),
            *self._headings(),
            *self._ids(),
            *self._fields(),
            *self._policy(),
            *self._left_overs(),
        ]
        return [*found, *self._classes(), *self._refusal()]

    def _head(self) -> list[str]:
        html = self.all("html")[0] if self.all("html") else self.tree
        wrong = [f"html has no {name}" for name in ("lang", "dir") if not html.get(name)]
        return wrong + ([] if self.title else ["there is no title"])

    def _headings(self) -> list[str]:
        headings = self.all("h1")
        if len(headings) != 1:
            return [f"there are {len(headings)} h1"]
        begins = self.title.removeprefix("Error: ").removeprefix("Gwall: ")
        return (
            []
            if begins.startswith(text_of(headings[0]))
            else [f"title {self.title!r} does not begin with the h1"]
        )

    def _ids(self) -> list[str]:
        ids = Counter(element.get("id") for element in self.tree.iter() if element.get("id"))
        wrong = [f"id {name!r} is there {times} times" for name, times in ids.items() if times > 1]
        for element in self.tree.iter():
            for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
                wrong += [
                    f"{attribute} names no id {name!r}"
                    for name in (element.get(attribute) or "").split()
                    if name not in ids
                ]
            if (
                element.tag == "a"
                and (element.get("href") or "").startswith("#")
                and len(element.get("href") or "") > 1
            ):
                name = (element.get("href") or "")[1:]
                wrong += (
                    [] if name in ids and self._can_take_focus(name) else [f"link to #{name} leads nowhere"]
                )
        return wrong

    def _can_take_focus(self, name: str) -> bool:
        target = next(element for element in self.tree.iter() if element.get("id") == name)
        return (
            target.tag in FOCUSABLE
            or target.get("tabindex") is not None
            or target.tag in {"main", "section", "h2", "h3"}
        )

    def _fields(self) -> list[str]:
        wrong = [
            problem for tag in LABELLED for field in self.all(tag) for problem in self._field(tag, field)
        ]
        for form in self.all("form"):
            posts = (form.get("method") or "get").lower() == "post"
            by_secret = self.path.startswith(BY_SECRET)
            if posts and not by_secret and not any(i.get("name") == "csrf_token" for i in form.iter("input")):
                wrong.append(f"form {form.get('action')!r} has no csrf_token")
        for button in self.all("button"):
            if not text_of(button) and not button.get("aria-label"):
                wrong.append("a button has no name")
        return wrong + ["an image has no alt" for image in self.all("img") if image.get("alt") is None]

    def _field(self, tag: str, field: Element) -> list[str]:
        labels = {label.get("for") for label in self.all("label")}
        named = field.get("id") in labels or field.get("aria-label") or field.get("aria-labelledby")
        wrong = []
        if field.get("type") not in NEEDS_NO_LABEL and not named:
            wrong.append(f"{tag} {field.get('name')!r} has no label")
        if field.get("required") is not None:
            wrong.append(
                f"{tag} {field.get('name')!r} is 'required': the browser would refuse in its own words"
            )
        return wrong

    def _policy(self) -> list[str]:
        wrong = []
        policy = self.response.headers.get("Content-Security-Policy", "")
        for element in self.tree.iter():
            if not isinstance(element.tag, str):
                continue
            if element.get("style") is not None:
                wrong.append(f"<{element.tag}> has a style attribute")
            wrong += [f"<{element.tag}> has {name}" for name in element.attrib if str(name).startswith("on")]
            inline = element.tag in ("style", "script") and element.get("src") is None
            if inline and element.get("type") != "application/json" and "'sha256-" not in policy:
                nonce = element.get("nonce")
                if not nonce or f"'nonce-{nonce}'" not in policy:
                    wrong.append(f"<{element.tag}> without this response's nonce")
            source = element.get("src") or (element.get("href") if element.tag == "link" else "") or ""
            if source.startswith(("http:", "https:", "//")):
                wrong.append(f"third party: {source}")
        return wrong

    def _left_overs(self) -> list[str]:
        return [f"left over: {match.group(0)!r} in …{self.text[max(0, match.start() - 30):match.end() + 10]}…"
                for match in LEFT_OVERS.finditer(self.text)]  # fmt: skip

    def _classes(self) -> list[str]:
        used = {name for element in self.tree.iter() for name in (element.get("class") or "").split()}
        portal = any("portal" in (link.get("href") or "") for link in self.all("link"))
        lost = (used & full_classes()) - kept_classes("portal" if portal else "patient")
        return [f"class {name!r} is styled by the full CSS but not by ours" for name in sorted(lost)]

    def _refusal(self) -> list[str]:
        if self.status != 422:
            return []
        wrong = [] if self.title.startswith(("Error: ", "Gwall: ")) else ["the title does not say Error:"]
        summaries = [e for e in self.tree.iter() if "nhsuk-error-summary" in (e.get("class") or "").split()]
        return wrong + ([] if summaries else ["there is no error summary"])


@cache
def full_classes() -> frozenset[str]:
    """Every class name that the whole NHS style sheet knows."""
    return frozenset(_built("classes-full.json"))


@cache
def kept_classes(bundle: str) -> frozenset[str]:
    """Every class name that our own bundle (patient or portal) styles."""
    kept = _built("classes-kept.json")
    return frozenset(kept[bundle] if isinstance(kept, dict) else kept)


def _built(name: str) -> Any:
    return json.loads(
        (Path(__file__).resolve().parents[1] / "webapp" / "design" / "built" / name).read_text()
    )


def text_of(element: Element) -> str:
    """What can be read in it, spaces folded; scripts and styles left out."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: Element) -> list[str]:
    if element.tag in ("script", "style"):
        return []
    parts = [element.text or ""]
    for child in element:
        parts += [*_texts(child), child.tail or ""]
        if child.tag in {"p", "li", "div", "h1", "h2", "h3", "td", "th", "dt", "dd", "label", "br"}:
            parts.append(" ")
    return parts


def _matches(element: Element, attributes: dict[str, str]) -> bool:
    for name, value in attributes.items():
        if name == "class_":
            if value not in (element.get("class") or "").split():
                return False
        elif element.get(name.rstrip("_").replace("_", "-")) != value:
            return False
    return True


def _is_sent(element: Element) -> bool:
    kind = (element.get("type") or "").lower()
    if kind in ("submit", "button", "image"):
        return False
    return kind not in ("radio", "checkbox") or element.get("checked") is not None


def _value_of(element: Element) -> str:
    if element.tag == "textarea":
        return (element.text or "").removeprefix("\n")
    if element.tag == "select":
        options = list(element.iter("option"))
        chosen = [o for o in options if o.get("selected") is not None] or options[:1]
        if not chosen:
            return ""
        value = chosen[0].get("value")
        return text_of(chosen[0]) if value is None else value
    return element.get("value") or ("on" if element.get("type") in ("checkbox", "radio") else "")


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
