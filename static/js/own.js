// One's own list beside those that were shown: read from this device, marked on this page, and sent nowhere.

import { ngettext } from "./ballot/words.js";

const titles = new Map(Object.entries(JSON.parse(document.getElementById("titles").textContent)));
const lists = [...document.querySelectorAll("[data-list]")];

/** The order that was sent from this device as the ballot with that id; none where people take turns at it. */
function kept({ own, sent }) {
  try {
    const draft = JSON.parse(localStorage.getItem(own));
    if (draft?.sent?.id !== sent || draft.shared) return [];
    return draft.sent.ranking.filter((code) => titles.has(code));
  } catch {
    return []; // a browser that keeps nothing
  }
}

function tell(part, place) {
  part.querySelector(".num").textContent = place;
  part.hidden = false;
}

/** Where that list has the card; null where it is not among those it names. */
function rowOf(list, code) {
  return [...list.querySelectorAll("[data-code]")].find((row) => row.dataset.code === code) ?? null;
}

function ownRow(code, index) {
  const row = document.getElementById("own-row").content.cloneNode(true);
  row.querySelector("[data-number]").textContent = index + 1;
  row.querySelector("[data-title]").textContent = titles.get(code);
  for (const list of lists) {
    const found = rowOf(list, code);
    if (found) tell(row.querySelector(`[data-found=${list.dataset.list}]`), found.querySelector("[data-place]").textContent);
  }
  return row;
}

/** Marks in a list the cards of one's own, and says how many they are. */
function mark(list, ranking) {
  const hits = ranking.map((code, index) => [rowOf(list, code), index + 1]).filter(([row]) => row);
  for (const [row, place] of hits) {
    row.classList.add("is-yours");
    tell(row.querySelector("[data-yours]"), place);
  }
  const said = list.querySelector("[data-hits]");
  said.textContent = ngettext(
    "%(n)s of your %(all)s cards is in this list.", "%(n)s of your %(all)s cards are in this list.", hits.length, { all: ranking.length },
  );
  said.hidden = false;
}

for (const section of document.querySelectorAll("[data-own]")) {
  const ranking = kept(section.dataset);
  if (!ranking.length) continue;
  section.querySelector("[data-rows]").replaceChildren(...ranking.map(ownRow));
  section.hidden = false;
  document.querySelector("[data-own-lists]").hidden = false;
  document.querySelector("[data-lists]").classList.add("with-own");
  document.querySelector("[data-without-own]").hidden = true;
  document.querySelector("[data-with-own]").hidden = false;
  if ("core" in section.dataset) for (const list of lists) mark(list, ranking);
}
