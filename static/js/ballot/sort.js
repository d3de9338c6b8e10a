// One card at a time onto the piles. The next card is already there: nothing waits for the network.

import { enable } from "./able.js";
import { announce } from "./announce.js";
import { cardNode, seenOf, titleOf } from "./cards.js";
import { afterPaint, Rest } from "./paint.js";
import { Swipe } from "./swipe.js";
import { _, ngettext } from "./words.js";

const PILE_KEYS = { 1: "often", 2: "sometimes", 3: "no", 0: "unsure" };
const SIDES = { left: "often", right: "no" }; // where the outer buttons are; the others have no side
const SLIP = 90; // milliseconds: nobody has read a card so soon, so a second tap is one too many
const ENOUGH = 15; // so many cards make a view; from then on nobody has to see the rest
const UNDO_KEYS = ["u", "U", "Backspace"];

/** The sorting screen; `onDone()` is called when the last card lies on a pile, or when that is enough. */
export class Sort {
  #rest = new Rest(); // of bringing the present card: laying the page out for it

  constructor(element, draft, { onDone }) {
    Object.assign(this, { element, draft, onDone });
    this.find = (name) => element.querySelector(`[data-${name}]`);
    this.order = [];
    this.tapped = -SLIP; // when a pile was last tapped, in milliseconds
    this.card = this.find("card").firstElementChild; // the present card; the page itself brings the first
    this.shown = this.find("card").dataset.shows;
    this.waiting = null; // {code, node}: the card after it, laid out already and unseen
    this.leaving = null; // the card that moves off
    for (const button of element.querySelectorAll("[data-pile]")) {
      button.addEventListener("click", (event) => this.#tap(button.dataset.pile, event.timeStamp));
      button.disabled = false; // the page shows them before there is anybody to take a tap
    }
    this.find("undo").addEventListener("click", () => this.#undo());
    this.find("enough").addEventListener("click", onDone);
    // Keys of one letter are heard where the cards are, and nowhere else: whoever speaks to the device says many letters.
    for (const part of ["h1", "[data-table]", "[data-buttons]", "[data-undo]"])
      element.querySelector(part).addEventListener("keydown", (event) => this.#key(event));
    const words = { left: this.#wordOf(SIDES.left), right: this.#wordOf(SIDES.right) };
    new Swipe(this.find("card"), { words, present: () => this.card, onSwipe: (side, offset) => this.#sort(SIDES[side], offset) });
  }

  show() {
    this.#rest.finish();
    const { first } = this.draft.state;
    const codes = this.draft.ownOrder;
    this.order = this.draft.codes.has(first) ? [first, ...codes.filter((code) => code !== first)] : codes;
    this.#render();
    this.#tally();
  }

  get #unsorted() {
    return this.order.filter((code) => !Object.hasOwn(this.draft.state.piles, code));
  }

  get #present() {
    return this.#unsorted[0];
  }

  #wordOf(pile) {
    return this.element.querySelector(`[data-pile="${pile}"] > span`).textContent;
  }

  #tap(pile, now) {
    const slip = now - this.tapped < SLIP;
    this.tapped = now;
    if (!slip) this.#sort(pile);
  }

  #sort(pile, offset = 0) {
    const code = this.#present;
    if (!code) return;
    this.#rest.finish();
    this.#letGo(pile, offset);
    this.draft.change((state) => {
      state.piles[code] = pile;
      state.trail = [...state.trail.filter((other) => other !== code), code];
    });
    this.#render();
    if (this.#present) {
      this.#say(`${this.#wordOf(pile)}.`);
      afterPaint(() => this.#tally());
    } else {
      this.#tally();
      this.onDone();
    }
  }

  #undo() {
    this.#rest.finish();
    const code = this.draft.state.trail.at(-1);
    if (!code) return;
    this.draft.change((state) => {
      delete state.piles[code];
      state.trail.pop();
      state.ranking = state.ranking.filter((other) => other !== code);
      this.order = [code, ...this.order.filter((other) => other !== code)]; // the card taken back comes first
    });
    this.#render();
    this.#tally();
    this.#say(_("Taken back."));
  }

  #say(before = "") {
    const code = this.#present;
    const told = { place: this.#number, count: this.order.length, title: titleOf(code) };
    announce(before, _("Card %(place)s of %(count)s: %(title)s.", told), seenOf(code));
  }

  get #number() {
    return Object.keys(this.draft.state.piles).length + 1;
  }

