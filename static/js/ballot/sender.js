// Brings a ballot to the server: one id, as many attempts as it takes, and "sent" only when the server has said so.
// The ballot on its way is part of the draft, so that it goes on after a reload.

import { Again, PATIENCE } from "./again.js";
import { newBallotId } from "./shuffle.js";
import { _ } from "./words.js";

const WORTH_REPEATING = (status) => status >= 500 || status === 408 || status === 429;

/** The ballot as it is sent, from the draft; reasons belong to the first three places, in order. */
export function ballotOf(state) {
  return {
    ranking: [...state.ranking],
    piles: { ...state.piles },
    reasons: state.ranking.slice(0, 3).map((code) => reasonOf(state.reasons[code])),
    moment: state.moment,
    serves: state.serves.trim(),
    expected_hits: state.expected ?? null,
    segment: state.segment,
  };
}

function reasonOf({ basis = null, evidence = null, costs = [], words = "" } = {}) {
  return { basis, evidence, costs: [...costs], words: words.trim() };
}

/** Whether the draft differs from what the server has. A ballot sent elsewhere is known by its ranking only. */
export function differsFromSent(state) {
  if (!state.sent) return true;
  return differs(state, state.sent.body ?? { ...ballotOf(state), ranking: state.sent.ranking, segment: state.sent.segment ?? null });
}

/** Whether the draft has been changed since it was put on its way. */
export function differsFromOutgoing(state) {
  return Boolean(state.outgoing) && differs(state, state.outgoing.body);
}

// Piles are extra information: sorting on does not make another ballot of it.
function differs(state, { ranking, reasons, moment, serves = "", expected_hits = null, segment = null }) {
  const now = ballotOf(state);
  const parts = [now.ranking, now.reasons, now.moment, now.serves, now.expected_hits, now.segment];
  return JSON.stringify(parts) !== JSON.stringify([ranking, reasons, moment, serves, expected_hits, segment]);
}

/** `phase` is one of: idle, sending, waiting, locked, over, past, ask, refused, code, sent; `message` is the server's sentence, if any. */
export class Sender {
  #again = new Again(() => this.#attempt());
  #busy = false;
  #ended = false;

