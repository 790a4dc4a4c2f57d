"""One message as e-mail, text and letter: whole, neutral, readable without styles, and never with a hole in it."""

from __future__ import annotations

import re
from dataclasses import replace

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reminders.message_snapshots import BUNDLE, ROOT, about
from webapp.reminders.answer_rules import IN_ADDRESSES
from webapp.reminders.rules import Kind
from webapp.reminders.texts import HoleInMessage, read_texts
from webapp.reminders.texts_html import BUTTON, MAIN_BUTTON
from webapp.reminders.texts_plain import COLUMNS, texts_needed
from webapp.reminders.texts_words import health_words_in, unkind_words_in

TEXTS = read_texts(ROOT / "content")
EVERYTHING = [(kind, language) for kind in Kind for language in TEXTS.languages]
HTML = "{http://www.w3.org/1999/xhtml}"
COLOUR = re.compile(r"#[0-9a-f]{6}")


def written(kind, language="en", channel="email", others=(), **changes):
    return TEXTS.written(
        kind, others, replace(about(language), **changes), channel=channel, language=language
    )


def links_in(html):
    tree = html5lib.parse(html)
    return [(a.get("href"), "".join(a.itertext()), a.get("style")) for a in tree.iter(f"{HTML}a")]


@pytest.mark.parametrize(("kind", "language"), EVERYTHING)
def test_every_message_has_its_way_in_and_can_be_paused_and_stopped(kind, language):
    email, text = written(kind, language), written(kind, language, "text")
    about_them = about(language)
    for address in (about_them.base, f"{about_them.link}/pause", f"{about_them.link}/stop"):
        assert address in email.text.splitlines(), "on a line of its own"
        assert address in [one for one, _, _ in links_in(email.html)]
    assert about_them.base in text.text and about_them.link in text.text
    assert len(text.text) <= 300
    assert "Hillside" in email.text and "Hillside Pain Service" not in email.text + text.text
    assert "{" not in email.text + text.text + email.subject
    assert email.language == language


@pytest.mark.parametrize(("kind", "language"), EVERYTHING)
def test_nothing_outside_the_sign_in_is_about_health_or_unkind(kind, language):
    email, text = written(kind, language), written(kind, language, "text")
    for words in (email.subject, email.text, text.text):
        assert not health_words_in(words, language)
        assert not unkind_words_in(words, language)


@pytest.mark.parametrize(("kind", "language"), EVERYTHING)
def test_plain_words_keep_to_the_columns(kind, language):
    long = [line for line in written(kind, language).text.splitlines() if len(line) > COLUMNS]
    assert all(line.startswith(("https://", "  https://")) for line in long)


def test_a_bundle_leads_with_one_thing_and_tells_the_others_in_a_line():
    email = written(BUNDLE[0], others=BUNDLE[1:])
    assert email.subject == "How is it going?"
    assert "\nThere is also this:\n- A few questions are open for you; you can stop" in email.text
    assert email.text.count("Hello Asha,") == 1
    assert links_in(email.html)[0][1] == "Open your next step"
    replies = [address.rsplit("/", 1)[1] for address, _, _ in links_in(email.html)[1:6]]
    assert replies == list(IN_ADDRESSES.values())


def test_replies_of_what_does_not_lead_are_offered_too():
    alone, bundled = written(Kind.QUESTIONS), written(Kind.QUESTIONS, others=(Kind.NUDGE,))
    assert "/busy" not in alone.text and "/busy" in bundled.text


def test_what_was_done_is_a_list():
    email = written(Kind.WEEKLY_SUMMARY, done=("You read 5 pages.", "You saved <1> exercise."))
    assert "\n- You read 5 pages.\n- You saved <1> exercise.\n" in email.text
    assert '<li style="margin:0 0 4px">You saved &lt;1&gt; exercise.</li>' in email.html


def test_a_name_is_a_name_and_never_markup():
    email = written(Kind.WELCOME, first_name="<b>*Asha*</b>")
    assert "Hello &lt;b&gt;*Asha*&lt;/b&gt;," in email.html
    assert email.text.startswith("Hello <b>*Asha*</b>,")


@pytest.mark.parametrize(
    ("kind", "changes", "said"),
    [
        (Kind.WEEKLY_SUMMARY, {"done": ()}, "{done}"),
        (Kind.BOOSTER, {"number": None}, "{number}"),
        (Kind.PAUSE_ENDS, {"date": ""}, "{date}"),
        (Kind.WELCOME, {"first_name": ""}, "{first_name}"),
    ],
)
def test_a_message_with_a_hole_is_not_written(kind, changes, said):
    with pytest.raises(HoleInMessage, match=re.escape(said)):
        written(kind, **changes)


def test_a_service_without_a_telephone_writes_e_mails_and_no_letters():
    assert "telephone" not in written(Kind.STILL_HERE, phone="").text
    with pytest.raises(HoleInMessage):
        written(Kind.STILL_HERE, channel="letter", phone="")


