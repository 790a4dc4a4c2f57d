"""What an error summary lists: one line for each field that was refused, with a link to where it is put
right."""

from __future__ import annotations

from typing import Any

from wtforms import Field, Form
from wtforms.fields import FormField


def problems_of(form: Form | None) -> list[dict[str, Any]]:
    """The refused fields of *form* as the NHS error summary wants them: ``{"text", "href"}``, in the
    form's order.

    A field may name the control that takes the focus (``focus_id``: the month of a date); otherwise it is the
    field's own id. Errors of the form as a whole come first and lead to its first control.
    """
    if form is None:
        return []
    whole = [{"text": str(text), "href": "#maincontent"} for text in form.form_errors]
    return whole + [line for field in form for line in _of_field(field)]


def _of_field(field: Field) -> list[dict[str, Any]]:
    if isinstance(field, FormField):
        return problems_of(field.form)
    if not field.errors:
        return []
    return [{"text": str(field.errors[0]), "href": f"#{getattr(field, 'focus_id', field.id)}"}]
