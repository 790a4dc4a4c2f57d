// The player of guided words (design/_player.jinja): one step after another, on a tap, with the phone's own voice, a
// shape that breathes, and words for where one is. It needs nothing from us once the page is there.
import { stopwatch } from "./stopwatch.js";
import { canSpeak, reader } from "./voice.js";

const SMALL = "scale(0.45)";
const BIG = "scale(1)";
const TONE = { hertz: 396, seconds: 2.5, loudness: 0.12 };

document.querySelectorAll("[data-play]").forEach(offer);

function offer(root) {
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const button = (does) => root.querySelector(`[data-does="${does}"]`);
  const after = document.querySelector("[data-play-after]");
  const steps = stepsOf(document.querySelector("[data-play-words]"));
  const total = steps.at(-1).until;
  const breath = breathing(part, root.dataset);
  const light = screenLight();
  const watch = stopwatch(onTick);
  let at = -1;
  let aloud;
  let tone;

  function onTick() {
    if (watch.ms >= total) return end();
    const now = steps.findIndex(({ until }) => watch.ms < until);
    if (now !== at) showStep(now);
    part("way").textContent = part("way").dataset[whereOf(watch.ms / total)] ?? "";
    breath.tell(watch.ms);
  }
  function showStep(now) {
    at = now;
    part("say").textContent = steps[at].text;
    aloud?.stop();
    aloud = undefined;
    if (!isTicked("aloud")) return;
    aloud = reader([{ text: steps[at].text, lang: root.dataset.lang }], { onState: (state) => { part("no-voice").hidden = state !== "no-voice"; } });
    aloud.start();
  }
  function isTicked(value) { return root.querySelector(`input[value="${value}"]`)?.checked ?? false; }
  function become(state) {
    const going = state === "going";
    button("start").hidden = state !== "idle";
    button("pause").hidden = !going;
    button("goOn").hidden = state !== "paused";
    button("stop").hidden = state === "idle";
    part("stage").hidden = state === "idle";
    part("choices").hidden = going;
    // A reader of the screen and the phone's voice would speak over each other.
    part("say").setAttribute("aria-live", isTicked("aloud") ? "off" : "polite");
    if (going) light.on(); else light.off();
  }
  function go() {
    become("going");
    breath.go(root.querySelector("input[name=shown]:checked")?.value);
    watch.go();
    onTick();
    comeTo(root, button("pause"));
  }
  function rest() {
    watch.hold();
    breath.hold();
    if (aloud?.state === "speaking") aloud.pause();
  }
  function end() {
    rest();
    aloud?.stop();
    breath.stop();
    become("idle");
    button("start").textContent = button("start").dataset.again;
    after.hidden = false;
    comeTo(after, after.querySelector("h2"));
    tone?.();
    tone = undefined;
  }
  const does = {
    start() {
      watch.reset();
      at = -1;
      after.hidden = true;
      tone = isTicked("tone") ? softTone() : undefined;
      go();
    },
    pause() {
      rest();
      become("paused");
      part("way").textContent = part("way").dataset.resting;
      button("goOn").focus();
    },
    goOn() {
      go();
      if (aloud?.state === "paused" && isTicked("aloud")) aloud.goOn();
    },
    stop() { tone = undefined; end(); },
  };
  root.addEventListener("click", (event) => does[event.target.closest("[data-does]")?.dataset.does]?.());
  window.addEventListener("pagehide", () => { rest(); aloud?.stop(); light.off(); });
  if (!canSpeak()) hideChoice(root, "aloud");
  if (isStill()) chooseWords(root);
  document.querySelector("[data-play-words]").removeAttribute("open");
  root.before(after);
  after.hidden = true;
  root.hidden = false;
}

function stepsOf(words) {
  let until = 0;
  return [...words.querySelectorAll("[data-step]")].map((one) => {
    until += Number(one.dataset.step) * 1000;
    return { text: one.querySelector("[data-say]").textContent.trim(), until };
  });
}

// At once, not gliding: the shape is the one thing that moves.
function comeTo(place, focused) {
  place.scrollIntoView({ block: "start", behavior: "instant" });
  focused.focus({ preventScroll: true });
}

// Words, never a number that runs down.
function whereOf(share) {
  if (share < 0.15) return "begun";
  if (share > 0.85) return "near";
  return share > 0.4 && share < 0.6 ? "half" : "";
}

function isStill() { return window.matchMedia("(prefers-reduced-motion: reduce)").matches; }

// Nothing moves for a person whose phone is set to still: the shape is not offered.
function chooseWords(root) {
  hideChoice(root, "shape");
  const words = root.querySelector("input[value=words]");
  if (words) words.checked = true;
}

function hideChoice(root, value) {
  const box = root.querySelector(`input[value="${value}"]`);
  if (!box) return;
  box.checked = false;
  const group = box.closest("fieldset");
  box.parentElement.hidden = true;
  if (![...group.querySelectorAll("input")].some((one) => !one.parentElement.hidden)) group.hidden = true;
}

// The shape, or the words "in" and "out", at the pace of `data-in` and `data-out` (seconds).
function breathing(part, { in: inward, out: outward }) {
  if (!inward) return { go() {}, hold() {}, stop() {}, tell() {} };
  const [inMs, wholeMs] = [Number(inward) * 1000, (Number(inward) + Number(outward)) * 1000];
  let moving;
  let shown;
  return {
    go(wanted = "shape") {
      shown = wanted;
      part("breath").hidden = shown === "nothing";
      part("shape").toggleAttribute("hidden", shown !== "shape");
      if (shown !== "shape") { this.stop(); return; }
      moving ??= part("circle").animate(
        [{ transform: SMALL, easing: "ease-in-out" }, { transform: BIG, offset: inMs / wholeMs, easing: "ease-in-out" }, { transform: SMALL }],
        { duration: wholeMs, iterations: Infinity },
      );
      moving.play();
    },
    hold() { moving?.pause(); },
    stop() { moving?.cancel(); moving = undefined; },
    tell(ms) {
      const words = part("pace").dataset;
      part("pace").textContent = shown === "nothing" ? "" : ms % wholeMs < inMs ? words.in : words.out;
    },
  };
}

// The screen stays lit while it plays, where the phone allows it.
function screenLight() {
  let wanted = false;
  let lock;
  const take = async () => {
    try {
      const taken = await navigator.wakeLock?.request("screen");
      if (wanted) lock = taken; else taken?.release();
    } catch { lock = undefined; } // low battery: the screen may go dark
  };
  document.addEventListener("visibilitychange", () => { if (wanted && document.visibilityState === "visible") take(); });
  return {
    on() { if (!wanted) { wanted = true; take(); } },
    off() { wanted = false; lock?.release(); lock = undefined; },
  };
}

// A phone lets a page make a sound later if it was asked for on a tap.
function softTone() {
  const Sound = window.AudioContext ?? window.webkitAudioContext;
  if (!Sound) return undefined;
  const sound = new Sound();
  return () => {
    const [wave, volume, from] = [sound.createOscillator(), sound.createGain(), sound.currentTime];
    wave.frequency.value = TONE.hertz;
    volume.gain.setValueAtTime(0.0001, from);
    volume.gain.exponentialRampToValueAtTime(TONE.loudness, from + 0.2);
    volume.gain.exponentialRampToValueAtTime(0.0001, from + TONE.seconds);
    wave.connect(volume).connect(sound.destination);
    wave.start(from);
    wave.stop(from + TONE.seconds);
    wave.onended = () => sound.close();
  };
}
