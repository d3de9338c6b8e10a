// The reveal: keys, a clicker and taps turn the slides, and a slide turned on another device is followed. What a slide
// shows always comes from the server, which alone knows the step.

import { _ } from "./ballot/words.js";

const EVERY = 1000; // milliseconds between two looks at the step
const PATIENCE = 8000; // a request without an answer for so long counts as failed, else all keys would wait for it, unsaid
const LOST = _("No connection at the moment. The slide stays; it goes on as soon as the server answers.");
const live = document.querySelector("[data-live]");
const lost = document.querySelector("[data-lost]");
let busy = false;

const stage = () => document.querySelector("[data-stage]");
const step = () => Number(stage().dataset.step);
const more = () => stage().dataset.more === "1";

const TURNS = {
  ArrowRight: () => step() + 1,
  ArrowDown: () => step() + 1,
  PageDown: () => step() + 1,
  " ": () => step() + 1,
  ArrowLeft: () => step() - 1,
  ArrowUp: () => step() - 1,
  PageUp: () => step() - 1,
  Home: () => 0,
  End: () => stage().dataset.end,
  f: () => "faster",
};
const SCROLLING = ["ArrowDown", "ArrowUp", " "]; // left to a page that is longer than its screen

const ask = (address, more = {}) => fetch(address, { signal: AbortSignal.timeout?.(PATIENCE), ...more });

/** Shows participants the result on their own devices, or hides it there; the slide stays. */
async function showOnDevices({ formAction, name, value }) {
  if (busy) return;
  await load(() => ask(formAction, { method: "POST", body: new URLSearchParams({ [name]: value }) }));
  live.textContent = stage().querySelector("[data-devices]")?.dataset.devices ?? "";
}

/** Asks for another slide: a number, or the name of a part or of a pace, of which the server knows where it leads. It
changes nothing when this one is no longer the present one. */
function turn(to) {
  if (busy || to < 0 || to === step() || ((to > step() || to === "faster") && !more())) return;
  load(() => ask(location.href, { method: "POST", body: new URLSearchParams({ seen: step(), to }) }));
}

/** Puts the answer's slide in place of this one; what was asked for meanwhile is left out. */
async function load(request) {
  busy = true;
  try {
    const answer = await request();
    if (answer.redirected) history.replaceState(null, "", answer.url); // a rehearsal's slide stands in its address
    if (answer.status >= 500) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (page.querySelector("[data-stage]")) show(page);
    else location.reload(); // the desk is no longer open here, or a new round has begun: the page itself says so
    lost.textContent = "";
  } catch {
    lost.textContent = LOST;
  }
  busy = false;
}

function show(page) {
  const before = document.activeElement.dataset?.go;
  const next = page.querySelector("[data-stage]");
  const stale = stage().dataset.step === next.dataset.step;
  const written = keepNote(next);
  stage().replaceWith(next);
  written?.focus();
  document.title = page.title;
  prepare();
  if (before) (stage().querySelector(`[data-go="${before}"]:not(:disabled)`) ?? stage().querySelector("[data-go]:not(:disabled)")).focus();
  if (!stale) live.textContent = [...stage().querySelectorAll("[data-say]")].map((part) => part.textContent.trim()).join(" ");
}

/** A note that is being written stays as it is where the slide does; gives it back where it has to get the focus again. */
function keepNote(next) {
  const [here, there] = [stage(), next].map((part) => part.querySelector("[data-note]"));
  for (const part of next.querySelectorAll("[data-without-script]")) part.remove();
  if (!here || here.dataset.note !== there?.dataset.note) return null;
  const focused = here === document.activeElement;
  there.replaceWith(here);
  return focused ? here : null;
}

/** Looks whether another device has turned the slide. */
async function follow() {
  const shown = stage();
  if (!busy && !document.hidden && shown.dataset.stepUrl) {
    try {
      const answer = await ask(shown.dataset.stepUrl);
      const moved = !answer.ok || (await answer.text()) !== shown.dataset.mark;
      if (!busy && shown === stage() && moved) await load(() => ask(location.href));
      else lost.textContent = "";
    } catch {
      lost.textContent = LOST;
    }
  }
  setTimeout(follow, EVERY);
}

function prepare() {
  const button = stage().querySelector("[data-full-screen]");
  if (!button) return;
  button.hidden = !document.fullscreenEnabled;
  button.setAttribute("aria-pressed", String(Boolean(document.fullscreenElement)));
}

document.addEventListener("keydown", (event) => {
  const wanted = TURNS[event.key];
  const onControl = event.key === " " && event.target.closest("a, button");
  const scrolls = document.documentElement.scrollHeight > innerHeight && SCROLLING.includes(event.key);
  const writes = event.target.closest("textarea, input, select");
  if (!wanted || writes || onControl || scrolls || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (!event.repeat) turn(wanted());
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-turns]")) return;
  event.preventDefault();
  const { submitter } = event;
  if ("devices" in submitter.dataset) showOnDevices(submitter);
  else turn(Number(submitter.value) || submitter.value);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-full-screen]")) {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  } else if (event.target.closest("[data-slide]") && !String(getSelection())) {
    turn(step() + (event.clientX < innerWidth / 2 ? -1 : 1));
  }
});

addEventListener("fullscreenchange", prepare);
addEventListener("pageshow", (event) => event.persisted && load(() => ask(location.href)));
for (const part of document.querySelectorAll("[data-without-script]")) part.remove();
prepare();
setTimeout(follow, EVERY);
