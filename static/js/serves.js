// IT's question on the welcome page: what is written waits on this device until the ballot takes it along.

const field = document.querySelector("[data-serves]");
const key = `cardsort:serves:${field?.dataset.serves}`;
try {
  const words = field.querySelector("textarea");
  words.value = localStorage.getItem(key) ?? "";
  localStorage.setItem(key, words.value);
  words.addEventListener("input", () => localStorage.setItem(key, words.value.toWellFormed?.() ?? words.value));
  field.hidden = false;
} catch {
  // Nothing can wait here: the ballot asks it at the end instead.
}
