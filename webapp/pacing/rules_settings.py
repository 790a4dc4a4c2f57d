"""Every clinical number of the pacing room, with its source. Shares are 0 to 1.

Sources, by name: *exercises* is the exercise specification, 4.1 to 4.3 with its numbered amendments; rule A
is I-Engage (three tries, 80 %), rule B the copy of the Therapeutic Guidelines (80 % of the mean, then 10 to
20 % of it a week, in a straight line: 200 m becomes 300 m in week 8). Everything marked *proposal* waits
for the service's clinical safety officer.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PacingSettings:
    """The numbers; a service may change them, and its clinical safety officer signs them."""

    offers: bool = True
    """Whether the leaflet's rule is pointed out. False leaves plain sums (exercises, amendment 7)."""
    fewest_tries: int = 2
    """Exercises 4.1.1, after Nicholas, *Manage Your Pain*, chapter 7 (mean of at least two)."""
    wanted_tries: int = 3
    """On as many different days. Rule A (I-Engage)."""
    most_tries: int = 5
    """Exercises 4.1.1, proposal."""
    share_of_mean: float = 0.8
    """Rules A and B."""
    share_after_payback: float = 0.7
    """When a try was paid for the next day. Exercises 4.1.1, proposal."""
    share_of_payback_try: float = 0.8
    """Ceiling against the smallest try that was paid for. Amendment 3, proposal."""
    wide_spread: float = 2.0
    """Highest ÷ lowest **above** which tries differ a lot. Exercises 4.1.1, proposal."""
    step_rates: tuple[float, ...] = (0.05, 0.10)
    """Weekly steps anyone may pick. Amendment 4; 10 % is rules A, B, D and E."""
    usual_rate: float = 0.10
    """Rules A, B, D and E."""
    brisk_rate: float = 0.20
    """Upper end of rule B; only if picked, and only where pain is the usual limit (amendment 4)."""
    staircase_weeks: int = 8
    """Rule B's worked example and rule E."""
    as_planned_from: float = 0.8
    """Share of the amount shown. Amendment 5, proposal."""
    as_planned_to: float = 1.2
    """Share of the amount shown. Amendment 5, proposal."""
    more_steps: int = 2
    """Display steps above the amount shown that also make a day "more". Amendment 5, proposal."""
    most_days_share: float = 0.7
    """Of the planned days, stands for 5 in 7. Amendment 6, proposal."""
    some_days_share: float = 0.4
    """Of the planned days; below it stands for 2 in 7 or fewer. Amendment 6, proposal."""
    known_days_share: float = 0.5
    """Of the planned days that must be known before a week is read. Proposal of this code."""
    more_days: int = 2
    """Days of more than planned that make it the week's reading. Exercises 4.1.2, proposal."""
    sure_from: int = 7
    """Confidence 0 to 10. Brief Action Planning (exercises 4.2)."""
    shrink_to: float = 0.8
    """Of the amount shown: "20 % less". Exercises 4.1.2 and rule D."""
    paid_for_within_days: int = 2
    """48 hours from a day of more to a day of less or none. Exercises 4.1.2, proposal."""
    flare_share: float = 0.5
    """"Half". Exercises 4.3, proposal."""
    flare_return_shares: tuple[float, ...] = (0.5, 0.75, 1.0)
    """Way back after a flare-up. Exercises 4.3, proposal."""
    flare_settled_days: int = 2
    """Settled days before the next step back is offered. Amendment 9, proposal."""
    flare_long_days: int = 14
    """More days than this: find a new starting point. Amendment 9, proposal."""


USUAL = PacingSettings()
