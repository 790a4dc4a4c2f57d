"""`docs/writing-content.md` shows every block, and what it shows is right."""

import re
from pathlib import Path

from tests.content.sources import examine
from webapp.content import BUILT_IN_KINDS, DRAWINGS, EXERCISE_KINDS, Known

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "writing-content.md").read_text(encoding="utf-8")
EXAMPLE = GUIDE.split("```markdown\n")[1].split("```")[0]
KNOWN = Known(drawings=DRAWINGS, instruments=frozenset({"peg-3"}))


def test_what_the_guide_shows_is_right():
    found = examine(EXAMPLE, known=KNOWN)
    assert [str(problem.level) for problem in found.problems] == ["warning"], (
        "not yet reviewed, and nothing else"
    )


def test_the_guide_shows_every_kind_and_every_label():
    kinds = {**BUILT_IN_KINDS, **EXERCISE_KINDS}
    blocks = [block for page in examine(EXAMPLE, known=KNOWN).text.pages for block in page.blocks]
    assert {block.kind for block in blocks} | {"page"} == set(kinds)
    table = GUIDE.split("## The blocks")[1]
    for name, kind in kinds.items():
        row = next(line for line in table.splitlines() if line.startswith("|") and f"`{name}`" in line)
        needed, others = (re.findall(r"`([^`]+):`", cell) for cell in row.split("|")[3:5])
        assert set(needed) == set(kind.required_labels), name
        assert set(needed) | set(others) == set(kind.labels), name


def test_the_guide_names_every_drawing():
    (listed,) = re.findall(r"Drawings: ([^.]+)\.", GUIDE)
    assert set(re.split(r",\s+", listed)) == DRAWINGS
