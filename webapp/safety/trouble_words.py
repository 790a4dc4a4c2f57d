"""What does not work with alerts, as sentences with counts: no patient and no colleague is named."""

from __future__ import annotations

from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.foundations.access import Actor
from webapp.safety.looking import Trouble, TroubleKind
from webapp.safety.overview import troubles_counted


def troubles_in_words(service_id: UUID) -> list[str]:
    """One sentence for each thing that does not work in this service; empty when all is well."""
    by = Actor(service_id, job="safety")
    return [sentence(trouble, number) for trouble, number in troubles_counted(by).items()]


def sentence(trouble: Trouble, number: int) -> str:
    """One thing that does not work, and how often it was found."""
    return str(
        _missing(trouble.name) if trouble.kind is TroubleKind.NO_COVER else _said(trouble.kind, number)
    )


def missing(what: str) -> str:
    """What the cover lacks, as a sentence. ``what`` is one of ``what_cover_lacks``."""
    return str(_missing(what))


def _said(kind: TroubleKind, number: int) -> object:
    if kind is TroubleKind.WATCH_STOPPED:
        return _("The safety watch stopped. Alerts do not go up by themselves. Start the worker again.")
    if kind is TroubleKind.NOBODY_TOLD:
        return ngettext(
            "Nobody has been told of %(num)s alert.", "Nobody has been told of %(num)s alerts.", number
        )
    if kind is TroubleKind.MESSAGE_FAILED:
        return ngettext("%(num)s message could not be sent.", "%(num)s messages could not be sent.", number)
    if kind is TroubleKind.MESSAGE_WAITS:
        return ngettext(
            "%(num)s message has waited for more than half an hour.",
            "%(num)s messages have waited for more than half an hour.",
            number,
        )
    return ngettext(
        "%(num)s alert should have gone up and did not.",
        "%(num)s alerts should have gone up and did not.",
        number,
    )


def _missing(what: str) -> object:
    return {
        "owner": _("Nobody is named who owns alerts."),
        "deputy": _("Nobody else is named as deputy."),
        "hours": _("The working hours are not written down."),
        "out_of_hours": _("It is not written down what happens out of hours."),
    }[what]
