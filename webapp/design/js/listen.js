// Listen: reads what `data-listen` names (a selector) aloud, sentence by sentence, and shows which one. Drawn by
// `design/_listen.jinja`; hidden until this browser can do it; starts on a tap and ends when the page is left.
import { sentencesIn } from "./sentences.js";
import { canSpeak, reader } from "./voice.js";

const BLOCKS = "p,li,h1,h2,h3,h4,h5,h6,dt,dd,th,td,caption,figcaption,legend,label,summary,blockquote,section,div,main,form,fieldset";
const NOT_READ = [
  "button,nav,svg,select,textarea,input,script,style,template,footer,[hidden],[aria-hidden=true],[data-listen],[data-not-read]",
  ".wm-crumb,.wm-actions,.wm-saved,.nhsuk-u-visually-hidden,.nhsuk-character-count__message,.nhsuk-error-message,.nhsuk-tag",
  "details:not([open]) > :not(summary)",
].join();
const MARK = "wm-listen";
const AIR_PX = 12;

if (canSpeak()) document.querySelectorAll("[data-listen]").forEach(offer);

function offer(bar) {
  const sentences = [...document.querySelectorAll(bar.dataset.listen)].flatMap(sentencesOf);
  if (!sentences.length) return;
  const button = (does) => bar.querySelector(`[data-does="${does}"]`);
  const main = button("toggle");
  const words = { idle: main.textContent, speaking: main.dataset.speaking, paused: main.dataset.paused };
  const say = bar.querySelector("[role=status]");
  const aloud = reader(sentences, { onPassage: (at) => show(sentences[at], bar), onState });

  function onState(state) {
    const going = state === "speaking" || state === "paused";
    main.textContent = words[state] ?? words.idle;
    say.textContent = state === "no-voice" ? say.dataset.noVoice : "";
    bar.querySelectorAll("[data-while-going]").forEach((one) => { one.hidden = !going; });
    bar.toggleAttribute("data-going", going);
  }
  const does = {
    toggle: () => ({ speaking: aloud.pause, paused: aloud.goOn }[aloud.state] ?? aloud.start)(),
    stop() { aloud.stop(); main.focus(); },
    back: () => aloud.back(),
    slower() { button("slower").disabled = !aloud.slower(); button("faster").disabled = false; },
    faster() { button("faster").disabled = !aloud.faster(); button("slower").disabled = false; },
  };
  bar.addEventListener("click", (event) => does[event.target.closest("[data-does]")?.dataset.does]?.());
  window.addEventListener("pagehide", () => aloud.stop());
  bar.hidden = false;
}

function sentencesOf(root) {
  return blocksOf(root).flatMap(({ pieces, lang }) => {
    const text = pieces.map(({ node }) => node.data).join("");
    return sentencesIn(text).map(([from, to]) => ({
      text: text.slice(from, to).replace(/\s+/g, " "), lang, range: rangeOf(pieces, from, to),
    }));
  });
}

// Runs of text in one paragraph, label or heading. Its links and emphasis stay untouched: only places are kept.
function blocksOf(root) {
  const found = [];
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const parent = node.parentElement;
    if (parent.closest(NOT_READ)) continue;
    const block = parent.closest(BLOCKS) ?? root;
    const last = found[found.length - 1];
    if (last?.block === block) last.pieces.push({ node, start: last.length });
    else found.push({ block, pieces: [{ node, start: 0 }], length: 0, lang: parent.closest("[lang]")?.lang || "en" });
    found[found.length - 1].length += node.data.length;
  }
  return found;
}

function rangeOf(pieces, from, to) {
  const range = document.createRange();
  const holding = (place) => [...pieces].reverse().find(({ start }) => start <= place);
  const [first, last] = [holding(from), holding(to - 1)];
  range.setStart(first.node, from - first.start);
  range.setEnd(last.node, to - last.start);
  return range;
}

// The browser marks a range without touching the page; an older one marks the paragraph.
function show(sentence, bar) {
  document.querySelectorAll(`.${MARK}__heard`).forEach((one) => one.classList.remove(`${MARK}__heard`));
  const marks = window.CSS?.highlights;
  marks?.delete(MARK);
  if (!sentence) return;
  if (marks) marks.set(MARK, new Highlight(sentence.range));
  else sentence.range.startContainer.parentElement.closest(BLOCKS)?.classList.add(`${MARK}__heard`);
  keepInView(sentence.range, bar);
}

function keepInView(range, bar) {
  const foot = document.querySelector(".wm-foot");
  const isStuck = foot && getComputedStyle(foot).position === "sticky";
  const bottom = (isStuck ? foot.getBoundingClientRect().top : window.innerHeight) - AIR_PX;
  const top = bar.offsetHeight + AIR_PX;
  const { top: from, bottom: to } = range.getBoundingClientRect();
  if (from >= top && to <= bottom) return;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  window.scrollBy({ top: from - top - AIR_PX, behavior: still ? "auto" : "smooth" });
}
