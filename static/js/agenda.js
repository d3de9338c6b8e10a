// The agenda: each card's form saves itself, and what became of the card stands in its row.

import { saves } from "./saved.js";

for (const form of document.querySelectorAll("[data-saves]")) {
  const item = form.closest("[data-item]");
  const saved = saves(form, ({ state }) => {
    const place = item?.querySelector("[data-state]");
    if (place) place.textContent = state;
  });
  item?.querySelector("[data-forgets]").addEventListener("submit", () => saved.forget());
}

// The open card is part of the address, so that a reload comes back to it.
document.querySelector("[data-agenda]")?.addEventListener("toggle", ({ target }) => {
  if (!target.open || !target.dataset.item) return;
  const address = new URL(location);
  address.searchParams.set("open", target.dataset.item);
  history.replaceState(null, "", address);
}, true);
