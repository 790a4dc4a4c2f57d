"""What some of the made-up patients keep in their toolboxes: told in entries on days, each saved as its page would."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from webapp.commands.demo.histories import Life
from webapp.course import entries, routes_taken
from webapp.course.exercises.registry import tools
from webapp.course.exercises.tool import Entry, Sheet, ToolKind
from webapp.foundations import clock

NIGHT = {"bed_at": "22:45", "tried_at": "23:00", "fall_min": 30, "wakes": 2, "awake_min": 40}
LADDER = "exposure-ladder"


@dataclass(frozen=True)
class Noted:
    """One entry: so many days ago, with which tool, on which sheet. ``about`` names the sheet whose newest entry it is
    about."""

    days_ago: int
    tool: str
    sheet: str
    answers: Mapping[str, Any]
    about: str | None = None


@dataclass(frozen=True)
class Toolbox:
    """What one patient noted, the tools that they share, those that a clinician opened for them, and whether they
    share their route."""

    noted: tuple[Noted, ...]
    shared: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    shares_route: bool = False


def keep_tools(name: str, life: Life) -> None:
    """Fill this patient's toolbox, if there is one for their sign-in name. A tool that nobody has written is left out."""
    box = TOOLBOXES.get(name)
    if box is None:
        return
    for one in sorted(box.noted, key=lambda noted: -noted.days_ago):
        if one.tool in tools():
            with life.day(life.days_so_far - one.days_ago):
                _open(life, one.tool, box)
                _note(life, tools()[one.tool], one)
    with life.day(life.days_so_far - min(one.days_ago for one in box.noted)):
        for tool in box.shared:
            if tool in tools():
                entries.share_tool(tools()[tool], True, patient_id=life.patient.id, by=life.me)
        if box.shares_route:
            routes_taken.share_route(life.enrolment, True, by=life.me)


def _open(life: Life, tool: str, box: Toolbox) -> None:
    if tool in box.opened and not entries.is_opened(life.me, life.patient.id, tool):
        entries.set_opened(life.patient.id, tool, True, by=life.clinician)


def _note(life: Life, kind: ToolKind, one: Noted) -> None:
    """Save the sheet screen by screen, leaving out the screens that are not answered."""
    sheet = kind.sheet(one.sheet)
    assert sheet is not None, one.sheet
    filled = [
        (screen, own) for screen in sheet.screens if (own := _own(screen.form.field_classes(), one.answers))
    ]
    assert sum(len(own) for _screen, own in filled) == len(one.answers), f"{kind.name} asks no such thing"
    about = _newest(life, kind, one.about) if one.about else None
    entry: Entry | None = None
    for place, (screen, own) in enumerate(filled, start=1):
        entry_id = entries.save_screen(
            kind,
            sheet,
            screen,
            own,
            entry=entry,
            on=clock.today(life.service.time_zone),
            about=about,
            is_last=place == len(filled),
            patient_id=life.patient.id,
            by=life.me,
        )
        entry = _entry(life, kind, sheet, entry_id)


