"""Where people in the four nations find help at once. Numbers are checked at each release; a service adds its own.

Sources: nhs.uk and nhsinform.scot, 111.wales.nhs.uk, lifelinehelpline.info, samaritans.org, giveusashout.org;
gathered in the project's safety notes §6 and questionnaire notes §7.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from webapp.people.models import Service

CHECKED_ON = "2026-11-21"
NATIONS = ("england", "wales", "scotland", "northern_ireland")


@dataclass(frozen=True)
class HelpLine:
    """One way to reach somebody now. ``number`` is dialled as it stands; ``how`` says when and what to press."""

    name: object
    number: str
    how: object
    checked_on: str = CHECKED_ON
    text_only: bool = False

    @property
    def address(self) -> str:
        """The link that dials or texts."""
        digits = "".join(letter for letter in self.number if letter.isdigit() or letter == "+")
        return f"{'sms' if self.text_only else 'tel'}:{digits}"


EVERYWHERE = (
    HelpLine(
        _l("Samaritans"), "116 123", _l("Free to ring, day and night, about anything that is upsetting you.")
    ),
    HelpLine(_l("Shout"), "85258", _l("Text SHOUT to this number. Free, day and night."), text_only=True),
)
BY_NATION = {
    "england": HelpLine(
        _l("NHS 111, then choose 2"), "111", _l("England: mental health help, day and night.")
    ),
    "wales": HelpLine(
        _l("NHS 111 Wales, then press 2"), "111", _l("Wales: mental health help, day and night.")
    ),
    "scotland": HelpLine(
        _l("NHS 24 on 111"), "111", _l("Scotland: choose the mental health hub, day and night.")
    ),
    "northern_ireland": HelpLine(
        _l("Lifeline"),
        "0808 808 8000",
        _l("Northern Ireland: free to ring, day and night, if you are in crisis."),
    ),
}


def lines_for(service: Service | None) -> list[HelpLine]:
    """The lines in the order in which they stand on the page: the nation's own, everywhere's, the service's own."""
    nations = [service.nation] if service else list(NATIONS)
    own = [
        HelpLine(line["name"], line["number"], line.get("how", ""), line.get("checked_on", ""))
        for line in (service.crisis_lines if service else [])
    ]
    return [*(BY_NATION[nation] for nation in nations), *EVERYWHERE, *own]
