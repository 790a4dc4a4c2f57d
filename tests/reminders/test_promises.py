"""What holds for every patient, whatever they do and however the job runs: made-up lives, hour by hour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reminders.cases import MODULES
from webapp.engagement.day_rules import Span
from webapp.engagement.facts import Door, Facts, Flare, Milestone, Rhythm
from webapp.engagement.plan_rules import planned_dates
from webapp.foundations.quiet_hours import is_quiet
from webapp.reminders.booster_rules import boosters_ahead
from webapp.reminders.case_rules import Case, Questions, Told, Wishes
from webapp.reminders.due_rules import GROUPS, SET_BY_THE_PATIENT, TOLD_IN_A_FLARE_UP
from webapp.reminders.look_rules import Post, look, look_again_on, wait_until
from webapp.reminders.rules import HOURS_BETWEEN, Group, Kind, Thing
from webapp.reminders.when_rules import day_to_write_on, is_written_now

ZONES = ("Europe/London", "America/St_Johns", "Pacific/Auckland")
SPRING, AUTUMN = date(2027, 3, 20), date(2027, 10, 22)
"""Eight days before the clocks of Europe change."""

LONG = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


@dataclass
class Life:
    """One patient whose messages are written by the rules, as the job does it."""

    case: Case
    zone: str
    look_on: date | None
    last_at: datetime | None = None
    written: list[tuple[datetime, tuple[Thing, ...], Case]] = field(default_factory=list)

    def job(self, now: datetime, *, always: bool = False) -> None:
        """The job of this moment; ``always``: it looks whatever the day of the next look says."""
        today = now.astimezone(ZoneInfo(self.zone)).date()
        if not is_written_now(now, self.zone) or not (always or (self.look_on and self.look_on <= today)):
            return
        if (wait := wait_until(Post(self.last_at), now, self.zone)) is not None:
            self.look_on = wait
            return
        found = look(self.case, now, self.zone)
        self.look_on = found.again_on
        if found.things:
            self.look_on = look_again_on(self.case, found.things, now, self.zone)
            self.written.append((now, found.things, self.case))
            self.case = self.case.with_told(Told(one.kind, one.key, today) for one in found.things)
            self.last_at = now


def moments(from_on: date, days: int, hours: Iterable[int]) -> Iterator[datetime]:
    """These hours of so many days, in UTC."""
    for n in range(days):
        for hour in hours:
            yield datetime.combine(from_on, datetime.min.time(), UTC) + timedelta(days=n, hours=hour)


numbers = st.integers(0, 40)
few = st.lists(numbers, max_size=3)


@st.composite
def cases(draw: st.DrawFn, first: date) -> Case:
    """Somebody who was invited on ``first``: what they did up to day 40, and what lies ahead of them."""

    def on(number: int) -> date:
        return first + timedelta(days=number)

    pauses = tuple(
        Span(on(at), None if length == 0 else on(at + length))
        for at, length in draw(st.lists(st.tuples(numbers, st.integers(0, 30)), max_size=2))
    )
    started_on = draw(st.one_of(st.none(), st.integers(0, 10).map(on)))
    active = draw(st.sets(st.integers(0, 45), max_size=25)) if started_on else set()
    rhythm, door = draw(st.sampled_from(list(Rhythm)[:3])), draw(st.sampled_from(list(Door)))
    done = sorted(draw(st.lists(st.sampled_from(sorted(active)), max_size=4))) if active else []
    modules = tuple(Milestone(name, done_on=on(day)) for name, day in zip(MODULES, done, strict=False))
    modules += tuple(Milestone(name) for name in MODULES[len(modules) :])
    flares = tuple(Flare(on(at), None) for at in draw(st.lists(numbers, max_size=1)))
    facts = Facts(
        invited_on=first,
        started_on=started_on,
        active_days=tuple(on(day) for day in sorted(active)),
        milestones=planned_dates(modules, started_on, rhythm, pauses),
        door=door,
        rhythm=rhythm,
        pauses=pauses,
        flares=flares,
        ended_on=draw(st.one_of(st.none(), st.none(), numbers.map(on))),
        safety_alert_on=draw(st.one_of(st.none(), st.none(), st.none(), numbers.map(on))),
        closures=frozenset(on(day) for day in draw(few)),
        unanswered_contacts=tuple(on(day) for day in sorted(draw(few))),
    )
    quiet = draw(st.one_of(st.none(), numbers.map(on)))
    return Case(
        facts,
        questions=tuple(
            Questions(f"sitting-{n}", on(at), on(at + draw(st.integers(0, 28))))
            for n, at in enumerate(draw(few))
        ),
        reviews=tuple(on(day) for day in draw(few)),
        boosters=boosters_ahead(started_on, ()) if started_on and door is Door.REFRESHER else (),
        wishes=Wishes(
            quiet_until_on=quiet,
            remind_on=quiet if draw(st.booleans()) else None,
            left_out=frozenset(draw(st.sets(st.sampled_from(list(Group)), max_size=1))),
        ),
        may_be_rung=draw(st.booleans()),
    )


@given(st.data(), st.sampled_from(ZONES), st.sampled_from([SPRING, AUTUMN]), st.integers(0, 50))
@LONG
def test_looking_on_the_days_that_the_rules_name_misses_nothing_that_looking_every_time_finds(
    data: st.DataObject, zone: str, first: date, begins: int
) -> None:
    case = data.draw(cases(first))
    from_on = first + timedelta(days=begins)
    planned, always = Life(case, zone, from_on - timedelta(days=1)), Life(case, zone, None)
    for now in moments(from_on, 45, (0, 5, 9, 13, 18, 20)):
        planned.job(now)
        always.job(now, always=True)
    assert [(now, things) for now, things, _ in planned.written] == [
        (now, things) for now, things, _ in always.written
    ]


def active(life: Life, today: date) -> None:
    """They do something today."""
    days = sorted({*life.case.facts.active_days, today})
    _facts(life, active_days=tuple(days), started_on=life.case.facts.started_on or today)


def finishes_a_module(life: Life, today: date) -> None:
    """They finish the module that they are at."""
    modules = list(life.case.facts.milestones)
    place = next((n for n, one in enumerate(modules) if one.done_on is None), None)
    if place is not None:
        modules[place] = replace(modules[place], done_on=today)
        _facts(life, milestones=tuple(modules))
        active(life, today)


def pauses(life: Life, today: date) -> None:
    """They pause for 9 days."""
    _facts(life, pauses=(*life.case.facts.pauses, Span(today, today + timedelta(days=9))))


def flares_up(life: Life, today: date) -> None:
    """They report a flare-up."""
    _facts(life, flares=(*life.case.facts.flares, Flare(today)))
    active(life, today)


def leaves(life: Life, today: date) -> None:
    """They leave."""
    _facts(life, ended_on=today)


def comes_back(life: Life, _today: date) -> None:
    """They go on where they were."""
    _facts(life, ended_on=None)


def stops(life: Life, _today: date) -> None:
    """They stop our messages."""
    life.case = replace(life.case, wishes=replace(life.case.wishes, has_stopped=True))


def starts_again(life: Life, _today: date) -> None:
    """They want them again."""
    life.case = replace(life.case, wishes=Wishes())


def says_later(life: Life, today: date) -> None:
    """They tap *remind me on another day*."""
    on = today + timedelta(days=3)
    life.case = replace(life.case, wishes=replace(life.case.wishes, quiet_until_on=on, remind_on=on))


def goal_comes_due(life: Life, today: date) -> None:
    """A goal will be ready to look back on tomorrow."""
    life.case = replace(life.case, reviews=(*life.case.reviews, today + timedelta(days=1)))


def alert(life: Life, today: date) -> None:
    """An answer raises a safety alert."""
    _facts(life, safety_alert_on=today)


def alert_closed(life: Life, _today: date) -> None:
    """It is closed."""
    _facts(life, safety_alert_on=None)


def _facts(life: Life, **changes: object) -> None:
    life.case = replace(life.case, facts=replace(life.case.facts, **changes))  # type: ignore[arg-type]


HOURS = (0, 3, 6, 7, 8, 9, 13, 18, 19, 21)
"""In UTC: round the edges of quiet hours and of writing in each zone, before and after the clocks change."""

HAPPENINGS = (
    active, active, active, finishes_a_module, pauses, flares_up, leaves, comes_back, stops, starts_again,
    says_later, goal_comes_due, alert, alert_closed,
)  # fmt: skip


@given(
    st.data(),
    st.sampled_from(ZONES),
    st.sampled_from([SPRING, AUTUMN]),
    st.lists(st.tuples(st.integers(0, 299), st.sampled_from(HAPPENINGS)), max_size=40),
)
@LONG
def test_whatever_happens_every_message_keeps_its_promises(
    data: st.DataObject, zone: str, first: date, happenings: list[tuple[int, object]]
) -> None:
    life = Life(replace(data.draw(cases(first)), told=()), zone, None)
    by_turn: dict[int, list[object]] = {}
    for turn, happens in happenings:
        by_turn.setdefault(turn, []).append(happens)
    for turn, now in enumerate(moments(first, 30, HOURS)):
        for happens in by_turn.get(turn, ()):
            happens(life, now.astimezone(ZoneInfo(zone)).date())  # type: ignore[operator]
        life.job(now, always=True)
    times = [now for now, _, _ in life.written]
    assert all(later - sooner >= HOURS_BETWEEN for sooner, later in pairwise(times))
    keys = [thing.key for _, things, _ in life.written for thing in things]
    assert len(keys) == len(set(keys))
    for now, things, case in life.written:
        assert not is_quiet(now, zone)
        keeps(case, {thing.kind for thing in things}, now.astimezone(ZoneInfo(zone)).date())


def keeps(case: Case, kinds: set[Kind], today: date) -> None:
    """What a message may be about on this day, said a second time and more plainly than the rules do."""
    facts, wishes = case.facts, case.wishes
    assert kinds and not wishes.has_stopped
    assert wishes.quiet_until_on is None or today >= wishes.quiet_until_on
    assert not {GROUPS[kind] for kind in kinds & set(GROUPS)} & wishes.left_out
    if facts.ended_on is not None and facts.ended_on <= today:
        assert kinds == {Kind.GOODBYE}
        return
    assert Kind.GOODBYE not in kinds
    if any(pause.covers(today) for pause in facts.pauses):
        assert kinds <= SET_BY_THE_PATIENT
    for flare in facts.flares:
        last_on = flare.from_on + timedelta(days=case.thresholds.flare_pause_days - 1)
        if flare.from_on <= today <= (min(flare.until_on, last_on) if flare.until_on else last_on):
            assert kinds <= TOLD_IN_A_FLARE_UP
    if facts.safety_alert_on is not None and facts.safety_alert_on <= today:
        assert kinds <= SET_BY_THE_PATIENT
    if facts.door is Door.REFRESHER or facts.rhythm is Rhythm.OWN_SPEED:
        assert not kinds & {Kind.NUDGE, Kind.SOMEBODY_WILL_RING}


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2027, 1, 1), datetime(2028, 12, 31)).map(lambda at: at.replace(tzinfo=UTC)),
)
@LONG
def test_the_day_to_write_on_is_the_first_with_an_hour_for_it(zone: str, last_at: datetime) -> None:
    on = day_to_write_on(last_at, zone)
    free = [
        last_at + HOURS_BETWEEN + timedelta(minutes=10 * n)
        for n in range(24 * 6 * 2)
        if is_written_now(last_at + HOURS_BETWEEN + timedelta(minutes=10 * n), zone)
    ]
    assert free[0].astimezone(ZoneInfo(zone)).date() == on
