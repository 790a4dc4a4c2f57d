// Leaves out every rule that no page of the gallery could use.
import { PurgeCSS } from "purgecss";

// Classes that only a script sets.
const setByScripts = [
  "js-enabled",
  "nhsuk-frontend-supported",
  "nhsuk-radios__conditional--hidden",
  "nhsuk-checkboxes__conditional--hidden",
  "nhsuk-character-count__message--disabled",
  "nhsuk-character-count__status",
  "nhsuk-character-count__sr-status",
  "nhsuk-textarea--error",
  "nhsuk-error-message",
  "nhsuk-u-visually-hidden",
  "wm-live__words",
];

export async function purge(css, pages) {
  const [{ css: lean }] = await new PurgeCSS().purge({
    content: pages.map(({ html }) => ({ raw: html, extension: "html" })),
    css: [{ raw: css }],
    safelist: { standard: [...setByScripts, ":root", "html", "body"] },
    extractors: [{ extensions: ["html"], extractor: namesInTags }],
    keyframes: true,
    variables: false,
  });
  return lean;
}

// Only what stands in tags: words of the text must not keep rules alive.
function namesInTags(html) {
  const names = new Set();
  for (const [, tag, rest] of html.matchAll(/<([a-z][a-z0-9]*)((?:\s+[^\s=>]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+))?)*)/gi)) {
    names.add(tag.toLowerCase());
    for (const [, name, double, single] of rest.matchAll(/([^\s=>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g)) {
      names.add(name);
      const value = double ?? single ?? "";
      if (/^(class|id|type|dir|role|rel|open|hidden)$|^aria-|^data-/.test(name)) {
        value.split(/\s+/).filter((part) => part && part.length < 80).forEach((part) => names.add(part));
      }
    }
  }
  return [...names];
}
