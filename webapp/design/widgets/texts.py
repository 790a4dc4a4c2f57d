"""Words that a person types: a line, a password, a longer text that says who will read it."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup, escape
from wtforms import Field, StringField

from webapp.design.widgets.group import about, attributes, component, label

ONLY_ME = "only-me"
TEAM = "team"

_INPUT_OPTIONS = (
    "autocomplete",
    "autocapitalize",
    "inputmode",
    "spellcheck",
    "prefix",
    "suffix",
    "width",
    "type",
)


class Input:
    """One line. ``width``: 2, 3, 4, 5, 10, 20 or 30 characters; ``suffix=_("minutes")`` stands behind the
    control."""

    def __init__(self, **defaults: Any) -> None:
        """*defaults* are used wherever the field is printed."""
        self.defaults = defaults

    def __call__(self, field: Field, **given: Any) -> Markup:
        """The whole group as markup."""
        options = {**self.defaults, **given}
        params = {**about(field, options), "label": label(field, options), "value": field._value()}
        params |= {name: options.pop(name) for name in _INPUT_OPTIONS if name in options}
        if options.pop("narrow", False):
            params["classes"] = "wm-narrow"
        return component("input")({**params, "attributes": attributes(options)})


class Password:
    """A password that can be looked at. Without the script it is a plain password control. Never filled
    again."""

    def __init__(self, autocomplete: str = "current-password") -> None:
        """*autocomplete*: ``current-password`` or ``new-password``, so that a phone offers the right
        thing."""
        self.autocomplete = autocomplete

    def __call__(self, field: Field, **given: Any) -> Markup:
        """The whole group as markup."""
        options = {"autocomplete": self.autocomplete, **given}
        params = {**about(field, options), "label": label(field, options)}
        params["autocomplete"] = options.pop("autocomplete")
        return component("passwordInput")({**params, "attributes": attributes(options)})


class Textarea:
    """A longer text. ``read_by`` is printed under it: nobody should have to guess who sees what they
    write."""

    def __init__(self, *, read_by: Any, rows: int = 5, **defaults: Any) -> None:
        """*read_by*: ``ONLY_ME``, ``TEAM``, or a sentence of your own (lazily translated). Where several stand on one
        page with the same reader, ``said_at=<id of the last one>`` says it once, under that one."""
        self.read_by, self.rows, self.defaults = read_by, rows, defaults

    def __call__(self, field: Field, **given: Any) -> Markup:
        """The whole group as markup."""
        options = {"rows": self.rows, **self.defaults, **given}
        params = {**about(field, options), "label": label(field, options), "value": _text(field)}
        params["rows"] = options.pop("rows")
        said_at = options.pop("said_at", None)
        params["describedBy"] = f"{said_at or field.id}-read-by"
        if said_at is None:
            params["formGroup"] = {"afterInput": {"html": self._reader(field)}}
        return self._draw(field, params, options)

    def _draw(self, field: Field, params: dict[str, Any], options: dict[str, Any]) -> Markup:
        return component("textarea")({**params, "attributes": attributes(options)})

    def _reader(self, field: Field) -> Markup:
        return Markup('<p class="wm-read-by" id="{}-read-by">{}</p>').format(
            field.id, who_reads(self.read_by)
        )


class CharacterCount(Textarea):
    """A longer text with a limit, counted as one types (the script) and said beforehand (without it)."""

    def __init__(self, *, read_by: Any, limit: int, rows: int = 5, **defaults: Any) -> None:
        """*limit*: characters allowed. The form must refuse more; this only counts."""
        super().__init__(read_by=read_by, rows=rows, **defaults)
        self.limit = limit

    def _draw(self, field: Field, params: dict[str, Any], options: dict[str, Any]) -> Markup:
        params["maxlength"] = self.limit
        drawn = component("characterCount")({**params, "attributes": attributes(options)})
        # The component describes the control by its count alone; who reads it belongs there as well.
        count = f'aria-describedby="{escape(field.id)}-info'
        return Markup(str(drawn).replace(count, f"{count} {escape(field.id)}-read-by"))


def who_reads(read_by: Any) -> str:
    """The sentence for *read_by*, in the reader's language."""
    if read_by == ONLY_ME:
        return str(_("Only you can read this. If you are not safe, tap Help now."))
    if read_by == TEAM:
        return str(_("Your pain team can read this, on working days. If you are not safe, tap Help now."))
    return str(read_by)


def _text(field: Field) -> str:
    """The field's text. A browser drops one new line at the very start of a textarea: give it one to drop."""
    text = field._value()
    return f"\n{text}" if text.startswith(("\n", "\r")) else text


def _tidy(text: Any) -> Any:
    return text.strip() if isinstance(text, str) else text


class TextField(StringField):
    """One line, without the blanks around it. Keyword arguments of ``Input`` go in ``render_kw``."""

    widget = Input()

    def __init__(self, *args: Any, filters: Any = (), **kwargs: Any) -> None:
        """As ``wtforms.StringField``."""
        super().__init__(*args, filters=(_tidy, *filters), **kwargs)


class EmailField(TextField):
    """An e-mail address: the phone shows the keyboard with @ and offers the person's own."""

    widget = Input(type="email", autocomplete="email", autocapitalize="none", spellcheck=False)


class PasswordField(StringField):
    """A password, exactly as typed. ``PasswordField(_l("New password"), new=True)`` where one is chosen."""

    def __init__(self, *args: Any, new: bool = False, **kwargs: Any) -> None:
        """*new*: the person is choosing it, so the phone may offer to make one."""
        kwargs.setdefault("widget", Password("new-password" if new else "current-password"))
        super().__init__(*args, **kwargs)


class TextareaField(StringField):
    """A longer text. ``read_by`` has no default on purpose: the author of the form must decide it."""

    def __init__(
        self, *args: Any, read_by: Any, rows: int = 5, limit: int | None = None, **kwargs: Any
    ) -> None:
        """*limit*: characters, counted on the page; give ``Length(max=…)`` as a validator as well."""
        kwargs["widget"] = (
            CharacterCount(read_by=read_by, limit=limit, rows=rows)
            if limit
            else Textarea(read_by=read_by, rows=rows)
        )
        super().__init__(*args, **kwargs)
