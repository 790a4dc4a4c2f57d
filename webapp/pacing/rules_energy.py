"""Energy mode: when it is offered. It is one setting on the patient, and every exercise obeys it.

Source: exercise specification, amendment 8, a proposal for clinical sign-off. Anyone may turn it on at any
time.
"""

from enum import StrEnum


class Crash(StrEnum):
    """Whether small things bring a crash hours or a day later, out of proportion, that rest does not fix."""

    OFTEN = "often"
    SOMETIMES = "sometimes"
    NO = "no"
    NOT_SURE = "not_sure"


class EnergyOffer(StrEnum):
    MANY_CHOOSE_IT = "many_choose_it"
    OFFERED = "offered"
    NOT_RAISED = "not_raised"  # it can still be turned on


def offer_energy_mode(crash: Crash | None) -> EnergyOffer:
    """How energy mode is brought up after the question; a question that was skipped brings up nothing."""
    if crash is Crash.OFTEN:
        return EnergyOffer.MANY_CHOOSE_IT
    return EnergyOffer.OFFERED if crash in (Crash.SOMETIMES, Crash.NOT_SURE) else EnergyOffer.NOT_RAISED
