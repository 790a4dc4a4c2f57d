"""Which passwords are refused, in the words of NIST SP 800-63B-4: length counts, guessable ones are
refused.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.people import passwords
from webapp.people.models import Account
from webapp.people.password_rules import Refusal, folded, is_common

GOOD = "otter lamp violet 9"


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        (GOOD, None),
        ("a" * 14, Refusal.TOO_SHORT),
        ("marble-otter-x", Refusal.TOO_SHORT),  # 14
        ("marble-otter-xy", None),  # 15
        ("marble otter kettle. " * 6 + "xy", None),  # 128
        ("marble otter kettle. " * 6 + "xyz", Refusal.TOO_LONG),  # 129
        ("passwordpassword", Refusal.COMMON),
        ("PasswordPassword", Refusal.COMMON),
        ("P4ssw0rd-p4ssw0rd!", Refusal.COMMON),
        ("password12345678901", Refusal.COMMON),
        ("correct horse battery staple", Refusal.COMMON),
        ("qwertyuiopasdfgh", Refusal.COMMON),
        ("ottersotters otters", Refusal.REPEATED),
        ("aaaaaaaaabbbbbbbb", Refusal.REPEATED),
        ("lkjhgfdsapoiuytr", Refusal.SEQUENCE),
        ("ponmlkjihgfedcba", Refusal.SEQUENCE),
        ("5678901234567890", Refusal.SEQUENCE),
        ("waymark otter violet", Refusal.HOLDS_A_NAME),
        ("my-name-is-asha-otter", Refusal.HOLDS_A_NAME),
        ("hillside kettle otter", Refusal.HOLDS_A_NAME),
        ("painless kettle otter", None),  # "pain" of "Hillside Pain Service" is an everyday word
        ("мартовский кот на крыше", None),
    ],
)
def test_a_password_is_refused_for_its_reason(password: str, refusal: Refusal | None) -> None:
    names = ("Asha Patel", "asha@example.org", "Hillside Pain Service")
    assert passwords.why_refused(password, names=names) is refusal


def test_every_line_of_the_list_is_refused_whatever_its_case_or_ending() -> None:
    lines = (passwords.DATA / "common-passwords.txt").read_text().split()
    assert len(lines) > 5000
    for line in lines:
        assert is_common(line.upper(), passwords.common()), line
        assert is_common(line + "1!", passwords.common()), line
        assert passwords.why_refused(line) is not None, line


def test_three_words_are_long_enough_different_and_good() -> None:
    made = [passwords.three_words() for _ in range(300)]
    assert len(set(made)) == 300
    assert [passwords.why_refused(one) for one in made] == [None] * 300
    assert len(passwords.words()) >= 1500


def test_the_word_list_is_short_friendly_words_each_once() -> None:
    words = passwords.words()
    assert list(words) == sorted(set(words))
    assert all(4 <= len(word) <= 8 and word.isascii() and word.islower() for word in words)


def test_the_hash_is_argon2id_with_at_least_19_mib() -> None:
    account = Account(sign_in_name="a")
    passwords.set_password(account, GOOD)
    assert account.password_hash and account.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_an_older_hash_is_made_again_at_sign_in() -> None:
    from argon2 import PasswordHasher

    account = Account(sign_in_name="a", password_hash=PasswordHasher(1, 8192, 1).hash(GOOD))
    assert passwords.is_right(account, GOOD)
    assert "m=19456" in str(account.password_hash)


@settings(max_examples=12, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=15, max_size=128))
def test_any_characters_sign_in_and_the_last_one_counts(password: str) -> None:
    account = Account(sign_in_name="a")
    passwords.set_password(account, password)
    assert passwords.is_right(account, password)
    assert not passwords.is_right(account, password + "x")


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
