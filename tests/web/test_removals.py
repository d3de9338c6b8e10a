"""Ballots are taken out again: by senders until the lock, by the facilitator until the reveal; counted, and told."""

import json
from threading import Thread

import pytest
from sqlalchemy import event, func, select

from cardsort.store.engine import reading
from cardsort.store.models import BallotRow, DraftRow, db
from tests.neighbour import NEIGHBOUR
from tests.web.conftest import open_room

TOP = ["A-01", "A-02", "A-03"]
DISCARDED = "The person who runs the workshop has taken this order out. The reason given: "


class Person:
    """Somebody with a browser of their own who sends a ballot."""

    def __init__(self, room, link, number):
        self.client, self.link, self.id, self.room = room.stranger(), link, f"{number:032x}", room
        self.kind = "prediction" if link == room.it else "own"
        self.client.get(f"{link}/ballot")

    def send(self, number=None, **more):
        body = {"id": self.id if number is None else f"{number:032x}", "kind": self.kind, "ranking": TOP, **more}
        return self.client.post(f"{self.link}/ballots", json=body)

    def withdraw(self, ballot_id=None):
        return self.client.post(f"{self.link}/withdraw", data={"id": ballot_id or self.id})

    def welcome(self):
        return self.client.get(self.link).text

    def asks_code(self):
        """Whether each page from which one can go on has a field for a one-time code."""
        return ['name="code"' in self.client.get(self.link + path).text for path in ("", "/form")]

    def state(self):
        return self.client.get(f"{self.link}/state").json


def people(room, link, count, first=1):
    made = [Person(room, link, number) for number in range(first, first + count)]
    receipts = [one.send().json["receipt"] for one in made]
    return made, receipts


def discard(room, receipt, reason="Sent twice by mistake."):
    return room.post("/take-out", receipt=receipt, reason=reason)


def counts(room):
    page = room.get("/status").text
    return tuple(int(page.split(f'data-count="{group}">')[1].split("<")[0]) for group in ("it", "customers"))


def rows(app, table):
    with app.app_context(), reading() as session:
        return session.scalar(select(func.count()).select_from(table).where(table.workshop_id != NEIGHBOUR))


def sources(room, group):
    return json.loads(room.get("/result.json").text)["sources"][group]


def reveal_with(room, link, count, first=500):
    """So many more of that group, and the reveal."""
    people(room, link, count, first)
    room.reveal()


def test_a_sender_takes_a_ballot_back_and_can_send_it_again_until_the_lock(room):
    (one, *_), _ = people(room, room.it, 4)
    assert "Take my order back" in one.welcome()
    assert one.withdraw().status_code == 303
    assert counts(room) == (3, 0)
    assert "You took this order back." in one.welcome()
    assert one.state()["sent"] is None
    assert [gone["id"] for gone in one.state()["removed"]] == [one.id]
    assert one.send(50).status_code == 201
    assert "Your order does not count" not in one.welcome()
    assert counts(room) == (4, 0)
    room.post("/lock/it")
    assert "Take my order back" not in one.welcome()
    refused = one.withdraw(f"{50:032x}")
    assert refused.status_code == 423
    assert "yours stays as it is and counts" in refused.text
    assert counts(room) == (4, 0)


def test_a_copy_of_what_was_taken_back_that_comes_late_is_not_stored_again(app, room):
    (one,), _ = people(room, room.it, 1)
    one.withdraw()
    late = one.send()
    assert late.status_code == 422
    assert "You took this order back." in late.json["message"]
    assert rows(app, BallotRow) == 0


def test_a_ballot_of_a_revealed_round_cannot_be_taken_back_once_the_next_round_is_open(app, room):
    (one, *_), _ = people(room, room.it, 4)
    people(room, room.customers, 3, 100)
    room.reveal()
    result = room.get("/result.json").text
    assert room.post("/next-round", round="1", people="same").status_code == 303
    assert one.withdraw().status_code == 303
    assert rows(app, BallotRow) == 7
    assert room.get("/result.json?round=1").text == result


