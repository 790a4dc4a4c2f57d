// Builds what a browser gets: two style sheets, four scripts, the chart library, and lists for the tests.
// Run from the project's folder: node webapp/design/build/build.mjs   (PYTHON=… for another Python)
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { transform, build as bundle } from "esbuild";
import { classesOf } from "./classes.mjs";
import { compileScss, settleColours, tokens } from "./colours.mjs";
import { mirror } from "./mirror.mjs";
import { purge } from "./purge.mjs";
import { joined, trimmed } from "./trim.mjs";

const design = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const project = resolve(design, "../..");
const out = join(design, "built");
const oldest = ["chrome87", "safari14.1", "firefox78"];

const gallery = drawGallery();
const nhs = trimmed(compileScss(design, project, "_nhs.scss"));
const styles = {
  patient: { css: `${nhs}\n${compileScss(design, project, "patient.scss")}`, pages: gallery.patient },
  portal: { css: `${nhs}\n${compileScss(design, project, "portal.scss")}`, pages: gallery.portal },
};

const files = {};
const full = new Set();
const kept = {};
for (const [name, { css, pages }] of Object.entries(styles)) {
  const lean = joined(settleColours(mirror(await purge(css, pages)), tokens(design)));
  const small = (await transform(lean, { loader: "css", minify: true, target: oldest })).code;
  files[`${name}.css`] = small.trim();
  classesOf(css).forEach((one) => full.add(one));
  kept[name] = [...classesOf(small)].sort();
}
// The tags of nhsuk-frontend are replaced by ours; a page that uses one of theirs must still be noticed.
classesOf(compileScss(design, project, "_nhs.scss")).forEach((one) => full.add(one));

for (const name of ["patient", "portal", "listen", "play", "steps"]) {
  const done = await bundle({
    entryPoints: [join(design, "js", `${name}.js`)],
    bundle: true, minify: true, write: false, format: "iife", target: oldest, legalComments: "none",
  });
  files[`${name}.js`] = done.outputFiles[0].text;
}
files["plotly-basic.min.js"] = readFileSync(join(project, "node_modules/plotly.js-basic-dist-min/plotly-basic.min.js"));
files["icon.svg"] = readFileSync(join(design, "icon.svg"));

writeAll(files);

function drawGallery() {
  const folder = mkdtempSync(join(tmpdir(), "waymark-gallery-"));
  const own = [join(project, ".venv/bin/python"), join(project, ".venv/Scripts/python.exe")].find(existsSync);
  execFileSync(process.env.PYTHON ?? own ?? "python3", ["-m", "webapp.design.gallery", folder], { cwd: project, stdio: "inherit" });
  const pages = readdirSync(folder).map((name) => ({ name, html: readFileSync(join(folder, name), "utf8") }));
  rmSync(folder, { recursive: true });
  const portal = pages.filter(({ name }) => name.startsWith("portal"));
  return { portal, patient: pages.filter((page) => !portal.includes(page)) };
}

function writeAll(contents) {
  const fresh = `${out}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  const manifest = {};
  for (const [name, content] of Object.entries(contents)) {
    const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
    const [stem, ...ends] = name.split(".");
    manifest[name] = `${stem}-${hash}.${ends.join(".")}`;
    writeFileSync(join(fresh, manifest[name]), content);
    console.log(`${manifest[name].padEnd(36)} ${String(content.length).padStart(8)} bytes, gzipped ${gzipSync(content, { level: 9 }).length}`);
  }
  const list = (names) => JSON.stringify([...names].sort(), null, 1);
  writeFileSync(join(fresh, "manifest.json"), JSON.stringify(manifest, null, 1));
  writeFileSync(join(fresh, "classes-full.json"), list(full));
  writeFileSync(join(fresh, "classes-kept.json"), JSON.stringify(kept, null, 1));
  rmSync(out, { recursive: true, force: true });
  renameSync(fresh, out);
}
