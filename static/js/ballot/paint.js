// What may wait until the answer to a tap is on the screen.

/** Calls back after the next picture of the page; in a page that nobody sees, when it is seen again. */
export function afterPaint(callback) {
  requestAnimationFrame(() => setTimeout(callback));
}
