"""The texts of messages are refused with their line while anything is wrong, and a service's own folder lies on top."""

from __future__ import annotations

import shutil

import pytest
from click.testing import CliRunner
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.house.test_letters_say_nothing import CLINICAL
from tests.reminders.message_snapshots import ROOT
from webapp.commands.content import content
from webapp.content.problems import ContentRefused, warnings_among
from webapp.content.reading import reading_ease
from webapp.reminders.rules import Answer, Kind
from webapp.reminders.texts import check_texts, read_texts
from webapp.reminders.texts_file import FIELDS, OWN_PLACEHOLDERS, Sheet
from webapp.reminders.texts_kept import keep_texts
from webapp.reminders.texts_words import HEALTH, WHOLE, health_words_in, unkind_words_in

OURS = ROOT / "content"
GOOD = """---
subject: A word from {sender}
text: Hello {first_name}, five minutes would do: {link}
line: Something is waiting for you.
answers: busy, later
letter: false
---

Five minutes would do.

- One page **counts**.
"""


@pytest.fixture
def folder(tmp_path):
    """A copy of our texts to spoil."""
    shutil.copytree(OURS / "messages", tmp_path / "content" / "messages")
    return tmp_path / "content"


def nudge_with(folder, old, new):
    """The English nudge with a change; the problems of the whole folder as lines."""
    (folder / "messages/en/nudge.md").write_text(GOOD.replace(old, new) if old else new, encoding="utf-8")
    return [str(problem) for problem in check_texts(folder) if problem.refuses]


def test_our_own_texts_are_read_without_a_problem_or_a_warning():
    assert check_texts(OURS) == []
    texts = read_texts(OURS)
    assert texts.languages == ("en", "cy")
    assert len(texts.kinds) == 2 * len(Kind)


