"""The widgets: what they draw in each state (kept in ``golden/``) and what they never do."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.validators import InputRequired

from webapp.design.gallery_forms import EveryField, empty_form, filled_form, refused_form
from webapp.design.widgets import (
    ONLY_ME,
    DatePartsField,
    NumberButtonsField,
    NumberField,
    RadiosField,
    TextareaField,
)

GOLDEN = Path(__file__).parent / "golden"
STATES = {"empty": empty_form, "filled": filled_form, "refused": refused_form}
NAMES = [name for name, _field in EveryField()._fields.items() if name not in ("once", "version")]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.usefixtures("speaking")
def test_draws_as_it_did(name: str, state: str) -> None:
    """Set WAYMARK_WRITE_GOLDEN=1 to write the files anew; then read the difference before you commit it."""
    drawn = f"{STATES[state]()[name]()}\n"
    file = GOLDEN / f"{name}-{state}.html"
    if os.environ.get("WAYMARK_WRITE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(drawn, encoding="utf-8")
    assert drawn == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.usefixtures("speaking")
def test_nothing_is_ticked_or_required_beforehand(name: str) -> None:
    drawn = str(empty_form()[name]())
    assert " checked" not in drawn
    assert " selected" not in drawn
    assert "required" not in drawn


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("second", "new_password")])
@pytest.mark.usefixtures("speaking")
def test_an_error_is_said_beside_its_control(name: str) -> None:
    field = refused_form()[name]
    drawn = str(field())
    assert field.errors
    assert f'id="{name}-error"' in drawn
    assert f"{name}-error" in drawn.split("aria-describedby=", 1)[1] or name == "agree"


@pytest.mark.usefixtures("speaking")
def test_a_password_is_never_sent_back() -> None:
    form = EveryField(MultiDict({"password": "river candle"}))
    assert "river candle" not in form.password()


@pytest.mark.usefixtures("speaking")
def test_what_was_typed_is_escaped_and_comes_back() -> None:
    form = EveryField(MultiDict({"name": '"><script>', "thoughts": "\n\nfirst\n  second</textarea>"}))
    assert "<script>" not in form.name()
    assert "\n\nfirst\n  second&lt;/textarea&gt;" in form.thoughts()


def test_a_longer_text_says_who_reads_it() -> None:
    class Silent(Form):
        words = TextareaField("Words")  # type: ignore[call-arg]

    with pytest.raises(TypeError, match="read_by"):
        Silent()


@pytest.mark.usefixtures("speaking")
def test_only_me_points_to_help() -> None:
    class OneText(Form):
        words = TextareaField("Words", read_by=ONLY_ME)

    assert "Only you can read this. If you are not safe, tap Help now." in OneText().words()


@pytest.mark.parametrize(
    ("day", "month", "year", "words", "focus"),
    [
        ("", "", "", "Fill in the date", "born-day"),
        ("3", "", "1979", "Fill in the month", "born-month"),
        ("3", "3", "", "Fill in the year", "born-year"),
        ("32", "3", "1979", "The day must be a number from 1 to 31", "born-day"),
        ("3", "13", "1979", "The month must be a number from 1 to 12", "born-month"),
        ("3", "3", "79", "The year must have 4 numbers, like 1979", "born-year"),
        ("31", "2", "1979", "That month has no such day. Check the day and the month", "born-day"),
        ("29", "2", "2025", "That month has no such day. Check the day and the month", "born-day"),
        ("2", "1", "2026", "The date must be January 1, 2026 or earlier", "born-day"),
    ],
)
@pytest.mark.usefixtures("speaking")
def test_a_date_says_kindly_what_to_put_right(
    day: str, month: str, year: str, words: str, focus: str
) -> None:
    form = _born(day, month, year)
    assert not form.validate()
    assert form.born.errors[0] == words
    assert form.born.focus_id == focus
    assert f'id="{focus}"' in form.born()


@pytest.mark.parametrize("month", ["3", "03", "March", "mar", "Mar."])
@pytest.mark.usefixtures("speaking")
def test_a_month_may_be_a_name(month: str) -> None:
    form = _born("3", month, "1979")
    assert form.validate()
    assert form.born.data == date(1979, 3, 3)


def _born(day: str, month: str, year: str) -> Any:
    class Born(Form):
        born = DatePartsField("Born", missing="Fill in the date", latest=date(2026, 1, 1))

    return Born(MultiDict({"born-day": day, "born-month": month, "born-year": year}))


@pytest.mark.parametrize(
    ("typed", "words"), [("0", "Write a number of 1 or more"), ("1.5", "Write a whole number, like 7")]
)
@pytest.mark.usefixtures("speaking")
def test_a_number_outside_its_range_is_refused_and_kept(typed: str, words: str) -> None:
    class Count(Form):
        times = NumberField("Times", least=1, whole=True)

    form = Count(MultiDict({"times": typed}))
    assert not form.validate()
    assert form.times.errors[0] == words
    assert f'value="{typed}"' in form.times()


@pytest.mark.usefixtures("speaking")
def test_no_answer_is_said_in_the_forms_own_words() -> None:
    class When(Form):
        when = RadiosField("When", choices=[("a", "A")], validators=[InputRequired("Choose a time of day")])

    form = When(MultiDict())
    assert not form.validate()
    assert form.when.errors == ["Choose a time of day"]


@pytest.mark.usefixtures("speaking")
def test_zero_is_an_answer_and_is_ticked() -> None:
    form = EveryField(data={"pain": 0})
    assert 'value="0" checked' in form.pain()
    assert EveryField(MultiDict({"pain": "0"})).pain.data == 0


class InTens(Form):
    sure = NumberButtonsField("How sure are you?", high=100, step=10)


@pytest.mark.parametrize(("sent", "kept"), [("0", 0), ("70", 70), ("100", 100), (None, None)])
@pytest.mark.usefixtures("speaking")
def test_numbers_may_go_up_in_tens(sent: str | None, kept: int | None) -> None:
    form = InTens(MultiDict({"sure": sent} if sent else {}))
    assert form.validate() and form.sure.data == kept
    assert str(form.sure()).count("wm-number__input") == 11


@pytest.mark.parametrize("sent", ["35", "110", "-10", "lots"])
@pytest.mark.usefixtures("speaking")
def test_a_number_between_the_steps_is_refused(sent: str) -> None:
    form = InTens(MultiDict({"sure": sent}))
    assert not form.validate() and form.sure.errors
