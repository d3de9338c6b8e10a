// The cards as the page brought them: each face stands once in the document, and is copied from there.

const templates = new Map(
  Array.from(document.querySelectorAll("template[data-card]"), (node) => [node.dataset.card, node.content]),
);
const titles = new Map();

/** Takes over the titles from the page's data. */
export function knowCards(cards) {
  for (const card of cards) titles.set(card.code, card.title);
}

export const titleOf = (code) => titles.get(code);

/** A new copy of the card that can be turned over. */
export function cardNode(code) {
  return templates.get(code).firstElementChild.cloneNode(true);
}

/** How a customer notices it; empty in some decks from elsewhere. */
export function seenOf(code) {
  return templates.get(code).querySelector(".card-seen")?.textContent ?? "";
}

/** A copy of a prepared piece of the page with the card's code, icon, title and suit filled in. */
export function fillRow(templateId, code) {
  const row = document.getElementById(templateId).content.firstElementChild.cloneNode(true);
  const face = templates.get(code).querySelector(".card-face");
  row.dataset.code = code;
  row.classList.add(...Array.from(face.classList).filter((name) => name.startsWith("suit-")));
  for (const slot of row.querySelectorAll("[data-fill]")) fillSlot(slot, code, face);
  return row;
}

function fillSlot(slot, code, face) {
  const kind = slot.dataset.fill;
  if (kind === "code") slot.textContent = code;
  else if (kind === "title") slot.textContent = titleOf(code);
  else if (kind === "seen") slot.textContent = seenOf(code);
  else if (kind === "icon") slot.append(...copyIcon(face));
}

function copyIcon(face) {
  const icon = face.querySelector(".card-icon svg");
  return icon ? [icon.cloneNode(true)] : [];
}
