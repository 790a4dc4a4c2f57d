"""What somebody has chosen so far while starting: kept in the signed visit: leaving loses nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from flask import session

from webapp.foundations import clock

from .starting import Answers

KEY = "start"
ASK_AGAIN_AFTER = timedelta(minutes=30)  # without a tap: a phone may have changed hands


@dataclass
class Visit:
    """One way through the pages of starting. Holds no name, no date of birth and no password."""

    secret: str
    seen_at: str
    done: list[str] = field(default_factory=list)
    contact: list[str] = field(default_factory=list)
    kind: str = "shared"
    rhythm: str = "own_speed"
    language: str = "en"
    made_name: str = ""

    @property
    def is_fresh(self) -> bool:
        """True while the date of birth need not be asked again."""
        return clock.now() - datetime.fromisoformat(self.seen_at) < ASK_AGAIN_AFTER

    def answers(self) -> Answers:
        """What was chosen, for opening the account."""
        return Answers(tuple(self.contact), self.kind, self.rhythm, self.language)

    def keep(self) -> None:
        """Put it into the visit, seen now."""
        self.seen_at = clock.now().isoformat()
        session.permanent = True
        session[KEY] = asdict(self)


def begin(secret: str, *, language: str, made_name: str) -> Visit:
    """After the date of birth: go on with what was chosen before with this invitation, or start empty."""
    known = present()
    if known is None or known.secret != secret:
        known = Visit(secret, "", language=language, made_name=made_name)
    known.keep()
    return known


def present() -> Visit | None:
    """The visit so far, if there is one."""
    kept = session.get(KEY)
    return Visit(**kept) if isinstance(kept, dict) else None
