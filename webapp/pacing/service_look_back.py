"""The look-back: which days it asks about, what it keeps, and what a tapped choice changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from webapp.engagement import gathering
from webapp.engagement import service as engagement
from webapp.engagement.facts import Facts
from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.pacing.models import PacingLookBack, PacingPlan, PacingTick
from webapp.pacing.plan_days import as_rule_plan
from webapp.pacing.rules_look_back import (
    Answers,
    Choice,
    ChoiceOffer,
    LookBack,
    Reading,
    Rhythm,
    WorseDayAfter,
    choices,
    look_back,
    next_look_back_on,
)
from webapp.pacing.rules_plan import UsualLimit, find_increment, offered_rates
from webapp.pacing.rules_settings import USUAL, PacingSettings
from webapp.pacing.rules_tick import DayCounts, count_days, planned_days
from webapp.pacing.service import NotFound, as_result, finish, note, ticks_between
from webapp.pacing.service_days import put_tick
from webapp.pacing.service_start import look_for_new_start
from webapp.people import service as people

LONGEST_PERIOD_DAYS = 14  # amendment 7: every one or two weeks; nobody is asked about days longer ago


@dataclass(frozen=True)
class Period:
    """The days that are looked back on, both included, and what is known of them."""

    from_on: date
    to_on: date
    planned: tuple[date, ...]
    ticks: tuple[PacingTick, ...]

    @property
    def unticked(self) -> tuple[date, ...]:
        """The planned days of which nothing is known."""
        noted = {tick.on for tick in self.ticks}
        return tuple(day for day in self.planned if day not in noted)


@dataclass(frozen=True)
class Said:
    """What the patient answered. Days that were left open are absent."""

    days: Mapping[date, str]
    worse_day_after: str | None
    confidence: int | None
    cost: str | None = None


def look_backs_of(plan: PacingPlan) -> list[PacingLookBack]:
    """Every look-back of the plan, newest first."""
    rows = select(PacingLookBack).where(
        PacingLookBack.service_id == plan.service_id, PacingLookBack.plan_id == plan.id
    )
    return list(db.session.scalars(rows.order_by(PacingLookBack.id.desc())))


def latest_look_back(plan: PacingPlan) -> PacingLookBack | None:
    """The newest look-back of the plan."""
    rows = select(PacingLookBack).where(
        PacingLookBack.service_id == plan.service_id, PacingLookBack.plan_id == plan.id
    )
    return db.session.scalar(rows.order_by(PacingLookBack.id.desc()).limit(1))


def look_back_of(plan: PacingPlan, look_back_id: UUID) -> PacingLookBack:
    """One look-back of the plan.

    Raises:
        NotFound: there is none.
    """
    row = db.session.get(PacingLookBack, (plan.service_id, look_back_id))
    if row is None or row.plan_id != plan.id:
        raise NotFound(str(look_back_id))
    return row


def is_due(plan: PacingPlan, today: date) -> bool:
    """True from the planned day of a look-back on."""
    return plan.next_look_back_on is not None and plan.next_look_back_on <= today


def period_of(by: Actor, plan: PacingPlan, last: PacingLookBack | None, today: date) -> Period:
    """From the day after the last look-back (or the start) to yesterday, at most two weeks."""
    began_on = plan.started_on or today
    from_on = began_on if last is None else max(began_on, last.to_on + timedelta(days=1))
    from_on = min(max(from_on, today - timedelta(days=LONGEST_PERIOD_DAYS)), today)
    to_on = max(from_on, today - timedelta(days=1))
    ticks = tuple(ticks_between(by, [plan], from_on, to_on))
    return Period(from_on, to_on, planned_days(from_on, to_on, plan.weekdays), ticks)


def save_look_back(
    plan: PacingPlan,
    said: Said,
    today: date,
    *,
    by: Actor,
    energy_mode: bool,
    settings: PacingSettings = USUAL,
) -> PacingLookBack:
    """Keep the answers and what they say. Nothing in the plan changes but the day of the next look-back."""
    last = latest_look_back(plan)
    period = period_of(by, plan, last, today)
    if energy_mode or plan.quota is None:
        row = _without_numbers(plan, said, period, today)
    else:
        row = _with_numbers(plan, said, period, last, today, by, settings)
    db.session.add(row)
    plan.next_look_back_on = next_look_back_on(today, Rhythm(plan.rhythm))
    db.session.flush()
    audit.record(by, "created", "pacing_look_back", row.id, patient_id=plan.patient_id)
    note(by, plan.patient_id, "exercise_saved", "pacing/look_back")
    return row


def _with_numbers(
    plan: PacingPlan,
    said: Said,
    period: Period,
    last: PacingLookBack | None,
    today: date,
    by: Actor,
    settings: PacingSettings,
) -> PacingLookBack:
    rule_plan = as_rule_plan(plan)
    answered = [
        put_tick(plan, day, said.days[day], None, None, shown=rule_plan.shown)
        for day in period.unticked
        if day in said.days
    ]
    results = [as_result(tick, plan.unit, settings) for tick in (*period.ticks, *answered)]
    answers = _answers(by, plan, said, period, last)
    told = look_back(rule_plan, period.planned, results, answers, energy_mode=False, settings=settings)
    return _row(plan, said, period, today, told)


def _without_numbers(plan: PacingPlan, said: Said, period: Period, today: date) -> PacingLookBack:
    """Energy mode: nothing is counted and nothing is read."""
    told = LookBack(count_days((), ()), Reading.NOT_READ, (), ())
    return _row(plan, said, period, today, told)


def _row(plan: PacingPlan, said: Said, period: Period, today: date, told: LookBack) -> PacingLookBack:
    counts: DayCounts = told.counts
    return PacingLookBack(
        service_id=plan.service_id,
        plan_id=plan.id,
        on=today,
        from_on=period.from_on,
        to_on=period.to_on,
        planned=counts.planned,
        as_planned=counts.as_planned,
        more=counts.more,
        less=counts.less,
        none=counts.none,
        not_known=counts.not_known,
        worse_day_after=said.worse_day_after,
        confidence=said.confidence,
        cost=said.cost,
        reading=told.reading.value,
        points_to=[choice.value for choice in told.points_to],
        quota_before=plan.quota,
        at=clock.now(),
    )


def _answers(by: Actor, plan: PacingPlan, said: Said, period: Period, last: PacingLookBack | None) -> Answers:
    facts = _facts(by, plan.patient_id)
    spans = [(flare.from_on, flare.until_on) for flare in facts.flares]
    return Answers(
        worse_day_after=WorseDayAfter(said.worse_day_after) if said.worse_day_after else None,
        confidence=said.confidence,
        had_pause=any(_meets(pause.from_on, pause.until_on, period) for pause in facts.pauses),
        had_flare=plan.back_from_on is not None or any(_meets(*span, period) for span in spans),
        few_days_last_time=last is not None and last.reading == Reading.FEW_DAYS,
    )


def _facts(by: Actor, patient_id: UUID) -> Facts:
    assert by.service_id is not None
    service = people.service_with(by.service_id)
    enrolment = engagement.current_enrolment(by, patient_id)
    return gathering.facts_of(enrolment, service, clock.today(service.time_zone))


def _meets(from_on: date, until_on: date | None, period: Period) -> bool:
    return from_on <= period.to_on and (until_on is None or until_on >= period.from_on)


def offers(
    plan: PacingPlan, *, energy_mode: bool, settings: PacingSettings = USUAL
) -> tuple[ChoiceOffer, ...]:
    """Every choice with the amount that it would give, *keep it steady* first."""
    if energy_mode or plan.quota is None:
        return (ChoiceOffer(Choice.KEEP_WITHIN), ChoiceOffer(Choice.DO_LESS), ChoiceOffer(Choice.REST))
    return choices(as_rule_plan(plan), energy_mode=False, settings=settings)


def choose(
    plan: PacingPlan,
    row: PacingLookBack,
    chosen: str,
    today: date,
    *,
    by: Actor,
    energy_mode: bool,
    settings: PacingSettings = USUAL,
) -> None:
    """Do what the patient tapped, and keep it in the history.

    Raises:
        NotFound: it is not one of the choices.
    """
    offer = next(
        (each for each in offers(plan, energy_mode=energy_mode, settings=settings) if each.choice == chosen),
        None,
    )
    if offer is None:
        raise NotFound(chosen)
    row.choice = offer.choice.value
    _do(plan, offer, today, by, energy_mode, settings)
    row.quota_after = plan.quota
    audit.record(by, "chose", "pacing_look_back", row.id, patient_id=plan.patient_id, fields=["choice"])
    note(by, plan.patient_id, "exercise_saved", "pacing/choice")


def _do(
    plan: PacingPlan, offer: ChoiceOffer, today: date, by: Actor, energy_mode: bool, settings: PacingSettings
) -> None:
    if energy_mode or plan.quota is None:
        return
    if offer.choice in (Choice.STEP_UP, Choice.SHRINK) and offer.quota is not None:
        plan.quota = offer.quota
    if offer.choice is Choice.SHRINK:
        plan.increment = min(plan.increment or 0, _increment_from(plan, settings))
    if offer.choice is Choice.NEW_START:
        look_for_new_start(plan, by=by)
    if offer.choice in (Choice.CHANGE_ACTIVITY, Choice.REST):
        finish(plan, today, by=by)


def _increment_from(plan: PacingPlan, settings: PacingSettings) -> float:
    """A start that the patient made smaller grows from itself (amendment 4)."""
    limit = UsualLimit(plan.usual_limit) if plan.usual_limit else None
    rate = plan.rate if plan.rate in offered_rates(limit, settings) else settings.usual_rate
    assert plan.quota is not None
    return find_increment(plan.quota, rate, limit, settings)
