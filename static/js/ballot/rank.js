// The order: places that stay where they are, and cards that move over them by finger, tap or key.

import { enable, isAble } from "./able.js";
import { announce } from "./announce.js";
import { fillRow, titleOf } from "./cards.js";
import { moveTo, placeForKey, placeOf } from "./moves.js";
import { PlaceDialog } from "./place_dialog.js";
import { Drag } from "./drag.js";
import { Rest } from "./paint.js";
import { setOff, slideFrom, tops } from "./slide.js";
import { _ } from "./words.js";

/** The ranking screen. */
export class Rank {
  #rest = new Rest(); // of a move: putting the rows in their order

  constructor(element, draft, { onDone }) {
    Object.assign(this, { element, draft, selected: null });
    this.find = (name) => element.querySelector(`[data-${name}]`);
    this.list = this.find("list");
    this.dialog = new PlaceDialog(this.find("dialog"), (code, place) => this.#move(code, place, { focus: true }));
    this.list.addEventListener("click", (event) => this.#click(event));
    this.list.addEventListener("keydown", (event) => this.#key(event));
    this.list.addEventListener("pointerdown", () => this.#rest.finish(), { capture: true }); // before a drag looks at the rows
    this.find("undo").addEventListener("click", () => this.#undo());
    this.find("on").addEventListener("click", onDone);
    let before = null;
    this.drag = new Drag(this.list, {
      onTake: () => {
        before = this.selected;
        if (before) this.#select(null);
      },
      onDrop: (code, place) => this.#drop(code, place),
      onTap: (code) => {
        this.#focus(code);
        this.#select(before === code ? null : code);
      },
    });
  }

  get #ranking() {
    return this.draft.state.ranking;
  }

  show({ fresh }) {
    this.#finish();
    if (fresh) this.selected = null;
    if (!this.#sameCards()) this.#build();
    this.#arrange();
    this.#refresh();
  }

  #rows() {
    return [...this.list.children];
  }

  #sameCards() {
    const shown = this.#rows().map((row) => row.dataset.code);
    return shown.length === this.#ranking.length && this.#ranking.every((code) => shown.includes(code));
  }

  #build() {
    const count = this.#ranking.length;
    this.list.replaceChildren(...this.#ranking.map((code) => fillRow("rank-row", code)));
    this.find("places").replaceChildren(...this.#ranking.map((_code, index) => numberNode(index + 1)));
    this.find("board").style.setProperty("--count", count);
    this.element.classList.toggle("long", count > 10);
  }

  // Only rows that must are moved, as each is laid out anew, and never the one that has the focus: so it keeps it.
  #arrange(fixed = null) {
    const rows = new Map(this.#rows().map((row) => [row.dataset.code, row]));
    const put = this.list.moveBefore ?? this.list.insertBefore; // where it is known, it is the quicker way
    let next = null;
    for (const code of [...this.#ranking].reverse()) {
      const row = rows.get(code);
      if (code !== fixed && row.nextElementSibling !== next) put.call(this.list, row, next);
      next = row;
    }
  }

  #click(event) {
    const row = event.target.closest("[data-code]");
    if (!row) return;
    const action = event.target.closest("[data-move]")?.dataset.move;
    if (action) this.#act(action, row.dataset.code);
    else if (event.target.closest("[data-select]")) this.#select(this.selected === row.dataset.code ? null : row.dataset.code);
  }

  #act(action, code) {
    const place = placeOf(this.#ranking, code);
    if (action === "up") this.#move(code, place - 1);
    else if (action === "down") this.#move(code, place + 1);
    else if (action === "top") this.#move(code, 1);
    else this.dialog.open(code, titleOf(code), place, this.#ranking.length);
  }

  #key(event) {
    const row = event.target.closest("[data-code]");
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const place = placeForKey(event.key, placeOf(this.#ranking, row.dataset.code), this.#ranking.length);
    if (place === null) return;
    event.preventDefault();
    this.#move(row.dataset.code, place);
  }

  // The rows set off first: that is seen at once, as nothing is laid out for it. Then they are put in their order.
  #move(code, place, { focus = false } = {}) {
    this.#finish();
    const order = moveTo(this.#ranking, code, place);
    const motions = setOff(this.#rows(), order.map((other) => this.#row(other)));
    if (order.join() !== this.#ranking.join()) this.#keep(order, code);
    this.#rest.leave(() => this.#settle(code, () => motions?.forEach((motion) => motion.cancel()), focus));
    if (!motions) this.#rest.finish();
    this.#say(code);
  }

  // The rows have made room for it already.
  #drop(code, place) {
    const order = moveTo(this.#ranking, code, place);
    const moved = order.join() !== this.#ranking.join();
    if (moved) this.#keep(order, code);
    this.#rest.leave(() => this.#settle(code, () => this.drag.lay(), true));
    if (moved) this.#say(code); // last, as the page is laid out anew for what is said
  }

  // `lay` takes back what has shown the rows at their places until they lie there.
  #settle(code, lay, focus) {
    const before = tops(this.#rows());
    const middle = innerHeight / 2; // asked for later, it would have all styled once more
    lay();
    if (!this.#sameCards()) return; // another tab has chosen others meanwhile
    this.#arrange(code);
    this.#refresh();
    const row = this.#row(code);
    const top = slideFrom(before, this.#rows()).get(row); // one look at the layout, when all is in its place
    if (focus) this.#focus(code);
    if (top < 0 || top > middle) row.querySelector("[data-body]").scrollIntoView({ block: "nearest" });
  }

  #keep(order, code) {
    this.draft.change((state) => { state.ranking = order; }, { undoable: true, about: code });
  }

  // What an earlier action has left, and a card in hand.
  #finish() {
    this.drag.cancel();
    this.#rest.finish();
  }

  #undo() {
    if (!isAble(this.find("undo"))) return;
    this.#finish();
    const before = tops(this.#rows());
    const code = this.draft.undo();
    this.#arrange();
    slideFrom(before, this.#rows());
    this.#refresh();
    this.#say(code, _("Taken back."));
  }

  #say(code, before = "") {
    const told = { title: titleOf(code), place: placeOf(this.#ranking, code), count: this.#ranking.length };
    announce(before, _("%(title)s, place %(place)s of %(count)s", told));
  }

  #focus(code) {
    this.#row(code).querySelector("[data-select]").focus({ preventScroll: true });
  }

  #row(code) {
    return this.#rows().find((row) => row.dataset.code === code);
  }

  #select(code) {
    this.selected = code;
    this.#refresh();
  }

  #refresh() {
    const last = this.#ranking.length;
    this.#rows().forEach((row, index) => {
      row.querySelector("[data-place-number]").textContent = _("Place %(place)s:", { place: index + 1 }) + " ";
    });
    for (const row of this.#rows()) {
      const chosen = row.dataset.code === this.selected;
      row.classList.toggle("selected", chosen);
      row.querySelector("[data-select]").setAttribute("aria-expanded", String(chosen));
      row.querySelector("[data-moves]").hidden = !chosen;
      if (chosen) markEnds(row, placeOf(this.#ranking, this.selected), last);
    }
    this.find("tip").hidden = this.selected !== null;
    enable(this.find("undo"), this.draft.canUndo);
  }
}

// `disabled` would throw the focus away when a card arrives at an end.
function markEnds(row, place, last) {
  const off = { up: place === 1, top: place === 1, down: place === last };
  for (const button of row.querySelectorAll("[data-move]"))
    button.setAttribute("aria-disabled", String(Boolean(off[button.dataset.move])));
}

function numberNode(place) {
  const node = document.createElement("span");
  node.textContent = place;
  return node;
}
