// The class names that a style sheet styles.
import postcss from "postcss";

export function classesOf(css) {
  const found = new Set();
  postcss.parse(css).walkRules((rule) => {
    for (const [, name] of rule.selector.matchAll(/\.(-?[A-Za-z_][\w-]*)/g)) found.add(name);
  });
  return found;
}
