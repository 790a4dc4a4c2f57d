"""What a guided practice is once it has been read: words with their seconds, for each length that is offered."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """A sentence or two, and how long it lasts until the next (``seconds``, with the time to say it)."""

    say: str
    seconds: int


@dataclass(frozen=True)
class Practice:
    """One practice with a script for each length. ``scripts`` stand by minutes, the shortest first.

    ``is_paced``: the shape that breathes goes with it. ``is_opt_in``: it stands apart, with a word of care.
    """

    name: str
    title: str
    about: str
    scripts: tuple[tuple[float, tuple[Step, ...]], ...]
    is_paced: bool = False
    is_opt_in: bool = False

    @property
    def minutes(self) -> tuple[float, ...]:
        """The lengths, the shortest first."""
        return tuple(minutes for minutes, _steps in self.scripts)

    @property
    def is_little(self) -> bool:
        """Does it take a minute at most?"""
        return max(self.minutes) <= 1

    def script(self, minutes: float) -> tuple[Step, ...]:
        """The steps of that length, none if it is not offered."""
        return next((steps for length, steps in self.scripts if length == minutes), ())


@dataclass(frozen=True)
class PracticeBook:
    """The practices of one tool in one language, in the order of the file."""

    tool: str
    lang: str
    path: str
    practices: tuple[Practice, ...]

    def practice(self, name: str) -> Practice | None:
        """The practice of that name, or None."""
        return next((one for one in self.practices if one.name == name), None)
