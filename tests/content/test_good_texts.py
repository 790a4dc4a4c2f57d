"""A text with every kind of block, read into its parts."""

import pytest
from markupsafe import Markup

from tests.content.sources import BODY_LINE, HEAD, KNOWN, TOP, a_page, examine, told
from webapp.content import (
    EXERCISE_KINDS,
    Block,
    ContentRefused,
    Known,
    Prose,
    fingerprint,
    read_module_source,
)

EVERY_BLOCK = """
### Why it makes sense

You push on *because you care*. See [the next page](page:my-plan) or [Help now](help:now).

- one thing
- another

::: picture the-swing
Drawing: boom-and-bust
Alt: A line that swings up and down.
:::

::: story marcus
Who: Marcus, 43, a bus driver
“I lived for Saturdays.”

On Sunday he lay down.
:::

::: note a-word
Heading: A word
*Flare-up* means a spell of more pain.
:::

::: important red-flags
Heading: Read this first
Call [111](tel:111).
:::

::: choice my-week
Which sounds like
your week?

Hint: Pick one.

- [push] I push *through*
- [rest] I rest, because I am worried
  about a flare-up

After answering: Many do both.

Neither is a failing.
:::

::: tick my-jobs
Which of these?
- [walk] Walking
- [cook] Cooking
:::

::: write my-hope
What would you like to do?
Hint: Small is fine.
:::

::: scale how-sure
How sure are you?
From: 0 Not at all
To: 10 Completely
:::

::: questionnaire peg-3
:::

::: pacing-start my-walk
Think of one activity.
Why it matters: It is easier to keep up.
Button: Start
:::

::: page my-plan
My plan
Minutes: 3
In short: Make a plan.
Short version: First paragraph,
on two lines.

Second paragraph.
:::

::: plan this-week
What will you do?
Example: A walk on Monday.
:::
"""


@pytest.fixture(scope="module")
def text():
    source = a_page(EVERY_BLOCK)
    assert told(source) == []
    return read_module_source(source, EXERCISE_KINDS, module="pacing", known=KNOWN)


def test_pages_have_their_head(text):
    steady, plan = text.pages
    assert (steady.name, steady.title, steady.minutes, steady.in_short) == (
        "steady",
        "A steady amount",
        4,
        "A little, often.",
    )
    assert steady.short_version is None
    assert plan.short_version == "<p>First paragraph,\non two lines.</p>\n<p>Second paragraph.</p>"
    assert text.page("my-plan") is plan and text.page("other") is None


def test_blocks_stand_in_order_between_the_prose(text):
    assert [(b.kind, b.name) for b in text.pages[0].blocks] == [
        ("picture", "the-swing"), ("story", "marcus"), ("note", "a-word"), ("important", "red-flags"),
        ("choice", "my-week"), ("tick", "my-jobs"), ("write", "my-hope"), ("scale", "how-sure"),
        ("questionnaire", "peg-3"), ("pacing-start", "my-walk"),
    ]  # fmt: skip
    assert isinstance(text.pages[0].parts[0], Prose) and text.pages[0].parts[0].line == BODY_LINE + 1


def test_prose_is_dressed(text):
    html = text.pages[0].parts[0].html
    assert isinstance(html, Markup)
    assert '<h2 class="nhsuk-heading-m">Why it makes sense</h2>' in html
    assert "<em>because you care</em>" in html
    assert '<ul class="nhsuk-list nhsuk-list--bullet">' in html
    assert '<a href="page:pacing/my-plan">' in html and '<a href="help:now">' in html


def test_a_choice_has_its_answers_and_labels(text):
    week = text.block("my-week")
    assert isinstance(week, Block)
    assert week.prompt_html == "<p>Which sounds like\nyour week?</p>"
    assert [(a.key, a.text) for a in week.answers] == [
        ("push", "I push through"), ("rest", "I rest, because I am worried about a flare-up"),
    ]  # fmt: skip
    assert week.answers[0].html == "I push <em>through</em>"
    assert week.labels == {"Hint": "Pick one.", "After answering": "Many do both. Neither is a failing."}
    assert week.labels_html["After answering"] == "<p>Many do both.</p>\n<p>Neither is a failing.</p>"