  constructor(draft, { url, kind, onPhase }) {
    Object.assign(this, { draft, url, kind, onPhase, next: false });
    this.message = "";
    this.phase = this.#phaseAtStart();
    addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.hurry());
    if (this.phase === "sending") this.#attempt();
  }

  get outgoing() {
    return this.draft.state.outgoing;
  }

  /** Puts the present draft on its way. A second tap changes nothing; an earlier ballot is replaced after a question. */
  submit() {
    if (this.outgoing) return;
    const { sent } = this.draft.state;
    const outgoing = { id: newBallotId(), body: ballotOf(this.draft.state), replace: false, ask: sent?.receipt ?? null };
    this.draft.change((state) => { state.outgoing = outgoing; });
    if (outgoing.ask) this.#enter("ask");
    else this.#attempt();
  }

  /** Sends with another one-time code, which stays out of the draft: the server keeps that, and would know whose it is. */
  useCode(code) {
    this.code = code;
    try {
      localStorage.setItem(this.#codeKey, JSON.stringify(code));
    } catch {
      // It is known here until the page is closed.
    }
    this.submit();
  }

  get #codeKey() {
    const { workshop, round } = this.draft.data;
    return `cardsort:code:${workshop}:${round}`;
  }

  /** The answer to the question: yes, put it in the place of the earlier one. */
  replace() {
    this.draft.change((state) => Object.assign(state.outgoing, { replace: true, ask: null }));
    this.#attempt();
  }

  /** The ballot stays here; nothing more is sent until somebody says so. */
  withdraw() {
    this.#again.stop();
    if (this.outgoing) this.draft.change((state) => { state.outgoing = null; });
    this.#enter(this.draft.state.sent ? "sent" : "idle");
  }

  /** Ends all attempts: the device goes to somebody else. */
  end() {
    this.#ended = true;
    this.#again.stop();
  }

  /** Tries at once instead of at the next planned time; resolves when that has had its answer. */
  async hurry() {
    if (this.phase === "waiting" || this.phase === "locked") await this.#attempt();
  }

  /**
   * The next round has begun. A ballot on its way is tried once more: it may have arrived while its round was open,
   * and then its receipt still comes.
   */
  endRound() {
    if (this.next) return;
    this.next = true;
    if (this.outgoing?.ask) this.#enter("past");
    else if (this.outgoing) this.#attempt();
    else if (this.phase !== "sent") this.#enter("past");
  }

  /** Takes what the server says about this person's ballot and the lock. */
  hear({ open, sent, revealed }) {
    if (sent && sent.id === this.outgoing?.id) this.#acknowledge(sent.id, sent.receipt);
    else if (sent && !this.outgoing && sent.id !== this.draft.state.sent?.id) this.#learn(sent);
    else if (revealed && this.phase === "locked") this.#enter("over");
    else if (open && this.phase === "locked") this.#attempt();
  }

  // A ballot of this person that this page did not know: sent from another page, or long ago.
  #learn(sent) {
    this.draft.change((state) => { state.sent = { ...sent, at: null, body: null }; });
    this.#enter("sent");
  }

  /** What this page holds as sent was taken out again: by its sender on another page, or by the facilitator. */
  lose() {
    this.draft.change((state) => { state.sent = null; });
    if (!this.outgoing) this.#enter("idle");
  }

  /** Another tab has changed the draft: goes on from what it says now. */
  follow() {
    const phase = this.#phaseAtStart();
    if (this.#busy || this.phase === phase || (this.outgoing && phase === "sending")) return;
    this.#enter(phase);
  }

  #phaseAtStart() {
    if (this.outgoing) return this.outgoing.ask ? "ask" : "sending";
    return this.draft.state.sent ? "sent" : "idle";
  }

  async #attempt() {
    if (this.#busy || this.#ended || !this.outgoing || this.outgoing.ask) return;
    this.#busy = true;
    this.#again.stop();
    if (this.phase !== "waiting") this.#enter("sending");
    const { id } = this.outgoing;
    try {
      const answer = await this.#post();
      const said = await answer.json().catch(() => ({}));
      this.#busy = false;
      if (this.outgoing?.id === id) this.#take(answer.status, said, id);
    } catch {
      this.#busy = false;
      if (this.outgoing?.id === id) this.#wait();
    }
  }

  // What the page showed: the server takes no ballot for other cards, another question or another round.
  get #page() {
    const { data, state } = this.draft;
    return { deck: data.deck, round: data.round, edition: state.edition };
  }

  #post() {
    const { id, body, replace } = this.outgoing;
    const code = this.code ?? this.draft.storage.read(this.#codeKey);
    return fetch(this.url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ id, kind: this.kind, ...this.#page, ...body, replace, code }),
      signal: AbortSignal.timeout?.(PATIENCE),
    });
  }

  #take(status, said, id) {
    if ((status === 200 || status === 201) && said.receipt) this.#acknowledge(id, said.receipt);
    else if (status === 409) this.#askToReplace(said.receipt);
    else if (status === 423) this.#enter(said.revealed ? "over" : "locked", said.message);
    else if (status === 410) this.#close();
    else if (WORTH_REPEATING(status) || status < 400) this.#wait();
    else this.#refuse(said.message, said.asks);
  }

  #close() {
    this.next = true;
    this.#enter("past");
  }

  #acknowledge(id, receipt) {
    this.draft.change((state) => {
      const { piles, ...body } = state.outgoing.body;
      state.sent = { id, receipt, ranking: body.ranking, at: Date.now(), body };
      state.outgoing = null;
    });
    this.draft.storage.take(this.#codeKey);
    this.#again.calm();
    this.#enter("sent");
  }

  #askToReplace(receipt) {
    this.draft.change((state) => { state.outgoing.ask = receipt; });
    this.#enter("ask");
  }

  #refuse(message, phase = "refused") {
    this.draft.change((state) => { state.outgoing = null; });
    this.#enter(phase, message || _("The server did not take your order. It is kept here: reload the page and send it again."));
  }

  #wait() {
    this.#again.later();
    this.#enter("waiting");
  }

  #enter(phase, message = "") {
    const same = this.phase === phase && this.message === message;
    Object.assign(this, { phase, message });
    if (!same) this.onPhase(phase);
  }
}
