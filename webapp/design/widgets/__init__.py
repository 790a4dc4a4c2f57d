"""Form fields that draw themselves as NHS components: label, hint, error and control in one.

``{{ form.name() }}`` prints the whole group. Arguments given where it is printed win over those of the field:
``form.name(hint=_("As on your letter"), size="l", page_heading=True)``. Anything else becomes an attribute
of the
control (``autocomplete="email"``). Forms are ``novalidate`` and no control is ever ``required``: the
server says
what is missing, in words.
"""

from webapp.design.widgets.buttons import ButtonField, Submit
from webapp.design.widgets.choices import Checkboxes, NumberButtons, Radios, Select
from webapp.design.widgets.choosing import (
    CheckboxesField,
    NumberButtonsField,
    RadiosField,
    SelectField,
    TickField,
)
from webapp.design.widgets.dates import DateParts, DatePartsField
from webapp.design.widgets.numbers import NumberField, read_number
from webapp.design.widgets.texts import (
    ONLY_ME,
    TEAM,
    CharacterCount,
    EmailField,
    Input,
    Password,
    PasswordField,
    Textarea,
    TextareaField,
    TextField,
)
from webapp.design.widgets.times import TimeField, read_time

__all__ = [
    "ONLY_ME",
    "TEAM",
    "ButtonField",
    "CharacterCount",
    "Checkboxes",
    "CheckboxesField",
    "DateParts",
    "DatePartsField",
    "EmailField",
    "Input",
    "NumberButtons",
    "NumberButtonsField",
    "NumberField",
    "Password",
    "PasswordField",
    "Radios",
    "RadiosField",
    "Select",
    "SelectField",
    "Submit",
    "TextField",
    "Textarea",
    "TextareaField",
    "TickField",
    "TimeField",
    "read_number",
    "read_time",
]
