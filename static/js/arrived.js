// A ballot goes on here: what this device kept of another one in the same workshop would hide it.

const page = document.querySelector("[data-arrived]");
try {
  for (const key of Object.keys(localStorage))
    if (key.startsWith(`cardsort:${page.dataset.arrived}:`)) localStorage.removeItem(key);
} catch {
  // A browser that keeps nothing has nothing to clear away.
}
location.replace(page.querySelector("a").href);
