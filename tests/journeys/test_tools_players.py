"""The tools with a player: nothing starts by itself, nothing counts down, and every step can be read without it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.browser import Person
from tests.journeys.voice import gives_a_voice

People = Callable[..., Person]
BREATHING = "/tools/relaxation/page/play?practice=breathing&minutes=3"
SHADE = """
  window.lit = 0; window.tones = 0;
  const lock = { request: async () => { window.lit += 1; return { release: async () => { window.lit -= 1; } }; } };
  Object.defineProperty(navigator, "wakeLock", { value: lock, configurable: true });
  const ramp = { setValueAtTime() {}, exponentialRampToValueAtTime() {} };
  window.AudioContext = class {
    currentTime = 0;
    createGain() { return { gain: ramp, connect: (next) => next }; }
    createOscillator() { return { frequency: {}, connect: (next) => next, start() { window.tones += 1; }, stop() {} }; }
    close() {}
  };
"""


def moving(person: Person) -> int:
    """How many things on the page move of themselves now."""
    number: int = person.page.evaluate(
        "() => document.getAnimations().filter((one) => one.playState === 'running').length"
    )
    return number


def spoken(person: Person) -> list[str]:
    return [one["text"] for one in person.page.evaluate("() => window.spoken")]


def stage(person: Person) -> str:
    return person.page.locator("[data-part=stage]").inner_text()


def waits(person: Person, seconds: float) -> None:
    """The phone's clock goes on."""
    person.page.clock.run_for(int(seconds * 1000))


def with_a_watched_phone(person: Person) -> Person:
    """A phone with a clock that the test moves, a voice, and a note of every sound and of a screen kept lit."""
    gives_a_voice(person.context)
    person.context.add_init_script(SHADE)
    person.page.clock.install()
    return person


def test_three_minutes_of_breathing_from_before_to_after(signed_in: People) -> None:
    """Given a tense evening; when Asha says 7, breathes for three minutes, with a pause and without a signal,
    and says 4; then her sheet holds both, and nothing played before she tapped.
    """
    asha = with_a_watched_phone(signed_in("asha"))
    asha.goes_to("/tools/relaxation").sees("Choose a way").finds_nothing_wrong()
    asha.sends("3 minutes Breathing").sees_heading("Before you start").finds_nothing_wrong()
    asha.chooses_number(7, group="How tense are you before you start?").sends(
        "Save and carry on"
    ).sees_heading("Breathing")
    waits(asha, 30)
    assert (spoken(asha), moving(asha), asha.page.evaluate("() => window.lit")) == ([], 0, 0)
    expect(asha.page.locator("[data-part=stage]")).to_be_hidden()
    asha.finds_nothing_wrong()

    asha.chooses("Read the words aloud").taps("Start").sees("Settle where you are.").sees("Just begun")
    assert moving(asha) == 1 and asha.page.evaluate("() => window.lit") == 1
    assert spoken(asha)[0].startswith("Settle where you are.")
    asha.finds_nothing_wrong().loses_the_signal()
    waits(asha, 16)
    assert "Your eyes can stay open." in stage(asha)
    asha.taps("Pause")
    said = spoken(asha)
    waits(asha, 600)
    assert "Paused." in stage(asha) and "Your eyes can stay open." in stage(asha)
    assert (spoken(asha), moving(asha), asha.page.evaluate("() => window.lit")) == (said, 0, 0)

    asha.taps("Go on")
    waits(asha, 75)
    assert "About half way" in stage(asha)
    assert not any(letter.isdigit() for letter in stage(asha)), "nothing counts"
    waits(asha, 95)
    expect(asha.page.get_by_role("heading", name="Afterwards")).to_be_focused()
    assert (moving(asha), asha.page.evaluate("() => window.lit")) == (0, 0)
    assert len(spoken(asha)) == len(set(spoken(asha))) > 8, "each step was said once"
    asha.finds_nothing_wrong().has_signal_again()

    asha.sends("Write it down").chooses_number(4, group="How tense are you afterwards?").sends(
        "Save and carry on"
    )
    asha.chooses("In the evening").fills("Where were you?", "In the armchair").finds_nothing_wrong().sends(
        "Save"
    )
    asha.sees("In the last 7 days you noted 3 minutes.").sees(
        "Breathing: 7 before, 4 after"
    ).finds_nothing_wrong()


