// Where the sentences of a text begin and end. Pure: no page, no voice.
const LONGEST = 220; // letters; some phones fall silent in the middle of a longer one
const CLOSERS = "[)\\]”’\"'»]*";
const END = new RegExp(`[.!?…؟۔।]+${CLOSERS}(?=\\s|$)|[。！？]+${CLOSERS}`, "gu");
const SHORT_FORM = /(?:^|[\s(“"‘'])(?:e\.g|i\.e|vs|approx|dr|mr|mrs|ms|mx|prof|tel)\.$/iu;
const NUMBER_OF_A_LIST = /^\s*\d+\.$/;

// [[start, end], …] of every sentence that holds a letter or a digit, without the spaces around it.
export function sentencesIn(text) {
  const found = [];
  let start = 0;
  for (const mark of text.matchAll(END)) {
    const end = mark.index + mark[0].length;
    if (!isEnd(text.slice(start, mark.index + 1), text.slice(end).trimStart())) continue;
    found.push([start, end]);
    start = end;
  }
  found.push([start, text.length]);
  return found.map(([from, to]) => withoutSpaces(text, from, to)).filter(([from, to]) => /[\p{L}\p{N}]/u.test(text.slice(from, to))).flatMap(([from, to]) => inBreaths(text, from, to));
}

// “Why me?” she asked. · e.g. this · Dr Osei: no end there.
function isEnd(before, after) {
  return !/^\p{Ll}/u.test(after) && !SHORT_FORM.test(before) && !NUMBER_OF_A_LIST.test(before);
}

function withoutSpaces(text, from, to) {
  while (from < to && /\s/.test(text[from])) from += 1;
  while (to > from && /\s/.test(text[to - 1])) to -= 1;
  return [from, to];
}

// A very long sentence is cut after a comma or a dash, or else between two words.
function inBreaths(text, from, to) {
  const found = [];
  while (to - from > LONGEST) {
    const part = text.slice(from, from + LONGEST);
    const pause = Math.max(...[", ", "; ", ": ", " – "].map((mark) => part.lastIndexOf(mark)));
    const cut = pause > LONGEST / 3 ? pause + 1 : part.lastIndexOf(" ");
    if (cut < 1) break;
    found.push(withoutSpaces(text, from, from + cut));
    from = withoutSpaces(text, from + cut, to)[0];
  }
  return [...found, [from, to]];
}
