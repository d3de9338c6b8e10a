// Shows where rows went after a tap or a key: each slides from its old height to its new one. Motion only, no meaning.

const MOVE = 150;

/** Where each row's body stands now. */
export function tops(rows) {
  return new Map(rows.map((row) => [row, row.getBoundingClientRect().top]));
}

/** Lets the rows slide from where they stood before; none with reduced motion. Where they stand now. */
export function slideFrom(before, rows) {
  const now = tops(rows);
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return now;
  for (const row of rows) {
    const offset = (before.get(row) ?? now.get(row)) - now.get(row);
    if (offset) slide(row.querySelector("[data-body]"), offset);
  }
  return now;
}

function slide(body, offset) {
  body.animate([{ transform: `translateY(${offset}px)` }, { transform: "none" }], { duration: MOVE, easing: "ease-out" });
}
