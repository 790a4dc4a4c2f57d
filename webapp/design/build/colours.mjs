// Colours by name. Sass calculates with colours and so cannot be given var(--card); it gets a disguise instead, a
// colour that is used for nothing else, and afterwards each disguise becomes the name again. A colour that is no
// disguise and not in the table below stops the build: no colour gets in that light, dark and paper have not settled.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import postcss from "postcss";
import * as sass from "sass";

// Colours that nhsuk-frontend takes straight from its palette: which of ours it is, by what is coloured.
const straight = {
  "#fff": { color: "on-action", fill: "on-action", default: "card" },
  "#000": { default: "ink" },
  "#ffeb3b": { default: "amber" },
  "#212b32": { color: "ink", default: "ink" },
  "#d8dde0": { default: "line" },
  "#aeb7bd": { default: "edge" },
  "#768692": { default: "edge" },
  "#4c6272": { color: "soft", default: "edge" },
  "#f0f4f5": { default: "mist" },
  "#fff9c4": { default: "amber-soft" },
  "#d5281b": { default: "red" },
  "#007f3b": { default: "accent" },
  "#005eb8": { default: "accent" },
  "#003087": { default: "link-over" },
  "#ffb81c": { default: "amber" },
};

export function tokens(design) {
  const palette = JSON.parse(readFileSync(join(design, "palette.json"), "utf8"));
  return Object.entries(palette).map(([name, [light, dark]], place) => ({
    name, light, dark, disguise: `#a0${(16 + place).toString(16)}${(240 - place).toString(16)}`,
  }));
}

export function compileScss(design, project, file) {
  const map = tokens(design).map(({ name, disguise }) => `"${name}": ${disguise}`).join(", ");
  const colours = `@use "sass:map"; $all: (${map}); @function colour-of($name) {
    @if not map.has-key($all, $name) { @error "palette.json has no #{$name}"; } @return map.get($all, $name); }`;
  const importer = {
    canonicalize: (url) => (url === "colours" || url.endsWith("/colours") ? new URL("palette:colours") : null),
    load: () => ({ contents: colours, syntax: "scss" }),
  };
  return sass.compile(join(design, "scss", file), {
    importers: [importer], loadPaths: [join(project, "node_modules"), join(design, "scss")],
    quietDeps: true, silenceDeprecations: ["mixed-decls"], logger: sass.Logger.silent,
  }).css;
}

export function settleColours(css, all) {
  const byDisguise = new Map(all.map((one) => [one.disguise, one.name]));
  const sheet = postcss.parse(css);
  const unknown = new Map();
  sheet.walkRules(":root", (rule) => rule.walkDecls(/^--nhsuk/, (one) => one.remove()));
  sheet.walkDecls((one) => {
    if (one.prop.startsWith("--")) return;
    one.value = one.value.replace(/#[0-9a-f]{3,8}\b|\brgba?\([^)]*\)|\b(?:white|black)\b(?!-)/gi, (found) => nameOf(one, found.toLowerCase()));
  });
  sheet.walkRules((rule) => { if (!rule.nodes?.length) rule.remove(); });
  if (unknown.size) throw new Error(`Colours without a name:\n${[...unknown].map((pair) => pair.join("  in  ")).join("\n")}`);
  return `${sheets(all)}\n${sheet}`;

  function nameOf(one, found) {
    if (/url\(/.test(one.value)) return found;
    const hex = hexOf(found);
    if (hex === "transparent") return hex;
    const known = byDisguise.get(hex) ?? shaded(hex, all);
    if (known) return `var(--${known})`;
    const role = straight[hex];
    if (!role) { unknown.set(`${hex} (${one.prop})`, one.parent.selector ?? one.parent.name); return found; }
    return `var(--${role[one.prop] ?? role.default})`;
  }
}

function sheets(all) {
  const list = (side) => all.map((one) => `--${one.name}:${one[side]}`).join(";");
  const paper = "--page:#fff;--card:#fff;--mist:#fff;--ink:#000;--soft:#000;--accent:#000;--amber-soft:#fff;--link:#000;--link-been:#000";
  const darkOnly = all.filter((one) => one.dark !== one.light).map((one) => `--${one.name}:${one.dark}`).join(";");
  return `:root{${list("light")};color-scheme:light dark}
@media screen and (prefers-color-scheme:dark){:root{${darkOnly}}}
@media print{:root{${paper};color-scheme:light}}`;
}

// One spelling for one colour. Nearly opaque counts as opaque (nhsuk-frontend's way round an old Safari).
function hexOf(found) {
  const words = { white: "#fff", black: "#000", "#ffffff": "#fff", "#000000": "#000" };
  const parts = found.match(/^rgba?\((\d+),\s*(\d+),\s*(\d+)(?:,\s*([\d.]+))?\)$/);
  if (!parts) return words[found] ?? found;
  if (Number(parts[4] ?? 1) === 0) return "transparent";
  if (Number(parts[4] ?? 1) < 0.9) return found;
  const hex = `#${parts.slice(1, 4).map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`;
  return words[hex] ?? hex;
}

// A disguise that nhsuk-frontend made darker for a pointer over it: it stays the colour it was.
function shaded(hex, all) {
  const wanted = channels(hex);
  return wanted && all.find((one) => [0.9, 0.8, 0.7, 0.65, 0.5, 0.3].some((share) =>
    channels(one.disguise).every((part, place) => Math.abs(Math.round(part * share) - wanted[place]) <= 1)))?.name;
}

function channels(hex) {
  return /^#[0-9a-f]{6}$/.test(hex) ? [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) : null;
}
