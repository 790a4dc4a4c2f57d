"""Listen: a page is read aloud by the phone's own voice, sentence by sentence, and only on a tap."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Person
from tests.journeys.voice import DAVID, ENGLISH, gives_a_voice

People = Callable[..., Person]
PAGE = "/course/start-here/hurt-and-harm"
HIGHLIGHTED = "() => [...(CSS.highlights.get('wm-listen') ?? [])].map(String).join('')"
SHOWN = """() => { const box = [...CSS.highlights.get('wm-listen')][0].getBoundingClientRect();
  const foot = document.querySelector('.wm-foot'); const stuck = getComputedStyle(foot).position === 'sticky';
  const bar = document.querySelector('.wm-listen').getBoundingClientRect();
  return box.top >= Math.max(0, bar.bottom) && box.bottom <= (stuck ? foot.getBoundingClientRect().top : innerHeight); }"""


def spoken(person: Person) -> list[str]:
    """What the voice was told to say so far."""
    return [one["text"] for one in person.page.evaluate("() => window.spoken")]


def test_a_page_is_read_to_its_end(signed_in: People) -> None:
    """Given a phone with a voice; when Asha taps Listen; then every sentence is read once, with its words marked,
    by a voice that lives on the phone; buttons, menus and what only forms need are left out.
    """
    asha = signed_in("asha")
    gives_a_voice(asha.context)
    asha.goes_to(PAGE)
    assert spoken(asha) == [], "it starts only on a tap"
    asha.taps("Listen")
    expect(asha.page.get_by_role("button", name="Stop")).to_be_hidden()
    said = spoken(asha)
    assert said[0] == asha.page.locator("h1").inner_text()
    assert len(said) > 15 and len(said) == len(set(said))
    whole = " ".join(said)
    question = asha.page.locator("form legend").first.inner_text()
    assert question in whole, "the question of an exercise is read"
    for left_out in (
        "Save",
        "Stop here for today",
        "Next:",
        "Short version",
        "page 2 of",
        "Help now",
        "Listen",
    ):
        assert left_out not in whole, left_out
    assert {one["voice"] for one in asha.page.evaluate("() => window.spoken")} == {"Kate"}
    assert asha.page.evaluate(HIGHLIGHTED) == ""
    asha.finds_nothing_wrong()


def test_pause_go_on_back_slower_and_stop(signed_in: People) -> None:
    """Given a page is being read; when Asha pauses, goes back, slows down and stops; then it does just that,
    the sentence that is read is on the screen, and nothing of the page was changed.
    """
    asha = signed_in("asha", reduced_motion="reduce")
    gives_a_voice(asha.context, holds=True)
    asha.goes_to(PAGE)
    before = asha.page.locator("main .wm-prose").first.inner_html()
    asha.taps("Listen")
    finish = "() => speechSynthesis.finish()"
    for _ in range(9):
        asha.page.evaluate(finish)
        assert asha.page.evaluate(SHOWN), "the sentence is kept in view, at once"
    expect(asha.page.get_by_role("button", name="Pause")).to_be_in_viewport()
    first = spoken(asha)
    assert len(first) == 10
    assert " ".join(asha.page.evaluate(HIGHLIGHTED).split()) == first[9]
    asha.taps("Pause").page.evaluate(finish)
    assert spoken(asha) == first, "paused: nothing more is said"
    asha.taps("Go on").taps("Back a sentence").taps("Slower")
    assert spoken(asha)[10:] == [first[9], first[8], first[8]]
    assert asha.page.evaluate("() => window.spoken.at(-1).rate") == 0.9
    assert asha.page.locator("main .wm-prose").first.inner_html() == before
    asha.finds_nothing_wrong()
    asha.taps("Stop")
    expect(asha.page.get_by_role("button", name="Listen")).to_be_focused()
    assert asha.page.evaluate(HIGHLIGHTED) == ""


def test_the_list_of_sources_is_left_out(signed_in: People) -> None:
    """Given the last page of a module, which names its sources; when Asha listens; then they are not read."""
    asha = signed_in("asha")
    gives_a_voice(asha.context)
    asha.goes_to("/course/start-here/my-plan").sees("Where this comes from").taps("Listen")
    expect(asha.page.get_by_role("button", name="Stop")).to_be_hidden()
    whole = " ".join(spoken(asha))
    assert "What comes next" in whole
    assert "Where this comes from" not in whole and "guideline" not in whole


def test_it_falls_silent_when_the_page_is_left(signed_in: People) -> None:
    """Given a page is being read; when Asha leaves it; then the voice is hushed."""
    asha = signed_in("asha")
    gives_a_voice(asha.context, holds=True)
    asha.goes_to(PAGE).taps("Listen")
    asha.page.evaluate("() => window.dispatchEvent(new Event('pagehide'))")
    assert asha.page.evaluate("() => window.hushed") == 1
    expect(asha.page.get_by_role("button", name="Listen")).to_be_visible()


def test_a_phone_without_a_voice_says_so_kindly(signed_in: People) -> None:
    """Given a phone that can speak Welsh only; when Asha taps Listen on an English page; then she is told."""
    asha = signed_in("asha")
    gives_a_voice(asha.context, [DAVID, ENGLISH[0]])
    asha.goes_to(PAGE).taps("Listen").sees("This phone has no voice for this language yet")
    assert spoken(asha) == []
    asha.finds_nothing_wrong()


def test_a_browser_that_cannot_speak_shows_no_button(signed_in: People) -> None:
    """Given a browser without speech; then there is no Listen button."""
    asha = signed_in("asha")
    asha.context.add_init_script("delete window.speechSynthesis; delete Window.prototype.speechSynthesis;")
    asha.goes_to(PAGE)
    expect(asha.page.get_by_role("button", name="Listen")).to_have_count(0)


def test_an_older_browser_marks_the_paragraph(signed_in: People) -> None:
    """Given a browser that cannot mark a range; when a page is read; then its paragraph is marked."""
    asha = signed_in("asha")
    asha.context.add_init_script(
        "delete CSS.highlights; Object.defineProperty(CSS, 'highlights', {value: undefined});"
    )
    gives_a_voice(asha.context, holds=True)
    asha.goes_to(PAGE).taps("Listen")
    expect(asha.page.locator("h1.wm-listen__heard")).to_have_count(1)
    asha.finds_nothing_wrong().taps("Stop")
    expect(asha.page.locator(".wm-listen__heard")).to_have_count(0)


SENTENCES = [
    ("One. Two! Three? Four… Five", ["One.", "Two!", "Three?", "Four…", "Five"]),
    ("“Why me?” she asked. Nobody knew.", ["“Why me?” she asked.", "Nobody knew."]),
    ("Dr. Osei rang at 3.30 p.m. on Monday. All was well.", ["Dr. Osei rang at 3.30 p.m. on Monday.", "All was well."]),
    ("Use small steps, e.g. five minutes. Then stop.", ["Use small steps, e.g. five minutes.", "Then stop."]),
    ("1. Sit down. 2. Breathe.", ["1. Sit down.", "2. Breathe."]),
    ("“I stopped.” Then he laughed.", ["“I stopped.”", "Then he laughed."]),
    (" · ", []),
    ("Word " * 60 + "end.", ["Word " * 43 + "Word", "Word " * 16 + "end."]),
    ("a" * 100 + ", " + "b" * 150 + ".", ["a" * 100 + ",", "b" * 150 + "."]),
]  # fmt: skip


def test_where_sentences_end(signed_in: People) -> None:
    """Given paragraphs with abbreviations, quotes, lists and very long lines; then each is read in its sentences."""
    asha = signed_in("asha")
    gives_a_voice(asha.context)
    script = asha.goes_to(PAGE).page.locator("script[src*=listen]").get_attribute("src")
    for text, sentences in SENTENCES:
        asha.page.evaluate(
            """([text, script]) => { window.spoken.length = 0;
              document.querySelector("main").innerHTML = '<p id="text"></p><div data-listen="#text" hidden>' +
                '<button data-does="toggle">Listen</button><p role="status"></p></div>';
              document.getElementById("text").textContent = text;
              const again = document.createElement("script"); again.src = script;
              again.nonce = document.querySelector("script[nonce]").nonce;
              return new Promise((done) => { again.onload = done; document.head.append(again); }); }""",
            [text, script],
        )
        if not sentences:
            expect(asha.page.get_by_role("button", name="Listen")).to_have_count(0)
            continue
        asha.taps("Listen")
        asha.page.wait_for_function("(n) => window.spoken.length === n", arg=len(sentences))
        assert spoken(asha) == sentences


@pytest.mark.parametrize("path", ["/information/read-first"])
def test_information_pages_can_be_heard_too(signed_in: People, path: str) -> None:
    """Given a page of information; when Asha taps Listen; then it is read."""
    asha = signed_in("asha")
    gives_a_voice(asha.context)
    asha.goes_to(path).taps("Listen")
    asha.page.wait_for_function("() => window.spoken.length > 3")
    asha.finds_nothing_wrong()