def test_nobody_takes_anothers_ballot_back(room):
    (one, other), _ = people(room, room.it, 2)
    for ballot_id in (one.id, "0" * 32, "x" * 400, "ä\0"):
        assert other.withdraw(ballot_id).status_code == 303
    assert room.stranger().post(f"{room.it}/withdraw", data={"id": one.id}).status_code == 303
    assert counts(room) == (2, 0)


def test_a_second_order_goes_with_the_first_and_alone_by_itself(app):
    room = open_room(app, second_it="yes", picks="3")
    (one,), _ = people(room, room.it, 1)
    second = {"id": f"{9:032x}", "kind": "own", "ranking": TOP}
    assert one.client.post(f"{room.it}/ballots?kind=own", json=second).status_code == 201
    one.withdraw(second["id"])
    assert rows(app, BallotRow) == 1
    assert one.client.post(f"{room.it}/ballots?kind=own", json={**second, "id": f"{10:032x}"}).status_code == 201
    one.withdraw()
    assert rows(app, BallotRow) == 0


def test_whoever_took_a_ballot_back_needs_no_second_code(app):
    from tests.web.test_codes import make

    room = open_room(app)
    code = make(room, 1)[0]
    one = Person(room, room.customers, 1)
    assert one.send(code=code).status_code == 201
    one.withdraw()
    assert not any(one.asks_code())
    assert one.send(2).status_code == 201
    discard(room, one.state()["sent"]["receipt"])
    assert not any(one.asks_code())
    other = Person(room, room.customers, 3)
    assert all(other.asks_code())
    assert other.send(code=code).status_code == 422


@pytest.mark.parametrize("locked", [False, True])
def test_the_facilitator_takes_a_ballot_out_by_its_receipt_and_its_sender_reads_why(room, locked):
    made, receipts = people(room, room.customers, 4)
    if locked:
        room.post("/lock/customers")
    answer = discard(room, receipts[1].lower().replace("-", " "), "  Sent twice\nby mistake. ")
    assert (answer.status_code, answer.location) == (303, f"{room.desk}/take-out?taken=1")
    assert counts(room) == (0, 3)
    assert DISCARDED + "Sent twice by mistake." in made[1].welcome()
    assert made[1].state()["removed"][0]["said"] == DISCARDED + "Sent twice by mistake."
    assert "Your order does not count" not in made[0].welcome()
    assert made[1].send(77).status_code == (423 if locked else 201)


@pytest.mark.parametrize(
    ("receipt", "reason", "said"),
    [
        ("", "Twice.", "No ballot of this round has that receipt"),
        ("AAAA-AAAA", "Twice.", "No ballot of this round has that receipt"),
        ("<script>", "Twice.", "No ballot of this round has that receipt"),
        (None, " ", "its sender is told the reason"),
        (None, "x" * 281, "The reason has 281 characters."),
    ],
)
def test_without_a_receipt_that_is_there_or_a_reason_nothing_is_taken_out(room, receipt, reason, said):
    _, receipts = people(room, room.it, 1)
    answer = discard(room, receipts[0] if receipt is None else receipt, reason)
    assert answer.status_code == 422
    assert said in answer.text
    assert "<script>" not in answer.text
    assert counts(room) == (1, 0)


def test_after_the_reveal_every_ballot_stays(room):
    people(room, room.customers, 3, 100)
    _, receipts = people(room, room.it, 3)
    room.reveal()
    assert room.get("/take-out").status_code == 409
    refused = discard(room, receipts[0])
    assert refused.status_code == 409
    assert "every ballot stays in it" in refused.text
    assert room.post("/take-out/all", name="Autumn").status_code == 409
    assert counts(room) == (3, 3)


