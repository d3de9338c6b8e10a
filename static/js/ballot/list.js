// All titles at once, in the person's own order: a tap marks a card, a look shows the rest of it. The marks are the
// shortlist itself, so that nothing is chosen twice. Whoever has sorted before sees the piles, and can change them here.

import { enable, isAble } from "./able.js";
import { announce } from "./announce.js";
import { fillRow, textsNode, titleOf } from "./cards.js";
import { countLine } from "./choose.js";
import { _ } from "./words.js";

/** The list; rows are made once and then follow the draft. `onDone()` goes on to what is next. */
export class List {
  constructor(element, draft, { onDone }) {
    Object.assign(this, { element, draft, rows: new Map() });
    this.find = (name) => element.querySelector(`[data-${name}]`);
    element.addEventListener("change", (event) => this.#change(event.target));
    element.addEventListener("click", (event) => this.#look(event.target.closest("[data-look]")));
    this.find("undo").addEventListener("click", () => this.#undo());
    this.find("on").addEventListener("click", onDone);
  }

  show() {
    if (!this.rows.size) this.#build();
    this.#mark();
  }

  #build() {
    for (const code of this.draft.ownOrder) {
      const row = fillRow("title-row", code);
      row.querySelector("[data-look]").setAttribute("aria-label", _("Look at “%(title)s”", { title: titleOf(code) }));
      this.rows.set(code, row);
    }
    this.find("titles").replaceChildren(...this.rows.values());
  }

  #change(control) {
    const { code } = control.closest("[data-code]").dataset;
    if (control.type === "radio") this.#put(code, control);
    else this.#toggle(code, control.checked);
  }

  #toggle(code, marked) {
    this.draft.change((state) => {
      state.ranking = marked ? [...state.ranking, code] : state.ranking.filter((other) => other !== code);
    }, { undoable: true, about: code });
    this.#mark();
    announce(this.#line);
  }

  #put(code, { value, nextElementSibling }) {
    this.draft.change((state) => {
      state.piles[code] = value;
      state.trail = [...state.trail.filter((other) => other !== code), code];
    }, { undoable: true, about: code });
    this.#mark();
    announce(_("“%(title)s” is on the pile %(pile)s.", { title: titleOf(code), pile: nextElementSibling.textContent }));
  }

  // What is looked at is made when it is asked for: fifty cards whole would make the page slow.
  #look(button) {
    if (!button) return;
    const row = button.closest("[data-code]");
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", open);
    if (open) row.append(this.#more(row.dataset.code));
    else row.querySelector(".title-more").remove();
  }

  #more(code) {
    const more = textsNode(code);
    more.className = "title-more";
    const pile = this.draft.state.piles[code];
    if (pile) more.append(this.#piles(code, pile));
    return more;
  }

  #piles(code, pile) {
    const piles = document.getElementById("title-piles").content.firstElementChild.cloneNode(true);
    for (const radio of piles.querySelectorAll("input")) radio.name = `pile-${code}`;
    tick(piles, pile);
    return piles;
  }

  #undo() {
    if (!isAble(this.find("undo"))) return;
    const title = titleOf(this.draft.undo());
    this.#mark();
    announce(_("Taken back: %(title)s.", { title }), this.#line);
  }

  get #line() {
    return countLine(this.draft.state.ranking.length, this.draft.data);
  }

  #mark() {
    const { ranking, piles } = this.draft.state;
    const names = Object.fromEntries(Array.from(document.getElementById("title-piles").content.querySelectorAll("input"),
      (radio) => [radio.value, radio.nextElementSibling.textContent]));
    for (const [code, row] of this.rows) {
      row.querySelector("input[type=checkbox]").checked = ranking.includes(code);
      row.classList.toggle("marked", ranking.includes(code)); // not by `:has()`: a tap would have the whole page looked through
      row.querySelector("[data-pile-name]").textContent = names[piles[code]] ?? "";
      tick(row, piles[code]);
    }
    const { min, picks } = this.draft.data;
    this.find("line").textContent = this.#line;
    this.find("line").classList.toggle("over", ranking.length > picks);
    this.find("on").textContent = ranking.length > picks ? _("Choose") : _("Put in order");
    enable(this.find("on"), ranking.length >= min);
    enable(this.find("undo"), this.draft.canUndo);
  }
}

function tick(within, pile) {
  for (const radio of within.querySelectorAll("input[type=radio]")) radio.checked = radio.value === pile;
}
