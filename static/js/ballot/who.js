// Where there are kinds of customers, or teams in IT: which of them is this person's. Asked first, changeable until sent.

import { enable } from "./able.js";

/** The question; `onDone()` goes on to the cards. */
export class Who {
  constructor(element, draft, { onDone }) {
    Object.assign(this, { element, draft });
    this.on = element.querySelector("[data-on]");
    this.on.addEventListener("click", onDone);
    element.addEventListener("change", (event) => this.#choose(Number(event.target.value)));
  }

  show() {
    const early = this.element.querySelector("input:checked"); // ticked before this script had come
    if (early && !this.draft.state.segment) this.#choose(Number(early.value));
    for (const radio of this.element.querySelectorAll("input")) radio.checked = Number(radio.value) === this.draft.state.segment;
    enable(this.on, Boolean(this.draft.state.segment));
  }

  #choose(number) {
    this.draft.change((state) => { state.segment = number; });
    enable(this.on, true);
  }
}
