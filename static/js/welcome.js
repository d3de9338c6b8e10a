// The first page on a shared device: what the last person left is cleared away here too.

import { handOn, isPending } from "./ballot/handon.js";
import { Idle } from "./ballot/idle.js";

const { dataset } = document.querySelector("[data-welcome]");
const urls = { next: dataset.nextUrl, shared: dataset.sharedUrl };
const dialog = document.querySelector("[data-next-dialog]");

/** Whether the link was opened, not reloaded, gone back to, or reached from the ballot by the person who fills it in. */
function isOpenedAnew() {
  const [{ type } = {}] = performance.getEntriesByType("navigation");
  return type === "navigate" && !document.referrer.startsWith(location.origin + location.pathname);
}

/** What this device itself keeps of somebody here: a draft, words, a code. The server may not know of it yet. */
function kept() {
  try {
    return Object.keys(localStorage).filter((key) => key.includes(`:${dataset.workshop}`)).map((key) => localStorage.getItem(key));
  } catch {
    return [];
  }
}

function waits(text) {
  try {
    return Boolean(JSON.parse(text)?.outgoing);
  } catch {
    return false; // words, not a draft
  }
}

// The one-time code of a slip that was scanned just now goes along. The address differs meanwhile, else only that
// part behind "#" would change and the page would not be loaded anew.
function beginAnew() {
  const slip = location.hash;
  handOn({ ...urls, shared: urls.shared + slip });
  if (slip) history.replaceState(null, "", `${location.pathname}?kiosk=1&anew=1`);
}

// A ballot that waits for the network is never cleared away without a question.
function beginAnewOrAsk() {
  if (!kept().some(waits)) return beginAnew();
  for (const reason of dialog.querySelectorAll("[data-why]")) reason.hidden = reason.dataset.why !== "waiting";
  dialog.querySelector("[data-stay]").addEventListener("click", () => location.assign(dataset.ballotUrl));
  dialog.querySelector("[data-hand-on]").addEventListener("click", beginAnew);
  return dialog.showModal();
}

addEventListener("pageshow", (event) => event.persisted && location.reload());
document.querySelector("[data-next-form]")?.addEventListener("submit", (event) => {
  event.preventDefault();
  handOn(urls);
});
if (isPending()) handOn(urls);
else if (isOpenedAnew() && ("used" in dataset || kept().some(Boolean))) beginAnewOrAsk();
else if ("used" in dataset) new Idle(document.querySelector("[data-idle-dialog]"), { wanted: () => true, onGone: () => handOn(urls) });
