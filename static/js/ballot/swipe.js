// Swiping a card off towards its pile: an extra for fingers, beside the buttons. Up and down still scroll.

const BEGIN = 12; // pixels to the side before the card follows
const ENOUGH = 0.28; // of the card's width: from here on letting go sorts it
const STEEPEST = 1; // a finger that goes further down than aside wants to scroll

/** Follows a finger on `element`; `present()` is the card, `onSwipe(side, offset)` gets "left" or "right", `words` what each side means. */
export class Swipe {
  #start = null;
  #following = false;

  constructor(element, { words, present, onSwipe }) {
    Object.assign(this, { element, words, present, onSwipe });
    this.word = element.parentElement.querySelector("[data-swipe-word]");
    element.addEventListener("pointerdown", (event) => this.#down(event));
    element.addEventListener("pointermove", (event) => this.#move(event));
    element.addEventListener("pointerup", (event) => this.#up(event));
    element.addEventListener("pointercancel", () => this.#settle());
  }

  #down(event) {
    this.#settle();
    if (event.pointerType === "touch" && event.isPrimary) this.#start = { id: event.pointerId, x: event.clientX, y: event.clientY };
  }

  #move(event) {
    if (event.pointerId !== this.#start?.id) return;
    const across = event.clientX - this.#start.x;
    const along = event.clientY - this.#start.y;
    if (!this.#following && !this.#begins(across, along, event.pointerId)) return;
    this.#show(across);
  }

  #begins(across, along, pointer) {
    if (Math.hypot(across, along) < BEGIN) return false;
    if (Math.abs(along) > Math.abs(across) * STEEPEST) {
      this.#start = null;
      return false;
    }
    this.element.setPointerCapture(pointer);
    this.#following = true;
    return true;
  }

  #show(across) {
    const side = this.#side(across);
    this.word.textContent = side ? this.words[side] : "";
    this.word.dataset.side = side ?? "";
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches)
      this.present().style.transform = `translateX(${across}px) rotate(${across / 40}deg)`;
  }

  #side(across) {
    if (Math.abs(across) < this.element.offsetWidth * ENOUGH) return null;
    return across < 0 ? "left" : "right";
  }

  #up(event) {
    const across = this.#following && event.pointerId === this.#start?.id ? event.clientX - this.#start.x : 0;
    const side = this.#side(across);
    this.#settle();
    if (side) this.onSwipe(side, across);
  }

  #settle() {
    this.#start = null;
    this.#following = false;
    this.word.textContent = "";
    const card = this.present();
    if (card) card.style.transform = "";
  }
}
