// What became of the ballot: on its way, waiting, locked, a question, or the receipt. It says "Sent" only after the server.

import { announce } from "./announce.js";
import { fillRow } from "./cards.js";
import { canReload } from "./offline.js";
import { differsFromSent } from "./sender.js";
import { _ } from "./words.js";

const HEADINGS = {
  idle: _("Not sent yet"),
  sending: _("Sending…"),
  waiting: _("Not sent yet"),
  locked: _("The ballots are locked"),
  over: _("The result has been shown"),
  past: _("A new round has begun"),
  ask: _("Replace your earlier ballot?"),
  refused: _("Not sent"),
  code: _("Not sent"),
  sent: _("Sent"),
};

const HAND = 10; // more cards than that no hand holds; the list below has them all

/**
 * The last screen; `sender` does the work, this shows it. `onEdit()` goes back to the order,
 * `onKeep()` leaves the earlier ballot in place.
 */
export class Send {
  constructor(element, draft, { onEdit, onKeep }) {
    Object.assign(this, { element, draft, onEdit, onKeep, sender: null });
    this.find = (name) => element.querySelector(`[data-${name}]`);
    element.addEventListener("click", (event) => this.#act(event.target.closest("[data-do]")?.dataset.do));
    element.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.sender.useCode(event.target[0].value);
    });
  }

  show() {
    const held = document.activeElement.closest("[data-phase]");
    const { phase, message } = this.sender;
    this.find("heading").textContent = this.#heading(phase);
    for (const part of this.element.querySelectorAll("[data-phase]"))
      part.hidden = !part.dataset.phase.split(" ").includes(phase);
    for (const slot of this.element.querySelectorAll("[data-message]")) slot.textContent = message;
    for (const part of this.element.querySelectorAll("[data-when-kept]"))
      part.hidden = (part.dataset.whenKept === "yes") !== this.draft.storage.kept;
    for (const part of this.element.querySelectorAll("[data-when-sent]")) part.hidden = !this.draft.state.sent;
    for (const part of this.element.querySelectorAll("[data-when-reload]")) part.hidden = canReload || !this.draft.storage.kept;
    this.#fillReceipt(phase);
    this.#deal(this.#shownRanking(phase));
    if (held?.hidden) this.find("heading").focus(); // what was pressed is gone
  }

  /** Called when something has happened to the ballot while this screen is open. */
  tell({ heading = true } = {}) {
    this.show();
    const { phase } = this.sender;
    const lines = [...this.element.querySelectorAll("[data-phase]:not([hidden]) [data-said]:not([hidden])")];
    const receipt = phase === "sent" && _("Receipt %(receipt)s.", { receipt: this.find("receipt").textContent });
    announce(heading && `${this.#heading(phase)}.`, receipt, ...lines.map((line) => line.textContent));
  }

  #heading(phase) {
    const at = this.draft.state.sent?.at;
    return phase === "sent" && at ? _("Sent %(time)s", { time: clock(at) }) : HEADINGS[phase];
  }

  #fillReceipt(phase) {
    const { sent, outgoing } = this.draft.state;
    this.find("receipt").textContent = sent?.receipt ?? "";
    this.find("earlier").textContent = outgoing?.ask ?? "";
    this.find("changed").hidden = !(phase === "sent" && differsFromSent(this.draft.state));
  }

  #shownRanking(phase) {
    const { sent, outgoing, ranking } = this.draft.state;
    if (phase === "sent") return sent.ranking.filter((code) => this.draft.codes.has(code));
    return outgoing?.body.ranking ?? ranking;
  }

  #deal(ranking) {
    const held = ranking.slice(0, HAND).map((code, index) => numbered("hand-card", code, index));
    const middle = (held.length - 1) / 2 || 1;
    held.forEach((card, index) => card.style.setProperty("--tilt", (index - middle) / middle));
    this.find("hand").replaceChildren(...held);
    this.find("own-list").replaceChildren(...ranking.map((code, index) => numbered("own-row", code, index)));
  }

  // What stays as it was is said again, or nobody would know that it was tried.
  #retried() {
    if (["waiting", "locked"].includes(this.sender.phase)) this.tell();
  }

  #act(action) {
    if (action === "retry") this.sender.hurry().then(() => this.#retried());
    else if (action === "replace") this.sender.replace();
    else if (action === "keep") this.onKeep();
    else if (action === "edit") this.onEdit();
  }
}

function numbered(templateId, code, index) {
  const node = fillRow(templateId, code);
  node.querySelector("[data-number]").textContent = index + 1;
  return node;
}

function clock(at) {
  return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}
