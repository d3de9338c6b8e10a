// Where the browser allows it (https, or this very machine), a worker keeps the page for a reload without network.

/** Whether this page can be opened again without network; on plain http no browser can. */
export const canReload = globalThis.isSecureContext && "serviceWorker" in navigator;

/** Starts the worker once the page has come in, so that it takes nothing from the first card. */
export function keepPage(url) {
  if (!canReload) return;
  const start = () => navigator.serviceWorker.register(url).catch(() => {}); // a forbidden worker costs the reload only
  if (document.readyState === "complete") start();
  else addEventListener("load", start);
}