def test_the_example_is_good(folder):
    assert nudge_with(folder, "", GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("{first_name}", "{frist_name}", 3, "there is no {frist_name} here. Did you mean '{first_name}'?"),
        ("{sender}", "{service}", 2, "there is no {service} here. Known here: {first_name}, {sender}."),
        ("{sender}", "{sender", 2, "a brace stands alone. Placeholders are written as {first_name}."),
        ("Five minutes would do.", "Ring {phone}.", 9, "there is no {phone} here."),
        ("Five minutes would do.", "We saw {done}.", 9, "there is no {done} here."),
        ("busy, later", "busy, latr", 5, "there is no answer called 'latr'. Did you mean 'later'?"),
        ("subject:", "subjekt:", 2, "'subjekt:' is not known at the top of a file. Did you mean 'subject:'?"),
        ("line: Something is waiting for you.\n", "", 1, "'line:' is missing at the top of the file."),
        ("letter: false", "letter: no", 6, "'letter: no' is neither true nor false."),
        (": {link}", ".", 3, "'text:' has no {link}."),
        ("A word from {sender}", "A word from {sender} " + "x" * 32, 2, "'subject:' has 61 characters and may have 60."),
        ("counts", "counts, " + "and so on " * 7, 11, "a sentence has 24 words and may have 20."),
        ("counts", "[counts](https://example.org)", 11, "a message holds plain paragraphs"),
        ("counts", "counts https://example.org", 11, "'https:' is a link or HTML"),
        ("counts", "<b>counts</b>", 11, "'<b>' is a link or HTML"),
        ("- One", "# One", 11, "a message holds plain paragraphs"),
        ("- One", "1. One", 11, "a message holds plain paragraphs"),
        ("A word", "Your pain", 2, "'pain' is about health, and others may see this message."),
        ("waiting", "in the clinic", 4, "'clinic' is about health"),
        ("five minutes", "your flare-up plan", 3, "'flare-up' is about health"),
        ("Five minutes", "Two questionnaires", 9, "'questionnaires' is about health"),
        ("Five minutes", "You missed it. Five minutes", 9, "'missed' can sound like blame or a push."),
        ("waiting", "only waiting", 4, "'only' can sound like blame"),
        ("Five minutes would do.", "We noticed that you\nhave not been here.", 9, "'you have not' can sound like blame"),
        ("Five minutes would do.", "Five\nminutes of physio.", 10, "'physio' is about health"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(folder, old, new, line, message):
    problems = nudge_with(folder, old, new)
    assert any(one.startswith(f"content/messages/en/nudge.md:{line}: {message}") for one in problems), (
        problems
    )


def test_a_text_may_have_300_characters_with_its_end_and_two_links_of_60(folder):
    end = len("Tell us, pause or stop: ") + 60
    room = 300 - 1 - end - len("Hello " + "x" * 12 + ", : ") - 60
    fits = GOOD.replace("five minutes would do", "y" * room)
    assert nudge_with(folder, "", fits) == []
    (problem,) = nudge_with(folder, "", fits.replace("y:", "yy:"))
    assert problem.startswith(
        "content/messages/en/nudge.md:3: 'text:' has 301 characters with its end and links, and may have 300."
    )


def test_a_kind_without_words_is_missed_in_each_language(folder):
    (folder / "messages/en/booster.md").unlink()
    (folder / "messages/cy/booster.md").unlink()
    with pytest.raises(ContentRefused) as refused:
        read_texts(folder)
    told = str(refused.value)
    assert "content/messages/en/booster.md:1: there are no words for 'booster' in English." in told
    assert "content/messages/cy/booster.md:1: there are no words for 'booster' in Welsh." in told


def test_a_file_that_is_no_kind_is_told_what_it_might_be(folder):
    (folder / "messages/en/nugde.md").write_text(GOOD, encoding="utf-8")
    (folder / "messages/english").mkdir()
    (folder / "messages/english/nudge.md").write_text(GOOD, encoding="utf-8")
    problems = [str(one) for one in check_texts(folder)]
    assert problems[-2:] == [
        "content/messages/en/nugde.md:1: no message is called 'nugde.md'. Did you mean 'nudge.md'?",
        "content/messages/english/nudge.md:1: 'english' is not a language. Call the folder en, cy and so on.",
    ]


def test_a_letter_needs_words_and_words_need_a_letter(folder):
    problems = nudge_with(folder, "letter: false", "letter: true")
    assert len(problems) == 2, "in English, and in Welsh, which says what English says"
    assert all("this message may be a letter, and has no words for one" in one for one in problems)
    (problem,) = nudge_with(folder, "**counts**.", "counts.\n\n## letter\n\nRing us.")
    assert "this message has words for a letter, and may not be one" in problem


def test_a_letter_may_speak_of_health_and_name_the_service_but_not_blame(folder):
    source = (folder / "messages/en/still-here.md").read_text(encoding="utf-8")
    letter = source + "\nThe pain clinic {service}: {phone}.\n"
    (folder / "messages/en/still-here.md").write_text(letter, encoding="utf-8")
    assert not [one for one in check_texts(folder) if one.refuses]
    (folder / "messages/en/still-here.md").write_text(letter + "\nYou failed.\n", encoding="utf-8")
    (problem,) = [one for one in check_texts(folder) if one.refuses]
    assert problem.message == "'failed' can sound like blame or a push"
    assert problem.line == len(letter.splitlines()) + 2


def test_what_was_done_stands_alone(folder):
    weekly = GOOD.replace("Five minutes would do.", "You did {done}.")
    (folder / "messages/en/weekly-summary.md").write_text(weekly, encoding="utf-8")
    assert "weekly-summary.md:9: {done} does not stand alone." in str(check_texts(folder)[-1])


def test_a_translation_of_older_english_is_warned_of_and_works(folder):
    assert nudge_with(folder, "", GOOD) == []
    (warning,) = warnings_among(check_texts(folder))
    assert str(warning).startswith("content/messages/cy/nudge.md:5: Welsh is out of date:")
    texts = read_texts(folder)
    assert texts.of(Kind.NUDGE, "cy").answers == (Answer.BUSY, Answer.LATER), (
        "answers are those of the English"
    )


def test_a_language_that_we_do_not_know_is_warned_of(folder):
    shutil.copytree(folder / "messages/en", folder / "messages/pl")
    for file in (folder / "messages/pl").iterdir():
        kept = [
            line
            for line in file.read_text(encoding="utf-8").splitlines()
            if line.split(":")[0] not in ("answers", "letter")
        ]
        file.write_text("\n".join(kept), encoding="utf-8")
    assert [one.message for one in check_texts(folder) if "list of words" in one.message] == [
        "we have no list of words about health in Polish"
    ]


def test_a_services_own_words_lie_on_top_file_by_file(folder, tmp_path):
    own = tmp_path / "own" / "messages" / "en"
    own.mkdir(parents=True)
    (own / "nudge.md").write_text(GOOD, encoding="utf-8")
    ours, theirs = read_texts(folder), read_texts([folder, tmp_path / "own"])
    assert theirs.of(Kind.NUDGE, "en").subject == "A word from {sender}"
    assert theirs.of(Kind.WELCOME, "en") == ours.of(Kind.WELCOME, "en")
    assert theirs.fingerprint != ours.fingerprint
    (own / "nudge.md").write_text(GOOD.replace("A word", "Your pain"), encoding="utf-8")
    (problem,) = [one for one in check_texts([folder, tmp_path / "own"]) if one.refuses]
    assert str(problem).startswith("own/messages/en/nudge.md:2: 'pain' is about health")


def test_the_fingerprint_is_that_of_the_words_wherever_they_lie(folder):
    assert read_texts(folder).fingerprint == read_texts(OURS).fingerprint


@pytest.mark.parametrize("language", sorted(CLINICAL))
def test_no_word_is_allowed_here_that_no_other_message_of_the_house_may_hold(language):
    for word in CLINICAL[language]:
        assert health_words_in(word, language), word


def test_every_whole_word_is_in_a_list():
    listed = {word for words in HEALTH.values() for word in words}
    assert listed >= WHOLE


@pytest.mark.parametrize(
    ("words", "language", "found"),
    [
        ("The NHS and your GP", "en", ["NHS", "GP"]),
        ("I’ll illustrate the reward.", "en", []),
        ("You are ill", "en", ["ill"]),
        ("Eich poen a’ch meddyg", "cy", ["poen", "meddyg"]),
        ("Rwy’n cael pwl", "cy", ["pwl"]),
        ("Mae pwll yma", "cy", []),
    ],
)
def test_words_about_health(words, language, found):
    assert health_words_in(words, language) == found


@pytest.mark.parametrize(
    ("words", "language", "found"),
    [
        ("Read it later, or lately", "en", []),
        ("You’re late", "en", ["late"]),
        ("You haven’t been", "en", ["you haven't"]),
        ("Mae’n hwyr, ond dim ond tudalen", "cy", ["hwyr", "dim ond"]),
    ],
)
def test_unkind_words(words, language, found):
    assert unkind_words_in(words, language) == found


@pytest.mark.parametrize("kind", Kind)
def test_our_english_is_plain(kind):
    text = read_texts(OURS).of(kind, "en")
    for words in (text.body, text.letter_body):
        if words:
            ease = reading_ease([(words, 1)])
            assert ease.flesch_kincaid_age is not None and ease.flesch_kincaid_age <= 11


GUIDE = (
    (ROOT / "docs/writing-content.md")
    .read_text(encoding="utf-8")
    .split("## Messages")[1]
    .split("\n## Check it")[0]
)


def test_the_example_of_the_guide_is_good(folder):
    example = GUIDE.split("```markdown\n")[1].split("```")[0]
    cy = folder / "messages/cy/nudge.md"
    cy.write_text(cy.read_text(encoding="utf-8") + "\n## letter\n\nFfoniwch ni.\n", encoding="utf-8")
    assert nudge_with(folder, "", example) == []


def test_the_guide_names_every_message_and_every_field():
    for name in (*Kind, *FIELDS):
        assert f"`{name}`" in GUIDE or f"`{name}:`" in GUIDE, name
    for names in OWN_PLACEHOLDERS.values():
        assert all(f"`{{{name}}}`" in GUIDE for name in names)


def test_the_programme_does_not_start_with_a_bad_text(folder):
    nudge_with(folder, "A word", "Your pain")
    with pytest.raises(ContentRefused, match=r"nudge\.md:2: 'pain' is about health"):
        keep_texts(Flask("a house"), folder)


def test_an_author_is_told_by_the_checker(tmp_path):
    own = tmp_path / "own" / "messages" / "en"
    own.mkdir(parents=True)
    (own / "nudge.md").write_text(GOOD.replace("{link}", "{lnik}"), encoding="utf-8")
    done = CliRunner().invoke(content, ["check", "--folder", str(OURS), "--on-top", str(tmp_path / "own")])
    assert done.exit_code == 1
    assert "own/messages/en/nudge.md:3: there is no {lnik} here. Did you mean '{link}'?" in done.output


PIECES = st.sampled_from(
    [
        *GOOD.splitlines(),
        "---",
        "## letter",
        "{done}",
        "{",
        "}",
        "> quoted",
        "```",
        "<b>",
        "![a](b)",
        "- - x",
        "",
        "\t",
        "\0",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("\n".join)))
def test_whatever_somebody_writes_is_read_and_judged(source):
    sheet = Sheet("en", "nudge.md", source)
    found = sheet.read_kind(Kind.NUDGE)
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert all(1 <= problem.line <= max(1, len(lines)) for problem in sheet.problems)
    if not sheet.problems:
        assert found.subject and found.line and found.body and "{link}" in found.text
