// Files that take a while: what is being made is said until it is there. Without script the browser waits by itself.

import { _ } from "./ballot/words.js";

/** Fetches the link's file, says so meanwhile, and keeps it under the name that the server gives it. */
async function make(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return; // another tab is the browser's own business
  event.preventDefault();
  const link = event.currentTarget;
  const state = document.querySelector("[data-making-state]");
  if (document.querySelector("[data-making][aria-disabled]")) return;
  link.setAttribute("aria-disabled", "true");
  state.textContent = link.dataset.making;
  try {
    const answer = await fetch(link.href);
    if (answer.ok) keep(await answer.blob(), answer.headers.get("Content-Disposition"));
    else location.assign(link.href); // the page itself says why
    state.textContent = "";
  } catch {
    state.textContent = _("The server cannot be reached at the moment. Try again.");
  }
  link.removeAttribute("aria-disabled");
}

function keep(file, disposition) {
  const way = document.createElement("a");
  way.href = URL.createObjectURL(file);
  way.download = disposition.match(/filename="([^"]+)"/)[1];
  way.click();
  setTimeout(() => URL.revokeObjectURL(way.href), 60_000); // some browsers read it only after a question
}

for (const link of document.querySelectorAll("[data-making]")) link.addEventListener("click", make);