  // The sorted card moves off towards its pile while the next one can be read already. It stays where it is in the
  // page, as the browser would lay it out again elsewhere.
  #letGo(pile, offset) {
    const old = this.card;
    if (!old || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    setAside(old, true);
    old.classList.add("leaving", `leaving-${pile}`);
    old.style.setProperty("--from-x", `${offset}px`);
    old.addEventListener("animationend", () => old.remove());
    this.leaving = old;
  }

  #render() {
    const code = this.#present;
    this.element.classList.toggle("all-sorted", !code);
    this.#lay(code ?? "");
    this.find("card").dataset.left = Math.min(2, Math.max(0, this.#unsorted.length - 1)); // the pile beneath gets thinner
    this.find("done").hidden = Boolean(code);
    this.find("buttons").hidden = !code;
    afterPaint(() => this.#layNext());
  }

  // What surrounds the card: after a tap it may wait until the next card is seen.
  #tally() {
    const total = this.order.length;
    const sorted = this.#number - 1;
    const now = { place: Math.min(sorted + 1, total), count: total };
    this.find("progress").textContent = _("%(place)s of %(count)s", now);
    this.find("progress-said").textContent = _("Card %(place)s of %(count)s", now);
    this.find("bar").style.setProperty("--done", sorted / total);
    enable(this.find("undo"), this.draft.state.trail.length > 0);
    for (const pile of Object.values(PILE_KEYS)) this.#count(pile);
    this.#offerEnough(total - sorted);
  }

  #offerEnough(left) {
    const { piles, ranking } = this.draft.state;
    const some = ranking.length || Object.values(piles).filter((pile) => pile === "often" || pile === "sometimes").length;
    this.find("enough").hidden = !left || Object.keys(piles).length < ENOUGH || some < this.draft.data.min;
    this.find("unseen").textContent = ngettext("%(n)s not looked at", "%(n)s not looked at", left);
  }

  // The card that lies there already is not laid anew.
  #lay(code) {
    if (this.shown === code) return;
    const place = this.find("card");
    const focused = place.contains(document.activeElement);
    const card = this.waiting?.code === code ? this.waiting.node : code && cardNode(code);
    for (const other of [...place.children]) if (other !== card && (other !== this.leaving || !code)) other.remove();
    if (card && card === this.waiting?.node) this.#bring(card);
    else if (card) place.prepend(card);
    Object.assign(this, { card: card || null, shown: code, waiting: null });
    if (card && focused) card.querySelector("summary").focus({ preventScroll: true });
  }

  // Seen at once in the room that the leaving card still takes; laid out for itself when it has been seen.
  #bring(card) {
    card.classList.add("coming");
    this.#rest.leave(() => {
      setAside(card, false);
      card.classList.remove("coming");
    });
    if (!this.leaving?.isConnected) this.#rest.finish();
  }

  // While the present card is read, so that a tap has nothing to wait for.
  #layNext() {
    const code = this.#unsorted[1];
    if (this.waiting?.code === code) return;
    this.waiting?.node.remove();
    this.waiting = code ? { code, node: cardNode(code) } : null;
    if (!code) return;
    setAside(this.waiting.node, true);
    this.find("card").append(this.waiting.node);
  }

  #count(pile) {
    const count = Object.values(this.draft.state.piles).filter((other) => other === pile).length;
    for (const slot of this.element.querySelectorAll(`[data-count="${pile}"]`))
      if (slot.textContent !== String(count)) slot.textContent = count;
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key in PILE_KEYS) this.#sort(PILE_KEYS[event.key]);
    else if (UNDO_KEYS.includes(event.key)) this.#undo();
    else return;
    event.preventDefault();
  }
}

// Seen by nobody who reads or steps through the page. Not by `inert`, which has every part of the card styled anew.
function setAside(card, aside) {
  card.toggleAttribute("data-aside", aside);
  if (aside) card.setAttribute("aria-hidden", "true");
  else card.removeAttribute("aria-hidden");
  card.querySelector("summary").tabIndex = aside ? -1 : 0;
}
