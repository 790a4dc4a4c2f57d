"""What a clinician may get wrong, and exactly what they are told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.content.sources import BODY_LINE, HEAD, TOP, a_page, examine, told
from webapp.content import ContentRefused, examine_module_source, refusing
from webapp.content.kinds import EXERCISE_KINDS

LINE = BODY_LINE
CHOICE = "::: choice x\nWhich?\n- [a] One\n- [b] Two\n"

SLIPS = {
    "a kind that is not one": (
        "::: wriet x\nWhat?\n:::",
        ["0: there is no block called 'wriet'. Did you mean 'write'?"],
    ),
    "two colons": (
        ":: write x\nWhat?",
        ["0: ':: write x' looks like a block but was not understood. Write '::: write x'."],
    ),
    "one colon": (
        ": write x\nWhat?",
        ["0: ': write x' looks like a block but was not understood. Write '::: write x'."],
    ),
    "no space after the colons": (
        ":::write x\nWhat?\n:::",
        ["0: ':::write x' is not quite a block. Write '::: write x'."],
    ),
    "four colons": (
        ":::: write x\nWhat?\n::::",
        ["0: ':::: write x' is not quite a block. Write '::: write x'."],
    ),
    "no name": ("::: write\nWhat?\n:::", ["0: this write has no name. Write '::: write a-short-name'."]),
    "a name of words": (
        "::: write My goal\nWhat?\n:::",
        ["0: 'My goal' is not a name. Use small letters, digits and hyphens: '::: write my-goal'."],
    ),
    "closed with two colons": (
        "::: write x\nWhat?\n::",
        [
            "0: 'write x' is never closed. Add a line with just ':::' after its last line.",
            "2: '::' looks like a block but was not understood. "
            "Close a block with ':::' on a line of its own.",
        ],
    ),
    "never closed, swallowing the next": (
        "::: write x\nWhat?\n\n::: write y\nWhy?\n:::",
        ["0: 'write x' is never closed. Add a line with just ':::' before line {3}."],
    ),
    "never closed at the end": (
        "Words.\n\n::: write x\nWhat?",
        ["2: 'write x' is never closed. Add a line with just ':::' after its last line."],
    ),
    "closes nothing": (
        "Words.\n\n:::\n\nMore words.",
        ["2: this ':::' closes nothing. Remove it, or write '::: kind name' above its block."],
    ),
    "inside a list": (
        "- one\n\n  ::: write x\n  What?\n  :::",
        [
            "2: a block cannot stand inside a list or a quotation. Begin it at the line's start.",
        ],
    ),
    "the same name twice": (
        "::: write x\nWhat?\n:::\n\n::: write x\nWhy?\n:::",
        ["4: the name 'x' is already used on line {0}. Choose another name."],
    ),
    "a label nearly right": (
        CHOICE + "Affter answering: Fine.\n:::",
        ["4: 'Affter answering:' is not known in a choice. Did you mean 'After answering:'?"],
    ),
    "a label in small letters": (
        "::: write x\nWhat?\nhint: Small.\n:::",
        ["2: 'hint:' is not known in a write. Did you mean 'Hint:'?"],
    ),
    "a label of another kind": (
        "::: write x\nWhat?\nWho: Me.\n:::",
        ["2: 'Who:' is not known in a write. Known here: Hint:."],
    ),
    "a label that nobody knows under a label": (
        "::: write x\nWhat?\nHint: Small.\nFeedback: Good.\n:::",
        ["3: 'Feedback:' is not known in a write. Known here: Hint:."],
    ),
    "a label twice": (
        "::: write x\nWhat?\nHint: Small.\nHint: Big.\n:::",
        ["3: 'Hint:' is written twice in this block. Keep one of them."],
    ),
    "an empty label": (
        "::: write x\nWhat?\nHint:\n:::",
        ["2: 'Hint:' is empty. Write its words on the same line, or remove it."],
    ),
    "a label left out": (
        "::: story x\nWords.\n:::",
        ["0: 'story x' has no 'Who:'. Add a line 'Who: …'."],
    ),
    "no words": (
        "::: write x\nHint: Small.\n:::",
        ["0: 'write x' has no words of its own. Write a sentence under its first line."],
    ),
    "one answer": (
        "::: choice x\nWhich?\n- [a] One\n:::",
        ["0: 'choice x' needs at least two answers. Write '- [key] The answer'."],
    ),
    "an answer without key": (
        "::: tick x\nWhich?\n- I push on\n- [b] Two\n:::",
        ["2: this answer has no key. Write '- [push] I push on'."],
    ),
    "an answer with an empty key": (
        "::: tick x\nWhich?\n- [] One\n- [b] Two\n:::",
        ["2: this answer has an empty key. Write '- [key] The answer'."],
    ),
    "an answer without words": (
        "::: tick x\nWhich?\n- [a]\n- [b] Two\n:::",
        ["2: this answer has no words. Write '- [key] The answer'."],
    ),
    "an answer without dash": (
        "::: tick x\nWhich?\n[a] One\n- [b] Two\n- [c] Three\n:::",
        ["2: this answer has no dash before its key. Write '- [key] The answer'."],
    ),
    "numbered answers": (
        "::: tick x\nWhich?\n1. [a] One\n2. Two words\n:::",
        [
            "2: this answer is not written as it should be. Write '- [key] The answer'.",
            "3: this answer has no key. Write '- [two] Two words'.",
        ],
    ),
    "an answer without space": (
        "::: tick x\nWhich?\n-[a] One\n- [b] Two\n:::",
        ["2: this answer is not written as it should be. Write '- [key] The answer'."],
    ),
    "a key twice": (
        "::: tick x\nWhich?\n- [a] One\n- [a] Two\n:::",
        ["3: the key 'a' is already used on line {2}. Give each answer its own."],
    ),
    "a key that is not one": (
        "::: tick x\nWhich?\n- [A b] One\n- [c] Two\n:::",
        ["2: 'A b' is not a key. Use one short word: '[a-b]'."],
    ),
    "the same answer twice": (
        "::: tick x\nWhich?\n- [a] One\n- [b] one\n:::",
        ["3: the answer on line {2} has the same words. Change or remove one of them."],
    ),
    "words after the answers": (
        CHOICE + "\nThank you.\n:::",
        ["5: these words come after the answers. Move them above, or begin them with a label."],
    ),
    "answers in a write": (
        "::: write x\nWhat?\n\n- [a] One\n:::",
        ["3: a write has no answers to choose from. Use a 'choice' or a 'tick'."],
    ),
    "a scale the wrong way round": (
        "::: scale x\nHow sure?\nFrom: 10 Very\nTo: 0 Not\n:::",
        ["2: the scale goes from 10 to 0. 'From:' must be the smaller."],
    ),
    "a scale from and to the same": (
        "::: scale x\nHow sure?\nFrom: 5 Very\nTo: 5 Not\n:::",
        ["2: the scale goes from 5 to 5. 'From:' must be the smaller."],
    ),
    "a scale without numbers": (
        "::: scale x\nHow sure?\nFrom: Not at all\nTo: 10 Very\n:::",
        ["2: 'From:' does not begin with a whole number. For instance 'From: 5'."],
    ),
    "an unknown drawing": (
        "::: picture x\nDrawing: boom-and-burst\nAlt: A line.\n:::",
        ["1: there is no drawing 'boom-and-burst'. Did you mean 'boom-and-bust'?"],
    ),
    "an unknown questionnaire": (
        "::: questionnaire peg\n:::",
        ["0: there is no questionnaire 'peg'. Did you mean 'peg-3'?"],
    ),
    "HTML": (
        "Words\nand <b>more</b>.",
        [
            f"1: '{tag}' is HTML, which is not used here. "
            "Remove it; use *stars* for stress and '- ' for lists."
            for tag in ("</b>", "<b>")
        ],
    ),
    "a picture in the words": (
        "![A cat](cat.png)",
        [
            "0: pictures are not written with '![…]'. "
            "Use a block: '::: picture name', 'Drawing: …', 'Alt: …', ':::'."
        ],
    ),
    "a link that is not closed": (
        "One.\nSee [Help now](help:now for more.",
        ["1: a link is not finished. Write '[the words](https://…)' with no space between ']' and '('."],
    ),
    "a link with a gap": (
        "See [Help now] (help:now).",
        ["0: a link is not finished. Write '[the words](https://…)' with no space between ']' and '('."],
    ),
    "a link that does harm": (
        "[x](javascript:alert)",
        [
            "0: the link to 'javascript:alert' cannot work. "
            "A link begins with https://, tel:, mailto:, page:, module:, info: or help:."
        ],
    ),
    "a link to a file": (
        "[x](leaflet.pdf)",
        [
            "0: the link to 'leaflet.pdf' cannot work. "
            "A link begins with https://, tel:, mailto:, page:, module:, info: or help:."
        ],
    ),
    "a heading too high": (
        "## Big",
        ["0: a heading inside a page begins with '###' or '####', not '##'."],
    ),
    "a heading that skips": (
        "#### Small",
        ["0: '####' stands before any '###'. Use '###' for the first heading of a page."],
    ),
    "a heading in a block": (
        "::: note x\nHeading: H\n### Words\n:::",
        ["2: a heading cannot stand inside a block. Remove the '#' or move it out of the block."],
    ),
    "dashes under words": (
        "Words\n---",
        ["0: a row of dashes right under words turns them into a heading. Leave an empty line between them."],
    ),
    "indented words": (
        "Words.\n\n    far in",
        ["2: this line begins with four spaces or more. Remove the spaces in front of it."],
    ),
    "a table": (
        "Words.\n\n| a | b |",
        ["2: tables are not used. Write a list: begin each line with '- '."],
    ),
    "a letter that nobody sees before the colons": (
        "\u200b:: note n",
        ["0: '\u200b:: note n' looks like a block but was not understood. Write '::: note n'."],
    ),
    "backticks": ("Say `this`.", ["0: backticks make computer code. Remove them; use *stars* for stress."]),
    "a page with nothing in it": (
        "Words.\n\n::: page two\nTwo\nMinutes: 1\nIn short: Two.\n:::",
        ["2: the page 'two' is empty. Write its text after the ':::' that closes its head."],
    ),
    "a page twice": (
        "Words.\n\n::: page steady\nTwo\nMinutes: 1\nIn short: Two.\n:::\n\nWords.",
        ["2: the page 'steady' is already used on line 9. Choose another name."],
    ),
    "a page without its labels": (
        "Words.\n\n::: page two\nTwo\n:::\n\nWords.",
        [
            "2: 'page two' has no 'In short:'. Add a line 'In short: …'.",
            "2: 'page two' has no 'Minutes:'. Add a line 'Minutes: …'.",
        ],
    ),
    "minutes in words": (
        "Words.\n\n::: page two\nTwo\nMinutes: five\nIn short: Two.\n:::\n\nWords.",
        ["4: 'Minutes:' does not begin with a whole number. For instance 'Minutes: 5'."],
    ),
    "no minutes at all": (
        "Words.\n\n::: page two\nTwo\nMinutes: 0\nIn short: Two.\n:::\n\nWords.",
        ["2: the page 'two' takes 0 minutes. Write at least 1."],
    ),
    "a title of two lines": (
        "Words.\n\n::: page two\nTwo\nThree\nMinutes: 1\nIn short: Two.\n:::\n\nWords.",
        ["2: the title of a page is one plain line. Write one line under '::: page …'."],
    ),
}


@pytest.mark.parametrize("body, expected", SLIPS.values(), ids=SLIPS.keys())
def test_each_slip_is_told_in_these_words(body, expected):
    found = examine(a_page("\n" + body)).problems
    place = lambda text: text.format(*(LINE + 1 + n for n in range(9)))  # noqa: E731
    shown = [f"{p.line - LINE - 1}: {p.message}. {p.help}".rstrip() for p in found]
    assert shown == [place(text) if "line {" in text else text for text in expected]
    assert refusing(found)


TOPS = {
    "nothing at all": (
        "",
        ["1: the file does not begin with its title and summary. "
         "Begin with a line '---', then 'title: …'.",
         "1: there is no page. Begin the first with '::: page a-short-name'."],
    ),
    "never closed": (
        "---\ntitle: Pacing\n\n::: page steady\nS\nMinutes: 1\nIn short: S.\n:::\nWords.",
        ["1: the lines at the top are never closed. Add a line '---' after the last of them.",
         "1: this stands before the first page. Begin with '::: page a-short-name'."],
    ),
    "a key nearly right": (
        TOP.replace("summary:", "sumary:") + HEAD + "Words.",
        ["1: 'summary:' is missing at the top of the file. Add a line 'summary: …'.",
         "3: 'sumary:' is not known at the top of a file. Did you mean 'summary:'?"],
    ),
    "a key twice": (
        TOP.replace("minutes: 20", "title: Again\nminutes: 20") + HEAD + "Words.",
        ["4: 'title:' is written twice. The first is on line 2."],
    ),
    "an empty title": (
        TOP.replace("title: Pacing", "title:") + HEAD + "Words.",
        ["2: 'title:' is empty. Write its value on the same line, or remove the line."],
    ),
    "minutes in words": (
        TOP.replace("minutes: 20", "minutes: twenty") + HEAD + "Words.",
        ["4: 'twenty' is not a number of minutes. Write it as 'minutes: 20'."],
    ),
    "a British date": (
        TOP.replace("2027-03-01", "1 March 2027") + HEAD + "Words.",
        ["7: '1 March 2027' is not a date. Write it as 'review again: 2027-03-01' (year first)."],
    ),
    "a day that is not": (
        TOP.replace("2027-03-01", "2027-02-30") + HEAD + "Words.",
        ["7: '2027-02-30' is not a date. Write it as 'review again: 2027-03-01' (year first)."],
    ),
    "no review": (
        TOP.replace("review again: 2027-03-01\n", "") + HEAD + "Words.",
        ["1: 'review again:' is missing at the top of the file. Add a line 'review again: …'."],
    ),
    "translation keys in English": (
        TOP.replace("minutes: 20", "minutes: 20\ntranslated from: abc") + HEAD + "Words.",
        ["5: 'translated from:' is not known at the top of a file. "
         "Known here: minutes:, review again:, reviewed by:, reviewed on:, summary:, title:."],
    ),
    "a stray line": (
        TOP.replace("minutes: 20", "minutes: 20\nand so on") + HEAD + "Words.",
        ["5: 'and so on' is not understood here. Write 'key: value' on one line."],
    ),
    "text before the first page": (
        TOP + "Words.\n\n" + HEAD + "Words.",
        ["9: this stands before the first page. Begin with '::: page a-short-name'."],
    ),
}  # fmt: skip


@pytest.mark.parametrize("source, expected", TOPS.values(), ids=TOPS.keys())
def test_each_slip_at_the_top_is_told_in_these_words(source, expected):
    assert [f"{p.line}: {p.message}. {p.help}" for p in examine(source).problems] == expected


def test_one_slip_hides_no_other():
    bodies = [
        "::: wriet a\nx\n:::",
        "::: story b\nWords.\n:::",
        "<b>",
        "::: tick c\nWhich?\n- One\n- [b] Two\n:::",
    ]
    assert len(told(a_page("\n" + "\n\n".join(bodies)))) == 4


def test_a_block_left_open_does_not_swallow_the_rest():
    body = "\n::: note n\nHeading: H\nWords.\n\n::: write w\nWhat?\n:::\n\nMore words."
    page = examine(a_page(body)).text.pages[0]
    assert [block.name for block in page.blocks] == ["n", "w"]
    assert "More words." in page.parts[-1].html


WORDS = [
    "---",
    "title: T",
    ":::",
    "::: page p",
    "::: choice c",
    "::: scale s",
    "::: questionnaire peg-3",
    ":: x",
]
WORDS += [
    "- [a] One",
    "- [a]",
    "- ",
    "From: 1",
    "To: 0",
    "Hint:",
    "Minutes: 3",
    "In short: x",
    "",
    "### H",
    "#### H",
]
WORDS += [
    "    code",
    "```",
    "> ::: note n",
    "- ::: tick t",
    "[x](page:y)",
    "[x](",
    "<b>",
    "![a](b)",
    "\t:::",
    "`",
]
WORDS += [
    "Heading: h",
    "Who:",
    "Drawing: x",
    ":::: write x",
    "  ::: write y",
    "\u2028",
    "\x1c",
    "::: \xa0",
    "&#0;",
]
slips = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=12)), max_size=25).map("\n".join)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(), slips, slips.map(a_page)), st.sampled_from(["en", "cy"]))
def test_no_text_whatever_breaks_the_reader(source, lang):
    found = examine_module_source(source, EXERCISE_KINDS, module="pacing", lang=lang)
    lines = len(found.text.source.split("\n"))
    assert all(1 <= problem.line <= lines for problem in found.problems)
    assert "<script" not in "".join(str(part) for page in found.text.pages for part in page.parts)
    if not refusing(found.problems):
        assert found.text.pages and all(page.title and page.parts for page in found.text.pages)


@settings(max_examples=200, deadline=None)
@given(slips)
def test_what_is_refused_names_every_problem(source):
    found = refusing(examine(source).problems)
    assert all(str(problem) in str(ContentRefused(found)) for problem in found)
