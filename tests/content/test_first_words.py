"""Which words become links to their explanation, and which are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from webapp.content.first_words import FirstWords
from webapp.content.glossary import read_glossary

GLOSSARY, _ = read_glossary(
    "flare-up:\n  term: flare-up\n  other forms: [flare-ups]\n  explanation: A hard spell.\n"
    "cbt:\n  term: CBT\n  other forms: [cognitive behavioural therapy]\n  explanation: Talking.\n"
    "pacing:\n  term: pacing\n  explanation: Steady amounts.\n  taught in: [pacing]\n"
    "pain-system:\n  term: pain system\n  explanation: Nerves.\n"
    "system:\n  term: system\n  explanation: Parts.\n",
    "en",
    "en.yml",
)
LINK = '<a id="in-text-flare-up" href="#word-flare-up">{}</a>'


def marked(*pages, module="start-here"):
    first = FirstWords(GLOSSARY, module)
    found = [first.mark(page) for page in pages]
    return [html for html, _ in found], [[word.key for word in words] for _, words in found]


def test_the_first_appearance_in_a_module_is_a_link_and_no_other():
    html, words = marked("<p>Flare-ups, and a flare-up.</p>", "<p>A flare-up.</p>")
    assert html == [f"<p>{LINK.format('Flare-ups')}, and a flare-up.</p>", "<p>A flare-up.</p>"]
    assert words == [["flare-up"], []]


LEFT_ALONE = [
    "<h2>A flare-up</h2>",
    '<p><a href="/x">a <em>flare-up</em></a></p>',
    "<svg><text>flare-up</text></svg>",
    '<section class="wm-urgent"><section><p>x</p></section><p>A flare-up.</p></section>',
    "<p>pre-flare-up</p>",
    "<h2>Where this comes from</h2><ul><li>A study of flare-ups</li></ul>",
    '<p class="flare-up">x</p>',
    "<p>cbt</p>",
]


@pytest.mark.parametrize("html", LEFT_ALONE)
def test_what_is_left_alone(html):
    assert marked(html) == ([html], [[]])


def test_a_word_after_what_is_left_alone_is_the_first():
    (html,), words = marked('<h2>A flare-up</h2><section class="wm-urgent">flare-up</section><p>flare-up</p>')
    assert html.endswith(f"<p>{LINK.format('flare-up')}</p>") and words == [["flare-up"]]


@pytest.mark.parametrize(
    "text",
    [
        "a flare-up (a hard spell)",
        "a <em>flare-up</em> (a hard spell)",
        "“flare-up” (hard)",
        "a flare-up, which means a hard spell",
        "A flare-up\nis a time when pain is worse",
    ],
)
def test_a_word_that_the_text_explains_right_there_needs_no_link_then_or_later(text):
    assert marked(f"<p>{text}</p>", "<p>A flare-up.</p>") == (
        [f"<p>{text}</p>", "<p>A flare-up.</p>"],
        [[], []],
    )


def test_its_short_form_in_brackets_is_no_explanation():
    (html,), words = marked("<p>Try cognitive behavioural therapy (CBT).</p>")
    assert words == [["cbt"]]
    assert html == (
        '<p>Try <a id="in-text-cbt" href="#word-cbt">cognitive behavioural therapy</a> (CBT).</p>'
    )


def test_a_module_that_teaches_a_word_has_no_link_to_it():
    assert marked("<p>About pacing</p>", module="pacing")[1] == [[]]
    assert marked("<p>About pacing</p>")[1] == [["pacing"]]


def test_the_longest_term_wins_and_may_run_over_a_line():
    (html,), words = marked("<p>The pain\nsystem and the system.</p>")
    assert words == [["pain-system", "system"]]
    assert ">pain\nsystem</a> and the <a" in html


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<a>", "</a>", "flare-up ", "CBT (", ")", "<em>", "x &gt; y &lt; "])
    )
)
def test_the_words_themselves_never_change(parts):
    html = "".join(parts)
    (shown,), _ = marked(html)
    assert Markup(shown).striptags() == Markup(html).striptags()
