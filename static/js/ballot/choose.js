// From the piles to a shortlist of at most N cards: first from "Yes, often", then "Sometimes", then what was marked in
// the list, the rest on demand.

import { enable, isAble } from "./able.js";
import { announce } from "./announce.js";
import { fillRow, titleOf } from "./cards.js";
import { _, ngettext } from "./words.js";

const PILES = ["often", "sometimes", "marked", "rest"];

/** One line that says how many are chosen and what is missing or too many. */
export function countLine(count, { min, picks }) {
  if (count > picks) return _("%(count)s of %(picks)s: put %(back)s back", { count, picks, back: count - picks });
  if (count < min) return _("%(count)s of %(picks)s: at least %(min)s", { count, picks, min });
  return ngettext("%(n)s of %(picks)s chosen", "%(n)s of %(picks)s chosen", count, { picks });
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
    for (const pile of PILES) {
      const codes = this.draft.ownOrder.filter((code) => heapOf(this.draft.state, code) === pile);
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
    const left = { count: codes.length - aside };
    const rest = this.draft.state.way === "list" ? _("Not marked: %(count)s", left) : _("Not looked at yet: %(count)s", left);
    return [left.count && rest, aside && _("No, or can’t say: %(count)s", { count: aside })].filter(Boolean).join(" · ");
  }

  // The rest is folded away, but never hides a chosen card, and never hides all there is.
  #openRest() {
    const { piles, ranking } = this.draft.state;
    const upper = Object.values(piles).filter((pile) => pile === "often" || pile === "sometimes").length;
    this.find("pile-rest").open = upper < this.draft.data.min && ranking.length < this.draft.data.min;
  }

  #toggle(box) {
    const { code } = box.closest("[data-code]").dataset;
    this.draft.change((state) => {
      state.ranking = box.checked ? [...state.ranking, code] : state.ranking.filter((other) => other !== code);
    }, { undoable: true, about: code });
    this.#mark();
    announce(this.#line);
  }

  #takeAll() {
    const codes = this.#often;
    this.draft.change((state) => {
      state.ranking = [...state.ranking, ...codes.filter((code) => !state.ranking.includes(code))];
    }, { undoable: true });
    this.#mark();
    announce(this.#line);
    this.find("on").focus();
  }

  #undo() {
    if (!isAble(this.find("undo"))) return;
    const code = this.draft.undo(); // none where all were taken at once
    this.#mark();
    announce(code ? _("Taken back: %(title)s.", { title: titleOf(code) }) : _("Taken back."), this.#line);
  }

  get #often() {
    return Array.from(this.find("list-often").children, (row) => row.dataset.code);
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
    const missing = this.#often.filter((code) => !ranking.includes(code));
    const whole = missing.length > 1 && ranking.length + missing.length <= picks;
    this.find("take-all").hidden = !whole;
    this.find("take-all").textContent = ngettext("Choose all %(n)s of these", "Choose all %(n)s of these", this.#often.length);
    this.find("line").textContent = this.#line;
    this.find("line").classList.toggle("over", ranking.length > picks);
    enable(this.find("on"), ranking.length >= min && ranking.length <= picks);
    enable(this.find("undo"), this.draft.canUndo);
  }
}

function heapOf(state, code) {
  const pile = state.piles[code];
  if (pile === "often" || pile === "sometimes") return pile;
  return state.ranking.includes(code) ? "marked" : "rest";
}
