"""The movement library: good files, each kind of slip with its message, and a walk through ours."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from webapp.content import ContentRefused
from webapp.content.movements import (
    DRAWINGS_OF_MOVEMENTS,
    POSITIONS,
    check_movements,
    read_movements,
    sentences_of,
)
from webapp.content.reading import LONGEST_SENTENCE_WORDS, reading_ease, sentences_in

OURS = Path(__file__).resolve().parents[2] / "content"
DRAWINGS = frozenset({"knee-hug", "hip-lift"})
GOOD = """review again: 2027-11-01
movements:
  knee-hug:
    title: Knee hug
    position: lying
    demand: gentle
    parts: [back, hips]
    counted in: seconds
    steps:
      - Lie on your back.
      - Lift one knee.
    easier: Use a towel.
    harder: Slide the other leg out.
    uses: A towel.
    stop when: Stop if your leg tingles.
    drawing: knee-hug
    alt: A person holds a knee.
"""
WELSH = """movements:
  knee-hug:
    title: Cofleidio pen-glin
    steps:
      - Gorweddwch ar eich cefn.
      - Codwch un pen-glin.
    easier: Defnyddiwch dywel.
    harder: Sythwch y goes arall.
    uses: Tywel.
    stop when: Stopiwch os yw'ch coes yn merwino.
    alt: Person yn dal pen-glin.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "content"


def write(folder: Path, text: str, name: str = "en.yml") -> Path:
    (folder / "movements").mkdir(parents=True, exist_ok=True)
    (folder / "movements" / name).write_text(text, encoding="utf-8")
    return folder


def told(*folders: Path, today: date | None = None) -> list[str]:
    return [str(problem) for problem in check_movements(folders, drawings=DRAWINGS, today=today)]


def test_a_good_file_is_read_whole(folder: Path) -> None:
    (found,) = read_movements([write(folder, GOOD)], drawings=DRAWINGS).movements()
    assert (found.name, found.title, found.position, found.lang) == ("knee-hug", "Knee hug", "lying", "en")
    assert (found.demand, found.counted_in, found.parts) == ("gentle", "seconds", ("back", "hips"))
    assert found.steps == ("Lie on your back.", "Lift one knee.")
    assert (found.easier, found.harder) == ("Use a towel.", "Slide the other leg out.")
    assert (found.uses, found.stop_when) == ("A towel.", "Stop if your leg tingles.")
    assert (found.drawing, found.alt) == ("knee-hug", "A person holds a knee.")


def test_a_folder_without_movements_adds_nothing(folder: Path) -> None:
    folder.mkdir()
    assert read_movements([folder]).movements() == ()
    assert read_movements([folder]).movement("knee-hug") is None


def test_another_language_says_the_words_again(folder: Path) -> None:
    library = read_movements([write(write(folder, GOOD), WELSH, "cy.yml")], drawings=DRAWINGS)
    welsh = library.movement("knee-hug", "cy")
    assert welsh is not None and (welsh.title, welsh.lang) == ("Cofleidio pen-glin", "cy")
    assert (welsh.position, welsh.drawing, welsh.parts) == ("lying", "knee-hug", ("back", "hips"))
    assert [one.lang for one in library.movements("pl")] == ["en"]


def test_a_service_replaces_and_adds(tmp_path: Path) -> None:
    ours = write(write(tmp_path / "ours", GOOD), WELSH, "cy.yml")
    own = GOOD.replace("title: Knee hug", "title: Hug a knee")
    own += GOOD[GOOD.index("  knee-hug:") :].replace("knee-hug", "hip-lift").replace("lying", "sitting")
    library = read_movements([ours, write(tmp_path / "theirs", own)], drawings=DRAWINGS)
    assert [(one.name, one.title) for one in library.movements()] == [
        ("knee-hug", "Hug a knee"),
        ("hip-lift", "Knee hug"),
    ]
    assert [one.name for one in library.movements(position="sitting")] == ["hip-lift"]
    # Our Welsh says what our English said, not what the service says.
    assert library.movement("knee-hug", "cy") == library.movement("knee-hug")