def _own(fields: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    return {name: answer for name, answer in answers.items() if name in fields}


def _newest(life: Life, kind: ToolKind, sheet: str) -> Entry:
    return entries.entries_of(life.me, life.patient.id, kind.name)[sheet][0]


def _entry(life: Life, kind: ToolKind, sheet: Sheet, entry_id: UUID) -> Entry:
    found = entries.entries_of(life.me, life.patient.id, kind.name)[sheet.name]
    return next(entry for entry in found if entry.id == entry_id)


def _a_day(demands: str, **more: Any) -> dict[str, Any]:
    """A day of the activity diary from a letter for each two hours from 6 on: low, medium or high."""
    words = {"L": "low", "M": "medium", "H": "high"}
    blocks = {f"b{6 + 2 * place:02d}_demand": words[letter] for place, letter in enumerate(demands)}
    return {**blocks, **more}


def _relaxed(days_ago: int, practice: str, minutes: int, tension: tuple[int, int]) -> Noted:
    """A time with the relaxation player, and the tension before and after it."""
    before, after = tension
    answers = {
        "practice": practice, "minutes": str(minutes), "tension_before": before, "tension_after": after,
    }  # fmt: skip
    return Noted(days_ago, "relaxation", "practice", answers)


ASHA = Toolbox(
    (
        Noted(6, "activity-diary", "day", _a_day("LLHHHML", b10_what="The big shop", pain=7)),
        Noted(5, "activity-diary", "day", _a_day("LLLLLL", b10_what="Lay on the settee", pain=8)),
        Noted(3, "activity-diary", "day", _a_day("LMLMLL", b12_what="Half the shop", pain=5)),
        Noted(5, "work-sheet", "work", {
            "situation": "work", "day": "Front desk of a library", "sitting": 7, "lifting": 9, "travel": 6, "people": 1,
            "ideas": ["breaks", "swap"], "own_idea": "A stool at the desk", "able": 4, "talk_to": "Ruth, my manager",
            "ask": "To stand up every half hour", "plan": "On Monday at ten",
        }),
        Noted(4, "good-things", "thing", {"kind": "own", "own": "Cricket on the radio", "when": "Sunday, after lunch"}),
        Noted(2, "problem-solving", "problem", {
            "problem": "The shopping is too heavy for one trip", "idea_1": "Two small bags",
            "idea_2": "Ask my neighbour", "pick": "idea_1", "when": "On Friday",
        }),
    ),
    shared=("work-sheet",),
)  # fmt: skip
DEWI = Toolbox(
    (
        _relaxed(9, "breathing", 3, (7, 4)),
        _relaxed(6, "breathing", 10, (6, 4)),
        _relaxed(4, "muscles", 10, (6, 5)),
        Noted(5, "say-it-clearly", "message", {
            "who": "my sister", "when": "When you take the bag out of my hand", "feel": "useless",
            "because": "I can carry a light one", "like": "You to ask me first", "plan": "On Sunday, after lunch",
        }),
        Noted(3, "appointment-planner", "appointment", {
            "who": "GP", "question_1": "Which of my tests are still to come?", "want": "A plan for the winter",
        }),
    ),
)  # fmt: skip
LUKE = Toolbox(
    (
        Noted(16, LADDER, "rung", {"what": "Turn round to look behind me", "worry": 30}),
        Noted(15, LADDER, "rung", {
            "what": "Bend down to tie my shoe", "worry": 60, "expect": "My back will go", "likely": 80,
        }),
        Noted(13, LADDER, "try", {
            "expect": "My back will go", "likely": 80, "fear_before": 70, "fear_after": 40, "came_true": "no",
            "surprised": 8, "learnt": "It pulled, and then it settled",
        }, about="rung"),
        Noted(12, "thought-record", "thought", {
            "happened": "The bus was full and I had to stand", "thought": "I will never go out again",
            "belief_before": 90, "feelings": ["sad", "scared"], "feeling_before": 80, "habits": ["all-or-nothing"],
            "kinder": "Today was hard, and I can ask for a seat", "kinder_belief": 60, "feeling_after": 50,
        }),
    ),
    opened=(LADDER,),
)  # fmt: skip
ROSA = Toolbox(
    (
        Noted(9, "flare-plan", "plan", {
            "triggers": ["more", "sleep"], "lasts": "week", "early_signs": "My neck is stiff in the morning",
            "say": "It has eased before.", "breathing": "Slowly, on the sofa", "position": "Hot water bottle, knees up",
            "tell": "Sam: it is a flare-up", "keep": "Get dressed\nWalk to the gate", "put_off": "The hoovering",
            "back_when": "Two settled days", "back_how": "Half of my walk first",
            "message": "You have come through this before.",
        }),
        Noted(6, "mindfulness", "time", {"practice": "sounds", "minutes": "3", "noticed": "A blackbird"}),
        _relaxed(2, "breathing", 3, (8, 6)),
    ),
)  # fmt: skip
MARJORIE = Toolbox(
    (
        *(
            Noted(8 - place, "sleep-diary", "night", {**NIGHT, "woke_at": woke, "up_at": up, "quality": quality})
            for place, (woke, up, quality) in enumerate((
                ("06:30", "07:00", 5), ("06:45", "07:15", 6), ("07:30", "09:00", 3), ("06:30", "07:00", 6),
                ("06:40", "07:10", 7), ("07:10", "08:40", 4), ("06:30", "07:00", 7),
            ))
        ),
        Noted(7, "medicines-review", "medicine", {
            "name": "Amitriptyline", "what_for": "sleep", "taking": "one at night", "helps": 5, "bothers": "Dry mouth",
        }),
        Noted(3, "keep-going", "plan", {
            "skills": ["pacing", "sleep-and-fatigue"], "least": "One walk to the corner", "signs": "I cancel Thursdays",
            "then": "Ring Sam", "letter": "You have done this before.",
        }),
    ),
    shares_route=True,
)  # fmt: skip
TOOLBOXES: dict[str, Toolbox] = {
    "asha": ASHA, "dewi": DEWI, "luke": LUKE, "rosa": ROSA, "marjorie": MARJORIE,
}  # fmt: skip
