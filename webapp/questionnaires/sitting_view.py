"""A sitting as its patient meets it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from webapp.questionnaires.asked import Question, minutes_of
from webapp.questionnaires.models import SittingRow
from webapp.questionnaires.reading import NotFound
from webapp.questionnaires.schedule_rules import PlannedSitting, SittingState

Key = tuple[str, str]  # instrument, item
Given = int | str | None  # a number, words, or None: "I'd rather not say"


@dataclass(frozen=True)
class SittingView:
    """A sitting as its patient meets it: where it stands, its questions, and the latest answer to each.

    ``answers`` holds only what was answered: a key with None is "I'd rather not say", an absent key is open;
    empty words were taken back. ``shorter`` are the questions for when time is short, if there are any.
    """

    planned: PlannedSitting
    row: SittingRow | None
    questions: tuple[Question, ...]
    answers: Mapping[Key, Given] = field(default_factory=dict)
    shorter: tuple[Question, ...] = ()

    @property
    def name(self) -> str:
        """The sitting's id in the battery."""
        return self.planned.sitting.id

    @property
    def state(self) -> SittingState:
        """Where it stands today."""
        return self.planned.state

    @property
    def is_open(self) -> bool:
        """True once it was started, as long as it can be answered."""
        return self.planned.can_be_answered and self.state is SittingState.STARTED

    @property
    def is_short(self) -> bool:
        """Was the shorter set begun?"""
        return self.row is not None and self.row.short

    @property
    def short_is_offered(self) -> bool:
        """May the shorter set be begun: is there one, does it ask fewer questions, and was it not begun yet?"""
        return (
            self.planned.can_be_answered and not self.is_short and 0 < len(self.shorter) < len(self.questions)
        )

    @property
    def minutes(self) -> int:
        """How long its questions take most people."""
        return minutes_of(self.questions)

    @property
    def short_minutes(self) -> int:
        """How long the shorter set takes most people."""
        return minutes_of(self.shorter)

    @property
    def has_questions_for_one_alone(self) -> bool:
        """Does it ask something that nobody else answers for the patient?"""
        return any(each.is_for_one_alone for each in self.questions)

    @property
    def left_open(self) -> tuple[Question, ...]:
        """The questions without any answer, in order."""
        return tuple(each for each in self.questions if each.key not in self.answers)

    def question(self, key: Key) -> Question:
        """One question.

        Raises:
            NotFound: this sitting does not ask it.
        """
        found = next((each for each in self.questions if each.key == key), None)
        if found is None:
            raise NotFound("/".join(key))
        return found

    def after(self, question: Question) -> Question | None:
        """The next question, or None after the last."""
        return next((each for each in self.questions if each.number == question.number + 1), None)

    def before(self, question: Question) -> Question | None:
        """The question before, or None at the first."""
        return next((each for each in self.questions if each.number == question.number - 1), None)
