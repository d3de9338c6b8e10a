// Tells whoever listens what the poll has changed on the desk: the stage and the next step at once, the counts once they
// rest. The poll itself says nothing, as it would read the whole part each time.

import { _ } from "./ballot/words.js";

const REST = 10_000; // milliseconds: longer than from one poll to the next
const status = document.querySelector("#status");
const told = document.querySelector("[data-told]");

const words = (node) => node?.textContent.replace(/\s+/g, " ").trim() ?? "";
const stage = () => words(status.querySelector("[aria-current=step]"));
const step = () => `${stage()}. ${words(status.querySelector(".next .button-main"))}`;
const counts = () => Array.from(status.querySelectorAll(".count"), (group) =>
  _("%(group)s: %(count)s", { group: words(group.querySelector("h3")), count: words(group.querySelector(".count-figure")) })).join(", ");

const before = { step: step(), counts: counts() };
let resting;

function tell() {
  if (step() !== before.step) {
    before.step = step();
    told.textContent = _("Now: %(stage)s. %(next)s", { stage: stage(), next: words(status.querySelector(".next-text")) });
  }
  if (counts() === before.counts) return;
  before.counts = counts();
  clearTimeout(resting);
  resting = setTimeout(() => { told.textContent = before.counts; }, REST);
}

if (told) new MutationObserver(tell).observe(status, { childList: true, characterData: true, attributes: true, subtree: true });
