"""The one place where an exercise kind is registered: its name, and the file that holds it.

Plain data, so that `waymark content check` knows the tools without starting the programme. A *simple* kind is a
block that is answered on the page of a module; a *tool* has pages of its own and is kept in the toolbox.
"""

from __future__ import annotations

SIMPLE: tuple[str, ...] = ("choice", "tick", "write", "scale", "plan")

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "doing",
        (
            "activity-diary",
            "day-planner",
            "good-things",
        ),
    ),
    (
        "moving",
        (
            "movement-routine",
            "exposure-ladder",
        ),
    ),
    ("hard-days", ("flare-plan",)),
    (
        "calm-and-sleep",
        (
            "relaxation",
            "mindfulness",
            "attention-switch",
            "sleep-diary",
        ),
    ),
    (
        "thoughts",
        (
            "thought-record",
            "worst-case",
            "problem-solving",
        ),
    ),
    (
        "people",
        (
            "say-it-clearly",
            "work-sheet",
            "appointment-planner",
            "medicines-review",
        ),
    ),
    ("keeping-it-up", ("keep-going",)),
)
"""The tools as the toolbox groups them, in its order. The groups' titles stand in ``webapp/home/toolbox.py``."""

TOOLS: tuple[str, ...] = tuple(name for _group, names in GROUPS for name in names)
"""A tool called `sleep-diary` stands in `sleep_diary.py` beside this file, with its template
`exercises/sleep-diary.jinja`."""
