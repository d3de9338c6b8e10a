// What may wait until the answer to a tap is on the screen.

/** Calls back after the next picture of the page; in a page that nobody sees, when it is seen again. */
export function afterPaint(callback) {
  requestAnimationFrame(() => setTimeout(callback));
}

/** What is left of an action until its answer has been seen. */
export class Rest {
  #left = null;

  /** Does `left` after the next picture, or when the next action finishes it before. */
  leave(left) {
    this.#left = left;
    afterPaint(() => this.finish());
  }

  finish() {
    const left = this.#left;
    this.#left = null;
    left?.();
  }
}
