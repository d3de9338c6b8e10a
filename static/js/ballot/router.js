// One address per step, so that the browser's Back and Forward mean one step back and forward.

export const STEPS = ["who", "sort", "all", "choose", "rank", "why", "send"];

/** The furthest step that the draft allows: nobody can rank what is not chosen. */
export function allowed(step, state, { min, picks, segments, second }) {
  if (second) return allowedSecond(step, state, { min, picks });
  if (segments.length && !state.segment) return "who";
  if (step === "who" && !segments.length) return "sort";
  const chosen = state.ranking.length >= min && state.ranking.length <= picks;
  const sorted = Object.keys(state.piles).length >= min || state.ranking.length > 0;
  if (step === "send" && !state.outgoing && !state.sent) return chosen ? "why" : allowed("why", state, { min, picks, segments });
  if ((step === "rank" || step === "why") && !chosen) return sorted ? "choose" : "sort";
  if (step === "choose" && !sorted) return "sort";
  return STEPS.includes(step) ? step : "sort";
}

// The second ballot has its piles already, and no reasons are asked.
function allowedSecond(step, { outgoing, sent, ranking }, { min, picks }) {
  if (step === "send" && (outgoing || sent)) return step;
  const chosen = ranking.length >= min && ranking.length <= picks;
  return chosen && ["rank", "why", "send"].includes(step) ? "rank" : "choose";
}

/** Shows one step at a time: `pages` holds per step its element and `show()`. */
export class Router {
  constructor(draft, pages) {
    Object.assign(this, { draft, pages, current: null });
    addEventListener("hashchange", () => this.#follow(location.hash.slice(1)));
  }

  start() {
    const wanted = location.hash.slice(1) || this.draft.state.step;
    this.#enter(wanted, { focus: false });
  }

  /** Goes on to a step as a new entry of the history. */
  go(step) {
    if (location.hash.slice(1) === step) this.#enter(step, { focus: true });
    else location.hash = step;
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
    const step = allowed(wanted || "sort", this.draft.state, this.draft.data);
    if (step !== location.hash.slice(1)) history.replaceState(history.state, "", `#${step}`);
    const fresh = step !== this.current;
    if (fresh) getSelection().removeAllRanges(); // else a caret left in what is hidden now is looked for in each frame
    this.current = step;
    for (const [name, page] of Object.entries(this.pages)) page.element.hidden = name !== step;
    if (fresh) this.#arrive(step);
    this.pages[step].show({ fresh });
    if (focus && fresh) this.#focusHeading(step);
  }

  #arrive(step) {
    this.draft.forgetUndo();
    document.documentElement.dataset.at = step;
    document.querySelectorAll("[data-goes]").forEach((link) => markLink(link, step));
    if (this.draft.state.step !== step) this.draft.change((state) => { state.step = step; });
  }

  #focusHeading(step) {
    scrollTo(0, 0);
    this.pages[step].element.querySelector("h1").focus({ preventScroll: true });
  }
}

function markLink(link, step) {
  const here = link.dataset.goes.split(" ").includes(step);
  if (here) link.setAttribute("aria-current", "step");
  else link.removeAttribute("aria-current");
}
