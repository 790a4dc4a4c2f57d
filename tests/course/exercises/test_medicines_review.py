"""My medicines sheet: it keeps words, works nothing out, and says the same to everybody (amendment 12)."""

from __future__ import annotations

from tests.course.filling import fill_in
from tests.page import text_of
from webapp.course.exercises.registry import tools

TOOL = "/tools/medicines-review"
SAMPLES = {
    "medicine": [
        {
            "name": "Amitriptyline",
            "what_for": "sleep",
            "taking": "one at night",
            "helps": 2,
            "bothers": "foggy",
        },
        {"name": "Codeine", "helps": 0, "worries": "I take more on bad days, with wine"},
    ],
    "questions": [{"question_1": "Do I still need both?", "when": "The pharmacist, on Friday"}],
}
SAME = [
    "Do not stop or change a medicine suddenly.",
    "Never take more than the label or your prescriber says.",
    "Taken too much, or hard to wake? Ring 999.",
]


def fixed_words(page) -> list[str]:
    """The boxes of advice on the page: everything that is not the patient's own."""
    return [text_of(box) for box in page.all("div", class_="wm-say")]


def test_the_advice_is_the_same_whatever_is_written(client, cast):
    cast.signs_in(client, "asha")
    empty = fixed_words(client.page(TOOL))
    assert all(sentence in " ".join(empty) for sentence in SAME)
    fill_in(cast, cast.asha, tools()["medicines-review"])
    filled = client.page(TOOL)
    assert fixed_words(filled) == empty
    assert "wine" in filled.text and "Helps me: 0 of 10" in filled.text


def test_the_sheet_for_the_pharmacist_holds_everything_on_paper(client, cast):
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["medicines-review"])
    paper = client.page(f"{TOOL}/print").text
    for words in ("Amitriptyline", "one at night", "foggy", "Do I still need both?", *SAME):
        assert words in paper


def test_a_medicine_needs_a_name_and_keeps_what_was_typed(client, cast):
    cast.signs_in(client, "asha")
    page = client.submit(f"{TOOL}/medicine/new", {"name": "", "what_for": "my back"})
    assert page.status == 422 and "Write its name" in page.text and "my back" in page.html
