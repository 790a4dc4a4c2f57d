"""Alerts in the portal with the keyboard alone: seen, taken, written down, closed; and the lead's cover."""

from __future__ import annotations

from collections.abc import Callable

from tests.cast import Cast
from tests.journeys.browser import Person
from tests.journeys.hands import KeyboardPerson
from tests.safety.alerts_made import an_answer, covered


def test_a_clinician_takes_an_alert_and_closes_it_with_the_keyboard(
    signed_in: Callable[..., Person], town: Cast
) -> None:
    # Given an answer above 0 on a Sunday
    covered(town)
    alert = an_answer(town)
    carol = signed_in("carol", hands=KeyboardPerson)
    carol.goes_to("/alerts").sees("Nobody yet").finds_nothing_wrong()
    # When she opens it, takes it and hands it over
    carol.sends("Open Asha Patel", exact=False).is_at(f"/alerts/{alert.id}").finds_nothing_wrong()
    carol.sends("I take this on").sees("You have it.").sees("first write down what was done")
    carol.chooses("Handed over to a crisis team or an emergency service", group="What was done?")
    carol.sends("Write it down").sees("Write the name of who took it").finds_nothing_wrong()
    carol.fills("Who took it?", "Dr Okafor").sends("Write it down").sees("Taken by Dr Okafor.")
    # Then she can close it, and it is no longer on the list
    carol.sends("Close this alert").sees("Closed by Carol Osei").finds_nothing_wrong()
    carol.goes_to("/alerts").sees("No alert is open.")


def test_a_lead_names_the_cover_and_switches_item_nine_on_with_the_keyboard(
    signed_in: Callable[..., Person], town: Cast
) -> None:
    # Given a service in which nobody is named yet
    assert town.carol.membership and town.asha.patient
    lena = signed_in("lena", hands=KeyboardPerson)
    lena.goes_to("/service/safety").sees("Nobody is named who owns alerts.").finds_nothing_wrong()
    # When she names everybody, reads what to expect and switches it on
    lena.picks("Who owns alerts", "Carol Osei").picks("Who is the deputy", "Lena Brandt")
    lena.fills("What happens out of hours", "Ring 111 and choose option 2.").sends("Save who covers")
    lena.sees("Saved.").does_not_see("Nobody is named who owns alerts.")
    lena.chooses("We have read this, and we have time for it").sends("Ask PHQ-9 from now on")
    # Then it is on, until one tap takes it back
    lena.sees("It is switched on.").finds_nothing_wrong()
    lena.sends("Ask PHQ-8 again").sees("It is off.")
