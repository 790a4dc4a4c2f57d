"""What can be wrong with a text, as data: the terminal, the tests and the preview page share it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum


class Level(StrEnum):
    """A problem refuses to start; a warning is told and the text is used."""

    PROBLEM = "problem"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Problem:
    """One thing for an author to put right: where (lines count from 1), what, and what to do about it."""

    path: str
    line: int
    message: str
    help: str = ""
    level: Level = Level.PROBLEM

    def __str__(self) -> str:
        told = f"{self.path}:{self.line}: {self.message}."
        return f"{told} {self.help}" if self.help else told

    @property
    def refuses(self) -> bool:
        """Whether the programme must not start with this text."""
        return self.level is Level.PROBLEM


class ContentRefused(Exception):
    """The texts cannot be used. Its words list every problem, so that one look is enough."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        listed = "\n".join(f"  {problem}" for problem in self.problems)
        count = len(self.problems)
        super().__init__(f"{count} {'problem' if count == 1 else 'problems'} in the content:\n{listed}")


def refusing(problems: Iterable[Problem]) -> list[Problem]:
    """Only those that refuse, in the order of their place."""
    return sorted(problem for problem in problems if problem.refuses)


def warnings_among(problems: Iterable[Problem]) -> list[Problem]:
    """Only the warnings, in the order of their place."""
    return sorted(problem for problem in problems if not problem.refuses)


def did_you_mean(written: str, known: Iterable[str], *, closeness: float = 0.6, ending: str = "") -> str:
    """“Did you mean 'write'?” when a known word is near enough, otherwise the list of the known words."""
    names = sorted(known)
    near = get_close_matches(written.lower(), [name.lower() for name in names], n=1, cutoff=closeness)
    if near:
        return f"Did you mean '{next(name for name in names if name.lower() == near[0])}{ending}'?"
    return f"Known here: {', '.join(name + ending for name in names)}." if names else ""
