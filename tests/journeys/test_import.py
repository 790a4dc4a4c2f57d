"""A whole group: a list with two slips, put right and invited; one of them starts through the refresher door."""

from __future__ import annotations

from collections.abc import Callable

from tests.cast import Cast
from tests.journeys.browser import DESK, PHONE, Person
from tests.journeys.walks import BORN, PASSWORD, letters_to, link_in
from tests.welcome.groups import NO_E_MAIL, list_of, somebody

NAMES = (
    ("Ivo", "Lark"), ("Nell", "Finch"), ("Omar", "Wren"), ("Pia", "Heron"), ("Rhys", "Teal"), ("Sana", "Crane"),
    ("Todd", "Robin"), ("Uma", "Swift"), ("Wim", "Stork"), ("Yara", "Dove"), ("Zack", "Rook"), ("Ela", "Jay"),
)  # fmt: skip


def the_group(**slips: dict[str, str]) -> bytes:
    """Twelve people, the last two without e-mail; *slips* by first name. As Excel saves it here."""
    lines = []
    for number, (given, family) in enumerate(NAMES):
        address = f"{given}.{family}@example.org".lower()
        line = somebody(given_name=given, family_name=family, born_on="03/03/1979", email=address, needs="")
        if number >= 10:
            line |= NO_E_MAIL
        lines.append(line | slips.get(given, {}))
    return list_of(*lines, delimiter=";").encode("cp1252")


def chooses_file(person: Person, file: bytes) -> Person:
    """Put a file into the field, as the browser's own dialogue would."""
    person.page.get_by_label("Your list").set_input_files(
        {"name": "autumn group.csv", "mimeType": "text/csv", "buffer": file}
    )
    return person


def test_a_group_with_two_slips_is_put_right_and_invited(
    opens: Callable[..., Person], signed_in: Callable[..., Person], town: Cast, mail: Callable[[], list[str]]
) -> None:
    """Given a list of twelve with two wrong rows; when Carol puts them right and taps twice;
    then all are invited, and Ivo finds everything open.
    """
    carol = signed_in("carol").goes_to("/invite").sends("Invite a whole group from a list")
    carol.sees_heading("Invite a whole group").finds_nothing_wrong()
    wrong = the_group(Omar={"born_on": "30/02/1979"}, Uma={"call_is_safe": "ask her"})
    chooses_file(carol, wrong).sends("Check the list")
    carol.sees("Nothing is saved yet: put right 2 rows in your list").sees("30/02/1979").sees("ask her")
    carol.sees("That month has no such day").sees("Write “yes” or “no”.").finds_nothing_wrong()

    chooses_file(carol, the_group()).sends("Check the list").sees_heading("12 people will be invited")
    carol.sees("By e-mail: 10. By a letter that you print: 2.").finds_nothing_wrong()
    carol.sends("Invite these 12 people").sees_heading("12 people are invited").finds_nothing_wrong()
    carol.sends("Make the letters").sees_heading("2 letters to print").sees("Dear Zack,").sees("Dear Ela,")
    assert carol.page.locator(".wl-sheet").count() == 2
    carol.finds_nothing_wrong()

    link = link_in(letters_to(mail(), "ivo.lark@example.org")[-1])
    ivo = opens().goes_to(link).fills_date("Your date of birth", *BORN).sends("Carry on")
    ivo.sees_heading("Welcome, Ivo").sends("Carry on").sends("I understand").chooses("E-mail").sends(
        "Carry on"
    )
    ivo.chooses("My own phone or computer").sends("Carry on").sees_heading("How you come back")
    ivo.chooses("My e-mail", exact=False).chooses("I choose my own").fills("Choose a password", PASSWORD)
    ivo.sends("Open my course").sees_heading("You are in").goes_to("/course").finds_nothing_wrong()
    ivo.does_not_see("opens on")

    again = signed_in("carol", size=PHONE).goes_to("/invite/group")
    chooses_file(again, the_group()).sends("Check the list").sees_heading("Nobody new in this list")
    again.sees("Takes part since").sees("They are not invited twice").finds_nothing_wrong()


def test_a_group_is_invited_without_scripts(signed_in: Callable[..., Person], town: Cast) -> None:
    """Given a browser without scripts; when Carol sends a list; then it is the same."""
    carol = signed_in("carol", size=DESK, java_script_enabled=False).goes_to("/invite/group")
    chooses_file(carol, the_group()).sends("Check the list").sends("Invite these 12 people")
    carol.sees_heading("12 people are invited").finds_nothing_wrong()
