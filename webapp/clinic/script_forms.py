"""The form of a call script."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.validators import InputRequired, Length

from webapp.design.widgets import TextareaField
from webapp.foundations.forms import BaseForm

from . import scripts

LONGEST_SCRIPT = 6000


class ScriptForm(BaseForm):
    """A script's Markdown."""

    text = TextareaField(
        _l("The script"),
        rows=18,
        read_by=_l("Everybody in your service who rings patients can read this."),
        validators=[
            InputRequired(_l("Write the script, or use the text that came with Waymark")),
            Length(max=LONGEST_SCRIPT, message=_l("Make it shorter: at most 6,000 letters")),
        ],
    )

    def __init__(self, situation: str, language: str, **kwargs: Any) -> None:
        """``situation`` and ``language``: which script it is."""
        self.situation, self.language = situation, language
        super().__init__(**kwargs)

    @property
    def as_saved(self) -> str:
        """The text as it is kept: with the line ends of the files."""
        return "\n".join((self.text.data or "").strip().splitlines()) + "\n"

    def validate_text(self, field: Any) -> None:
        """It is read as the files are: a heading, a greeting, a list."""
        try:
            scripts.as_script(self.as_saved, self.situation, self.language)
        except scripts.NotAScript as refused:
            raise ValidationError(_lacking(refused.lacks)) from None


def _lacking(part: str) -> str:
    said = {
        "heading": _("Begin with a heading: a line like “# Welcome call”"),
        "greeting": _("Below the heading, write how the call begins, as one paragraph"),
        "list": _("Add a list of what one could say: lines that begin with “- ”"),
    }
    return str(said[part])
