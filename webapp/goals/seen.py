"""A goal as it is read.

The row, the ladder and the look backs together, with what the rules say about them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from .models import GoalReviewRow, GoalRow, RungRow
from .rules import (
    FEWEST_RUNGS,
    Confidence,
    Domain,
    IfThen,
    NextAsk,
    Rating,
    Rung,
    Sure,
    largest_gaps,
    lay_ladder,
)
from .rules_review import (
    STEP_REVIEW_DAYS,
    Attainment,
    Choice,
    NextReview,
    Outcome,
    Review,
    attainment,
    days_done,
    is_due,
    next_review,
)


@dataclass(frozen=True)
class Goal:
    """One goal with its rungs (lowest first) and look backs (oldest first).

    ``today`` is the service's local day. In ``energy_mode`` it has no ladder and no day to be reached by.
    """

    row: GoalRow
    rungs: tuple[RungRow, ...]
    reviews: tuple[GoalReviewRow, ...]
    today: date
    is_shared: bool = False
    energy_mode: bool = False

    @property
    def id(self) -> UUID:
        return self.row.id

    @property
    def title(self) -> str:
        """The goal in the patient's words; empty while nothing is written yet."""
        return self.row.what or self.row.want_back

    @property
    def state(self) -> str:
        """``making``, ``going`` or ``finished``."""
        return self.row.state

    @property
    def version(self) -> int:
        return self.row.version

    @property
    def ratings(self) -> tuple[Rating, ...]:
        """What was said about each part of life, in the order asked.

        A part that was skipped has no numbers.
        """
        said = self.row.ratings
        return tuple(Rating(domain, *said.get(domain.value, (None, None))) for domain in Domain)

    @property
    def rated(self) -> tuple[Rating, ...]:
        """Only the parts of life with both numbers."""
        return tuple(rating for rating in self.ratings if rating.gap is not None)

    @property
    def widest(self) -> tuple[Domain, ...]:
        return largest_gaps(self.ratings)

    @property
    def domain(self) -> Domain | None:
        """The part of life that the patient picked; ``None`` for another one, or none."""
        return Domain(self.row.domain) if self.row.domain in set(Domain) else None

    @property
    def current_rung(self) -> RungRow | None:
        return self.rungs[self.row.rung] if self.row.rung < len(self.rungs) else None

    @property
    def step_words(self) -> str:
        """What the patient is doing now: the rung, else the plan's action, else the goal itself."""
        return self.current_rung.what if self.current_rung else self.row.action or self.title

    @property
    def dates(self) -> tuple[Rung, ...]:
        """The ladder laid over four weeks; empty unless it has 3 to 5 rungs."""
        if len(self.rungs) < FEWEST_RUNGS:
            return ()
        return lay_ladder(self.row.began_on or self.today, [rung.pacing_plan_id for rung in self.rungs])

    @property
    def plan(self) -> IfThen | None:
        """This week's if-then plan."""
        row = self.row
        if not (row.cue and row.action and row.weekdays):
            return None
        return IfThen(row.cue, row.action, frozenset(row.weekdays), row.action_place)

    @property
    def confidence(self) -> Confidence:
        return Confidence(
            tuple(Sure(said) if isinstance(said, str) else said for said in self.row.confidence)
        )

    @property
    def is_easing(self) -> bool:
        """Whether the plan is being made easier.

        Each rating so far was followed by something that would help.
        """
        row = self.row
        return (
            bool(row.confidence)
            and len(row.made_easier) == len(row.confidence)
            and (self.confidence.next_ask is NextAsk.WHAT_WOULD_MAKE_IT_A_7)
        )

    @property
    def review(self) -> NextReview | None:
        """The next review; ``None`` unless the goal is going."""
        row = self.row
        if row.state != "going" or row.step_began_on is None or row.goal_began_on is None:
            return None
        return next_review(row.step_began_on, row.goal_began_on)

    @property
    def is_due(self) -> bool:
        """Whether the goal is ready to look back on."""
        return self.review is not None and is_due(self.review, self.today)

    @property
    def open_review(self) -> GoalReviewRow | None:
        """The look back that was begun and not yet ended with a choice."""
        return next((review for review in self.reviews if review.choice is None), None)

    @property
    def past_reviews(self) -> tuple[GoalReviewRow, ...]:
        """The look backs that ended with a choice, latest first."""
        return tuple(review for review in reversed(self.reviews) if review.choice is not None)

    @property
    def history(self) -> tuple[Review, ...]:
        return tuple(
            Review(
                each.reviewed_on,
                each.rung,
                Outcome(each.outcome),
                Choice(each.choice),
                each.planned,
                each.done,
            )
            for each in self.reviews
            if each.choice is not None and each.reviewed_on is not None
        )

    @property
    def steps_met(self) -> Attainment:
        return attainment(self.history)

    @property
    def days_met(self) -> Attainment:
        return days_done(self.history)

    def planned_days(self) -> tuple[date, ...]:
        """The days of the plan in the seven days up to yesterday, since the step began.

        On the day it began, that day itself.
        """
        began = self.row.step_began_on or self.today
        last = max(began, self.today - timedelta(days=1))
        first = max(began, last - timedelta(days=STEP_REVIEW_DAYS - 1))
        return self.plan.days(first, last) if self.plan else ()
