// Keeps unsent typing: two seconds after the last key, what stands in `form[data-keep]` goes to that address.
// Passwords and codes never leave the page this way. A draft that does not arrive is no news to anybody.
const PAUSE_MS = 2000;
const NEVER = new Set(["password", "file"]);

export function keepDrafts() {
  for (const form of document.querySelectorAll("form[data-keep]")) {
    let timer;
    const wait = () => { clearTimeout(timer); timer = setTimeout(() => keep(form), PAUSE_MS); };
    form.addEventListener("input", wait);
    form.addEventListener("submit", () => clearTimeout(timer));
    document.addEventListener("visibilitychange", () => {
      if (timer && document.visibilityState === "hidden") { clearTimeout(timer); timer = undefined; keep(form); }
    });
  }
}

function keep(form) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const controls = [...form.elements].filter((control) => control.name === name);
    if (typeof value === "string" && !controls.some(isSecret)) body.append(name, value);
  }
  body.append("path", window.location.pathname);
  fetch(form.dataset.keep, { method: "POST", body, keepalive: true, credentials: "same-origin" }).catch(() => {});
}

// A password that is being shown is of type text: its autocomplete still tells.
function isSecret(control) {
  return NEVER.has(control.type) || /password|one-time-code/.test(control.autocomplete ?? "");
}
