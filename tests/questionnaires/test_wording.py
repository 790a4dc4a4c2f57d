"""The published wording, to the letter: an accidental edit of a text, a code or a licence line fails here.

To change a text on purpose: compare it with its source, raise the file's `version`, pin the fingerprint.
"""

from __future__ import annotations

import pytest

from webapp.questionnaires.instruments import Instruments
from webapp.questionnaires.rules import Better

PINNED = {
    ("gad-7", 1): "48c46f676a19be332a7057e29c0f44f21d4d3e120ac4ffeadab5b3c391dbe744",
    ("peg-3", 1): "4c127bb554293e932a54aab969c75516a0e47d7737eb34c6b03b59235f329564",
    ("phq-8", 1): "fa7bbb23d684c05df01f73fa44d5f3704214c518be1bacca203c08c43a4d1c90",
    ("pseq-10", 1): "83244c2fd0c5402c93bea0fcb1df1d2fff9240db85852ce62aef0f6c215a40ae",
}


def test_every_text_is_as_it_was_checked(shipped: Instruments) -> None:
    found = {(each.id, each.version): each.texts["en"].fingerprint for each in shipped.by_id.values()}
    assert found == PINNED


@pytest.mark.parametrize("name", ["phq-8", "gad-7"])
def test_stem_options_and_licence_line_of_the_phq_family(shipped: Instruments, name: str) -> None:
    texts = shipped.get(name).texts["en"]
    assert texts.stem == (
        "Over the last 2 weeks, how often have you been bothered by any of the following problems?"
    )
    options = {0: "Not at all", 1: "Several days", 2: "More than half the days", 3: "Nearly every day"}
    assert all(texts.labels_of(item) == options for item in texts.items)
    assert "No permission required to reproduce, translate, display or distribute." in (
        shipped.get(name).licence.notice
    )


def test_the_phq_8_does_not_ask_about_self_harm(shipped: Instruments) -> None:
    """The ninth question of the PHQ-9 is asked only where somebody reads the answer."""
    assert not any("better off dead" in text for text in shipped.get("phq-8").texts["en"].items.values())


def test_the_ends_of_the_peg_differ_between_pain_and_interference(shipped: Instruments) -> None:
    texts = shipped.get("peg-3").texts["en"]
    assert texts.labels_of("q1") == {0: "No pain", 10: "Pain as bad as you can imagine"}
    assert texts.labels_of("q2") == texts.labels_of("q3")
    assert texts.labels_of("q3") == {0: "Does not interfere", 10: "Completely interferes"}


@pytest.mark.parametrize(
    ("name", "better"),
    [("peg-3", Better.LOW), ("pseq-10", Better.HIGH), ("phq-8", Better.LOW), ("gad-7", Better.LOW)],
)
def test_which_end_is_better(shipped: Instruments, name: str, better: Better) -> None:
    assert shipped.get(name).definition.scale.better is better


def test_they_are_offered_in_english_only_and_named_in_welsh(shipped: Instruments) -> None:
    assert [each.id for each in shipped.offered_in("en")] == ["gad-7", "peg-3", "phq-8", "pseq-10"]
    assert shipped.offered_in("cy") == ()
    assert shipped.get("pseq-10").names_in("cy").heading == "Hyder"
    assert shipped.get("pseq-10").names_in("ar") is shipped.get("pseq-10").names_in("en")


def test_no_licensed_text_is_shipped(shipped: Instruments) -> None:
    assert {each.licence.status for each in shipped.by_id.values()} <= {"ship", "notice"}


def test_our_names_hold_no_word_of_illness_or_severity(shipped: Instruments) -> None:
    """Heading and short name are on patients' pages."""
    banned = ("severe", "severity", "depress", "anxi", "disorder", "impair", "risk")
    for each in shipped.by_id.values():
        shown = f"{each.names_in('en').heading} {each.names_in('en').short}".lower()
        assert not any(word in shown for word in banned), shown


def test_every_loinc_code_has_its_check_digit(shipped: Instruments) -> None:
    codes = [
        code
        for each in shipped.by_id.values()
        for code in (
            each.codes.panel,
            each.codes.score,
            *each.codes.items.values(),
            *each.codes.subscales.values(),
        )
        if code is not None
    ]
    assert len(codes) == 3 + 2 + 8 + 1 + 7 + 2
    assert [code for code in codes if not has_check_digit(code)] == []
    assert not has_check_digit("44250-8")


def has_check_digit(code: str) -> bool:
    """LOINC's modulus 10: every second digit from the right counts double."""
    number, _, check = code.partition("-")
    doubled = [int(digit) * (2 - index % 2) for index, digit in enumerate(reversed(number))]
    return (sum(sum(map(int, str(value))) for value in doubled) + int(check)) % 10 == 0


def test_every_change_rule_has_method_source_and_standing(shipped: Instruments) -> None:
    rules = {
        (scale.id, rule.id): rule
        for each in shipped.by_id.values()
        for scale in (each.definition.scale, *each.definition.subscales)
        for rule in scale.changes
    }
    assert len(rules) == 11
    assert all(len(rule.method) > 20 and len(rule.source) > 10 for rule in rules.values())
    not_read = {key for key, rule in rules.items() if rule.standing != "read"}
    assert not_read == {("peg-3", "responder-30"), ("peg-3", "mdc95"), ("phq-8", "mcid"), ("gad-7", "mcid")}
