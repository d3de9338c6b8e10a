// The presenter's view: a note saves itself while it is typed, whatever slide is turned meanwhile, and the time runs.

import { Again, PATIENCE } from "./ballot/again.js";
import { _ } from "./ballot/words.js";

const waiting = new Map(); // what is not on the server yet, by slide
const again = new Again(save, { first: 700, longest: 10000 });
let busy = false;
let url = "";

const say = (words) => { document.querySelector("[data-note-state]").textContent = words; };

async function save() {
  if (busy || !waiting.size) return;
  busy = true;
  const [slide, words] = waiting.entries().next().value;
  try {
    const answer = await put(slide, words);
    if (answer.status >= 500) throw new Error(answer.statusText);
    if (waiting.get(slide) === words) waiting.delete(slide);
    say(answer.ok ? _("Saved") : (await answer.json().catch(() => ({}))).message ?? _("Not saved. Reload the page."));
    again.calm();
    if (waiting.size) again.plan();
  } catch {
    say(_("Not saved yet. It tries again."));
    again.later();
  }
  busy = false;
}

function put(slide, words, more = {}) {
  const [headers, signal] = [{ "Content-Type": "application/json" }, AbortSignal.timeout?.(PATIENCE)];
  return fetch(url, { method: "PUT", headers, body: JSON.stringify({ slide, words }), signal, ...more });
}

function typed(field) {
  url = field.dataset.url;
  waiting.set(field.dataset.note, field.value);
  say("");
  again.plan();
}

document.addEventListener("input", ({ target }) => target.dataset.note !== undefined && typed(target));
const first = document.querySelector("[data-note]");
if (first.value !== first.defaultValue) typed(first); // somebody was faster than this script

addEventListener("pagehide", () => {
  for (const [slide, words] of waiting) put(slide, words, { keepalive: true }).catch(() => {});
});

const elapsed = document.querySelector("[data-elapsed]");
const key = `presenter:${elapsed.dataset.elapsed}`;
let start = Date.now();
try {
  start = Number(sessionStorage.getItem(key)) || start;
} catch {
  // This browser keeps nothing: the time begins again with the page.
}

function begin(at) {
  start = at;
  try {
    sessionStorage.setItem(key, String(at));
  } catch {
    // The same.
  }
  run();
}

function run() {
  const seconds = Math.max(0, Math.floor((Date.now() - start) / 1000));
  elapsed.querySelector("[data-again]").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

elapsed.hidden = false;
elapsed.querySelector("[data-again]").addEventListener("click", () => begin(Date.now()));
begin(start);
setInterval(run, 1000);