def test_a_service_may_translate_ours(tmp_path: Path) -> None:
    ours, theirs = write(tmp_path / "ours", GOOD), write(tmp_path / "theirs", WELSH, "cy.yml")
    found = read_movements([ours, theirs], drawings=DRAWINGS).movement("knee-hug", "cy")
    assert found is not None and found.title == "Cofleidio pen-glin"


SLIPS = {
    "an unknown key": (
        ("easier:", "esier:"),
        [
            "3: 'easier:' is missing in 'knee-hug'. Add a line 'easier: …'.",
            "12: 'esier:' is not known here. Did you mean 'easier:'?",
        ],
    ),
    "an unknown position": (("lying", "laying"), ["5: 'laying' is not known here. Did you mean 'lying'?"]),
    "an unknown demand": (("gentle", "gentel"), ["6: 'gentel' is not known here. Did you mean 'gentle'?"]),
    "an unknown part": (
        ("[back, hips]", "[back, hip]"),
        ["7: 'hip' is not known here. Did you mean 'hips'?"],
    ),
    "no part": (
        ("[back, hips]", "[]"),
        ["7: 'parts' is not right. Tuple should have at least 1 item after validation, not 0."],
    ),
    "an unknown count": (("seconds", "second"), ["8: 'second' is not known here. Did you mean 'seconds'?"]),
    "one step alone": (
        ("      - Lift one knee.\n", ""),
        ["9: 'steps' is not right. Tuple should have at least 2 items after validation, not 1."],
    ),
    "an empty line": (
        ("A towel.\n    stop", '""\n    stop'),
        ["14: 'uses' is not right. String should have at least 1 character."],
    ),
    "an unknown drawing": (
        ("drawing: knee-hug", "drawing: knee-hugg"),
        ["16: there is no drawing 'knee-hugg'. Did you mean 'knee-hug'?"],
    ),
    "a bad name": (
        ("  knee-hug:", "  Knee Hug:"),
        ["3: 'Knee Hug' is not a name. Use small letters, digits and hyphens."],
    ),
    "a key twice": (
        ("    uses: A towel.\n", "    uses: A towel.\n    uses: A scarf.\n"),
        ["15: 'uses:' is already written on line 14. Keep one of them."],
    ),
    "an unknown key at the top": (
        ("review again", "review agan"),
        ["1: 'review agan:' is not known here. Did you mean 'review again:'?"],
    ),
    "a bad date": (
        ("2027-11-01", "next year"),
        ["1: 'next year' is not a date. Write it as 2027-03-01 (year first)."],
    ),
    "a bad indent": (
        ("    title:", "   title:"),
        [
            "5: this line is not understood. "
            "Compare its spaces with the lines above, and put text that holds ': ' in quotes."
        ],
    ),
}


@pytest.mark.parametrize("change, expected", SLIPS.values(), ids=SLIPS.keys())
def test_each_slip_is_told_with_its_line(folder: Path, change: tuple[str, str], expected: list[str]) -> None:
    assert change[0] in GOOD
    assert told(write(folder, GOOD.replace(*change, 1))) == [
        f"content/movements/en.yml:{one}" for one in expected
    ]


@pytest.mark.parametrize("text", ["", "movements:\n", "movements: []\n", "- a\n"])
def test_a_file_without_movements_is_told(folder: Path, text: str) -> None:
    assert told(write(folder, text)) == [
        "content/movements/en.yml:1: there is no movement. Write 'movements:' and entries below it."
    ]


def test_letters_that_are_not_utf8_are_told(folder: Path) -> None:
    write(folder, GOOD)
    (folder / "movements" / "en.yml").write_bytes(b"movements:\n  caf\xe9: 1\n")
    assert told(folder) == [
        "content/movements/en.yml:2: this line holds letters that cannot be read. Save the file as UTF-8."
    ]


