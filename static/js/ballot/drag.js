// Dragging a card by its handle with finger, pen or mouse. Until it is put down nothing changes but how far rows are
// shifted: so a slow tablet has nothing to lay out while a finger moves.

import { bodyOf, slideFrom, tops } from "./slide.js";

const TAP = 12; // pixels: a finger that went no further has tapped, here as on a card
const EDGE = 70; // pixels at the head and foot of what is seen: a row held there scrolls a long list
const FASTEST = 1; // pixels a millisecond that it scrolls at the very edge

/** Lets the rows of `list` be dragged. `onTake()` comes before a row is taken up, `onDrop(code, place)` when it is put
 * down, the place from 1; the rows stay shifted until `lay()`. A handle that was only tapped: `onTap(code)`. */
export class Drag {
  #hand = null;

  constructor(list, { onTake, onDrop, onTap }) {
    Object.assign(this, { list, onTake, onDrop, onTap });
    const own = (then) => (event) => { if (event.pointerId === this.#hand?.pointer) then(event); };
    list.addEventListener("pointerdown", (event) => this.#take(event));
    list.addEventListener("pointermove", own((event) => this.#hand.follow(event.clientY)));
    list.addEventListener("pointerup", own(() => this.#put()));
    list.addEventListener("lostpointercapture", own(() => this.cancel()));
    list.addEventListener("contextmenu", (event) => { if (this.#hand) event.preventDefault(); }); // by a finger that rests
    addEventListener("scroll", () => this.#hand?.follow());
    addEventListener("keydown", (event) => { if (event.key === "Escape") this.cancel(); });
    for (const turn of ["hashchange", "resize"]) addEventListener(turn, () => this.cancel()); // the rows lie elsewhere now
  }

  /** A row in hand goes back to where it was taken from. */
  cancel() {
    if (!this.#hand) return;
    this.#hand = null;
    const rows = [...this.list.children];
    const before = tops(rows);
    this.lay();
    slideFrom(before, rows);
  }

  /** Takes all shifts back at once. */
  lay() {
    for (const row of this.list.children) {
      bodyOf(row).classList.remove("held", "glides");
      shift(row, 0);
    }
  }

  #take(event) {
    const handle = event.target.closest("[data-handle]");
    if (!handle || event.button || (this.#hand && !event.isPrimary)) return;
    this.cancel(); // what another pointer holds whose end never came
    event.preventDefault(); // else what follows a tap takes the focus away
    this.onTake();
    const row = handle.closest("[data-code]");
    const ahead = bodyOf(row).getBoundingClientRect().top - row.getBoundingClientRect().top; // of its place, on its way there
    for (const motion of this.list.getAnimations({ subtree: true })) motion.finish();
    this.#hand = new Hand([...this.list.children], row, event, ahead);
    handle.setPointerCapture(event.pointerId);
    bodyOf(row).classList.add("held");
    if (ahead) this.#hand.follow();
    if (this.#hand.long) this.#scroll(this.#hand);
  }

  #put() {
    const { row, place, far } = this.#hand;
    this.#hand.settle();
    this.#hand = null;
    if (far) this.onDrop(row.dataset.code, place + 1);
    else {
      this.lay();
      this.onTap(row.dataset.code);
    }
  }

  // As long as this row is in hand, before each picture.
  #scroll(hand, before = performance.now()) {
    requestAnimationFrame((now) => {
      if (hand !== this.#hand) return;
      const pull = hand.pull();
      if (pull) scrollBy(0, pull * FASTEST * (now - before));
      this.#scroll(hand, now);
    });
  }
}

// A row in hand over the places where all lay when it was taken up. Heights are in pixels, places count from 0.
class Hand {
  far = false; // whether it has been moved

  constructor(rows, row, { pointerId, clientY }, ahead) {
    const boxes = rows.map((other) => other.getBoundingClientRect());
    const gap = rows.length > 1 ? boxes[1].top - boxes[0].bottom : 0;
    const from = rows.indexOf(row);
    Object.assign(this, { row, from, place: from, ahead, pointer: pointerId, start: clientY, at: clientY, scroll: scrollY });
    this.others = rows.filter((other) => other !== row);
    this.step = boxes[from].height + gap; // what another is shifted to make room
    this.offsets = [boxes[0].top - boxes[from].top]; // of each place, from where the row was
    for (const { height } of boxes.filter((_box, index) => index !== from)) this.offsets.push(this.offsets.at(-1) + height + gap);
    this.head = boxes[0].top;
    this.end = boxes.at(-1).bottom;
    this.foot = innerHeight - parseFloat(getComputedStyle(row.querySelector("button")).scrollMarginBottom); // the bars are below
    this.long = this.head < 0 || this.end > this.foot;
  }

  follow(at = this.at) {
    this.at = at;
    const by = at - this.start + this.#scrolled;
    this.far ||= Math.abs(by) >= TAP;
    const offset = Math.min(Math.max(this.ahead + by, this.offsets[0]), this.offsets.at(-1));
    shift(this.row, offset);
    this.#over(this.#nearest(offset));
  }

  /** How strongly the list is to be scrolled, from -1 for up to 1 for down. */
  pull() {
    if (!this.far) return 0;
    if (this.at < EDGE && this.head < this.#scrolled) return Math.max(this.at / EDGE - 1, -1);
    if (this.at > this.foot - EDGE && this.end - this.#scrolled > this.foot) return Math.min((this.at - this.foot) / EDGE + 1, 1);
    return 0;
  }

  settle() {
    glide(this.row, this.offsets[this.place]);
  }

  get #scrolled() {
    return scrollY - this.scroll;
  }

  #nearest(offset) {
    const far = this.offsets.map((other) => Math.abs(other - offset));
    return far.indexOf(Math.min(...far));
  }

  // The others that it has passed make room, or come back.
  #over(place) {
    const [low, high] = [this.place, place].sort((a, b) => a - b);
    for (let index = low; index < high; index++)
      glide(this.others[index], ((index >= place) - (index >= this.from)) * this.step);
    this.place = place;
  }
}

function shift(row, by) {
  bodyOf(row).style.transform = by ? `translateY(${by}px)` : "";
}

function glide(row, to) {
  bodyOf(row).classList.add("glides");
  shift(row, to);
}
