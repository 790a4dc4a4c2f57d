// nhsuk-frontend's own behaviour for what its markup asks for: show password, reveal, count, error summary.
import { Button } from "nhsuk-frontend/dist/nhsuk/components/button/button.mjs";
import { CharacterCount } from "nhsuk-frontend/dist/nhsuk/components/character-count/character-count.mjs";
import { Checkboxes } from "nhsuk-frontend/dist/nhsuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "nhsuk-frontend/dist/nhsuk/components/error-summary/error-summary.mjs";
import { PasswordInput } from "nhsuk-frontend/dist/nhsuk/components/password-input/password-input.mjs";
import { Radios } from "nhsuk-frontend/dist/nhsuk/components/radios/radios.mjs";

const known = {
  "nhsuk-button": Button,
  "nhsuk-character-count": CharacterCount,
  "nhsuk-checkboxes": Checkboxes,
  "nhsuk-error-summary": ErrorSummary,
  "nhsuk-password-input": PasswordInput,
  "nhsuk-radios": Radios,
};

export function startComponents() {
  document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
  for (const [name, Component] of Object.entries(known)) {
    for (const root of document.querySelectorAll(`[data-module="${name}"]`)) startOne(Component, root);
  }
  withoutExpanded();
  for (const event of ["click", "pageshow"]) window.addEventListener(event, withoutExpanded);
}

// nhsuk-frontend marks a radio button that opens a field as expanded, which the role does not allow (WAI-ARIA 1.2).
// What opens is the next thing in the reading order.
function withoutExpanded() {
  for (const radio of document.querySelectorAll('input[type="radio"][aria-expanded]')) radio.removeAttribute("aria-expanded");
}

// A component that cannot start leaves the page as it was: it works without.
function startOne(Component, root) {
  try {
    new Component(root);
  } catch (problem) {
    console.warn(problem);
  }
}