def test_with_reduced_motion_words_change_and_nothing_moves(signed_in: People) -> None:
    """Given a phone set to still; when Asha starts; then "in" and "out" take turns, 4 and 6 seconds, without motion;
    she can have nothing at all instead.
    """
    asha = with_a_watched_phone(signed_in("asha", reduced_motion="reduce")).goes_to(BREATHING)
    expect(asha.page.get_by_label("A shape that grows and shrinks")).to_be_hidden()
    asha.taps("Start")
    pace = asha.page.locator("[data-part=pace]")
    heard = []
    for _ in range(20):
        waits(asha, 1)
        heard.append(pace.inner_text())
    assert heard.count("in") == 8 and heard.count("out") == 12
    assert heard[:3] == ["in"] * 3 and heard[4:9] == ["out"] * 5
    assert moving(asha) == 0 and not asha.page.locator("[data-part=shape]").is_visible()
    asha.finds_nothing_wrong().taps("Pause").chooses("Neither").taps("Go on")
    assert not pace.is_visible()
    asha.taps("Stop").sees("Afterwards").taps("Start again").sees("Settle where you are.")
    assert spoken(asha) == [], "no voice unless it was ticked"


def test_a_few_minutes_of_sounds_end_softly(signed_in: People) -> None:
    """Given mindfulness; when Asha listens to sounds for a minute with a tone at the end; then there is one tone, after
    the last words, and none if she stops; what she noticed is kept.
    """
    asha = with_a_watched_phone(signed_in("asha")).goes_to("/tools/mindfulness").finds_nothing_wrong()
    asha.sends("1 minute Sounds").chooses("A soft tone at the end").taps("Start").taps("Stop")
    assert asha.page.evaluate("() => window.tones") == 0
    asha.taps("Start again").sees("Let your eyes rest on something.")
    waits(asha, 59)
    assert asha.page.evaluate("() => window.tones") == 0
    waits(asha, 2)
    assert asha.page.evaluate("() => window.tones") == 1
    asha.sees("There is nothing that you have to write.").finds_nothing_wrong()
    asha.sends("Note how it was").sends("Save and carry on").chooses("Settling").finds_nothing_wrong()
    asha.fills("Was there anything that you noticed?", "The fridge hums.").sends("Save")
    asha.sees("The fridge hums.").sees("You found it settling.").finds_nothing_wrong()


def test_a_one_minute_switch_without_a_script(signed_in: People) -> None:
    """Given a phone without scripts; when Asha picks a drill; then she reads it with its times, and says if it helped."""
    asha = (
        signed_in("asha", java_script_enabled=False).goes_to("/tools/attention-switch").finds_nothing_wrong()
    )
    asha.page.get_by_role("link", name="Five things").click()
    asha.sees_heading("Five things").sees("Find five things that you can see").sees("seconds)")
    expect(asha.page.get_by_role("button", name="Start", exact=True)).to_be_hidden()
    asha.finds_nothing_wrong().sends("Write it down").chooses("A bit").finds_nothing_wrong().sends("Save")
    asha.sees("Five things: it helped a bit").finds_nothing_wrong()


def test_little_practices_are_read_or_played(signed_in: People) -> None:
    """Given a bus stop; when Asha opens the little practices; then she can read them all, or be led through one."""
    asha = (
        with_a_watched_phone(signed_in("asha")).goes_to("/tools/relaxation").sends("See the little practices")
    )
    asha.sees("Let your teeth come apart").finds_nothing_wrong().sends("Lead me through it Warm hands").taps(
        "Start"
    )
    asha.sees("Hold something warm")
    waits(asha, 61)
    asha.sends("Write it down").sees_heading("Before you start")
    assert asha.page.get_by_label("A little practice").is_checked()
