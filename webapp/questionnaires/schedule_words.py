"""When something is asked, in words: time points, what a sitting waits for, and how long it stays open."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from webapp.questionnaires.schedule_rules import Milestone, Opening, Sitting

TIME_POINTS = {
    "baseline": _l("At the start"),
    "mid": _l("Halfway"),
    "end": _l("At the end of the course"),
    "month-3": _l("After 3 months"),
    "month-6": _l("After 6 months"),
    "month-12": _l("After 12 months"),
}
REACHED = {
    Milestone.ACTIVATED: _l("When the patient has activated"),
    Milestone.MODULE_1_FINISHED: _l("When the first module is finished"),
    Milestone.HALFWAY: _l("When half of the core modules are finished"),
    Milestone.COURSE_FINISHED: _l("When the last core module is finished"),
}
SINCE = {
    Milestone.ACTIVATED: _l("the day of activation"),
    Milestone.MODULE_1_FINISHED: _l("the day on which the first module was finished"),
    Milestone.HALFWAY: _l("the day on which half of the core modules were finished"),
    Milestone.COURSE_FINISHED: _l("the day on which the last core module was finished"),
}


def time_point_name(time_point: str) -> str:
    """Our name for a time point; one of a service's own battery is called by its id."""
    return str(TIME_POINTS.get(time_point, time_point.replace("-", " ")))


def opens_in_words(sitting: Sitting, follows: int | None = None) -> list[str]:
    """What a sitting waits for: a sentence for the course, and one for refreshers if it differs.

    ``follows`` is the number of the part that it follows in its time point, if it follows one there.
    """
    said = [_opening(sitting.opens, follows)]
    if sitting.may_be_early:
        said.append(_("The patient may go on with it at once, too."))
    if not sitting.for_refreshers:
        said.append(_("Refreshers are not asked this."))
    elif sitting.opens_for_refresher is not None:
        said.append(_("Refreshers: %(when)s", when=_opening(sitting.opens_for_refresher, follows)))
    return said


def window_in_words(sitting: Sitting) -> str:
    """How long it stays open."""
    after = ngettext("%(num)s day", "%(num)s days", sitting.window_days)
    if not sitting.window_days_before:
        return str(_("It stays open for %(after)s.", after=after))
    before = ngettext("%(num)s day", "%(num)s days", sitting.window_days_before)
    return str(
        _("It opens %(before)s before that day and closes %(after)s after it.", before=before, after=after)
    )


def _opening(opening: Opening, follows: int | None) -> str:
    if opening.sitting is not None:
        days = ngettext("%(num)s day", "%(num)s days", opening.days)
        if follows is None:
            return str(_("%(days)s after the part before was sent, skipped or closed.", days=days))
        return str(
            _("%(days)s after part %(number)s was sent, skipped or closed.", days=days, number=follows)
        )
    milestone = opening.milestone or Milestone.ACTIVATED
    since = str(SINCE[milestone])
    if opening.months:
        months = ngettext("%(num)s month", "%(num)s months", opening.months)
        return str(_("%(months)s after %(since)s.", months=months, since=since))
    if opening.days:
        days = ngettext("%(num)s day", "%(num)s days", opening.days)
        return str(_("%(days)s after %(since)s.", days=days, since=since))
    return f"{REACHED[milestone]}."
