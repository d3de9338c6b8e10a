// One live region for the whole ballot: what a sighted person sees happen is said once, when it is seen.

import { afterPaint } from "./paint.js";

const region = document.querySelector("[data-live]");

/** Says the sentence; a repeated one is made different by a space that nobody hears. */
export function announce(sentence) {
  afterPaint(() => { region.textContent = region.textContent === sentence ? `${sentence}\u00a0` : sentence; });
}
