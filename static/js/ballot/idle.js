// On a shared device: after a long silence it asks whether somebody is still there, and counts down.

const SILENCE = 120000;
const WARNING = 30; // seconds
const SIGNS = ["pointerdown", "keydown", "input", "scroll"];

/** `wanted()` says whether there is anything to clear away; `onGone()` is called when nobody has answered. */
export class Idle {
  #timer = null;
  #end = 0;

  constructor(dialog, { wanted, onGone }) {
    Object.assign(this, { dialog, wanted, onGone });
    dialog.querySelector("[data-here]").addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => this.#wait());
    for (const sign of SIGNS) addEventListener(sign, () => dialog.open || this.#wait(), { capture: true, passive: true });
    this.#wait();
  }

  #wait() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#warn(), SILENCE);
  }

  #warn() {
    if (!this.wanted()) return this.#wait();
    this.#end = Date.now() + WARNING * 1000;
    this.dialog.showModal();
    return this.#count();
  }

  #count() {
    if (!this.dialog.open) return;
    const left = Math.ceil((this.#end - Date.now()) / 1000);
    this.dialog.querySelector("[data-seconds]").textContent = Math.max(0, left);
    if (left > 0) this.#timer = setTimeout(() => this.#count(), 250);
    else this.onGone();
  }
}