def test_what_may_not_be_a_letter_is_none():
    assert not TEXTS.may_be_letter(Kind.NUDGE) and TEXTS.may_be_letter(Kind.STILL_HERE)
    with pytest.raises(HoleInMessage):
        written(Kind.NUDGE, channel="letter")


@pytest.mark.parametrize("language", TEXTS.languages)
@pytest.mark.parametrize("kind", [kind for kind in Kind if TEXTS.may_be_letter(kind)])
def test_a_letter_has_a_telephone_number_and_no_links_and_can_be_printed_in_any_size(kind, language):
    letter = written(kind, language, "letter", others=(Kind.GOAL_REVIEW,))
    assert letter.html is None
    assert "https:" not in letter.text and "01632 960 123" in letter.text
    paragraphs = letter.text.strip().split("\n\n")
    assert all("\n" not in one or "\n- " in one for one in paragraphs), "a paragraph is one line"
    assert TEXTS.of(Kind.GOAL_REVIEW, language).line in letter.text
    assert paragraphs[-1] == "Hillside Pain Service"


def test_another_language_is_written_in_english_and_says_so():
    email = written(Kind.WELCOME)
    other = TEXTS.written(Kind.WELCOME, (), about("en"), channel="email", language="pl")
    assert other == email and other.language == "en"


@pytest.mark.parametrize(("kind", "language"), EVERYTHING)
def test_the_html_fetches_nothing_and_styles_inline_alone(kind, language):
    html = written(kind, language).html
    tree = html5lib.HTMLParser(strict=True).parse(html)
    assert (tree.get("lang"), tree.get("dir")) == (language, "ltr")
    tags = {element.tag.removeprefix(HTML) for element in tree.iter()}
    assert tags <= {
        "html",
        "head",
        "meta",
        "title",
        "body",
        "div",
        "p",
        "ul",
        "li",
        "a",
        "strong",
        "em",
        "hr",
    }
    for element in tree.iter():
        assert not {"src", "background", "class", "id"} & set(element.attrib)
        assert "url(" not in element.get("style", "")
    assert all(one.startswith("https://hillside.example/") for one, _, _ in links_in(html))


def test_a_language_from_right_to_left_is_laid_out_so():
    from webapp.reminders.texts_html import email_html

    parts = replace(TEXTS.parts(Kind.WELCOME, (), about("en"), "en"), language="ar")
    html = email_html(parts)
    assert '<html lang="ar" dir="rtl">' in html and '<div lang="ar" dir="rtl"' in html
    assert "left" not in html and "right" not in html


def test_the_words_and_the_page_have_no_colour_so_that_a_dark_program_shows_them_dark():
    html = written(Kind.NUDGE).html
    for tag in ("p", "li", "div", "body"):
        assert not [one for one in re.findall(rf"<{tag}[^>]*>", html) if "color" in one]
    assert 'name="color-scheme" content="light dark"' in html


def _contrast(one, other):
    def light(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_buttons_can_be_seen_and_read_in_the_light_and_in_the_dark():
    (border,) = COLOUR.findall(BUTTON)
    assert min(_contrast(border, "#ffffff"), _contrast(border, "#000000")) >= 3
    ground, words = COLOUR.findall(MAIN_BUTTON)[1:]
    assert _contrast(ground, words) >= 4.5


def test_buttons_are_at_least_44_pixels_high():
    padding, least, border = 12, 24, 2
    assert (
        f"padding:{padding}px" in BUTTON
        and f"min-height:{least}px" in BUTTON
        and f"border:{border}px" in BUTTON
    )
    assert 2 * (padding + border) + least >= 44


@pytest.mark.parametrize(
    ("words", "needed"),
    [
        ("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3), ("€" * 80, 1), ("€" * 81, 2),
        ("ŵ" * 70, 1), ("ŵ" * 71, 2), ("ŵ" * 134, 2), ("ŵ" * 135, 3), ("é" * 160, 1), ("ê" * 71, 2),
    ],
)  # fmt: skip
def test_how_many_texts_a_phone_company_counts(words, needed):
    """Worked examples of 3GPP TS 23.038 and 23.040: 160 and 153 letters of 7 bits, 70 and 67 of 16 bits."""
    assert texts_needed(words) == needed


def test_curly_quotes_do_not_make_a_text_dear():
    text = written(Kind.FLARE_CHECK_IN, "cy", "text").text
    assert "'n" in text and "’" not in text
    assert texts_needed(text) == 2


NAMES = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20)


@given(NAMES)
def test_any_name_is_told_as_it_is(name):
    email = written(Kind.WELCOME, first_name=name)
    assert email.text.startswith(f"Hello {name},\n")
    tree = html5lib.parse(email.html)
    assert f"Hello {name}," in [p.text for p in tree.iter(f"{HTML}p")]
    assert written(Kind.WELCOME, "en", "text", first_name=name).text.count("https://") >= 2
