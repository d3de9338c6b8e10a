// One address per step, so that the browser's Back and Forward mean one step back and forward.

import { enable, isAble } from "./able.js";
import { STEP_OF } from "./draft.js";
import { _ } from "./words.js";

export const STEPS = ["who", "sort", "list", "choose", "rank", "why", "send"];

/** Where the person goes through the cards. */
export const firstStep = (state) => STEP_OF[state.way] ?? "sort";

/** The furthest step that the draft allows: nobody can rank what is not chosen. */
export function allowed(step, state, { min, picks, segments, second }) {
  if (second) return allowedSecond(step, state, { min, picks });
  if (segments.length && !state.segment) return "who";
  const first = firstStep(state);
  if (step === "who" && !segments.length) return first;
  const chosen = state.ranking.length >= min && state.ranking.length <= picks;
  const sorted = Object.keys(state.piles).length >= min || state.ranking.length > 0;
  if (step === "send" && !state.outgoing && !state.sent) return chosen ? "why" : allowed("why", state, { min, picks, segments });
  if ((step === "rank" || step === "why") && !chosen) return sorted ? "choose" : first;
  if (step === "choose" && !sorted) return first;
  return STEPS.includes(step) ? step : first;
}

// The second ballot has its piles already, and no reasons are asked.
function allowedSecond(step, { outgoing, sent, ranking }, { min, picks }) {
  if (step === "send" && (outgoing || sent)) return step;
  const chosen = ranking.length >= min && ranking.length <= picks;
  return chosen && ["rank", "why", "send"].includes(step) ? "rank" : "choose";
}

/** What has to be done before that step is open, as a sentence. */
export function missing(step, state, { min, picks, segments, second, group }) {
  const count = state.ranking.length;
  if (!second && segments.length && !state.segment)
    return group === "it" ? _("Say first which team is yours.") : _("Say first which describes you best.");
  if (count > picks)
    return _("You have chosen %(count)s of at most %(picks)s: put %(back)s back first.", { count, picks, back: count - picks });
  if (step === "choose") return _("Look at a few cards first: at least %(min)s on the piles, or a mark in the list.", { min });
  if (!count) return _("Choose at least %(min)s cards first; none so far.", { min });
  return _("Choose at least %(min)s cards first; %(count)s so far.", { min, count });
}

/** Shows one step at a time: `pages` holds per step its element and `show()`; `onMissing(sentence)` says why not yet. */
export class Router {
  constructor(draft, pages, { onMissing }) {
    Object.assign(this, { draft, pages, onMissing, current: null, title: document.title });
    addEventListener("hashchange", () => this.#follow(location.hash.slice(1)));
    for (const link of document.querySelectorAll("[data-goes]")) link.addEventListener("click", (event) => {
      if (isAble(link)) return;
      event.preventDefault();
      this.attempt(link.dataset.goes.split(" ")[0]);
    });
    draft.onChange(() => this.#markLinks());
  }

  // Whoever comes by the other way than before goes on in it, with all that was done.
  start() {
    const { state, data } = this.draft;
    if (data.way && data.way !== state.way) this.draft.change((other) => { other.way = data.way; });
    const begun = !["sort", "list"].includes(state.step);
    const elsewhere = document.activeElement !== document.body; // reached before this script had come
    this.#enter(location.hash.slice(1) || (begun ? state.step : firstStep(state)), { focus: !elsewhere });
  }

  /** Goes on to a step, or says why it is not open yet. */
  attempt(step) {
    const { state, data } = this.draft;
    if (allowed(step, state, data) === step) this.go(step);
    else this.onMissing(missing(step, state, data));
  }

  /** Goes on to a step as a new entry of the history, at once: what follows finds the step there. */
  go(step) {
    if (location.hash.slice(1) !== step) history.pushState(null, "", `#${step}`);
    this.#enter(step, { focus: true });
  }

  /** Lets the page's title begin with what stands above the present step. */
  nameStep() {
    document.title = `${this.pages[this.current].element.querySelector("h1").textContent} · ${this.title}`;
  }

  /** Shows the present step again after the draft has changed elsewhere, unless it is just being left. */
  again() {
    if (location.hash.slice(1) === this.current) this.#enter(this.current, { focus: false });
  }

  // Other addresses within the page, such as the link that skips to the content, are no steps.
  #follow(wanted) {
    if (STEPS.includes(wanted) || !wanted) this.#enter(wanted, { focus: true });
    else history.replaceState(history.state, "", `#${this.current}`);
  }

  #enter(wanted, { focus }) {
    const step = allowed(wanted || firstStep(this.draft.state), this.draft.state, this.draft.data);
    if (step !== location.hash.slice(1)) history.replaceState(history.state, "", `#${step}`);
    const fresh = step !== this.current;
    if (fresh) getSelection().removeAllRanges(); // else a caret left in what is hidden now is looked for in each frame
    this.current = step;
    for (const [name, page] of Object.entries(this.pages)) page.element.hidden = name !== step;
    if (fresh) this.draft.forgetUndo();
    this.pages[step].show({ fresh });
    if (fresh) this.#arrive(step);
    if (focus && fresh) this.#focusHeading(step);
  }

  #arrive(step) {
    document.documentElement.dataset.at = step;
    this.nameStep();
    const way = Object.keys(STEP_OF).find((name) => STEP_OF[name] === step) ?? this.draft.state.way;
    if (this.draft.state.step !== step || this.draft.state.way !== way)
      this.draft.change((state) => Object.assign(state, { step, way }));
    this.#markLinks();
  }

  // The steps at the top, and the ways back to where this person goes through the cards.
  #markLinks() {
    const { state, data } = this.draft;
    for (const link of document.querySelectorAll("[data-goes]")) markLink(link, this.current, state, data);
    for (const link of document.querySelectorAll("[data-back]"))
      link.href = `#${link.dataset.back === "rank" && state.way === "cards" ? "choose" : firstStep(state)}`;
  }

  #focusHeading(step) {
    scrollTo(0, 0);
    this.pages[step].element.querySelector("h1").focus({ preventScroll: true });
  }
}

function markLink(link, step, state, data) {
  const steps = link.dataset.goes.split(" ");
  if (steps.includes(step)) link.setAttribute("aria-current", "step");
  else link.removeAttribute("aria-current");
  if (steps.includes("sort")) link.href = `#${firstStep(state)}`;
  enable(link, steps.some((name) => allowed(name, state, data) === name));
}
