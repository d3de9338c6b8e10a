// A device goes to the next person: everything of this one leaves it, and the server gives it a new key.

import { PATIENCE } from "./again.js";

const PENDING = "cardsort-next"; // a wiped device whose server has not been reached yet
const PAUSE = 2000;

/** Whether this device was to go on but could not reach the server: until it has, nobody's ballot is shown here. */
export function isPending() {
  try {
    return localStorage.getItem(PENDING) !== null;
  } catch {
    return false;
  }
}

/** Empties the device and the page, then leaves for `urls.shared` once the server has taken its part back. */
export async function handOn(urls) {
  clearDevice();
  show("handing-on");
  while (!(await tellServer(urls.next))) {
    show("handing-on-waits");
    await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
  }
  forget(() => localStorage.removeItem(PENDING));
  location.replace(urls.shared);
}

function clearDevice() {
  forget(() => localStorage.clear());
  forget(() => sessionStorage.clear());
  forget(() => localStorage.setItem(PENDING, "1"));
  document.getElementById("ballot-data")?.remove();
  history.replaceState(null, "", location.pathname + location.search);
}

function forget(step) {
  try {
    step();
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

function show(templateId) {
  const words = document.getElementById(templateId);
  const kept = [...document.querySelectorAll("template[id^=handing-on]")];
  const main = document.querySelector("main");
  main.replaceChildren(words.content.cloneNode(true), ...kept);
}

async function tellServer(url) {
  try {
    return (await fetch(url, { method: "POST", signal: AbortSignal.timeout?.(PATIENCE) })).ok;
  } catch {
    return false;
  }
}
