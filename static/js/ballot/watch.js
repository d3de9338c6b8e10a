// Asks the server now and then whether the ballots are still open: often while they are locked, seldom otherwise.

import { PATIENCE } from "./again.js";

const SELDOM = 20000;
const OFTEN = 4000;

/** `open` is the last thing known; `onState(state)` gets every answer of the state address. */
export class Watch {
  #timer = null;
  #ended = false;

  constructor({ url, open, onState }) {
    Object.assign(this, { url, open, onState });
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.ask());
    addEventListener("online", () => this.ask());
    this.#plan();
  }

  /** Notes what another answer said about it. */
  note(open) {
    if (open === this.open) return;
    this.open = open;
    this.onState({ open });
    this.#plan();
  }

  async ask() {
    try {
      const answer = await fetch(this.url, { cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE) });
      if (answer.ok) this.#take(await answer.json());
      if (answer.status === 403 && !this.#ended) location.reload(); // the ballot is on another device now: that page says so
    } catch {
      // No network: the sender and the keeper say so; there is nothing to add here.
    }
    this.#plan();
  }

  /** Asks no more. */
  end() {
    this.#ended = true;
    clearTimeout(this.#timer);
  }

  #take(state) {
    if (this.#ended) return;
    this.open = state.open;
    this.onState(state);
  }

  #plan() {
    clearTimeout(this.#timer);
    if (this.#ended) return;
    this.#timer = setTimeout(() => (document.visibilityState === "hidden" ? this.#plan() : this.ask()), this.open ? SELDOM : OFTEN);
  }
}
