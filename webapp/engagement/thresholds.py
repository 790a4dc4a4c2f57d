"""The numbers behind every state, reason and point, as one service sets them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The numbers of one service; a clinical safety officer signs them before patients are invited.

    Unless said otherwise the defaults are this project's design figures: they were chosen on a public,
    anonymised history of adults on a tutored web course (not patients) and must be refitted on a service's
    own history once 200 of its patients have stopped. Raises ValueError when two numbers contradict each
    other.

    not_started_days: days from the invitation to "not started yet" and the first nudge (3; one-tap nudge, by
    design). second_nudge_days: days from the invitation to the second nudge (7; many internet-CBT clinics
    check weekly). not_started_call_days: days from the invitation to the worklist (14; Pihlaja 2020,
        internet CBT, n=100: people at least 14 days late to start finished in 24% with telephone support and
        in 6% without).
    quieter_idle_days: silent days to "quieter than planned" (7; the Drink Less studies' definition of
    non-use). quieter_overdue_days: days a planned module is open to "quieter than planned" (7; one module a
    week). ring_idle_days: silent days to "ring first" when a planned module is open as well (7; project
    measurement). ring_silent_days: silent days to "ring first" by themselves (21; after 21 silent days 32%
        came back unaided within a week, after 7 days 57%; project measurement).
    week_two_module: the number of the core module that a module-a-week patient plans for day 14 (2;
        Gasslander 2021, internet CBT for chronic pain, n=95: behind schedule in week 2 predicted fewer
        modules). 0 switches it off.
    lapsed_idle_days: more silent days than this end the calls (28; project design: stopped means 28 days).
    lapsed_unanswered_contacts: this many contacts in a row without an answer end the calls (2; project
    design). hidden_after_contact_days: a contacted patient leaves the list for so long unless something new
        happens (28; Ancker 2017: acceptance of reminders falls with each repeat).
    flare_pause_days: a flare-up stops the clock for at most so long (14; project design).
    flare_check_in_days: day of the check-in whose silence makes a row (7; flare-ups commonly last 2 to 7
        days, Cambridge University Hospitals' leaflet).
    window_days, some_active_days, few_active_days: "at most 5 (or 2) active days in the last 14" (14, 5, 2;
        project measurement: of the two strongest reasons).
    slow_start_days: at most so many active days in week 1 is a slow start (3; log-ins in the first week
        predicted stopping in four smoking-cessation programmes, n=4,529).
    """

    not_started_days: int = 3
    second_nudge_days: int = 7
    not_started_call_days: int = 14
    quieter_idle_days: int = 7
    quieter_overdue_days: int = 7
    ring_idle_days: int = 7
    ring_silent_days: int = 21
    week_two_module: int = 2
    lapsed_idle_days: int = 28
    lapsed_unanswered_contacts: int = 2
    hidden_after_contact_days: int = 28
    flare_pause_days: int = 14
    flare_check_in_days: int = 7
    window_days: int = 14
    some_active_days: int = 5
    few_active_days: int = 2
    slow_start_days: int = 3

    def __post_init__(self) -> None:
        for later, sooner in _IN_ORDER:
            if getattr(self, later) < getattr(self, sooner):
                raise ValueError(f"{later} cannot be below {sooner}")
        if min(getattr(self, name) for name in _AT_LEAST_ONE) < 1 or self.week_two_module < 0:
            raise ValueError("every number of days is at least 1")


_IN_ORDER = (
    ("second_nudge_days", "not_started_days"),
    ("not_started_call_days", "second_nudge_days"),
    ("ring_idle_days", "quieter_idle_days"),
    ("ring_silent_days", "ring_idle_days"),
    ("lapsed_idle_days", "ring_silent_days"),
    ("flare_pause_days", "flare_check_in_days"),
    ("some_active_days", "few_active_days"),
    ("window_days", "some_active_days"),
)
_AT_LEAST_ONE = (
    "not_started_days",
    "quieter_idle_days",
    "quieter_overdue_days",
    "lapsed_unanswered_contacts",
    "hidden_after_contact_days",
    "flare_check_in_days",
    "window_days",
)

DEFAULT = Thresholds()
