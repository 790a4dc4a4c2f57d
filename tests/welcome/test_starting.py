"""Starting on a phone: by e-mail, by letter, and everything that can go wrong on the way."""

from __future__ import annotations

from tests.welcome.conftest import BORN, Desk, goes_through, says_when_born
from tests.looking import LookingClient


def test_by_e_mail_from_the_invitation_to_you_are_in(desk: Desk, phone: LookingClient) -> None:
    assert desk.invites().heading == "Nora Quill is invited"
    page = goes_through(phone, desk.link())
    assert page.heading == "You are in"
