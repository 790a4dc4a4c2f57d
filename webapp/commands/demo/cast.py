"""Who is in the demonstration. All of them are made up; the numbers are from ranges kept for fiction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class MadeUpService:
    """A made-up service and its staff: (name, role, sign-in name)."""

    name: str
    sender: str
    phone: str
    nation: str
    languages: tuple[str, ...]
    prefix: str
    staff: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class MadeUpPatient:
    """A made-up patient: who, which door and rhythm, how the last weeks went (``histories``), invited when."""

    given: str
    family: str
    born: date
    story: str
    days_ago: int
    door: str = "course"
    rhythm: str = "weekly"
    way: str = "online"
    signs_in_as: str = ""


HILLSIDE = MadeUpService(
    "Hillside Pain Service",
    "Hillside",
    "01632 960100",
    "england",
    ("en", "cy"),
    "HPS",
    (
        ("Carol Osei", "clinician", "carol"),
        ("Ben Whitlock", "clinician", "ben"),
        ("Lena Brandt", "lead", "lena"),
        ("Colin Marsh", "caller", "colin"),
        ("Arthur Pym", "author", "arthur"),
    ),
)
VALLEY = MadeUpService(
    "Dyffryn Pain Clinic",
    "Dyffryn",
    "01632 960200",
    "wales",
    ("en", "cy"),
    "DPC",
    (("Victor Hale", "clinician", "victor"), ("Megan Prosser", "lead", "megan")),
)

WITH_A_NAME = (
    MadeUpPatient("Asha", "Patel", date(1979, 3, 3), "pacing", 19, signs_in_as="asha"),
    MadeUpPatient("Dewi", "Rees", date(1966, 11, 21), "asked_for_call", 26, signs_in_as="dewi"),
    MadeUpPatient(
        "Marjorie", "Bell", date(1951, 6, 9), "refresher", 60, door="refresher", signs_in_as="marjorie"
    ),
    MadeUpPatient("Luke", "Adeyemi", date(1990, 1, 17), "quieter", 30, signs_in_as="luke"),
    MadeUpPatient("Rosa", "Lindqvist", date(1984, 8, 2), "flare", 24, signs_in_as="rosa"),
    MadeUpPatient("Imran", "Sheikh", date(1972, 4, 28), "just_started", 2, signs_in_as="imran"),
    MadeUpPatient(
        "Nerys",
        "Hopkin",
        date(1975, 9, 14),
        "back_after_weeks",
        43,
        rhythm="fortnightly",
        signs_in_as="nerys",
    ),
    MadeUpPatient("Tomasz", "Nowak", date(1987, 12, 5), "invited", 16),
)

GIVEN = (
    "Amara", "Bethan", "Callum", "Dorothy", "Elif", "Femi", "Grace", "Hamid", "Ines", "Joanne", "Kwame", "Lowri",
    "Maureen", "Nia", "Omar", "Priya", "Quentin", "Ruth", "Samir", "Teresa", "Umar", "Valerie", "Wendy", "Xenia",
    "Yusuf", "Zofia",
)  # fmt: skip
FAMILY = (
    "Abbott", "Begum", "Carrick", "Dunmore", "Eze", "Farrow", "Gwilym", "Hossain", "Ito", "Jarvis", "Kaplan",
    "Lomax", "Mbeki", "Nolan", "Oyelaran", "Pritchard", "Quayle", "Rahimi", "Stirling", "Tadesse", "Underhill",
    "Vaughan", "Wheatley", "Yeo", "Zaman",
)  # fmt: skip

# (story, days since the invitation, door, rhythm, way): one row is one more patient.
OTHERS: tuple[tuple[str, int, str, str, str], ...] = (
    ("invited", 1, "course", "weekly", "online"),
    ("invited", 2, "course", "weekly", "online"),
    ("invited", 5, "course", "weekly", "online"),
    ("invited", 9, "course", "weekly", "online"),
    ("invited", 21, "course", "weekly", "online"),
    ("invited", 33, "course", "fortnightly", "online"),
    ("just_started", 1, "course", "weekly", "online"),
    ("just_started", 4, "course", "fortnightly", "online"),
    ("steady", 10, "course", "weekly", "online"),
    ("steady", 13, "course", "weekly", "online"),
    ("steady", 17, "course", "weekly", "online"),
    ("steady", 20, "course", "weekly", "online"),
    ("steady", 24, "course", "weekly", "online"),
    ("steady", 27, "course", "fortnightly", "online"),
    ("steady", 35, "course", "fortnightly", "online"),
    ("steady", 41, "course", "own_speed", "online"),
    ("steady", 44, "course", "own_speed", "online"),
    ("quieter", 33, "course", "fortnightly", "online"),
    ("quieter", 18, "course", "weekly", "online"),
    ("quieter", 25, "course", "weekly", "online"),
    ("ring_first", 21, "course", "weekly", "online"),
    ("ring_first", 28, "course", "weekly", "online"),
    ("ring_first", 34, "course", "weekly", "online"),
    ("week_two", 15, "course", "weekly", "online"),
    ("lapsed", 62, "course", "weekly", "online"),
    ("lapsed", 75, "course", "weekly", "online"),
    ("paused", 23, "course", "weekly", "online"),
    ("paused", 30, "course", "fortnightly", "online"),
    ("flare", 21, "course", "weekly", "online"),
    ("left", 40, "course", "weekly", "online"),
    ("left", 26, "course", "weekly", "online"),
    ("finished", 48, "course", "weekly", "online"),
    ("finished", 70, "course", "weekly", "online"),
    ("finished", 90, "course", "fortnightly", "online"),
    ("refresher", 35, "refresher", "own_speed", "online"),
    ("refresher", 80, "refresher", "own_speed", "online"),
    ("asked_for_call", 20, "course", "weekly", "online"),
    ("on_paper", 14, "course", "own_speed", "paper"),
    ("by_phone", 22, "course", "own_speed", "phone"),
    ("finished", 178, "course", "weekly", "online"),
    ("finished", 215, "course", "weekly", "online"),
    ("told_how_they_feel", 36, "course", "weekly", "online"),
    ("stuck", 24, "course", "weekly", "online"),
    ("flare_by_mail", 27, "course", "weekly", "online"),
    ("bounced", 22, "course", "weekly", "online"),
    ("by_letter", 16, "course", "weekly", "online"),
    ("by_letter", 23, "course", "fortnightly", "online"),
    ("left_and_back", 58, "course", "weekly", "online"),
)
HAVE_POST = frozenset({"stuck", "flare_by_mail", "bounced", "by_letter", "left_and_back"})
"""Stories that are about messages; with ``few`` only these, and those with a name, have had any."""

FEW = HAVE_POST | {
    "invited", "just_started", "steady", "quieter", "ring_first", "paused", "left", "finished", "on_paper",
}  # fmt: skip
