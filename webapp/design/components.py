"""The NHS components, as functions for our templates.

nhsuk-frontend-jinja writes its macros for a forgiving Jinja: a missing parameter is simply not there. Ours is
strict, so that a spelling mistake is an error and not an empty page. The macros therefore live in an
environment
of their own, and templates see only the table below, as ``nhs.button({...})``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from jinja2 import ChainableUndefined, Environment, PackageLoader
from markupsafe import Markup

# The name in our templates (which is also the macro's own name) and the folder that holds it.
COMPONENTS: Mapping[str, str] = {
    "actionLink": "action-link",
    "backLink": "back-link",
    "breadcrumb": "breadcrumb",
    "button": "button",
    "card": "card",
    "characterCount": "character-count",
    "checkboxes": "checkboxes",
    "contentsList": "contents-list",
    "dateInput": "date-input",
    "details": "details",
    "errorMessage": "error-message",
    "errorSummary": "error-summary",
    "fieldset": "fieldset",
    "hint": "hint",
    "input": "input",
    "insetText": "inset-text",
    "label": "label",
    "notificationBanner": "notification-banner",
    "pagination": "pagination",
    "panel": "panel",
    "passwordInput": "password-input",
    "radios": "radios",
    "select": "select",
    "skipLink": "skip-link",
    "summaryList": "summary-list",
    "table": "tables",
    "tabs": "tabs",
    "tag": "tag",
    "taskList": "task-list",
    "textarea": "textarea",
    "warningCallout": "warning-callout",
}

CONSTANT = frozenset({"button", "skipLink", "tag"})
_MOST_KEPT = 2_000

_TYPED_TEXT = re.compile(r"(<textarea\b.*?</textarea>|<pre\b.*?</pre>)", re.DOTALL)
_LINE_END = re.compile(r"\s*\n\s*")

Component = Callable[..., Markup]


class Components:
    """Every component of the table as an attribute: ``nhs.button({"text": _("Carry on")})``.

    Each takes one mapping of parameters, named as in the NHS design system's own guidance, and returns markup
    that is safe to print. ``{% call nhs.card({...}) %}…{% endcall %}`` works for the components that allow
    it.
    """

    def __init__(self, table: Mapping[str, str] = COMPONENTS) -> None:
        """Load every macro of the table now, so that a missing one stops the start and not a patient's page.

        Raises:
            LookupError: a component of the table is not in the installed nhsuk-frontend-jinja.
        """
        environment = Environment(
            loader=PackageLoader("nhsuk_frontend_jinja"),
            undefined=ChainableUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._macros: dict[str, Component] = {}
        self._drawn: dict[str, Markup] = {}
        for name, folder in table.items():
            module = environment.get_template(f"nhsuk/components/{folder}/macro.jinja").module
            macro = getattr(module, name, None)
            if macro is None:
                raise LookupError(f"nhsuk-frontend-jinja has no macro {name} in {folder}")
            self._macros[name] = macro

    def __getattr__(self, name: str) -> Component:
        """The component of that name, with the words it would say in English put into the reader's
        language."""
        if name.startswith("_") or name not in self._macros:
            raise AttributeError(f"no NHS component is called {name}: add it to webapp/design/components.py")
        macro = self._macros[name]
        if name in CONSTANT:
            return self._constant(name, macro)

        def draw(params: Mapping[str, Any] | None = None, caller: Component | None = None) -> Markup:
            settled = _settled(name, params)
            return _tight(macro(settled, caller=caller) if caller else macro(settled))

        return draw

    def _constant(self, name: str, macro: Component) -> Component:
        """Drawn once for the same words: these components stand on every page and hold nothing personal."""

        def draw(params: Mapping[str, Any] | None = None) -> Markup:
            settled = _settled(name, params)
            key = f"{name} {settled!r}"
            if key not in self._drawn:
                if len(self._drawn) >= _MOST_KEPT:
                    self._drawn.clear()
                self._drawn[key] = _tight(macro(settled))
            return self._drawn[key]

        return draw


def _settled(name: str, params: Mapping[str, Any] | None) -> dict[str, Any]:
    """The parameters as the macro wants them, with the component's own words."""
    settled: dict[str, Any] = _plain({**_words(name), **(params or {})})
    if name == "warningCallout" and isinstance(settled.get("heading"), str):
        # A translated heading is a string and markup at once: its macro would print it as both.
        settled["heading"] = {"text": settled["heading"]}
    return settled


def _words(name: str) -> dict[str, Any]:
    """What a component says of its own accord, in the reader's language."""
    return _OWN_WORDS[name]() if name in _OWN_WORDS else {}


def _password_words() -> dict[str, Any]:
    return {
        "showPasswordText": _("Show"),
        "hidePasswordText": _("Hide"),
        "showPasswordAriaLabel": _("Show password"),
        "hidePasswordAriaLabel": _("Hide password"),
        "passwordShownAnnouncementText": _("Your password is visible"),
        "passwordHiddenAnnouncementText": _("Your password is hidden"),
    }


def _character_count_words() -> dict[str, Any]:
    """The counting sentences. ``%(count)s`` becomes the ``%{count}`` that the script fills in."""
    slot = "%{count}"
    return {
        "textareaDescriptionText": _("You can write up to %(count)s characters", count=slot),
        "charactersUnderLimitText": {
            "one": _("You have %(count)s character left", count=slot),
            "other": _("You have %(count)s characters left", count=slot),
        },
        "charactersAtLimitText": _("You have 0 characters left"),
        "charactersOverLimitText": {
            "one": _("You have %(count)s character too many", count=slot),
            "other": _("You have %(count)s characters too many", count=slot),
        },
    }


_OWN_WORDS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "backLink": lambda: {"text": _("Back")},
    "characterCount": _character_count_words,
    "errorMessage": lambda: {"visuallyHiddenText": _("Error")},
    "errorSummary": lambda: {"titleText": _("There is a problem")},
    "insetText": lambda: {"visuallyHiddenText": _("Information")},
    "notificationBanner": lambda: {"titleText": _("Important")},
    "passwordInput": _password_words,
    "skipLink": lambda: {"text": _("Skip to main content")},
    "warningCallout": lambda: {"visuallyHiddenText": _("Important"), "headingLevel": 2},
}


def _tight(markup: Markup) -> Markup:
    """The same markup without the macros' empty lines and indents; what a person typed is left as it is."""
    pieces = _TYPED_TEXT.split(str(markup).strip())
    return Markup("".join(piece if place % 2 else _tight_tags(piece) for place, piece in enumerate(pieces)))


def _tight_tags(piece: str) -> str:
    return _LINE_END.sub("\n", piece).replace("\n>", ">")


def _plain(value: Any) -> Any:
    """The same value with lazy translations spoken: the macros ask ``is string``, which a lazy text is
    not."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if type(value).__name__ == "Undefined" or not hasattr(value, "__str__"):
        return value
    return value.__html__() if hasattr(value, "__html__") else str(value)
