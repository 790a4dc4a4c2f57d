"""What is searched for, which script fits, what a row says."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.clinic import rule_book, rules
from webapp.engagement import contact_rules
from webapp.engagement.standing import State
from webapp.engagement.thresholds import DEFAULT, Thresholds
from webapp.people.rules import plain_key

MARCH = date(1979, 3, 3)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3/3/1979", rules.Sought(born_on=MARCH)),
        ("03.03.1979", rules.Sought(born_on=MARCH)),
        ("3 March 1979", rules.Sought(born_on=MARCH)),
        ("3 Mar 1979", rules.Sought(born_on=MARCH)),
        ("1979-03-03", rules.Sought(born_on=MARCH)),
        ("31/2/1979", rules.Sought(digits="3121979")),
        ("07700 900552", rules.Sought(digits="7700900552")),
        ("+44 7700 900552", rules.Sought(digits="447700900552")),
        ("0412", rules.Sought(digits="0412")),
        ("PMP-0412", rules.Sought(words=("pmp-0412",))),
        ("Patel, Asha", rules.Sought(words=("patel", "asha"))),
        ("Siân", rules.Sought(words=("sian",))),
        ("asha@example.org", rules.Sought(words=("asha@example.org",))),
        ("   ", rules.Sought()),
    ],
)
def test_what_somebody_typed_is_understood(typed: str, meant: rules.Sought) -> None:
    assert rules.sought(plain_key(typed)) == meant


@given(st.text(max_size=60))
def test_whatever_is_typed_is_understood_somehow(typed: str) -> None:
    meant = rules.sought(plain_key(typed))
    assert meant.is_empty == (not plain_key(typed).replace(",", "").strip()) or meant.digits == ""


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_every_day_is_read_day_first(day: date) -> None:
    assert rules.day_in(f"{day.day}/{day.month}/{day.year}") == day == rules.day_in(day.isoformat())


@pytest.mark.parametrize(
    "text", [None, "", "x", "1.", ".", "12.not-an-id", "a.0193e7a0-0000-7000-8000-000000000000"]
)
def test_a_place_that_was_tampered_with_is_the_first_page(text: str | None) -> None:
    assert rules.ring_place(text) is None


@pytest.mark.parametrize(
    ("state", "reasons", "script"),
    [
        ("on_track", (), "welcome"),
        ("invited", (), "not-started"),
        ("not_started", ("not_started",), "not-started"),
        ("ring_first", ("week_two", "no_visit"), "week-two"),
        ("ring_first", ("no_visit",), "quiet"),
        ("paused", ("flare",), "flare-up"),
        ("on_track", ("flare_check_in",), "flare-up"),
        ("finished", (), "finishing"),
    ],
)
def test_the_script_fits_the_situation(state: str, reasons: tuple[str, ...], script: str) -> None:
    assert rules.situation(state, reasons) == script


def test_every_state_has_a_script() -> None:
    assert {rules.situation(state, ()) for state in State} <= set(rules.SITUATIONS)


def stored(kind: str, **more: object) -> dict[str, object]:
    return {"kind": kind, "since_on": "2026-11-14", "rule": f"{kind}>=1", **more}


def test_one_open_module_is_named_and_week_two_before_any_other() -> None:
    shown = rules.reasons_from(
        [
            stored("week_two", module="b"),
            stored("module_overdue", module="b"),
            stored("module_overdue", module="c"),
        ]
    )
    assert [one.kind for one in shown] == ["week_two"]
    shown = rules.reasons_from([stored("module_overdue", module="a"), stored("module_overdue", module="b")])
    assert [one.module for one in shown] == ["a"]


def test_a_slow_start_stands_alone_or_not_at_all() -> None:
    assert [one.kind for one in rules.reasons_from([stored("slow_start")])] == ["slow_start"]
    assert [one.kind for one in rules.reasons_from([stored("no_visit"), stored("slow_start")])] == [
        "no_visit"
    ]


def test_the_tag_says_what_was_asked_before_the_state() -> None:
    assert (
        rules.tag_of("quieter", rules.reasons_from([stored("no_visit"), stored("asked_for_call")]))
        == "asked_for_call"
    )
    assert rules.tag_of("quieter", rules.reasons_from([stored("no_visit")])) == "quieter"


def test_a_row_whose_state_says_nothing_is_tagged_with_its_reason() -> None:
    not_back = rules.reasons_from([stored("not_back")])
    assert rules.tag_of("on_track", not_back) == "not_back"
    assert rules.tag_of("ring_first", not_back) == "ring_first"
    assert rules.tag_of("invited", rules.reasons_from([stored("no_call_planned")])) == "no_call_planned"


def test_day_one_is_the_day_of_the_start() -> None:
    assert rules.day_of_course(MARCH, MARCH - timedelta(days=9), MARCH) == 1
    assert rules.day_of_course(None, MARCH - timedelta(days=9), MARCH) == 10


@pytest.mark.parametrize(("made", "left"), [(0, 12), (12, 0), (15, 0)])
def test_calls_left_never_go_below_zero(made: int, left: int) -> None:
    assert rules.calls_left(12, made) == left


def test_every_number_of_the_worklist_has_a_source() -> None:
    entries = rule_book.entries(DEFAULT)
    assert [entry.name for entry in entries] == [one.name for one in fields(Thresholds)]
    assert all(entry.source for entry in entries)
    assert "Pihlaja 2020" in next(one.source for one in entries if one.name == "not_started_call_days")


@pytest.mark.parametrize(("seconds", "may"), [(0, True), (600, True), (601, False)])
def test_a_contact_may_be_undone_for_ten_minutes(seconds: int, may: bool) -> None:
    logged_at = datetime(2026, 11, 21, 12)
    assert contact_rules.may_be_undone(logged_at, logged_at + timedelta(seconds=seconds)) is may


@pytest.mark.parametrize(
    ("typed", "name"), [("aut", "Autumn 2026"), ("pmp 1", "PMP 12"), ("new year", "New Year")]
)
def test_a_group_is_found_however_it_is_written(typed: str, name: str) -> None:
    assert any(name.startswith(one) for one in rules.spellings(typed))
