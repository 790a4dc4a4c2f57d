// The phone's own voice, for any page that wants to say something: nothing is sent anywhere, and only voices that
// live on the phone are used.
//
//   import { canSpeak, reader } from "./voice.js";
//   if (canSpeak()) {
//     const aloud = reader([{ text: "Breathe out slowly.", lang: "en" }], { onPassage: (at) => …, onState: (state) => … });
//     button.addEventListener("click", () => aloud.start());   // only ever on a tap
//   }
//
// States: idle, speaking, paused, no-voice (the phone has none for these languages). `aloud` has start, pause, goOn,
// stop, back, slower, faster, state. Pausing keeps the sentence: phones do not pause reliably, so it is said again.
const RATES = [0.6, 0.75, 0.9, 1, 1.15, 1.3, 1.5];
const USUAL_RATE = 3;
const WAIT_FOR_VOICES_MS = 2000;

export function canSpeak() {
  return "speechSynthesis" in window && "SpeechSynthesisUtterance" in window;
}

// The voice for a language tag: the same region first (plain English is British), then any region. Or null.
export function voiceFor(language, voices) {
  const wanted = language.toLowerCase() === "en" ? "en-gb" : language.toLowerCase();
  const tag = (voice) => voice.lang.replace("_", "-").toLowerCase();
  const own = voices.filter((voice) => voice.localService !== false);
  const same = own.filter((voice) => tag(voice) === wanted);
  const near = same.length ? same : own.filter((voice) => tag(voice).split("-")[0] === wanted.split("-")[0]);
  return near.find((voice) => voice.default) ?? near[0] ?? null;
}

// Some browsers look for their voices only when asked, and say later that they found some.
function whenVoicesAreThere(go) {
  const synth = window.speechSynthesis;
  if (synth.getVoices().length) return go();
  let timer;
  const look = () => { if (synth.getVoices().length) done(); };
  const done = () => { clearTimeout(timer); synth.removeEventListener?.("voiceschanged", look); go(); };
  timer = setTimeout(done, WAIT_FOR_VOICES_MS);
  synth.addEventListener?.("voiceschanged", look);
}

export function reader(passages, { onPassage = () => {}, onState = () => {} } = {}) {
  const synth = window.speechSynthesis;
  let at = 0;
  let turn = 0;
  let pace = USUAL_RATE;
  let state = "idle";
  let said; // kept: a browser may throw away an utterance that nobody holds, and its end with it
  synth.getVoices();

  function become(next) { state = next; onState(state); }
  function hush() {
    turn += 1;
    if (synth.speaking || synth.pending) synth.cancel();
  }
  function speak() {
    hush();
    const mine = turn;
    const voices = synth.getVoices();
    const voice = nextVoice(voices);
    if (!voice) return at === 0 || !passages.some((one) => voiceFor(one.lang, voices)) ? become("no-voice") : stop();
    said = new SpeechSynthesisUtterance(passages[at].text);
    said.voice = voice;
    said.lang = voice.lang;
    said.rate = RATES[pace];
    said.onend = () => { if (mine === turn) { at += 1; at < passages.length ? speak() : stop(); } };
    said.onerror = () => { if (mine === turn) pause(); };
    become("speaking");
    onPassage(at);
    synth.speak(said);
  }
  // Words in a language without a voice are left out.
  function nextVoice(voices) {
    const from = at;
    for (; at < passages.length; at += 1) {
      const voice = voiceFor(passages[at].lang, voices);
      if (voice) return voice;
    }
    at = from;
    return null;
  }
  function start() {
    at = 0;
    const mine = (turn += 1);
    whenVoicesAreThere(() => { if (mine === turn) speak(); });
  }
  function pause() { hush(); become("paused"); }
  function stop() { hush(); at = 0; become("idle"); onPassage(-1); }
  function again() { if (state === "speaking") speak(); else if (state === "paused") onPassage(at); }
  return {
    start, pause, stop, goOn: speak,
    back() { at = Math.max(0, at - 1); again(); },
    slower() { pace = Math.max(0, pace - 1); again(); return pace > 0; },
    faster() { pace = Math.min(RATES.length - 1, pace + 1); again(); return pace < RATES.length - 1; },
    get state() { return state; },
  };
}