def test_the_words_right_under_who_belong_to_the_story(text):
    marcus = text.block("marcus")
    assert marcus.labels == {"Who": "Marcus, 43, a bus driver"}
    assert marcus.prompt_html == "<p>“I lived for Saturdays.”</p>\n<p>On Sunday he lay down.</p>"


def test_links_outside_do_not_open_the_door_behind_them():
    part = examine(a_page("\n[NHS](https://www.nhs.uk/x) and [111](tel:111)")).text.pages[0].parts[0]
    assert 'href="https://www.nhs.uk/x" rel="noopener"' in part.html
    assert '<a href="tel:111">' in part.html


def test_the_programme_says_where_its_pages_are():
    known = Known(address_of=lambda target: "/course/" + target.removeprefix("page:"))
    part = examine(a_page("\n[here](page:steady)"), known=known).text.pages[0].parts[0]
    assert '<a href="/course/pacing/steady">' in part.html


def test_html_is_never_let_through():
    part = examine(a_page("\n<script>x</script> & [x](javascript:alert)")).text.pages[0].parts[0]
    assert "<script" not in part.html and "javascript" not in part.html


def test_a_good_block_keeps_its_fingerprint_until_its_words_change():
    def block(words: str) -> Block:
        return examine(a_page(f"\n::: write my-hope\n{words}\n:::")).text.pages[0].blocks[0]

    assert block("What?").fingerprint == block("What?  ").fingerprint
    assert block("What?").fingerprint != block("What then?").fingerprint


def test_a_review_does_not_change_the_fingerprint_but_a_word_does():
    text = a_page("\nWords.")
    assert fingerprint(text) == fingerprint(text.replace("2027-03-01", "2029-03-01").replace("\n", "\r\n"))
    assert fingerprint(text) != fingerprint(text.replace("Words", "Other words"))
    assert fingerprint(text) != fingerprint(text.replace("title: Pacing", "title: Steady"))
    assert len(fingerprint("")) == 12


def test_headings_go_on_after_a_block():
    assert told(a_page("\n### One\n\n::: note n\nHeading: H\nWords.\n:::\n\n#### Two")) == []


def test_an_ordinary_sentence_with_a_colon_stays_prose():
    source = a_page("\n::: write x\nRemember: small is fine.\n:::\n\nTip: this too.")
    assert told(source) == []
    assert "Remember: small" in examine(source).text.pages[0].blocks[0].prompt_html


def test_a_stored_text_that_is_broken_is_refused_with_every_problem():
    source = TOP + HEAD + "\n::: wriet a\nx\n:::\n\n::: story b\nWords.\n:::\n"
    with pytest.raises(ContentRefused) as refused:
        read_module_source(source, EXERCISE_KINDS, module="pacing", path="old.md")
    assert len(refused.value.problems) == 2
    assert "old.md:15: there is no block called 'wriet'. Did you mean 'write'?" in str(refused.value)
    assert "old.md:19: 'story b' has no 'Who:'" in str(refused.value)


def test_without_lists_drawings_and_questionnaires_are_not_checked():
    source = a_page("\n::: picture p\nDrawing: gone\nAlt: A line.\n:::\n\n::: questionnaire gone\n:::")
    assert examine(source, known=Known()).problems == ()
    assert len(examine(source).problems) == 2


def test_not_yet_reviewed_is_a_warning_only():
    source = a_page("\nWords.").replace("Dr A. Patel, clinical psychologist", "not yet reviewed")
    found = examine(source)
    assert [p.level for p in found.problems] == ["warning"]
    assert found.front.reviewed_by is None