@pytest.mark.parametrize("name", ["english.yml", "en.yaml"])
def test_a_file_that_is_no_language_is_told(folder: Path, name: str) -> None:
    assert told(write(write(folder, GOOD), GOOD, name)) == [
        f"content/movements/{name}:1: '{name}' is not named after a language. Call it en.yml, cy.yml and so on."
    ]


def test_a_translation_of_nothing_is_told(folder: Path) -> None:
    write(write(folder, GOOD), WELSH.replace("  knee-hug:", "  kne-hug:"), "cy.yml")
    assert told(folder) == [
        "content/movements/cy.yml:2: the English has no movement 'kne-hug'. Did you mean 'knee-hug'?"
    ]


def test_a_translation_does_not_decide_the_position(folder: Path) -> None:
    write(write(folder, GOOD), WELSH.replace("    alt:", "    position: lying\n    alt:"), "cy.yml")
    assert [problem.split(". ")[0] for problem in told(folder)] == [
        "content/movements/cy.yml:11: 'position:' is not known here"
    ]


def test_every_problem_is_in_one_refusal(folder: Path) -> None:
    write(folder, GOOD.replace("lying", "laying").replace("gentle", "gentel"))
    with pytest.raises(ContentRefused) as refused:
        read_movements([folder], drawings=DRAWINGS)
    assert str(refused.value).startswith("2 problems in the content:")


@pytest.mark.parametrize("words, warned", [(20, False), (21, True)])
def test_a_long_sentence_is_a_warning(folder: Path, words: int, warned: bool) -> None:
    text = GOOD.replace("Use a towel.", " ".join(["so"] * words) + ".")
    expected = [f"content/movements/en.yml:12: this sentence has {words} words. Cut it in two."]
    assert told(write(folder, text)) == (expected if warned else [])
    assert read_movements([folder], drawings=DRAWINGS).movement("knee-hug") is not None


@pytest.mark.parametrize("today, due", [(date(2027, 11, 1), False), (date(2027, 11, 2), True)])
def test_a_review_that_is_due_is_a_warning(folder: Path, today: date, due: bool) -> None:
    expected = [
        "content/movements/en.yml:1: the review of this text was due on 2027-11-01. "
        "Read it again, then change 'review again:'."
    ]
    assert told(write(folder, GOOD), today=today) == (expected if due else [])


# --- ours ---


def test_our_library_has_no_problem() -> None:
    assert check_movements([OURS], drawings=DRAWINGS_OF_MOVEMENTS) == []


def test_our_library_is_wide_enough() -> None:
    library = read_movements([OURS])
    assert len(library.movements()) >= 22
    assert all(len(library.movements(position=position)) >= 5 for position in POSITIONS)
    assert {one.counted_in for one in library.movements()} == {"times", "seconds"}
    assert {one.drawing for one in library.movements()} == DRAWINGS_OF_MOVEMENTS
    titles = [one.title for one in library.movements()]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("one", read_movements([OURS]).movements(), ids=lambda one: one.name)
def test_each_of_ours_says_everything_in_plain_words(one) -> None:  # type: ignore[no-untyped-def]
    texts = list(sentences_of(one))
    assert all(texts) and len(one.steps) >= 3
    sentences = [sentence for text in texts for sentence in sentences_in(text)]
    assert [s.text for s in sentences if s.words > LONGEST_SENTENCE_WORDS] == []
    assert one.stop_when.startswith("Stop if")
    ease = reading_ease((text, 1) for text in texts)
    assert ease.flesch_kincaid_age is not None and ease.flesch_kincaid_age <= 9
    said = " ".join(texts).lower()
    assert [
        word for word in ("must", "should", "only", "fail", "late", "missed", "cure") if f" {word} " in said
    ] == []
