"""Which questions stand on a page together: one a page, but the sentences to tick of a questionnaire on one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from webapp.questionnaires.asked import Question

Key = tuple[str, str]  # instrument, item
NUMBER, TICK, WORDS = "number", "tick", "words"


@dataclass(frozen=True)
class AnswerPage:
    """The questions that are asked on one page: never none, all of one instrument and one kind."""

    questions: tuple[Question, ...]

    @property
    def first(self) -> Question:
        """The question in whose name the page stands: in its address and its field."""
        return self.questions[0]

    @property
    def last(self) -> Question:
        """The last of its questions: the first again, except where sentences are ticked."""
        return self.questions[-1]

    @property
    def kind(self) -> str:
        """What is answered here: ``number``, ``tick`` or ``words``."""
        return str(self.first.item.kind)

    @property
    def name(self) -> str:
        """A name for its field: ``peg-3-q1``, or ``rmdq-24-ticks`` for all sentences of one questionnaire."""
        return f"{self.first.instrument.id}-ticks" if self.kind == TICK else self.first.name

    @property
    def may_be_empty(self) -> bool:
        """True if nothing is missing where nothing was answered: words, and questions that are optional."""
        return self.kind == WORDS or self.first.item.optional

    @property
    def must_be_seen(self) -> bool:
        """True if an answer here may call for a person at once: it is never kept outside the database."""
        return any(each.item.alert_from is not None for each in self.questions)


def pages_of(questions: Sequence[Question]) -> tuple[AnswerPage, ...]:
    """The pages of a sitting, in the published order of its questions."""
    return tuple(AnswerPage(together) for together in _together(questions))


def page_of(question: Question, questions: Sequence[Question]) -> AnswerPage:
    """The page on which a question is asked."""
    return next(each for each in pages_of(questions) if question in each.questions)


def page_after(page: AnswerPage, questions: Sequence[Question]) -> AnswerPage | None:
    """The next page, or None after the last."""
    return next((each for each in pages_of(questions) if each.first.number > page.last.number), None)


def page_before(page: AnswerPage, questions: Sequence[Question]) -> AnswerPage | None:
    """The page before, or None at the first."""
    earlier = [each for each in pages_of(questions) if each.last.number < page.first.number]
    return earlier[-1] if earlier else None


def page_to_go_on_with(questions: Sequence[Question], answered: Collection[Key]) -> AnswerPage | None:
    """Where somebody goes on: the first page that is open and asks for an answer; None if none is left.

    A page that may stay empty counts only after the last answer: before it, it was left empty on purpose.
    """
    pages = pages_of(questions)
    reached = max((each.number for each in questions if each.key in answered), default=0)
    return next((each for each in pages if _is_left(each, answered, reached)), None)


def still_open(questions: Sequence[Question], answered: Collection[Key]) -> tuple[AnswerPage, ...]:
    """The pages that ask for an answer and have none yet, in order."""
    return tuple(
        each
        for each in pages_of(questions)
        if not each.may_be_empty and any(one.key not in answered for one in each.questions)
    )


def _is_left(page: AnswerPage, answered: Collection[Key], reached: int) -> bool:
    is_open = any(each.key not in answered for each in page.questions)
    return is_open and (not page.may_be_empty or page.first.number > reached)


def _together(questions: Sequence[Question]) -> Iterator[tuple[Question, ...]]:
    for (_instrument, kind), run in groupby(questions, key=lambda each: (each.instrument.id, each.item.kind)):
        if kind == TICK:
            yield tuple(run)
        else:
            yield from ((each,) for each in run)
