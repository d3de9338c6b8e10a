// The cards: an empty one that the page brought, and for each card of the deck what is printed on it.

const { content, dataset: { language } } = document.getElementById("card");
const blank = content.firstElementChild;
const deck = new Map();

/** Fetches what is printed on the cards; throws where it does not come, whole and of this deck. */
export async function loadCards(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(answer.statusText);
  const page = document.createElement("template");
  page.innerHTML = await answer.text(); // this server's own page: every text in it is escaped
  for (const node of page.content.querySelectorAll("template[data-card]")) deck.set(node.dataset.card, printed(node));
}

function printed({ dataset, content }) {
  const [title, seen, cost, better, question] = Array.from(content.querySelectorAll("h2, p"), (node) => node.textContent);
  return { title, seen, back: [cost, better, question], icon: content.querySelector("svg"), ...dataset };
}

/** All cards of the deck, in its own order. */
export function readCards() {
  return Array.from(deck.keys(), (code) => ({ code }));
}

export const titleOf = (code) => deck.get(code).title;

/** How a customer notices it; empty in some decks from elsewhere. */
export const seenOf = (code) => deck.get(code).seen;

/** A new card, face and back, that can be turned over. */
export function cardNode(code) {
  const card = deck.get(code);
  const node = blank.cloneNode(true);
  for (const side of node.querySelectorAll(".card")) side.classList.replace("suit-other", card.look);
  fill(node, ".card-code", code);
  fill(node, ".card-suit", card.suit);
  fill(node, ".card-title", card.title);
  fill(node, ".card-face .card-seen", card.seen);
  fill(node, "summary .visually-hidden", ` ${card.title}`);
  node.querySelector(".card-icon").replaceChildren(...copyIcon(card));
  fillBack(node, card.back);
  return node;
}

/** What stands on the card beside its title: how it is noticed, and the back. */
export function textsNode(code) {
  const node = document.createElement("div");
  const seen = node.appendChild(document.createElement("p"));
  Object.assign(seen, { className: "card-seen", dir: "auto", lang: language, textContent: seenOf(code) });
  node.append(blank.querySelector(".card-parts").cloneNode(true));
  fillBack(node, deck.get(code).back);
  return node;
}

/** A copy of a prepared piece of the page with the card's code, icon, title and suit filled in. */
export function fillRow(templateId, code) {
  const row = document.getElementById(templateId).content.firstElementChild.cloneNode(true);
  const card = deck.get(code);
  row.dataset.code = code;
  row.classList.add(card.look);
  for (const slot of row.querySelectorAll("[data-fill]")) {
    if (slot.dataset.fill === "icon") slot.append(...copyIcon(card));
    else if (slot.dataset.fill === "code") slot.textContent = code;
    else Object.assign(slot, { lang: language, textContent: card[slot.dataset.fill] });
  }
  return row;
}

// What a deck from elsewhere leaves empty is left out of the card.
function fill(node, selector, text) {
  for (const slot of node.querySelectorAll(selector)) {
    if (text.trim()) slot.textContent = text;
    else slot.remove();
  }
}

function fillBack(node, texts) {
  const parts = node.querySelectorAll(".card-part");
  parts.forEach((part, index) => {
    if (texts[index]) part.querySelector("dd").textContent = texts[index];
    else part.remove();
  });
  if (!texts.some(Boolean)) node.querySelector(".card-parts").replaceWith(document.getElementById("card-back-empty").content.cloneNode(true));
}

function copyIcon({ icon }) {
  return icon ? [icon.cloneNode(true)] : [];
}
