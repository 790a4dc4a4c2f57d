"""The one place where an exercise kind is registered: its name, and the file that holds it.

Plain data, so that `waymark content check` knows the tools without starting the programme. A *simple* kind is a
block that is answered on the page of a module; a *tool* has pages of its own and is kept in the toolbox.
"""

from __future__ import annotations

SIMPLE: tuple[str, ...] = ("choice", "tick", "write", "scale", "plan")

TOOLS: tuple[str, ...] = (
    "activity-diary",
    "day-planner",
    "flare-plan",
    "exposure-ladder",
    "thought-record",
    "worst-case",
    "relaxation",
    "mindfulness",
    "sleep-diary",
    "movement-routine",
    "say-it-clearly",
    "appointment-planner",
    "medicines-review",
    "work-sheet",
    "problem-solving",
    "good-things",
    "attention-switch",
    "keep-going",
)
"""A tool called `sleep-diary` stands in `sleep_diary.py` beside this file, with its template
`exercises/sleep-diary.jinja`."""
