"""The closed list of blocks that an author can write, and the grammar of each.

A kind is data: the reader is told the exercise kinds, so that this room never imports the rooms above it.
`EXERCISE_KINDS` is the table that both the course and `waymark content check` hand to the reader.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Prompt(StrEnum):
    """Whether a block has ordinary sentences of its own besides its labels."""

    NEEDED = "needed"
    ALLOWED = "allowed"


@dataclass(frozen=True)
class BlockKind:
    """The grammar of one kind of block.

    `labels` may be written, `required_labels` must be. `long_labels` run on over several paragraphs, until
    the next label or the end; `one_line_labels` end with their line; every other ends at an empty line.
    `bullets` means `- [key] answer` lines, at least two. `takes_answers` says that what a patient enters is
    kept by the block's name. `number_labels` begin with a whole number, and of the two `ends` the first must
    be the smaller. The name of an instrument or a tool, and the value of the `drawing_label`, must be known
    (`Known`).
    """

    labels: tuple[str, ...] = ()
    required_labels: tuple[str, ...] = ()
    long_labels: tuple[str, ...] = ()
    one_line_labels: tuple[str, ...] = ("Minutes", "Who", "Heading", "Drawing", "From", "To", "Button")
    number_labels: tuple[str, ...] = ()
    takes_answers: bool = False
    bullets: bool = False
    prompt: Prompt = Prompt.NEEDED
    ends: tuple[str, str] | None = None
    is_instrument: bool = False
    is_tool: bool = False
    drawing_label: str | None = None


def _tool(**more: bool) -> BlockKind:
    return BlockKind(labels=("Why it matters", "Button"), prompt=Prompt.ALLOWED, **more)  # type: ignore[arg-type]


PAGE = "page"

BUILT_IN_KINDS: Mapping[str, BlockKind] = MappingProxyType(
    {
        PAGE: BlockKind(
            labels=("Minutes", "In short", "Short version"),
            required_labels=("Minutes", "In short"),
            long_labels=("Short version",),
            number_labels=("Minutes",),
        ),
        "story": BlockKind(labels=("Who",), required_labels=("Who",)),
        "note": BlockKind(labels=("Heading",), required_labels=("Heading",)),
        "important": BlockKind(labels=("Heading",), required_labels=("Heading",)),
        "picture": BlockKind(
            labels=("Drawing", "Alt"),
            required_labels=("Drawing", "Alt"),
            prompt=Prompt.ALLOWED,
            drawing_label="Drawing",
        ),
    }
)

EXERCISE_KINDS: Mapping[str, BlockKind] = MappingProxyType(
    {
        "choice": BlockKind(
            labels=("Hint", "After answering"),
            long_labels=("After answering",),
            takes_answers=True,
            bullets=True,
        ),
        "tick": BlockKind(
            labels=("Hint", "After answering"),
            long_labels=("After answering",),
            takes_answers=True,
            bullets=True,
        ),
        "write": BlockKind(labels=("Hint",), takes_answers=True),
        "scale": BlockKind(
            labels=("From", "To", "Hint", "After answering"),
            required_labels=("From", "To"),
            long_labels=("After answering",),
            number_labels=("From", "To"),
            takes_answers=True,
            ends=("From", "To"),
        ),
        "plan": BlockKind(labels=("Hint", "Example"), takes_answers=True),
        "pacing-tries": _tool(),
        "pacing-start": _tool(),
        "goal-start": _tool(),
        "flare-up": _tool(),
        "questionnaire": _tool(is_instrument=True),
        "tool": _tool(is_tool=True),
    }
)

DRAWINGS = frozenset(
    {"boom-and-bust", "steady-plan", "pain-alarm", "pain-system", "values-gap", "goal-ladder"}
)
"""Drawings that the programme ships. The rooms that draw them may hand a longer list to the reader."""

HELP_LINKS = frozenset({"help:now", "help:flare-up"})
"""Links that work in every text, whatever the course holds."""

KNOWN = "waymark_known"
"""The extension under which the course leaves its `Known`, so that the preview judges as the start does."""


@dataclass(frozen=True)
class Known:
    """What the programme outside the texts has. `None` means unknown, so it is not checked.

    `address_of` turns a link in the programme (`page:pacing/my-plan`) into its address; without it the link
    stays as it is.
    """

    drawings: frozenset[str] | None = None
    instruments: frozenset[str] | None = None
    tools: frozenset[str] | None = None
    links: frozenset[str] = field(default=HELP_LINKS)
    address_of: Callable[[str], str] | None = None
