// The first page on a shared device: what the last person left is cleared away here too.

import { handOn, isPending } from "./ballot/handon.js";
import { Idle } from "./ballot/idle.js";

const { dataset } = document.querySelector("[data-welcome]");
const urls = { next: dataset.nextUrl, shared: dataset.sharedUrl };

addEventListener("pageshow", (event) => event.persisted && location.reload());
document.querySelector("[data-next-form]")?.addEventListener("submit", (event) => {
  event.preventDefault();
  handOn(urls);
});
if (isPending()) handOn(urls);
else if ("used" in dataset) new Idle(document.querySelector("[data-idle-dialog]"), { wanted: () => true, onGone: () => handOn(urls) });
