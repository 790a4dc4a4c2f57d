"""How a patient is told what a questionnaire came to: as a score, as what they answered, or not at all.

A short form that was worked out from the same questions of a longer one is not told beside it: the longer one
has said it already. No words stand here.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from webapp.questionnaires.rules import Definition


class Telling(StrEnum):
    """`SCORE`: a number on a scale and its change. `ANSWER`: the answer itself. `NOTHING`: kept for the team."""

    SCORE = "score"
    ANSWER = "answer"
    NOTHING = "nothing"


def telling_of(definition: Definition, told: str) -> Telling:
    """How it is told. ``told`` is what its file asks for; without a total nothing can be told as a score."""
    wanted = Telling(told)
    return Telling.NOTHING if wanted is Telling.SCORE and not definition.scale.has_a_score else wanted


def is_said_already(derived: bool, sources: Collection[str], scored: Collection[str]) -> bool:
    """Is this score told by a longer questionnaire of the same time point?

    ``sources`` are the questionnaires that it was worked out from, ``scored`` those that came to a score of
    their own at that time point. A score that was answered by itself is always news.
    """
    return derived and any(source in scored for source in sources)
