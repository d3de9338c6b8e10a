"""What everybody may do in a workshop, played in any order beside a model of a few dictionaries: no ballot is lost,
none counts twice, none is seen too early.
"""

import csv
import io
import json
import re
from collections import Counter

from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from cardsort.web.kit.limits import install_limits
from tests.trust.hostile import fresh_app
from tests.web.conftest import open_room

CARDS = ("A-01", "A-02", "B-03", "C-03", "S-01", "S-02")
CORE = {"it": "prediction", "customers": "own"}
SECOND = {"it": "own", "customers": "prediction"}
EARLY = (
    *("result", "result.json", "ballots.csv", "ballots.json", "cards.csv"),
    *("data.xlsx", "slides.pptx", "report.pdf", "projector"),
)
STEPS = 25
devices = st.tuples(st.sampled_from(("it", "customers")), st.integers(0, 3))
groups = st.sampled_from(("it", "customers"))
rankings = st.permutations(CARDS).map(lambda cards: cards[:3])
rarely = st.sampled_from((False, False, False, True))


class Device:
    """A browser, and who sits before it."""

    def __init__(self, room, person):
        self.client, self.person = room.stranger(), person
        self.sent = {}  # (round, kind) -> the bodies sent, the last one last


class Workshop(RuleBasedStateMachine):
    """One workshop, eight devices, a facilitator. `app` is set by `machine_for`."""

    app = None

    @initialize(second=st.booleans(), codes=rarely, threshold=st.integers(3, 4))
    def begin(self, second, codes, threshold):
        install_limits(self.app, "memory://")  # nobody has guessed yet
        self.people = self.ids = 0
        self.second, self.threshold = second, threshold
        asked = {"second_it": "yes", "second_customers": "yes"} if second else {}
        self.room = open_room(self.app, name="Autumn", picks="3", threshold=str(threshold), **asked)
        self.links = {"it": self.room.it, "customers": self.room.customers}
        self.devices = {(group, place): Device(self.room, self.new_person()) for group in CORE for place in range(4)}
        self.round, self.locked, self.revealed = 1, set(), set()
        self.ballots = {}  # (round, group, kind) -> person -> (id, ranking)
        self.drafts = {}  # (round, person, kind) -> words
        self.codes, self.used = set(), set()
        if codes:
            self.make_codes(4)

    def new_person(self):
        self.people += 1
        return self.people

    def new_id(self):
        self.ids += 1
        return f"{self.ids:032x}"

    def votes(self, group, kind, of_round=None):
        return self.ballots.setdefault((of_round or self.round, group, kind), {})

    def path(self, device, end, kind):
        asked = "" if kind == CORE[device[0]] else f"?kind={kind}"
        return f"{self.links[device[0]]}/{end}{asked}"

    def kind_of(self, device, second):
        return (SECOND if second else CORE)[device[0]]

    # Those who vote

    @rule(device=devices, second=rarely, late=rarely)
    def save_draft(self, device, second, late):
        mine, kind, of_round = self.devices[device], self.kind_of(device, second), self.round - late
        body = {"draft": {"words": self.new_id()}, "round": of_round}
        answer = mine.client.put(self.path(device, "draft", kind), json=body)
        if second and not self.second:
            assert answer.status_code == 404
        elif of_round != self.round:
            assert answer.status_code == (410 if of_round else 422)
        else:
            assert answer.json == {"saved": True, "open": device[0] not in self.locked}
            self.drafts[self.round, mine.person, kind] = body["draft"]["words"]
        self.look(device, kind)

    @rule(device=devices, second=rarely, ranking=rankings, replace=st.booleans(), late=rarely, code=st.integers(0, 5))
    def send(self, device, second, ranking, replace, late, code):
        kind, of_round = self.kind_of(device, second), self.round - late or 1
        body = {"id": self.new_id(), "kind": kind, "ranking": ranking, "replace": replace, "round": of_round}
        if self.codes and code < 4:
            body["code"] = sorted(self.codes)[code % len(self.codes)]
        self.post(device, kind, body)

    @rule(device=devices, second=rarely, earlier=st.integers(0, 3))
    def send_again(self, device, second, earlier):
        """What a device has sent arrives once more, be it the last or one before."""
        kind = self.kind_of(device, second)
        sent = self.devices[device].sent.get(kind, [])
        if sent:
            self.post(device, kind, sent[-1 - earlier % len(sent)])

    def post(self, device, kind, body):
        """Send it, and hold the answer to what the model says."""
        mine, group = self.devices[device], device[0]
        expected, receipt = self.expect(device, kind, body)
        answer = mine.client.post(self.path(device, "ballots", kind), json=body)
        assert answer.status_code == expected, (answer.text, body)
        if expected == 201:
            if self.needs_code(device):
                self.used.add(body["code"])
            self.votes(group, kind)[mine.person] = (body["id"], body["ranking"], answer.json["receipt"])
            mine.sent.setdefault(kind, []).append(body)
        if receipt:
            assert answer.json["receipt"] == receipt
        self.look(device, kind)

    def expect(self, device, kind, body):
        """The status that the answer must have, and the receipt where one is stored already."""
        group, known = device[0], self.known(body["id"])
        earlier = self.votes(group, kind).get(self.devices[device].person)
        refusals = (  # the first that holds
            (404, kind != CORE[group] and not self.second),
            (200, known),
            (410, body["round"] != self.round),
            (423, group in self.locked),
            (409, earlier and not body["replace"]),
            (422, self.needs_code(device) and body.get("code") not in self.codes - self.used),
        )
        status = next((status for status, holds in refusals if holds), 201)
        return status, {200: known, 409: earlier and earlier[2]}.get(status)

    def needs_code(self, device):
        """Whether the person must show a code: with a customer's first ballot of the round, of whichever kind."""
        group, person = device[0], self.devices[device].person
        sent = any(person in self.votes(group, kind) for kind in (CORE[group], SECOND[group]))
        return group == "customers" and bool(self.codes) and not sent

    def known(self, ballot_id):
        """The receipt of a ballot that is stored, of whichever round."""
        every = [vote for votes in self.ballots.values() for vote in votes.values()]
        return next((receipt for one, _, receipt in every if one == ballot_id), None)

    @rule(device=devices)
    def next_person(self, device):
        mine = self.devices[device]
        assert mine.client.post(f"{self.links[device[0]]}/next").status_code == 303
        self.drafts = {key: words for key, words in self.drafts.items() if key[1] != mine.person}
        mine.person = self.new_person()
        self.look(device, CORE[device[0]])

    def look(self, device, kind):
        """The device shows the draft and the ballot of whoever sits before it, and nobody else's."""
        if kind != CORE[device[0]] and not self.second:
            return
        mine = self.devices[device]
        sent = self.votes(device[0], kind).get(mine.person)
        state = mine.client.get(self.path(device, "state", kind)).json
        assert (state["round"], state["open"]) == (self.round, device[0] not in self.locked)
        assert (state["sent"] and (state["sent"]["id"], state["sent"]["ranking"])) == (sent and sent[:2])
        if kind == CORE[device[0]]:
            page = mine.client.get(f"{self.links[device[0]]}/ballot").text
            data = json.loads(page.split('id="ballot-data">')[1].split("</script>")[0])
            draft = self.drafts.get((self.round, mine.person, kind))
            assert data["draft"] == (draft and {"words": draft})

    # The facilitator

    @rule(group=groups)
    def lock(self, group):
        assert self.room.post(f"/lock/{group}").status_code == 303
        self.locked.add(group)

    @rule(group=groups)
    def reopen(self, group):
        answer = self.room.post(f"/reopen/{group}")
        assert answer.status_code == (409 if self.round in self.revealed else 303)
        if self.round not in self.revealed:
            self.locked.discard(group)

    @rule(both=rarely)
    def reveal(self, both):
        for group in CORE if both else ():
            self.lock(group)
        answer = self.room.post("/reveal")
        assert answer.status_code == (303 if len(self.locked) == 2 else 409)
        if len(self.locked) == 2 and self.round not in self.revealed:
            self.revealed.add(self.round)
            note(f"revealed {self.counts()}")
            self.compare(self.round)

    @rule(people=st.sampled_from(("same", "new")))
    def next_round(self, people):
        answer = self.room.post("/next-round", round=str(self.round), people=people)
        assert answer.status_code == (303 if self.round in self.revealed else 409)
        if self.round in self.revealed:
            self.round, self.locked, self.codes, self.used = self.round + 1, set(), set(), set()
            if people == "new":
                old, page = self.links, self.room.get("").text
                found = re.findall(r'id="door-(it|customers)".*?href="http://cards.test(/v/[^"]+)"', page, re.DOTALL)
                self.links = dict(found)
                assert [self.room.stranger().get(link).status_code for link in old.values()] == [404, 404]

    @rule(group=groups, names=st.sets(st.sampled_from("abc"), min_size=1))
    def bring_a_file(self, group, names):
        """Ballots from paper: the same respondent is the same ballot, however often the file comes."""
        lines = [f"{group},{' '.join(CARDS[:3])},{name}-{group}" for name in sorted(names)]
        text = "\n".join(["group,ranking,respondent", *lines])
        answer = self.room.post("/import", text=text, store="all", count=str(len(lines)))
        assert answer.status_code == (422 if group in self.locked else 303)
        if group not in self.locked:
            votes, before = self.votes(group, CORE[group]), self.counts()
            votes |= {f"{name} from paper": (None, CARDS[:3], None) for name in names}
            stored = self.counts()[group, CORE[group]] - before[group, CORE[group]]
            assert answer.location.endswith(f"?stored={stored}&known={len(names) - stored}")

    @rule(count=st.integers(1, 3))
    def make_codes(self, count):
        answer = self.room.post("/codes", count=str(count))
        begun = any(self.votes("customers", kind) for kind in ("own", "prediction"))
        late = self.round in self.revealed or (begun and not self.codes)
        assert answer.status_code == (409 if late else 303)
        if not late:
            listed = {row["code"] for row in csv.DictReader(io.StringIO(self.room.get("/codes.csv").text))}
            assert self.codes < listed  # all of them, also those that were used
            self.codes = listed

    @precondition(lambda self: self.people > 12)
    @rule()
    def delete(self):
        """Everything is gone, and another workshop begins."""
        assert self.room.post("/delete", name="autumn").status_code == 200
        paths = [self.room.desk, *self.links.values()]
        assert [self.room.facilitator.get(path).status_code for path in paths] == [404] * 3
        self.begin(second=self.second, codes=False, threshold=self.threshold)

    # What holds after every step

    def counts(self, of_round=None):
        wanted = of_round or self.round
        return Counter(
            {(group, kind): len(votes) for (one, group, kind), votes in self.ballots.items() if one == wanted}
        )

    @invariant()
    def the_desk_counts_as_the_model_does(self):
        page, counts = self.room.get("/status").text, self.counts()
        shown = {group: int(count) for group, count in re.findall(r'data-count="(\w+)">(\d+)<', page)}
        assert shown == {group: counts[group, kind] for group, kind in CORE.items()}
        seconds = [int(count) for count in re.findall(r"(\d+) also sent", page)]
        asked = [group for group in CORE if self.second and shown[group]]
        assert seconds == [counts[group, SECOND[group]] for group in asked]

    @invariant()
    def nothing_is_seen_before_the_reveal(self):
        if self.round not in self.revealed:
            path = EARLY[self.ids % len(EARLY)]
            assert self.room.get(f"/{path}?round={self.round}").status_code == 409, path

    def compare(self, of_round):
        """The result is of the model's ballots: all of them, and nothing of fewer than the smallest group."""
        counts = self.counts(of_round)
        shown = {place: count for place, count in counts.items() if count >= self.threshold}
        result = json.loads(self.room.get(f"/result.json?round={of_round}").text)
        told = {name: entry["n"] for name, entry in result["lists"].items()}
        assert told.get("it_prediction") == shown.get(("it", "prediction"))
        assert told.get("customers_own") == shown.get(("customers", "own"))
        rows = list(csv.DictReader(io.StringIO(self.room.get(f"/ballots.csv?round={of_round}").text)))
        assert Counter((row["group"], row["kind"]) for row in rows) == shown
        expected = [
            (*place, " ".join(ranking)) for place in shown for _, ranking, _ in self.ballots[of_round, *place].values()
        ]
        assert sorted((row["group"], row["kind"], row["ranking"]) for row in rows) == sorted(expected)

    def teardown(self):
        for of_round in self.revealed if hasattr(self, "room") else ():
            self.compare(of_round)  # later rounds have changed nothing


def play(app, examples):
    """Play so many workshops on that application."""
    machine = type("WorkshopOnApp", (Workshop,), {"app": app})
    chosen = settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    run_state_machine_as_test(machine, settings=chosen)


def measure(figures):
    """The rows of the soak's table; a sequence that breaks the model raises, and is told step by step."""
    with fresh_app() as app:
        play(app, figures.workshops)
    yield "everybody’s actions in any order, beside a model", f"{figures.workshops:,} workshops alike", "all", True
