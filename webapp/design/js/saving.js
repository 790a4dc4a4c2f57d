// Sends `form[data-save]` and says when it has not arrived. The text stays on the screen and the same body is sent
// again (the form's one-time key makes a second arrival harmless). It never says "saved": the next page does.
const AGAIN_AFTER_MS = 5000;

export function saveForms() {
  for (const form of document.querySelectorAll("form[data-save]")) {
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      event.preventDefault();
      begin(form, event.submitter);
    });
  }
}

function begin(form, submitter) {
  if (form.waymarkSend) return form.waymarkSend();
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.append(submitter.name, submitter.value);
  const address = submitter?.hasAttribute("formaction") ? submitter.formAction : addressOf(form);
  const stop = new AbortController();
  let timer;
  let busy = false;

  const again = () => { if (document.visibilityState === "visible") send(); };
  async function send() {
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    const outcome = await tryOnce(address, body);
    busy = false;
    if (outcome.go) return arrived(() => goTo(outcome.go));
    if (outcome.refused) return arrived(() => sendTheOldWay(form, submitter));
    say(document.body.dataset.notSaved);
    timer = setTimeout(send, AGAIN_AFTER_MS);
  }
  function arrived(then) {
    stop.abort();
    form.waymarkSend = undefined;
    then();
  }

  // Typing on makes it another body: stop sending the old one, and wait for the button.
  form.addEventListener("input", () => { clearTimeout(timer); arrived(() => {}); }, { signal: stop.signal });
  window.addEventListener("online", send, { signal: stop.signal });
  document.addEventListener("visibilitychange", again, { signal: stop.signal });
  form.waymarkSend = send;
  return send();
}

// Not `form.action`: a field called "action" would hide it.
function addressOf(form) {
  return new URL(form.getAttribute("action") || window.location.pathname + window.location.search, window.location).href;
}

async function tryOnce(address, body) {
  try {
    const answer = await fetch(address, {
      method: "POST", body, headers: { "X-Waymark-Save": "1" }, credentials: "same-origin", redirect: "follow",
    });
    if (answer.status >= 500) return {};
    const isJson = (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
    return answer.ok && isJson ? await answer.json() : { refused: true };
  } catch {
    return {};
  }
}

// To a place on this same page the browser would only scroll, and show what stood there before.
function goTo(address) {
  const to = new URL(address, window.location);
  const isHere = to.pathname === window.location.pathname && to.search === window.location.search;
  if (!isHere || !to.hash) return window.location.assign(to.href);
  window.history.replaceState(null, "", to.href);
  window.location.reload();
}

// A refused form, or a session that ended: the browser's own sending shows the page that answers it.
function sendTheOldWay(form, submitter) {
  form.removeAttribute("data-save");
  if (submitter?.name) {
    const pressed = document.createElement("input");
    Object.assign(pressed, { type: "hidden", name: submitter.name, value: submitter.value });
    form.append(pressed);
  }
  if (submitter?.hasAttribute("formaction")) form.setAttribute("action", submitter.formAction);
  HTMLFormElement.prototype.submit.call(form);
}

function say(text) {
  const place = document.querySelector("[data-live]");
  if (!place || place.textContent === text) return;
  const words = document.createElement("p");
  words.className = "wm-live__words";
  words.textContent = text;
  place.replaceChildren(words);
}
