// The lines above the steps: what is different from normal just now, and what it means. Nothing when all is well.

/** Shows and hides the prepared notices by name: missing, exchanged, outdated, round, storage, unkept, offline, offline-stay, locked, over, unsent, changed, removed. */
export class Notices {
  constructor(element) {
    this.element = element;
  }

  /** Shows the notice with these words. */
  say(name, sentence) {
    this.element.querySelector(`[data-notice="${name}"]`).textContent = sentence;
    this.set(name, true);
  }

  set(name, shown) {
    const notice = this.element.querySelector(`[data-notice="${name}"]`);
    if (notice.hidden === !shown) return;
    notice.hidden = !shown;
    this.element.hidden = !this.element.querySelector("[data-notice]:not([hidden])");
  }
}
