// "Next person": asks where something would be lost, and watches a shared device that nobody touches any more.

import { handOn } from "./handon.js";
import { Idle } from "./idle.js";
import { differsFromSent } from "./sender.js";

/** `quiet()` ends everything that could write again; it is awaited before the device is emptied. */
export class NextPerson {
  #gone = false;

  constructor(element, draft, { quiet }) {
    Object.assign(this, { draft, quiet });
    this.dialog = document.querySelector("[data-next-dialog]");
    this.dialog.querySelector("[data-stay]").addEventListener("click", () => this.dialog.close());
    this.dialog.querySelector("[data-hand-on]").addEventListener("click", () => this.go());
    element.addEventListener("click", (event) => event.target.closest("[data-next]") && this.#ask());
    addEventListener("pageshow", (event) => event.persisted && (this.#gone || draft.data.kiosk) && location.reload());
    if (draft.data.kiosk) this.#watch();
  }

  /** What the next person would make this one lose: "waiting", "changed", "unsent", or nothing. */
  get loss() {
    const { outgoing, sent, piles, ranking } = this.draft.state;
    if (outgoing && !outgoing.ask) return "waiting";
    if (sent) return differsFromSent(this.draft.state) ? "changed" : null;
    return ranking.length || Object.keys(piles).length ? "unsent" : null;
  }

  async go() {
    if (this.#gone) return;
    this.#gone = true;
    await this.quiet();
    await handOn(this.draft.data.urls);
  }

  #ask() {
    const { loss } = this;
    if (!loss) return this.go();
    for (const reason of this.dialog.querySelectorAll("[data-why]")) reason.hidden = reason.dataset.why !== loss;
    return this.dialog.showModal();
  }

  // A ballot that waits for the network is never cleared away by itself.
  #watch() {
    const wanted = () => !this.#gone && this.loss !== "waiting" && (this.loss !== null || Boolean(this.draft.state.sent));
    new Idle(document.querySelector("[data-idle-dialog]"), { wanted, onGone: () => this.go() });
  }
}
