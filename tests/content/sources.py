"""Small texts to write tests with."""

from pathlib import Path

from webapp.content import EXERCISE_KINDS, Examined, Known, examine_module_source

TOP = """---
title: Pacing
summary: A little, often.
minutes: 20
reviewed by: Dr A. Patel, clinical psychologist
reviewed on: 2026-03-01
review again: 2027-03-01
---
"""

HEAD = """::: page steady
A steady amount
Minutes: 4
In short: A little, often.
:::
"""

KNOWN = Known(drawings=frozenset({"boom-and-bust", "values-gap"}), instruments=frozenset({"peg-3", "phq-8"}))


def a_page(body: str) -> str:
    """A whole text whose body begins on line 14, after one empty line."""
    return f"{TOP}{HEAD}{body}\n"


BODY_LINE = len((TOP + HEAD).split("\n"))


def examine(source: str, *, lang: str = "en", known: Known = KNOWN) -> Examined:
    """Read a text of the module `pacing`."""
    return examine_module_source(
        source, EXERCISE_KINDS, module="pacing", lang=lang, path="en.md", known=known
    )


def told(source: str, *, lang: str = "en") -> list[str]:
    """Every problem and warning as an author sees it."""
    return [str(problem) for problem in examine(source, lang=lang).problems]


def write_course(folder: Path, texts: dict[str, str], *, order: str | None = None) -> Path:
    """Write `modules/<name>/<lang>.md` for each key such as `pacing/en`, and a course.yml of the same."""
    names = list(dict.fromkeys(key.split("/")[0] for key in texts))
    listed = "modules:\n" + "".join(f"  - name: {name}\n    core: true\n" for name in names)
    (folder / "modules").mkdir(parents=True)
    (folder / "modules" / "course.yml").write_text(listed if order is None else order, encoding="utf-8")
    for key, text in texts.items():
        path = folder / "modules" / f"{key}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
