// What is tried again: each time later while it fails, soon once it has worked, and at once where something has changed.

/** Milliseconds: a request without an answer for so long counts as failed, in browsers that know how to end it. */
export const PATIENCE = 20000;

/** Calls `act()`, at the latest `longest` milliseconds after it has failed. */
export class Again {
  #timer = null;
  #pause;

  constructor(act, { first = 1000, longest = 30000 } = {}) {
    Object.assign(this, { act, first, longest });
    this.calm();
  }

  /** In so many milliseconds, instead of when it was planned. */
  plan(pause = this.first) {
    this.stop();
    this.#timer = setTimeout(this.act, pause);
  }

  /** It has failed. */
  later() {
    this.plan(this.#pause);
    this.#pause = Math.min(this.#pause * 2, this.longest);
  }

  /** It has worked. */
  calm() {
    this.#pause = this.first;
  }

  stop() {
    clearTimeout(this.#timer);
  }
}
