"""The numbers behind every state, reason and point, as one service sets them."""

from __future__ import annotations

from dataclasses import dataclass


class Contradiction(ValueError):
    """Two numbers contradict each other: ``later`` is below ``sooner``. Both are names of Thresholds."""

    def __init__(self, later: str, sooner: str) -> None:
        super().__init__(f"{later} cannot be below {sooner}")
        self.later, self.sooner = later, sooner


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The numbers of one service; a clinical safety officer signs them before patients are invited.

    Unless said otherwise the defaults are this project's design figures (dropout.md §3 and §4). They were
    chosen on a public, anonymised history of adults on a tutored web course, not of patients. They must be
    refitted on a service's own history once 200 of its patients have stopped. Raises Contradiction when two
    numbers contradict each other, ValueError for a number below 1. Days are counting days: outside pauses,
    flare-ups and closures.
    """

    not_started_days: int = 3
    """Days from the invitation to "not started yet" and the first nudge. Source: project design."""

    second_nudge_days: int = 7
    """Days from the invitation to the second nudge. Source: project design; weekly checks are usual."""

    not_started_call_days: int = 14
    """Days from the invitation to the worklist. Source: Pihlaja 2020, internet CBT, n=100: of those who
    had not begun 14 days after they could, 24% finished with telephone support and 6% without."""

    quieter_idle_days: int = 7
    """Silent days to "quieter than planned". Source: the Drink Less studies' definition of non-use."""

    quieter_overdue_days: int = 7
    """Days that a module is open past its planned day, to "quieter than planned". Source: project design."""

    ring_idle_days: int = 7
    """Silent days to "ring first" when a planned module is open as well. Source: project measurement."""

    ring_silent_days: int = 21
    """Silent days to "ring first" by themselves. Source: project measurement: within a week 32% came back
    unaided after 21 silent days, 57% after 7."""

    week_two_module: int = 2
    """The number of the core module that a module-a-week patient plans for day 14; 0 switches the rule off.
    Source: Gasslander 2021, internet CBT for chronic pain, n=95: fewer modules done by week 2 predicted
    fewer in the end."""

    lapsed_idle_days: int = 28
    """More silent days than this end the calls. Source: project design: stopped means 28 days."""

    lapsed_unanswered_contacts: int = 2
    """So many contacts in a row without an answer end the calls. Source: project design."""

    hidden_after_contact_days: int = 28
    """A contacted patient leaves the list for so many calendar days unless something new happens. Source:
    project design; Ancker 2017: acceptance of reminders falls with each repeat."""

    flare_pause_days: int = 14
    """A flare-up stops the clock for at most so many calendar days. Source: project design."""

    flare_check_in_days: int = 7
    """Calendar days from a flare-up to the check-in whose silence makes a row. Source: project design; flare-ups
    commonly last 2 to 7 days (Cambridge University Hospitals' leaflet)."""

    not_back_days: int = 7
    """Days after an agreed pause without a visit to a reason of its own, and for those without an activity
    clock to the worklist. Source: project design (no return seven days after a pause)."""

    no_call_days: int = 7
    """On paper or by phone: calendar days from the invitation, or the last contact, without an agreed call to
    the worklist. Source: project design; in the trial of Reboot Online more people began after a call."""

    window_days: int = 14
    """The length of the window of active days. Source: project measurement."""

    some_active_days: int = 5
    """At most so many active days in the window earn the first points. Source: project measurement."""

    few_active_days: int = 2
    """At most so many active days in the window are a reason and earn more points. Source: project
    measurement: one of the two strongest reasons."""

    slow_start_days: int = 3
    """At most so many active days in week 1 are a slow start. Source: project measurement; log-ins in the
    first week predicted stopping in four smoking-cessation programmes, n=4,529."""

    def __post_init__(self) -> None:
        for later, sooner in IN_ORDER:
            if getattr(self, later) < getattr(self, sooner):
                raise Contradiction(later, sooner)
        if min(getattr(self, name) for name in _AT_LEAST_ONE) < 1 or self.week_two_module < 0:
            raise ValueError("every number of days is at least 1")


IN_ORDER = (
    ("second_nudge_days", "not_started_days"),
    ("not_started_call_days", "second_nudge_days"),
    ("ring_idle_days", "quieter_idle_days"),
    ("ring_silent_days", "ring_idle_days"),
    ("lapsed_idle_days", "ring_silent_days"),
    ("flare_pause_days", "flare_check_in_days"),
    ("some_active_days", "few_active_days"),
    ("window_days", "some_active_days"),
)
"""(the number that cannot be below, the other)."""
_AT_LEAST_ONE = (
    "not_started_days",
    "quieter_idle_days",
    "quieter_overdue_days",
    "lapsed_unanswered_contacts",
    "hidden_after_contact_days",
    "flare_check_in_days",
    "not_back_days",
    "no_call_days",
    "window_days",
)

DEFAULT = Thresholds()
