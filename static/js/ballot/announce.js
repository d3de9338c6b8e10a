// One live region for the whole ballot: what a sighted person sees happen is said once, when it is seen.

import { afterPaint } from "./paint.js";

const region = document.querySelector("[data-live]");

/** Says the sentences that there are; repeated ones are made different by a space that nobody hears. */
export function announce(...sentences) {
  const said = sentences.filter(Boolean).join(" ");
  afterPaint(() => { region.textContent = region.textContent === said ? `${said}\u00a0` : said; });
}
