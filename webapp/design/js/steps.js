// Steps of a plan, one at a time by tap. Without a script all of them stand there.
function walk(place) {
  const steps = [...place.querySelectorAll("[data-step]")];
  const part = (name) => place.querySelector(`[data-steps-${name}]`);
  let at = 0;
  const show = () => {
    steps.forEach((step, number) => { step.hidden = number !== at; });
    part("next").hidden = at === steps.length - 1;
    part("back").hidden = at === 0;
  };
  const go = (by) => {
    at += by;
    show();
    steps[at].querySelector("[tabindex]").focus();
  };
  part("walk").hidden = false;
  part("next").addEventListener("click", () => go(1));
  part("back").addEventListener("click", () => go(-1));
  part("all").addEventListener("click", () => {
    part("walk").hidden = true;
    steps.forEach((step) => { step.hidden = false; });
    steps[at].querySelector("[tabindex]").focus();
  });
  show();
}

for (const place of document.querySelectorAll("[data-steps]")) walk(place);
