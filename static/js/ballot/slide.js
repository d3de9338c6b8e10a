// Shows where rows go after a tap or a key: each slides from its old height to its new one. Motion only, no meaning.

const MOVE = 150;

/** Where each row's body is seen now, slid as it may be. */
export function tops(rows) {
  return new Map(rows.map((row) => [row, bodyOf(row).getBoundingClientRect().top]));
}

/** Lets the rows set off for where they will lie once they stand as in `wanted`; nothing is laid out for it. Gives back
 * the motions, null with reduced motion. */
export function setOff(rows, wanted) {
  if (still()) return null;
  const boxes = new Map(rows.map((row) => [row, row.getBoundingClientRect()]));
  const [first, second] = boxes.values();
  const gap = second ? second.top - first.bottom : 0;
  const motions = [];
  let top = first.top;
  for (const row of wanted) {
    const box = boxes.get(row);
    if (top !== box.top) motions.push(slide(bodyOf(row), [{ transform: `translateY(${top - box.top}px)` }], "forwards"));
    top += box.height + gap;
  }
  return motions;
}

/** Lets the rows slide from where they were seen before; none with reduced motion. Where they lie now. */
export function slideFrom(before, rows) {
  const now = tops(rows);
  if (still()) return now;
  for (const row of rows) {
    const offset = (before.get(row) ?? now.get(row)) - now.get(row);
    if (offset) slide(bodyOf(row), [{ transform: `translateY(${offset}px)` }, { transform: "none" }]);
  }
  return now;
}

/** What is seen of a row, and moves. */
export const bodyOf = (row) => row.querySelector("[data-body]");
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const slide = (body, steps, fill = "none") => body.animate(steps, { duration: MOVE, easing: "ease-out", fill });
