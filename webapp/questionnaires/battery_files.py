"""The shape of `battery.yml`: which questionnaires are offered when, and what must fit together in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

from pydantic import Field

from webapp.content.problems import Problem, did_you_mean
from webapp.questionnaires.instrument_checks import Finding, repeated
from webapp.questionnaires.instrument_files import FilePart, Name, Text, Whole
from webapp.questionnaires.located_yaml import LocatedFile, Place
from webapp.questionnaires.schedule_rules import Battery, Milestone, Opening, Sitting, TimePoint


class OpensPart(FilePart):
    """After what a sitting has its day, and how long after."""

    milestone: Milestone | None = None
    sitting: Name | None = None
    months: Annotated[Whole, Field(ge=0)] = 0
    days: Annotated[Whole, Field(ge=0)] = 0


class SittingPart(FilePart):
    """A few instruments answered in one go."""

    id: Name
    instruments: list[Name] = Field(min_length=1)
    shorter: list[Name] = []
    opens: OpensPart
    opens_for_refresher: OpensPart | None = None
    for_refreshers: bool = True
    window_days: Annotated[Whole, Field(ge=1)]
    window_days_before: Annotated[Whole, Field(ge=0)] = 0
    may_be_early: bool = False


class TimePointPart(FilePart):
    """A moment at which scores are compared."""

    id: Name
    sittings: list[SittingPart] = Field(min_length=1)


class BatteryFile(FilePart):
    """The whole file `battery.yml`."""

    id: Name
    version: Annotated[Whole, Field(ge=1)]
    source: Text
    time_points: list[TimePointPart] = Field(min_length=1)


def battery_from(part: BatteryFile) -> Battery:
    """The schedule as the rules know it."""
    return Battery(
        id=part.id,
        version=part.version,
        time_points=tuple(
            TimePoint(point.id, tuple(_sitting_from(each) for each in point.sittings))
            for point in part.time_points
        ),
    )


def problems_in_battery(
    part: BatteryFile, found: LocatedFile, with_text: Mapping[str, bool]
) -> list[Problem]:
    """What does not fit in the battery. `with_text` says of each known instrument if its text is here."""
    findings: list[Finding] = [*repeated([point.id for point in part.time_points], ("time_points",))]
    earlier: dict[str, SittingPart] = {}
    for point_index, point in enumerate(part.time_points):
        for index, sitting in enumerate(point.sittings):
            place: Place = ("time_points", point_index, "sittings", index)
            if sitting.id in earlier:
                findings.append(
                    ((*place, "id"), f"the sitting '{sitting.id}' is already in this battery", "")
                )
            findings += _sitting(sitting, earlier, with_text, place)
            earlier[sitting.id] = sitting
    return [found.problem(*finding) for finding in findings]


def _sitting_from(part: SittingPart) -> Sitting:
    refresher = None if part.opens_for_refresher is None else _opening_from(part.opens_for_refresher)
    return Sitting(
        id=part.id,
        instruments=tuple(part.instruments),
        opens=_opening_from(part.opens),
        window_days=part.window_days,
        opens_for_refresher=refresher,
        window_days_before=part.window_days_before,
        shorter=tuple(part.shorter),
        may_be_early=part.may_be_early,
        for_refreshers=part.for_refreshers,
    )


def _opening_from(part: OpensPart) -> Opening:
    return Opening(part.milestone, part.sitting, part.months, part.days)


def _sitting(
    sitting: SittingPart, earlier: Mapping[str, SittingPart], with_text: Mapping[str, bool], place: Place
) -> Iterator[Finding]:
    yield from _instruments(sitting.instruments, with_text, (*place, "instruments"))
    yield from _instruments(sitting.shorter, with_text, (*place, "shorter"))
    yield from _opening(sitting.opens, earlier, (*place, "opens"))
    if sitting.opens_for_refresher is not None:
        yield from _opening(sitting.opens_for_refresher, earlier, (*place, "opens_for_refresher"))
    if sitting.for_refreshers:
        yield from _reachable_by_refresher(sitting, earlier, place)
    elif sitting.opens_for_refresher is not None:
        yield (*place, "for_refreshers"), f"'{sitting.id}' is not for refreshers, so it never opens", ""
    if sitting.may_be_early and sitting.opens.sitting is None:
        words = f"'{sitting.id}' can only be early if it opens after another sitting"
        yield (*place, "may_be_early"), words, ""


def _instruments(names: Sequence[str], with_text: Mapping[str, bool], place: Place) -> Iterator[Finding]:
    yield from repeated(names, place)
    for index, name in enumerate(names):
        if name not in with_text:
            yield (*place, index), f"there is no questionnaire '{name}'", did_you_mean(name, with_text)
        elif not with_text[name]:
            yield (*place, index), f"the text of '{name}' is not here, so it cannot be asked", ""


def _opening(opens: OpensPart, earlier: Mapping[str, SittingPart], place: Place) -> Iterator[Finding]:
    if (opens.milestone is None) == (opens.sitting is None):
        yield place, "exactly one of 'milestone' and 'sitting' is needed", ""
    if opens.sitting is not None and opens.sitting not in earlier:
        suggestion = did_you_mean(opens.sitting, earlier)
        yield (*place, "sitting"), f"there is no earlier sitting '{opens.sitting}'", suggestion


def _reachable_by_refresher(
    sitting: SittingPart, earlier: Mapping[str, SittingPart], place: Place
) -> Iterator[Finding]:
    opens = sitting.opens_for_refresher or sitting.opens
    before = earlier.get(opens.sitting or "")
    if before is not None and not before.for_refreshers:
        words = f"'{sitting.id}' is for refreshers, but '{before.id}' before it is not"
        yield (*place, "opens"), words, "Say when it opens under 'opens_for_refresher'."
