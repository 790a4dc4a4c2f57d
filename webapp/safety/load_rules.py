"""How many answers above 0 to expect if the question about thoughts of death (PHQ-9 item 9) is asked.

Plain arithmetic on two published shares: the lead sees it before switching the question on. It predicts nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor


@dataclass(frozen=True, slots=True)
class Study:
    """How many of how many people answered above 0, and where that was published."""

    above_zero: Fraction
    people: int
    source: str


FEWEST = Study(Fraction(31, 345), 345, "Arthritis Care and Research 2013, doi 10.1002/acr.21894")
"""31 of 345 people with scleroderma (9.0%) answered above 0; 1 of them told of detailed thoughts of suicide.
Source: onlinelibrary.wiley.com/doi/10.1002/acr.21894."""
MOST = Study(Fraction(411, 1000), 841, "Na and others 2018, Journal of Affective Disorders")
"""41.1% of 841 people answered above 0, and 13.4% had thoughts of suicide when asked in an interview: of those
who answered above 0 some 29% had such thoughts (PPV 28.6%), and 12.4% of those who had them answered 0
(sensitivity 87.6%). Source: Na 2018, mayoclinic.pure.elsevier.com."""


@dataclass(frozen=True, slots=True)
class Load:
    """What to expect in a year: from ``fewest`` to ``most`` answers above 0 in ``working_days`` days at work."""

    patients: int
    times_a_year: int
    fewest: int
    most: int
    working_days: int

    @property
    def days_between(self) -> tuple[int, int] | None:
        """One such answer every so many working days, from the busiest to the calmest case, at least 1.

        None where not even one a year is expected.
        """
        if not self.fewest or not self.most or not self.working_days:
            return None
        return max(1, self.working_days // self.most), max(1, self.working_days // self.fewest)

    @property
    def as_stored(self) -> dict[str, int]:
        """What is kept with the decision: the numbers as they were shown."""
        return {
            "patients": self.patients,
            "times_a_year": self.times_a_year,
            "fewest": self.fewest,
            "most": self.most,
            "working_days": self.working_days,
        }


def expected(patients: int, times_a_year: int, working_days: int) -> Load:
    """The load for so many patients, each asked so many times a year. The lower end is rounded down, the upper up.

    Raises:
        ValueError: a negative number.
    """
    if min(patients, times_a_year, working_days) < 0:
        raise ValueError("People, times and days are counted from 0.")
    asked = patients * times_a_year
    return Load(
        patients, times_a_year, floor(asked * FEWEST.above_zero), ceil(asked * MOST.above_zero), working_days
    )
