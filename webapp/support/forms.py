"""The forms of the support room."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired, Length

from webapp.design.widgets import TEAM, RadiosField, TextareaField
from webapp.foundations.forms import BaseForm

ABOUT = (
    ("website", _l("The website")),
    ("exercise", _l("An exercise")),
    ("how_i_feel", _l("How I feel")),
    ("something_else", _l("Something else")),
)
KINDS = (
    ("made_me_worse", _l("It made me feel worse")),
    ("upsetting", _l("It upset me")),
    ("hard_to_understand", _l("It is hard to understand")),
    ("wrong", _l("Something in it is wrong")),
    ("does_not_work", _l("It does not work on my phone or computer")),
    ("else", _l("Something else")),
)


class RingMeForm(BaseForm):
    """Ask my team to ring me. No free text: nobody reads it at once."""

    keeps_drafts = False
    about = RadiosField(
        _l("What would you like to talk about?"),
        choices=ABOUT,
        validators=[InputRequired(_l("Choose what you would like to talk about"))],
    )


class SomethingWrongForm(BaseForm):
    """Something wrong or unhelpful here?"""

    kind = RadiosField(
        _l("What was it?"), choices=KINDS, validators=[InputRequired(_l("Choose what comes closest"))]
    )
    words = TextareaField(
        _l("Would you like to say more? You do not have to."),
        read_by=TEAM,
        validators=[Length(max=2000, message=_l("Make it shorter: at most 2,000 letters"))],
    )
