"""Every message as a patient gets it, as files that anybody can read: what the tests compare with what is written now.

To write them anew after a change that was meant: ``python -m tests.reminders.message_snapshots``; then read the
difference, as a patient would.
"""

from __future__ import annotations

from pathlib import Path

from webapp.reminders.rules import Kind
from webapp.reminders.texts import About, Texts, read_texts
from webapp.reminders.texts_parts import filled
from webapp.reminders.texts_plain import texts_needed

ROOT = Path(__file__).resolve().parents[2]
SNAPSHOTS = ROOT / "tests/snapshots/messages"
BUNDLE = (Kind.NUDGE, Kind.QUESTIONS, Kind.GOAL_REVIEW)

DONE = {
    "en": ("You were here on 3 days.", "You read 5 pages.", "You saved 2 exercises."),
    "cy": ("Roeddech chi yma ar 3 diwrnod.", "Darllenoch chi 5 tudalen.", "Cadwoch chi 2 ymarfer."),
}
DAYS = {"en": "Friday 4 December", "cy": "dydd Gwener 4 Rhagfyr"}


def about(language: str) -> About:
    """A made-up patient of a made-up service."""
    return About(
        first_name="Asha",
        sender="Hillside",
        service_name="Hillside Pain Service",
        phone="01632 960 123",
        base="https://hillside.example/sign-in",
        link="https://hillside.example/r/Zq3rT8wLk2PmXv5nBc7yHd",
        done=DONE[language],
        number=3,
        date=DAYS[language],
    )


def snapshots(texts: Texts) -> dict[str, str]:
    """What each file holds, by its path below the folder of the snapshots."""
    found = {}
    for language in texts.languages:
        for kind in Kind:
            found[f"{language}/{kind}.txt"] = _all_ways(texts, kind, language)
        bundle = texts.written(BUNDLE[0], BUNDLE[1:], about(language), channel="email", language=language)
        found[f"{language}/bundle.txt"] = bundle.text
        found[f"{language}/bundle.html"] = bundle.html or ""
    return found


def _all_ways(texts: Texts, kind: Kind, language: str) -> str:
    email, text = (
        texts.written(kind, (), about(language), channel=way, language=language) for way in ("email", "text")
    )
    parts = [
        f"SUBJECT  {email.subject}",
        f"LINE     {filled(texts.of(kind, language).line, about(language).values)}",
        f"E-MAIL\n\n{email.text}",
        f"TEXT     {len(text.text)} characters, {texts_needed(text.text)} texts\n\n{text.text}\n",
    ]
    if texts.may_be_letter(kind):
        letter = texts.written(kind, (), about(language), channel="letter", language=language)
        parts.append(f"LETTER\n\n{letter.text}")
    return "\n".join(parts)


def main() -> None:
    """Write every snapshot anew, and remove those of kinds that are gone."""
    wanted = snapshots(read_texts(ROOT / "content"))
    for old in SNAPSHOTS.glob("*/*"):
        if old.relative_to(SNAPSHOTS).as_posix() not in wanted:
            old.unlink()
    for name, words in wanted.items():
        (SNAPSHOTS / name).parent.mkdir(parents=True, exist_ok=True)
        (SNAPSHOTS / name).write_text(words, encoding="utf-8")
    print(f"{len(wanted)} files written to {SNAPSHOTS.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
