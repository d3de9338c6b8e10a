// What is asked about the first three cards: know or think for IT, cost and words for customers. All of it is optional.

import { announce } from "./announce.js";
import { fillRow, titleOf } from "./cards.js";
import { placeOf } from "./moves.js";
import { _, ngettext } from "./words.js";

const ASKED = 3;
const LENGTH = 280;
const FEW = 20; // characters: from here on whoever hears the page is told, too
const SIZED = CSS.supports("field-sizing", "content"); // a field is as high as what it holds, by itself

/** The last questions; `onDone()` sends. */
export class Why {
  constructor(element, draft, { onDone }) {
    Object.assign(this, { element, draft });
    this.find = (name) => element.querySelector(`[data-${name}]`);
    element.addEventListener("change", (event) => this.#answer(event.target));
    element.addEventListener("input", (event) => this.#write(event.target));
    this.find("on").addEventListener("click", onDone);
  }

  show() {
    const focused = document.activeElement?.id;
    const panels = this.draft.state.ranking.slice(0, ASKED).map((code) => this.#panel(code));
    this.find("panels").replaceChildren(...panels);
    for (const radio of this.element.querySelectorAll("[name=moment]")) check(radio, this.draft.state.moment);
    for (const radio of this.element.querySelectorAll("[name=expected]")) check(radio, this.draft.state.expected?.toString());
    const serves = this.element.querySelector("[data-about=serves]");
    if (serves) serves.value = this.draft.state.serves;
    for (const field of this.element.querySelectorAll("textarea")) fit(field);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  #panel(code) {
    const panel = fillRow("why-panel", code);
    const reason = this.#reason(code);
    panel.querySelector("[data-place-number]").textContent = placeOf(this.draft.state.ranking, code);
    for (const control of panel.querySelectorAll("[data-about]")) this.#prepare(control, code, reason);
    const words = panel.querySelector("textarea");
    if (words) showLeft(words);
    return panel;
  }

  #prepare(control, code, reason) {
    const { about } = control.dataset;
    control.id = `${about}-${control.type === "textarea" ? "text" : control.value || "none"}-${code}`;
    control.name = `${about}-${code}`;
    if (about === "words") {
      control.value = reason.words;
      control.setAttribute("aria-label", _("In your own words, about “%(title)s”", { title: titleOf(code) }));
    } else if (about === "costs") control.checked = reason.costs.includes(control.value);
    else check(control, reason[about]);
  }

  #reason(code) {
    return { basis: null, evidence: null, costs: [], words: "", ...this.draft.state.reasons[code] };
  }

  #set(control, alter) {
    const { code } = control.closest("[data-code]").dataset;
    this.draft.change((state) => {
      const reason = this.#reason(code);
      alter(reason);
      state.reasons[code] = reason;
    });
  }

  #answer(control) {
    const { about } = control.dataset;
    if (control.type === "radio") control.closest(".chips").classList.toggle("answered", Boolean(control.value));
    if (control.name === "moment") this.draft.change((state) => { state.moment = control.value || null; });
    else if (about === "expected") this.draft.change((state) => { state.expected = control.value ? Number(control.value) : null; });
    else if (about === "costs") this.#set(control, (reason) => { reason.costs = toggled(reason.costs, control); });
    else if (about === "basis" || about === "evidence") this.#set(control, (reason) => { reason[about] = control.value || null; });
  }

  #write(control) {
    fit(control);
    const said = wellFormed(control.value);
    if (control.dataset.about === "serves") this.draft.change((state) => { state.serves = said; });
    if (control.dataset.about !== "words") return;
    this.#set(control, (reason) => { reason.words = said; });
    showLeft(control);
    const left = LENGTH - control.value.length;
    if (left === 0) announce(_("No more characters fit."));
    else if (left === FEW) announce(ngettext("%(n)s character left.", "%(n)s characters left.", FEW));
  }
}

// "No answer" takes back what was said, and is offered as soon as something was.
function check(radio, value) {
  radio.checked = radio.value === (value ?? "");
  if (radio.checked) radio.closest(".chips").classList.toggle("answered", Boolean(value));
}

function toggled(costs, box) {
  const rest = costs.filter((cost) => cost !== box.value);
  return box.checked ? [...rest, box.value].sort() : rest;
}

// A cut emoji leaves half a character, which no server takes.
const wellFormed = (text) => text.toWellFormed?.() ?? text;

function fit(field) {
  if (SIZED || field.type !== "textarea") return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
}

function showLeft(words) {
  const left = LENGTH - words.value.length;
  const note = words.parentElement.querySelector("[data-left]");
  note.textContent = words.value ? ngettext("%(n)s character left", "%(n)s characters left", left) : "";
}
