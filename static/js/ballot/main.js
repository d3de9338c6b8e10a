// Starts the ballot: reads what the page brought, finds the draft, and lets the steps follow one another.

import { knowCards } from "./cards.js";
import { Choose } from "./choose.js";
import { Draft } from "./draft.js";
import { Keeper } from "./keeper.js";
import { Notices } from "./notices.js";
import { Overview } from "./overview.js";
import { Rank } from "./rank.js";
import { Router } from "./router.js";
import { Send } from "./send.js";
import { Sender, ballotOf, differsFromSent } from "./sender.js";
import { Sort } from "./sort.js";
import { Watch } from "./watch.js";
import { Why } from "./why.js";

const PASSIVE = ["waiting", "locked", "ask"]; // phases in which a change of mind takes the ballot back

function start() {
  const data = JSON.parse(document.getElementById("ballot-data").textContent);
  knowCards(data.cards);
  const draft = new Draft(data);
  const notices = new Notices(document.querySelector("[data-notices]"));
  const router = new Router(draft, makeSteps(draft, { go: (step) => router.go(step), send: () => send(), keep: () => keep() }));
  const sender = new Sender(draft, { url: data.urls.send, kind: data.kind, onPhase: () => phaseChanged() });
  router.pages.send.sender = sender;

  function send() {
    sender.submit();
    router.go("send");
  }

  function keep() {
    sender.withdraw();
    watch.ask();
  }

  function phaseChanged() {
    const { current } = router;
    if (sender.phase === "locked") watch.note(false);
    if (current === "send") router.pages.send.tell();
    else if (sender.phase === "sent" && current && !differsFromSent(draft.state)) router.go("send");
    showNotices();
  }

  function showNotices() {
    const elsewhere = router.current !== "send";
    notices.set("storage", !draft.storage.kept);
    notices.set("locked", !watch.open && elsewhere);
    notices.set("unsent", Boolean(draft.state.outgoing) && sender.phase !== "ask" && elsewhere);
    notices.set("changed", Boolean(draft.state.sent) && !draft.state.outgoing && differsFromSent(draft.state) && elsewhere);
  }

  const watch = new Watch({
    url: data.urls.state,
    open: data.open,
    onState: (state) => { sender.hear(state); showNotices(); },
  });
  new Keeper(draft, {
    url: data.urls.draft,
    kind: data.kind,
    onOpen: (open) => watch.note(open),
    onReach: (reached) => notices.set("offline", !reached),
  });
  draft.onChange((state, origin) => {
    if (origin === "elsewhere") { sender.follow(); router.again(); }
    else if (PASSIVE.includes(sender.phase) && changedSince(state)) sender.withdraw();
    showNotices();
  });
  document.querySelector("[data-waiting]").remove();
  document.querySelector("[data-ballot]").hidden = false;
  router.start();
  showNotices();
}

function makeSteps(draft, { go, send, keep }) {
  const element = (step) => document.querySelector(`[data-step="${step}"]`);
  const page = (Step, step, events) => new Step(element(step), draft, events);
  return {
    sort: page(Sort, "sort", { onDone: () => go("choose") }),
    all: page(Overview, "all", { onDone: () => go("choose") }),
    choose: page(Choose, "choose", { onDone: () => go("rank") }),
    rank: page(Rank, "rank", { onDone: () => go("why") }),
    why: page(Why, "why", { onDone: send }),
    send: page(Send, "send", { onEdit: () => go("rank"), onKeep: keep }),
  };
}

function changedSince({ outgoing, ...state }) {
  if (!outgoing) return false;
  const { piles, ...now } = ballotOf(state);
  const { piles: _then, ...then } = outgoing.body;
  return JSON.stringify(now) !== JSON.stringify(then);
}

start();
