"""The form that every form is: a one-time key, a version, and typing that comes back from a draft."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import uuid4

from babel.support import Translations
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.i18n import messages_path
from wtforms.meta import DefaultMeta

from . import drafts
from .languages import page_language


class BaseForm(FlaskForm):
    """A form that saves once, notices that the row has changed meanwhile, and refills itself from a draft.

    Pass ``current_version=row.version`` for a form that changes a row: a stale save is told, and both texts are
    kept (what is saved now is on the page that the message names; what was typed stays in the fields).
    """

    class Meta(FlaskForm.Meta):
        """Errors in the page's language (flask-babel), and typing from a draft on GET."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            given = super().wrap_formdata(form, formdata)
            if given is None and form.keeps_drafts:
                form.refilled = (kept := drafts.of_this_page(form.draft_part)) is not None
                return kept
            return given

        def get_translations(self, form: Any) -> Any:
            """The form library's own sentences in the page's language."""
            return _own_sentences(page_language()[0])

    keeps_drafts = True
    refilled = False
    once = HiddenField()
    version = HiddenField()

    def __init__(self, *args: Any, current_version: int | None = None, **kwargs: Any) -> None:
        self._current_version = current_version
        super().__init__(*args, **kwargs)
        self.once.data = self.once.data or uuid4().hex
        if not self.version.data or self.refilled:
            self.version.data = "" if current_version is None else str(current_version)

    @property
    def draft_part(self) -> str:
        """Which of several forms on one page this is: the name of its exercise."""
        return ""

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """True if every field is well filled in and nobody changed the row meanwhile."""
        fine = bool(super().validate(extra_validators))
        return self._is_current() and fine

    def _is_current(self) -> bool:
        if self._current_version is None or self.version.data in ("", str(self._current_version)):
            return True
        self.version.data = str(self._current_version)
        self.form_errors.append(
            _l(
                "This was changed on another screen or phone meanwhile. Nothing is lost. Check it, then save again."
            )
        )
        return False


@lru_cache
def _own_sentences(language: str) -> Any:
    return Translations.load(messages_path(), [language.replace("-", "_")], domain="wtforms")


assert issubclass(BaseForm.Meta, DefaultMeta)