def test_a_ballot_stays_where_another_device_reveals_and_goes_on_while_it_is_taken_out(app, room):
    _, receipts = people(room, room.it, 3)
    steps = []

    def go_on():
        room.reveal()
        assert room.post("/next-round", round="1", people="same").status_code == 303

    def look_up(_connection, _cursor, statement, *_rest):
        if statement.startswith("SELECT ballot.id") and not steps:
            steps.append(Thread(target=go_on))
            steps[0].start()
            steps[0].join()

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", look_up)
    refused = discard(room, receipts[0])
    assert (refused.status_code, "every ballot stays in it" in refused.text) == (409, True)
    assert room.get("/result.json?round=1").json["lists"]["it_prediction"]["n"] == 3


def test_every_result_counts_what_was_taken_out(room):
    made, receipts = people(room, room.it, 5)
    made[0].withdraw()
    discard(room, receipts[1])
    discard(room, receipts[2])
    people(room, room.it, 1, 50)
    assert "All sent by link; 2\xa0discarded and 1\xa0withdrawn" in room.get("/status").text
    reveal_with(room, room.customers, 3)
    assert (sources(room, "it")["sent"], sources(room, "it")["discarded"], sources(room, "it")["withdrawn"]) == (
        3,
        2,
        1,
    )
    for path in ("/result",):
        assert "2\xa0discarded and 1\xa0withdrawn" in room.get(path).text
    archived = json.loads(room.get("/archive").text)["sources"]
    assert [(one["discarded"], one["withdrawn"]) for one in archived if one["group"] == "it"] == [(2, 1)]


def test_a_restored_workshop_counts_them_too_and_archives_from_before_tell_none(app, room):
    from tests.web.test_archives import restore

    made, receipts = people(room, room.it, 5)
    made[0].withdraw()
    discard(room, receipts[1])
    reveal_with(room, room.customers, 3)
    document = json.loads(room.get("/archive").text)
    for expected in (1, 0):
        room.facilitator, answer = restore(app, document)
        assert answer.status_code == 303
        room.desk = "/desk/" + answer.location.split("/desk/")[1][:16]
        assert (sources(room, "it")["discarded"], sources(room, "it")["withdrawn"]) == (1, expected)
        for one in document["sources"]:
            one.pop("withdrawn", None)


def test_after_a_trial_everything_is_emptied_once_the_name_was_typed(app, room):
    made, _ = people(room, room.it, 3)
    people(room, room.customers, 2, 100)
    made[0].client.put(f"{room.it}/draft", json={"draft": {"version": 1}})
    answer = room.post("/take-out/all", name="Spring")
    assert answer.status_code == 422
    assert "does not match, so nothing was taken out" in answer.text
    assert (counts(room), rows(app, DraftRow)) == ((3, 2), 1)
    assert room.post("/take-out/all", name=" autumn ").status_code == 303
    assert (counts(room), rows(app, DraftRow)) == ((0, 0), 0)
    assert "sent in a trial" in made[0].welcome()
    assert "Nobody has answered yet" in room.get("/edit").text
    assert made[0].send().status_code == 422  # the trial's own, come late
    assert made[0].send(60).status_code == 201


def test_a_locked_group_is_not_emptied(room):
    people(room, room.it, 3)
    room.post("/lock/it")
    assert "Start over after a trial" not in room.get("/take-out").text
    refused = room.post("/take-out/all", name="Autumn")
    assert refused.status_code == 409
    assert "A group is locked, so nothing was taken out." in refused.text
    assert counts(room) == (3, 0)


def test_what_a_ballot_said_that_was_taken_out_is_deleted_from_the_file(room, tmp_path):
    one = Person(room, room.customers, 1)
    one.send(reasons=[{"words": "Ann is always late."}])
    assert any(b"Ann is always late." in file.read_bytes() for file in tmp_path.glob("cardsort.db*"))
    one.withdraw()
    assert not any(b"Ann is always late." in file.read_bytes() for file in tmp_path.glob("cardsort.db*"))


def test_the_way_to_take_ballots_out_stands_on_the_desk_before_the_first_ballot_and_until_the_reveal(room):
    """The desk that is open while a trial arrives asks anew for its counts alone."""
    assert "take ballots out" in room.get("").text
    reveal_with(room, room.it, 3)
    assert "take ballots out" not in room.get("").text
