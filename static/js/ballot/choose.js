// From the piles to a shortlist of at most N cards: first from "This is us", then "Sometimes", the rest on demand.

import { announce } from "./announce.js";
import { fillRow } from "./cards.js";
import { shuffled } from "./shuffle.js";

const PILES = ["us", "sometimes", "rest"];

/** One line that says how many are chosen and what is missing or too many. */
export function countLine(count, { min, picks }) {
  if (count > picks) return `${count} of ${picks}: put ${count - picks} back`;
  if (count < min) return `${count} of ${picks}: choose at least ${min}`;
  return `${count} of ${picks} chosen`;
}

/** The choosing screen; `onDone()` goes on to ranking. */
export class Choose {
  constructor(element, draft, { onDone }) {
    Object.assign(this, { element, draft });
    this.find = (name) => element.querySelector(`[data-${name}]`);
    element.addEventListener("change", (event) => this.#toggle(event.target));
    this.find("take-all").addEventListener("click", () => this.#takeAll());
    this.find("undo").addEventListener("click", () => this.#undo());
    this.find("on").addEventListener("click", onDone);
  }

  show({ fresh }) {
    if (fresh) this.#build();
    this.#mark();
  }

  #build() {
    const order = shuffled(this.draft.data.cards.map((card) => card.code), this.draft.state.seed);
    for (const pile of PILES) {
      const codes = order.filter((code) => pileOf(this.draft.state, code) === pile);
      if (pile === "rest") codes.sort((one, other) => this.#isSeen(one) - this.#isSeen(other));
      this.find(`list-${pile}`).replaceChildren(...codes.map((code) => fillRow("choose-row", code)));
      this.find(`pile-${pile}`).hidden = !codes.length;
      this.find(`size-${pile}`).textContent = pile === "rest" ? this.#restLine(codes) : codes.length;
    }
    this.#openRest();
  }

  #isSeen(code) {
    return code in this.draft.state.piles;
  }

  // Cards that nobody has looked at yet are not the same as cards that were put aside.
  #restLine(codes) {
    const aside = codes.filter((code) => this.#isSeen(code)).length;
    const parts = [[codes.length - aside, "Not looked at yet"], [aside, "Not us, or can’t say"]];
    return parts.filter(([count]) => count).map(([count, name]) => `${name}: ${count}`).join(" · ");
  }

  // The rest is folded away, but never hides a chosen card, and never hides all there is.
  #openRest() {
    const { piles, ranking } = this.draft.state;
    const upper = Object.values(piles).filter((pile) => pile !== "not").length;
    this.find("pile-rest").open = upper < this.draft.data.min || ranking.some((code) => pileOf(this.draft.state, code) === "rest");
  }

  #toggle(box) {
    const { code } = box.closest("[data-code]").dataset;
    this.draft.change((state) => {
      state.ranking = box.checked ? [...state.ranking, code] : state.ranking.filter((other) => other !== code);
    }, { undoable: true });
    this.#mark();
    announce(this.#line);
  }

  #takeAll() {
    const codes = this.#us;
    this.draft.change((state) => {
      state.ranking = [...state.ranking, ...codes.filter((code) => !state.ranking.includes(code))];
    }, { undoable: true });
    this.#mark();
    announce(this.#line);
    this.find("on").focus();
  }

  #undo() {
    this.draft.undo();
    this.#mark();
    announce(`Taken back. ${this.#line}`);
  }

  get #us() {
    return Array.from(this.find("list-us").children, (row) => row.dataset.code);
  }

  get #line() {
    return countLine(this.draft.state.ranking.length, this.draft.data);
  }

  #mark() {
    const { ranking } = this.draft.state;
    const { min, picks } = this.draft.data;
    for (const row of this.element.querySelectorAll("[data-code]")) {
      const place = ranking.indexOf(row.dataset.code) + 1;
      row.querySelector("input").checked = place > 0;
      const number = row.querySelector("[data-number]"); // shown where the taps are the order
      if (number) number.textContent = place || "";
    }
    const missing = this.#us.filter((code) => !ranking.includes(code));
    const whole = missing.length > 1 && ranking.length + missing.length <= picks;
    this.find("take-all").hidden = !whole;
    this.find("take-all").textContent = `Choose all ${this.#us.length} of these`;
    this.find("line").textContent = this.#line;
    this.find("line").classList.toggle("over", ranking.length > picks);
    this.find("on").disabled = ranking.length < min || ranking.length > picks;
    this.find("undo").disabled = !this.draft.canUndo;
  }
}

function pileOf(state, code) {
  const pile = state.piles[code];
  return pile === "us" || pile === "sometimes" ? pile : "rest";
}
