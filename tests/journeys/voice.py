"""A phone's voice for the journeys: it writes down what it is told to say, and says it in no time."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import BrowserContext

FAKE = """(voices) => {
  const spoken = (window.spoken = []);
  let now;
  const end = (one, what) => { if (now === one) { now = undefined; synth.speaking = false; one[what]?.({}); } };
  const synth = {
    speaking: false, pending: false, addEventListener() {}, removeEventListener() {},
    getVoices: () => voices,
    speak(one) {
      now = one; synth.speaking = true;
      spoken.push({ text: one.text, lang: one.lang, rate: one.rate, voice: one.voice.name });
      if (window.holds) return;
      setTimeout(() => end(one, "onend"), 5);
    },
    cancel() {
      const one = now;
      now = undefined; synth.speaking = false; window.hushed = (window.hushed ?? 0) + 1;
      if (one) setTimeout(() => one.onerror?.({ error: "canceled" }), 1);
    },
    finish() { if (now) end(now, "onend"); },
  };
  Object.defineProperty(window, "speechSynthesis", { value: synth, configurable: true });
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
}"""

DAVID = {"name": "Dafydd", "lang": "cy-GB", "localService": True}
ENGLISH = [
    {"name": "Far away", "lang": "en-GB", "localService": False, "default": True},
    {"name": "Sam", "lang": "en_US", "localService": True, "default": True},
    {"name": "Kate", "lang": "en_GB", "localService": True},
]


def gives_a_voice(
    context: BrowserContext, voices: list[dict[str, Any]] | None = None, *, holds: bool = False
) -> None:
    """Every page of this phone can speak with these voices. With ``holds`` a sentence lasts until it is told to end."""
    context.add_init_script(f"window.holds = {json.dumps(holds)}; ({FAKE})({json.dumps(voices or ENGLISH)});")
