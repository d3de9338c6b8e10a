// Saves a form while people type, and says so once, when a field is left; what is wrong it says at once. Only the fields
// that changed are sent, so that two devices can fill in one form; what is not on the server yet is kept on this device
// and sent again, also after a reload. What somebody typed before this script had come is saved as soon as it has.

import { Again, PATIENCE } from "./ballot/again.js";
import { _ } from "./ballot/words.js";

const read = (form, name) => {
  const fields = [...form.querySelectorAll(`[name="${name}"]`)];
  if (fields[0].type === "radio") return fields.find((field) => field.checked)?.value ?? "";
  if (name === "from_whom") return fields.filter((field) => field.checked).map((field) => field.value);
  return fields[0].type === "checkbox" ? fields[0].checked : fields[0].value;
};

const write = (form, name, value) => {
  for (const field of form.querySelectorAll(`[name="${name}"]`)) {
    if (field.type === "radio") field.checked = field.value === value;
    else if (field.type === "checkbox") field.checked = Array.isArray(value) ? value.includes(field.value) : value;
    else field.value = value;
  }
};

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

class Saved {
  #changed = {};
  #again = new Again(() => this.#save(), { first: 700, longest: 10000 });
  #busy = false;
  #left = false; // a field was, since it was last said that everything is saved

  constructor(form, onSaved) {
    this.form = form;
    this.onSaved = onSaved;
    this.url = new URL(form.getAttribute("action"), location).pathname; // form.action is the field of that name
    this.status = form.querySelector("[data-save-state]");
    form.querySelector("[data-without-script]").remove();
    form.addEventListener("input", (event) => this.#note(event.target));
    form.addEventListener("change", () => this.#leave());
    form.addEventListener("submit", (event) => { event.preventDefault(); this.#save(); });
    addEventListener("online", () => this.#dirty && this.#again.plan(0));
    addEventListener("pagehide", () => this.#dirty && this.#put(this.#changed, true).catch(() => {}));
    addEventListener("beforeunload", (event) => this.#dirty && !this.#kept() && event.preventDefault());
    this.#restore();
  }

  /** Nothing of this form is to be kept: its card is taken off. */
  forget() {
    this.#again.stop();
    this.#changed = {};
    this.#keep();
  }

  get #dirty() {
    return Object.keys(this.#changed).length > 0;
  }

  #note(field) {
    if (!field.validity.valid) {
      this.#say("refused", _("Not saved yet: this date does not exist or is too far away."));
      return;
    }
    this.#changed[field.name] = read(this.form, field.name);
    this.#keep();
    if (this.status.dataset.kind === "saved") this.#say("", "");
    this.#again.plan();
  }

  /** A field is as it is to be. */
  #leave() {
    this.#left = true;
    if (this.#dirty) this.#again.plan(0);
    else this.#tell();
  }

  async #save() {
    if (this.#busy || !this.#dirty) return;
    this.#busy = true;
    const sent = { ...this.#changed };
    try {
      const answer = await this.#put(sent, false);
      if (answer.status >= 500) throw new Error(answer.statusText);
      if (answer.ok) this.#noteSaved(sent, await answer.json());
      else await this.#noteRefused(answer);
      this.#again.calm();
      if (this.#dirty && !same(sent, this.#changed)) this.#again.plan();
    } catch {
      this.#say("waiting", _("Not saved yet. It tries again."));
      this.#again.later();
    }
    this.#busy = false;
  }

  #noteSaved(sent, answer) {
    for (const [name, value] of Object.entries(sent)) if (same(value, this.#changed[name])) delete this.#changed[name];
    this.#keep();
    this.#mark();
    this.onSaved(answer);
    if (this.status.dataset.kind) this.#left = true; // something was wrong, and is not any more
    this.#tell();
  }

  /** Once for each field that was left; never while anything is not saved. */
  #tell() {
    if (!this.#left || this.#dirty || !this.form.checkValidity()) return;
    this.#left = false;
    this.#say("saved", _("Saved"));
  }

  /** A refusal is not mended by repeating it: the sentence says what to change, and the text stays. */
  async #noteRefused(answer) {
    const { message, field } = await answer.json().catch(() => ({ message: _("Reload the page and try again.") }));
    this.#say("refused", [_("Not saved."), message].join(" "));
    this.#mark(field);
  }

  /** The field that is wrong, and no other. */
  #mark(wrong) {
    for (const field of this.form.elements) {
      if (field.name && field.name === wrong) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
  }

  #put(changed, leaving) {
    const headers = { "Content-Type": "application/json", Accept: "application/json" };
    const signal = AbortSignal.timeout?.(PATIENCE);
    return fetch(this.url, { method: "PUT", headers, body: JSON.stringify(changed), signal, keepalive: leaving });
  }

  #say(kind, words) {
    this.status.dataset.kind = kind;
    if (this.status.textContent !== words) this.status.textContent = words;
  }

  #keep() {
    try {
      if (this.#dirty) localStorage.setItem(this.url, JSON.stringify(this.#changed));
      else localStorage.removeItem(this.url);
    } catch {
      // no storage on this device: leaving the page with something unsaved asks first
    }
  }

  #kept() {
    try {
      return same(JSON.parse(localStorage.getItem(this.url)), this.#changed);
    } catch {
      return false;
    }
  }

  #restore() {
    const typed = this.#typed();
    let kept = {};
    try {
      kept = JSON.parse(localStorage.getItem(this.url)) ?? {};
    } catch {
      // no storage on this device, or nothing that can be read
    }
    this.#changed = { ...kept, ...typed };
    for (const [name, value] of Object.entries(this.#changed)) write(this.form, name, value);
    if (!this.#dirty) return;
    this.#keep();
    this.#left = true;
    this.#save();
  }

  /** What stands in the fields otherwise than on the server as the page was made. */
  #typed() {
    const was = JSON.parse(this.form.querySelector("[name=was]").value);
    const names = Object.keys(was).filter((name) => !same(read(this.form, name), was[name]));
    return Object.fromEntries(names.map((name) => [name, read(this.form, name)]));
  }
}

/** Lets a form save itself; `onSaved` gets each answer of the server. */
export const saves = (form, onSaved) => new Saved(form, onSaved);
