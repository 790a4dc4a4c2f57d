"""No trigger without an alert, none unseen without going up or showing: over thousands of steps of everything.

The normal suite walks at least 20,000 steps in four parts. The longer run walks as many as you ask for:
``WAYMARK_ALERT_STEPS=1000000 pytest tests/safety/test_alert_machine.py -n 2`` (about an hour on two cores).
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.cast import Cast
from tests.safety.alert_machine import AlertMachine, make_world

PARTS = 4
STEPS = int(os.environ.get("WAYMARK_ALERT_STEPS", "20000"))
STEPS_EACH = 100


@pytest.mark.parametrize("part", range(PARTS))
def test_no_trigger_is_without_an_alert_and_no_alert_without_somebody(cast: Cast, part: int) -> None:
    world = make_world(cast)
    wanted = STEPS // PARTS

    class Machine(AlertMachine):
        """This part's own machine: Hypothesis gives each its own examples."""

    Machine.__qualname__ = f"Machine{part}"
    Machine.world = world
    while world.steps < wanted:
        run_state_machine_as_test(
            Machine,
            settings=settings(
                max_examples=max(1, (wanted - world.steps) // STEPS_EACH),
                stateful_step_count=STEPS_EACH,
                deadline=None,
                database=None,
                phases=(Phase.generate, Phase.shrink),
                suppress_health_check=list(HealthCheck),
            ),
        )
    assert world.steps >= wanted
    assert STEPS < 20_000 or {"answer", "watch", "mail", "own", "close", "staff"} <= set(world.kinds)
