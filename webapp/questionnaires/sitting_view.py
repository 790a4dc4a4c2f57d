"""A sitting as its patient meets it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from webapp.questionnaires.asked import Question
from webapp.questionnaires.models import SittingRow
from webapp.questionnaires.reading import NotFound
from webapp.questionnaires.schedule_rules import PlannedSitting, SittingState

Key = tuple[str, str]  # instrument, item


@dataclass(frozen=True)
class SittingView:
    """A sitting as its patient meets it: where it stands, its questions, and the latest answer to each.

    ``answers`` holds only what was answered: a key with None is "I'd rather not say", an absent key is open.
    """

    planned: PlannedSitting
    row: SittingRow | None
    questions: tuple[Question, ...]
    answers: Mapping[Key, int | None] = field(default_factory=dict)

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
