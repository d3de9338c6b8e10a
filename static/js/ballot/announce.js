// One live region for the whole ballot: what a sighted person sees happen is said once.

const region = document.querySelector("[data-live]");

/** Says the sentence; a repeated one is made different by a space that nobody hears. */
export function announce(sentence) {
  region.textContent = region.textContent === sentence ? `${sentence}\u00a0` : sentence;
}
