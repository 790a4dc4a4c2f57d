// What we do otherwise than nhsuk-frontend, and what its rules do not need to say in browsers of the last years.
import postcss from "postcss";

const forOldBrowsers = /^-(moz|ms)-/;

// Ours: tags in our colours, paper, the space above headings, and the browser's own cross in a search field (theirs is a
// picture that we do not serve). Not needed: classes that show off states in its documentation (".:focus"), and ways
// round browsers that no longer exist.
export function trimmed(css) {
  const sheet = postcss.parse(css);
  sheet.walkAtRules((rule) => {
    if (rule.name === "media" && (rule.params === "print" || rule.params.includes("\\0"))) return rule.remove();
    if (rule.name === "supports" && rule.params.includes("-ms-ime-align")) return rule.replaceWith(rule.nodes);
    if (rule.name === "supports" && rule.params.includes("caret-color")) return rule.remove();
    if (rule.params.includes("-ms-high-contrast")) rule.params = "(forced-colors:active)";
  });
  sheet.walkRules((rule) => {
    if (rule.parent.name === "keyframes") return;
    const plain = rule.selectors.map((one) => one.replace(/:not\(\.\\:[\w-]+\)/g, "")).filter((one) => !isOurs(one));
    if (plain.length === 0) rule.remove();
    else rule.selectors = [...new Set(plain)];
  });
  sheet.walkDecls((one) => { if (forOldBrowsers.test(one.prop)) one.remove(); });
  return sheet.toString();
}

function isOurs(selector) {
  return selector.includes(".\\:") || selector.includes("search-cancel") || selector.includes("-moz-") || /^\.nhsuk-tag/.test(selector) || selector.includes(":has(+")
    || /\+ ?(h[1-6]:not|\.nhsuk-heading)/.test(selector);
}

// Neighbours with the same selector become one rule, and numbers as long as a pixel needs.
export function joined(css) {
  const sheet = postcss.parse(css);
  sheet.walkComments((one) => one.remove());
  sheet.walkDecls((one) => { one.value = one.value.replace(/(\d*\.\d{3})\d+/g, "$1"); });
  sheet.walkRules((rule) => {
    const before = rule.prev();
    if (before?.type === "rule" && before.selector === rule.selector) {
      rule.prepend(before.nodes);
      before.remove();
    }
  });
  return sheet.toString();
}
