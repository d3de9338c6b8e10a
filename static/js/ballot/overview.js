// All cards at once, each with its pile: for people who like to see everything before they decide.

import { fillRow } from "./cards.js";

/** The overview; rows are made once and then follow the draft. `onDone()` goes on to choosing. */
export class Overview {
  constructor(element, draft, { onDone }) {
    Object.assign(this, { element, draft, rows: new Map() });
    this.find = (name) => element.querySelector(`[data-${name}]`);
    this.find("on").addEventListener("click", onDone);
    element.addEventListener("change", (event) => this.#set(event.target));
  }

  show() {
    if (!this.rows.size) this.#build();
    for (const [code, row] of this.rows) this.#mark(row, this.draft.state.piles[code]);
    this.#count();
  }

  #build() {
    for (const { code } of this.draft.data.cards) {
      const row = fillRow("overview-row", code);
      for (const radio of row.querySelectorAll("input")) radio.name = `pile-${code}`;
      this.rows.set(code, row);
    }
    this.find("grid").replaceChildren(...this.rows.values());
  }

  #mark(row, pile) {
    for (const radio of row.querySelectorAll("input")) radio.checked = radio.value === pile;
  }

  #set(radio) {
    const { code } = radio.closest("[data-code]").dataset;
    this.draft.change((state) => {
      state.piles[code] = radio.value;
      state.trail = [...state.trail.filter((other) => other !== code), code];
    });
    this.#count();
  }

  #count() {
    const sorted = Object.keys(this.draft.state.piles).length;
    const { min, cards } = this.draft.data;
    this.find("sorted").textContent = `${sorted} of ${cards.length} sorted`;
    this.find("on").disabled = sorted < min;
  }
}
