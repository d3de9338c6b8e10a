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
  const texts = Array.from(content.querySelectorAll("h2, p"));
  const [title, seen, ...back] = texts.map((node) => node.textContent);
  const [titleLang, seenLang, ...backLangs] = texts.map((node) => node.lang || language);
  return { title, seen, back, titleLang, seenLang, backLangs, icon: content.querySelector("svg"), ...dataset };
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
  fill(node, ".card-title", card.title, card.titleLang);
  fill(node, ".card-face .card-seen", card.seen, card.seenLang);
  fill(node, "summary .visually-hidden", ` ${card.title}`, card.titleLang);
  node.querySelector(".card-icon").replaceChildren(...copyIcon(card));
  fillBack(node, card);
  return node;
}

/** What stands on the card beside its title: how it is noticed, and the back. */
export function textsNode(code) {
  const node = document.createElement("div");
  const seen = node.appendChild(document.createElement("p"));
  Object.assign(seen, { className: "card-seen", dir: "auto", lang: deck.get(code).seenLang, textContent: seenOf(code) });
  node.append(blank.querySelector(".card-parts").cloneNode(true));
  fillBack(node, deck.get(code));
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
    else Object.assign(slot, { lang: slot.dataset.fill === "title" ? card.titleLang : language, textContent: card[slot.dataset.fill] });
  }
  return row;
}

// What a deck from elsewhere leaves empty is left out of the card.
function fill(node, selector, text, lang = language) {
  for (const slot of node.querySelectorAll(selector)) {
    if (text.trim()) Object.assign(slot, { lang, textContent: text });
    else slot.remove();
  }
}

function fillBack(node, { back: texts, backLangs }) {
  const parts = node.querySelectorAll(".card-part");
  parts.forEach((part, index) => {
    if (texts[index]) Object.assign(part.querySelector("dd"), { lang: backLangs[index], textContent: texts[index] });
    else part.remove();
  });
  if (!texts.some(Boolean)) node.querySelector(".card-parts").replaceWith(document.getElementById("card-back-empty").content.cloneNode(true));
}

function copyIcon({ icon }) {
  return icon ? [icon.cloneNode(true)] : [];
}
