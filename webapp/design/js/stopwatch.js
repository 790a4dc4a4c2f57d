// Time that passes only while it goes. `onTick` is called some times a second; a phone that slept catches up.
const TICK_MS = 200;

export function stopwatch(onTick) {
  let passed = 0;
  let since = null;
  let timer;
  const ms = () => passed + (since === null ? 0 : performance.now() - since);
  const hold = () => { passed = ms(); since = null; clearInterval(timer); };
  return {
    go() { hold(); since = performance.now(); timer = setInterval(onTick, TICK_MS); },
    hold,
    reset() { hold(); passed = 0; },
    get ms() { return ms(); },
  };
}
