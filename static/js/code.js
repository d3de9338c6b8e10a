// A customer's one-time code: comes with the slip's link, is checked before the ballot, and waits on this device until
// that is sent. It is never part of the draft, which the server keeps: there it would join the code to a person.

import { PATIENCE } from "./ballot/again.js";
import { _ } from "./ballot/words.js";

const form = document.querySelector("[data-code]");
const field = form?.elements.code;

if (form) begin(); // it is gone where a shared device makes room for the next person

function begin() {
  if (location.hash) {
    field.value = decoded(location.hash.slice(1));
    keep();
    history.replaceState(null, "", location.pathname + location.search);
  } else field.value ||= kept();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit((event.submitter ?? form.querySelector("[data-then]")).dataset.then);
  });
}

async function submit(then) {
  const said = await check();
  const fault = form.querySelector("[data-fault]");
  fault.hidden = !said;
  fault.textContent = said;
  field.setAttribute("aria-invalid", String(Boolean(said)));
  if (said) return field.focus();
  keep();
  return location.assign(then);
}

/** The server's sentence about the code; "" where it can be used. */
async function check() {
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams({ code: field.value }),
      signal: AbortSignal.timeout?.(PATIENCE),
    });
    return answer.ok ? "" : (await answer.json()).message;
  } catch {
    return _("The server cannot be reached, so the code could not be checked. Try again in a moment.");
  }
}

function keep() {
  try {
    localStorage.setItem(form.dataset.code, JSON.stringify(field.value));
  } catch {
    // Nothing can be kept here: the last page asks for the code once more.
  }
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(form.dataset.code)) ?? "";
  } catch {
    return "";
  }
}

function decoded(text) {
  try {
    return decodeURIComponent(text).slice(0, field.maxLength);
  } catch {
    return "";
  }
}
