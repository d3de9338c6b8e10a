// What one person has done so far. Every change is on the device before anything else happens with it;
// of two copies (two tabs, device and server) the one with the greater revision counts.

import { differsFromSent } from "./sender.js";
import { DeviceStorage } from "./storage.js";
import { newSeed, shuffled } from "./shuffle.js";

const VERSION = 1;
const UNDO_DEPTH = 60;
const FORMER_PILES = { us: "often", not: "no" }; // as drafts say that were begun before an upgrade

/** Where each way through the cards is gone. */
export const STEP_OF = { cards: "sort", list: "list" };

/** The draft of one round, group and kind. `state` is read by everybody and changed through `change` only. */
export class Draft {
  #listeners = [];
  #past = [];

  constructor(data) {
    this.data = data;
    this.codes = new Set(data.cards.map((card) => card.code));
    this.storage = new DeviceStorage(keyOf(data, data.kind), data.person);
    const drafts = [this.storage.read(), data.draft];
    this.state = this.#newest(drafts.map((draft) => this.#usable(draft))) ?? this.#usable(this.#begin());
    /** Whether what was done here before belongs to cards that the workshop had then. */
    this.outdated = this.state.rev === 0 && drafts.some((draft) => this.#isForOtherCards(draft));
    this.state.shared ||= data.kiosk;
    this.#adoptSent(data.sent);
    this.storage.onOtherTab((other) => this.#adopt(this.#usable(other)));
    addEventListener("pageshow", (event) => event.persisted && this.#adopt(this.#usable(this.storage.read())));
  }

  /** Calls `listener(state, origin)` after each change; origin is "here" or "elsewhere" (another tab). */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  /** Applies `alter(state)`, keeps the result on the device and tells everybody. */
  change(alter, { undoable = false, about = null } = {}) {
    this.#adopt(this.#usable(this.storage.read()));
    const before = undoable ? trace(this.state) : null;
    alter(this.state);
    if (before) this.#past = [...this.#past, { before, about }].slice(-UNDO_DEPTH);
    this.state.rev += 1;
    this.storage.write(this.state);
    this.#tell("here");
  }

  /** All cards in this person's own order. */
  get ownOrder() {
    return shuffled([...this.codes], this.state.seed);
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  /** Takes back the last undoable change; returns the code of the card that it was about. */
  undo() {
    const { before, about } = this.#past.pop();
    this.change((state) => Object.assign(state, before));
    return about;
  }

  /** Each step has an undo of its own: what was done on another screen is not taken back unseen. */
  forgetUndo() {
    this.#past = [];
  }

  /** The draft as the server keeps it: without the time of sending, which an anonymous ballot must not carry, and what
   * is this device's. */
  forServer() {
    const { sent, shared, ...rest } = this.state;
    return rest;
  }

  #adopt(other) {
    if (!other || other.rev <= this.state.rev) return;
    this.state = other;
    this.#past = [];
    this.#tell("elsewhere");
  }

  #adoptSent(sent) {
    const state = this.state;
    if (!sent || state.sent?.id === sent.id) return;
    if (state.outgoing?.id === sent.id) state.outgoing = null;
    state.sent = { ...sent, at: null, body: null };
    state.segment ??= sent.segment;
    if (!state.ranking.length) state.ranking = sent.ranking.filter((code) => this.codes.has(code));
    if (!differsFromSent(state)) state.step = "send"; // sent from another device: the receipt is what is new
    this.storage.write(state);
  }

  // A second ballot starts from the piles of the first: nobody sorts twice.
  #begin() {
    const { core, second, piles } = this.data;
    const first = second ? this.#usable(this.storage.read(keyOf(this.data, core))) : null;
    const way = this.data.way ?? "cards";
    return { ...fresh(this.data.deck), way, step: STEP_OF[way], first: this.data.first, piles: first?.piles ?? piles };
  }

  #newest(drafts) {
    const known = drafts.filter(Boolean);
    return known.length ? known.reduce((best, draft) => (draft.rev > best.rev ? draft : best)) : null;
  }

  // The same code may stand on another card in another deck: nothing is taken over from there.
  #isForOtherCards(draft) {
    return Boolean(draft?.deck) && draft.deck !== this.data.deck;
  }

  // A draft may come from an older page, or from before what is asked was changed: what does not fit is left out, the
  // rest is kept.
  #usable(draft) {
    if (draft?.version !== VERSION || !Number.isInteger(draft.rev) || this.#isForOtherCards(draft)) return null;
    const known = (code) => this.codes.has(code);
    const whole = { ...fresh(), ...draft, deck: this.data.deck };
    const piles = Object.entries(whole.piles).filter(([code]) => known(code));
    whole.piles = Object.fromEntries(piles.map(([code, pile]) => [code, FORMER_PILES[pile] ?? pile]));
    whole.trail = whole.trail.filter((code) => known(code));
    if (whole.edition !== this.data.edition) Object.assign(whole, { edition: this.data.edition, segment: null, outgoing: null });
    if (!this.data.segments[whole.segment - 1]) whole.segment = null;
    whole.ranking = [...new Set(whole.ranking)].filter((code) => known(code));
    return whole;
  }

  #tell(origin) {
    for (const listener of this.#listeners) listener(this.state, origin);
  }
}

function fresh(deck) {
  return {
    version: VERSION,
    rev: 0,
    deck, // the mark of the cards that all this is about
    edition: 0, // of what is asked: questions, number of cards, kinds of customers, teams
    seed: newSeed(),
    first: null, // the card that the page came with comes first
    way: "cards", // how this person goes through the deck: one card at a time, or from the list
    step: "sort",
    piles: {},
    trail: [], // codes in the order of sorting, for taking the last one back
    ranking: [], // the chosen cards, best first
    reasons: {}, // by code, so that they stay with the card when it moves
    moment: null,
    expected: null, // how many of the customers' cards somebody in IT expects the group's list to name
    serves: "", // whom a team in IT works for, in own words
    segment: null, // which kind of customer, or team, from 1; null where none is asked
    outgoing: null, // a ballot on its way: {id, body, replace, ask}
    shared: false, // by people who take turns at this device: the result shows nobody's list there
    sent: null, // what the server has acknowledged: {id, receipt, ranking, at, body}
  };
}

const keyOf = ({ workshop, round, group }, kind) => `cardsort:${workshop}:${round}:${group}:${kind}`;
const trace = ({ piles, trail, ranking }) => ({ piles: { ...piles }, trail: [...trail], ranking: [...ranking] });
