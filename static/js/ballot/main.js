// Starts the ballot: reads what the page brought, finds the draft, and lets the steps follow one another.

import { announce } from "./announce.js";
import { loadCards, readCards } from "./cards.js";
import { Choose } from "./choose.js";
import { Draft } from "./draft.js";
import { handOn, isPending } from "./handon.js";
import { Keeper } from "./keeper.js";
import { List } from "./list.js";
import { NextPerson } from "./next.js";
import { Notices } from "./notices.js";
import { canReload, keepPage } from "./offline.js";
import { Rank } from "./rank.js";
import { firstStep, Router } from "./router.js";
import { Send } from "./send.js";
import { Sender, differsFromOutgoing, differsFromSent } from "./sender.js";
import { Sort } from "./sort.js";
import { Watch } from "./watch.js";
import { Who } from "./who.js";
import { Why } from "./why.js";
import { _ } from "./words.js";

const PAUSE = 2000; // milliseconds between two tries to fetch the cards
const PASSIVE = ["waiting", "locked", "ask"]; // phases in which a change of mind takes the ballot back

/** One person's ballot on this page: the parts, and what each tells the others. */
class Ballot {
  constructor(data) {
    this.draft = new Draft(data);
    this.notices = new Notices(document.querySelector("[data-notices]"));
    this.revealed = false;
    this.#noteReveal(data);
    this.router = new Router(this.draft, this.#makeSteps(), { onMissing: (sentence) => this.notices.say("missing", sentence) });
    this.sender = new Sender(this.draft, { url: data.urls.send, kind: data.kind, onPhase: () => this.#phaseChanged() });
    this.router.pages.send.sender = this.sender;
    this.watch = new Watch({ url: data.urls.state, open: data.open, onState: (state) => this.#hear(state) });
    this.keeper = new Keeper(this.draft, {
      url: data.urls.draft,
      kind: data.kind,
      onAnswer: ({ open, deck }) => {
        if (typeof open === "boolean") this.watch.note(open);
        this.#compareCards(deck);
      },
      onNextRound: () => this.#endRound(),
      onKept: (kept) => this.notices.set("unkept", !kept),
      onReach: (reached) => this.notices.set(canReload ? "offline" : "offline-stay", !reached),
    });
    this.draft.onChange((state, origin) => this.#draftChanged(state, origin));
    new NextPerson(document.querySelector("[data-ballot]"), this.draft, { quiet: () => this.#fallSilent() });
  }

  start() {
    keepPage(this.draft.data.urls.worker);
    document.querySelector("[data-waiting]").remove();
    document.querySelector("[data-ballot]").hidden = false;
    this.#noteRemoved(this.draft.data);
    this.router.start();
    this.notices.set("outdated", this.draft.outdated);
    this.#showNotices();
  }

  // Before the device goes to somebody else: nothing is written, sent or shown any more.
  async #fallSilent() {
    this.draft.storage.close();
    this.sender.end();
    this.watch.end();
    await this.keeper.end();
  }

  #makeSteps() {
    const then = (step) => ({ onDone: () => this.router.go(step) });
    const send = { onDone: () => this.#send() };
    const steps = {
      who: [Who, { onDone: () => this.router.attempt(firstStep(this.draft.state)) }],
      sort: [Sort, then("choose")],
      list: [List, { onDone: () => this.#fromList() }],
      choose: [Choose, { onDone: () => this.router.attempt("rank") }],
      rank: [Rank, this.draft.data.second ? send : then("why")],
      why: [Why, send],
      send: [Send, { onEdit: () => this.router.go("rank"), onKeep: () => this.#keepEarlier() }],
    };
    return Object.fromEntries(Object.entries(steps).flatMap(([name, [Step, events]]) => {
      const element = document.querySelector(`[data-step="${name}"]`); // not every ballot has every step
      return element ? [[name, new Step(element, this.draft, events)]] : [];
    }));
  }

  // Whoever has marked no more than they may put in order need not choose again.
  #fromList() {
    const { state, data } = this.draft;
    this.router.attempt(state.ranking.length > data.picks ? "choose" : "rank");
  }

  #send() {
    this.sender.submit();
    this.router.go("send");
    this.#showNotices();
  }

  #keepEarlier() {
    this.sender.withdraw();
    this.watch.ask();
  }

  #hear(state) {
    if (state.round > this.draft.data.round) {
      this.#endRound();
      return;
    }
    this.#compareCards(state.deck);
    this.#noteRemoved(state);
    this.sender.hear(state);
    this.#noteReveal(state);
    this.#showNotices();
  }

  // A result that has been shown is never taken back. It may be shown on this device too, and its answer be published,
  // and either be taken back, at any time after.
  #noteReveal({ revealed, answered, shown }) {
    this.revealed ||= Boolean(revealed);
    for (const part of document.querySelectorAll("[data-when-revealed]")) part.hidden = (part.dataset.whenRevealed === "yes") !== this.revealed;
    if (answered === undefined) return;
    for (const way of document.querySelectorAll("[data-when-answered]")) way.hidden = !answered;
    for (const way of document.querySelectorAll("[data-when-shown]")) way.hidden = !shown;
    if (shown && this.shown === false) announce(_("The result can be seen on this device now."));
    this.shown = shown;
  }

  // What was taken out does not count any more, whatever this device has kept of it.
  #noteRemoved({ removed = [] }) {
    const gone = removed.find(({ id }) => id === this.draft.state.sent?.id);
    if (!gone) return;
    this.sender.lose();
    this.notices.say("removed", [_("Your order does not count."), gone.said].join(" "));
  }

  // What this page holds belongs to a round that is over: it stays on the device, and nothing of it goes into the next.
  #endRound() {
    this.watch.end();
    this.keeper.end();
    this.sender.endRound();
    this.#showNotices();
  }

  // The facilitator may exchange the cards until the first ballot is sent.
  #compareCards(deck) {
    if (deck && deck !== this.draft.data.deck) this.notices.set("exchanged", true);
  }

  #phaseChanged() {
    const { phase } = this.sender;
    const { current, pages } = this.router;
    if (phase === "locked") this.watch.note(false);
    if (phase === "refused" || phase === "over") this.watch.ask(); // whether the cards are the same, and there is an answer
    if (phase === "past") this.#endRound();
    if (current === "send") {
      pages.send.tell();
      this.router.nameStep();
    }
    else if (phase === "sent" && current && !differsFromSent(this.draft.state)) {
      this.router.go("send");
      pages.send.tell({ heading: false }); // that has the focus now, and is heard with it
    }
    this.#showNotices();
  }

  #draftChanged(state, origin) {
    if (origin === "elsewhere") {
      this.sender.follow();
      this.router.again();
    } else if (PASSIVE.includes(this.sender.phase) && differsFromOutgoing(state)) this.sender.withdraw();
    this.#showNotices();
  }

  #showNotices() {
    this.notices.set("missing", false);
    const { state, storage } = this.draft;
    const elsewhere = this.router.current !== "send";
    const changed = Boolean(state.sent) && !state.outgoing && differsFromSent(state);
    this.notices.set("storage", !storage.kept);
    if (state.sent) this.notices.set("removed", false);
    const { next, phase } = this.sender;
    this.notices.set("round", next && !(phase === "past" && !elsewhere));
    this.notices.set("locked", elsewhere && !next && !this.watch.open && !this.revealed);
    this.notices.set("over", elsewhere && !next && this.revealed);
    this.notices.set("unsent", elsewhere && !next && !this.revealed && Boolean(state.outgoing) && phase !== "ask");
    this.notices.set("changed", elsewhere && !next && changed);
  }
}

async function begin(data) {
  while (!(await loadCards(data.urls.cards).then(() => true, () => false))) {
    await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
  }
  new Ballot({ ...data, cards: readCards() }).start();
}

const data = JSON.parse(document.getElementById("ballot-data").textContent);
if (isPending()) handOn(data.urls);
else begin(data);
