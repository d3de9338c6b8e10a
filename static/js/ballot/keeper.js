// Keeps the draft on the server too, shortly after each change and when the page is left.

import { Again, PATIENCE } from "./again.js";

const FAREWELL = 1500;
const NOT_KEPT = new Set([413, 429, 503]); // by a server that has no room, or no database, at the moment
const KEEPALIVE_LIMIT = 60000; // browsers refuse larger bodies on a page that is going away

/** Sends the newest draft, one request at a time; a failed one is repeated. Calls `onAnswer({open, deck})` with the answer,
 * `onReach(reached)` with whether there was one, `onKept(kept)` with whether the server keeps drafts at present, and
 * `onNextRound()` where it is too late for this round's drafts. */
export class Keeper {
  #again = new Again(() => { this.#last = this.#save(); });
  #saved = 0;
  #busy = false;
  #ended = false;
  #last = Promise.resolve();

  constructor(draft, { url, kind, onAnswer, onReach, onKept, onNextRound }) {
    Object.assign(this, { draft, url, kind, onAnswer, onReach, onKept, onNextRound });
    this.#saved = draft.data.draft?.rev ?? 0;
    draft.onChange((_state, origin) => origin === "here" && this.#again.plan(draft.storage.kept ? undefined : 0));
    addEventListener("pagehide", () => this.#leave());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.#leave());
    addEventListener("online", () => this.#dirty && this.#again.plan(0));
    if (this.#dirty) this.#again.plan();
  }

  /** Ends the keeping; resolves when the last save has its answer, or after a moment. */
  end() {
    this.#ended = true;
    this.#again.stop();
    return Promise.race([this.#last, new Promise((resolve) => { setTimeout(resolve, FAREWELL); })]);
  }

  get #dirty() {
    return !this.#ended && this.draft.state.rev > this.#saved;
  }

  async #save() {
    if (this.#busy || !this.#dirty) return;
    this.#busy = true;
    const rev = this.draft.state.rev;
    try {
      const answer = await this.#put(false);
      this.onReach(true);
      if (answer.ok) await this.#noteSaved(rev, answer);
      this.onKept(!NOT_KEPT.has(answer.status));
      if (answer.status === 410) this.onNextRound();
      if (answer.status < 500) this.#saved = Math.max(this.#saved, rev); // a refusal is not mended by repeating it
    } catch {
      this.onReach(false);
    }
    this.#busy = false;
    if (this.#dirty) this.#again.later();
    else this.#again.calm();
  }

  async #noteSaved(rev, answer) {
    this.#saved = rev;
    this.onAnswer(await answer.json());
  }

  #leave() {
    if (!this.#dirty) return;
    const rev = this.draft.state.rev;
    this.#put(true).then(
      (answer) => { if (answer.ok) this.#saved = Math.max(this.#saved, rev); },
      () => {}, // the page is going; the device has the draft
    );
  }

  #put(leaving) {
    const { deck, round } = this.draft.data;
    const body = JSON.stringify({ kind: this.kind, deck, round, draft: this.draft.forServer() });
    return fetch(this.url, {
      method: "PUT",
      headers: { "Content-Type": "application/json" },
      body,
      signal: AbortSignal.timeout?.(PATIENCE),
      keepalive: leaving && body.length < KEEPALIVE_LIMIT,
    });
  }
}
