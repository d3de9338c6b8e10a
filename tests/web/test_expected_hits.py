"""How many of the customers' cards IT expected to name: asked before the lock, told as a mean from k answers on."""

import json

import pytest

from tests.web.conftest import open_room
from tests.web.test_archives import restore

TOP, CHOSEN = ["A-01", "A-02", "A-03"], ["A-02", "S-05", "A-01"]
SENTENCE = "IT had expected about 2, on average of 3\u00a0people."


def vote(app, answers, **settings):
    room = open_room(app, picks="3", **settings)
    for number, answer in enumerate(answers):
        assert room.cast(room.it, TOP, number, expected_hits=answer).status_code == 201
    for number in range(100, 103):
        assert room.cast(room.customers, CHOSEN, number).status_code == 201
    return room


def told(room):
    return json.loads(room.get("/result.json").text)


def test_it_is_asked_of_it_alone_and_of_its_first_ballot(app):
    room = open_room(app, picks="3", second_it="yes")
    question = "How many of the customers’ three do you expect your group’s list to name?"
    page = room.stranger().get(f"{room.it}/ballot").text
    assert question in page
    assert page.count('data-about="expected"') == 5  # 0 to 3, and no answer
    assert question in room.stranger().get(f"{room.it}/form").text
    for path in (f"{room.customers}/ballot", f"{room.customers}/form", f"{room.it}/second?offline=1"):
        assert "expect your group" not in room.stranger().get(path).text
    stored = "how many of the customers’ cards you expect your group to name"
    assert stored in room.stranger().get(f"{room.it}/anonymous").text


def test_the_mean_is_told_beside_the_hits_on_the_page_in_the_reveal_and_in_json(app):
    room = vote(app, [3, 1, 1, None])
    room.reveal()
    assert told(room)["comparison"]["expected_hits"] == {"n": 3, "mean": 5 / 3}
    assert SENTENCE in room.get("/result").text
    room.post("/projector", seen=0, to="marks")
    page = room.get("/projector").text
    assert SENTENCE in page
    assert page.count("mark mark-expected") == 1
    assert "expected by IT" in page


def test_of_fewer_than_k_answers_nothing_is_told_anywhere(app):
    room = vote(app, [3, 1, None, None])
    room.reveal()
    document = told(room)
    assert document["comparison"]["expected_hits"] is None
    why = "Fewer than 3 people in IT said how many of these cards they expected to be named."
    assert document["reasons"]["/comparison/expected_hits"] == why
    assert "IT had expected" not in room.get("/result").text
    room.post("/projector", seen=0, to="marks")
    assert "expected" not in room.get("/projector").text
    archived = json.loads(room.get("/archive").text)
    assert {ballot["expected_hits"] for ballot in archived["ballots"]} == {None}


def test_typed_answers_never_count_towards_k(app):
    room = vote(app, [2, 2, None])
    form = {"id": "f" * 32, "codes": " ".join(TOP), "round": "1", "edition": "0", "expected_hits": "0"}
    assert room.facilitator.post(f"{room.it}/paper", data=form).status_code == 303
    room.reveal()
    assert told(room)["comparison"]["expected_hits"] is None


@pytest.mark.parametrize("answer", [-1, 4, 11, True, "2", 1.5, [1]])
def test_what_is_no_number_of_the_customers_cards_is_refused_with_a_sentence(app, answer):
    room = open_room(app, picks="3")
    refused = room.cast(room.it, TOP, 1, expected_hits=answer)
    assert refused.status_code == 422
    assert "cards" in refused.get_json()["message"]


def test_whoever_expects_otherwise_before_the_lock_sends_anew(app):
    room = open_room(app, picks="3")
    person = room.stranger()
    body = {"id": "a" * 32, "kind": "prediction", "ranking": TOP, "round": 1, "expected_hits": 2}
    assert person.post(f"{room.it}/ballots", json=body).status_code == 201
    assert person.post(f"{room.it}/ballots", json={**body, "expected_hits": 3}).status_code == 422
    other = {**body, "id": "b" * 32, "expected_hits": 3, "replace": True}
    assert person.post(f"{room.it}/ballots", json=other).status_code == 201


def test_an_archive_keeps_the_answers_and_one_from_before_is_still_restored(app):
    room = vote(app, [3, 1, 1])
    room.reveal()
    archived = json.loads(room.get("/archive").text)
    said = [ballot["expected_hits"] for ballot in archived["ballots"] if ballot["group"] == "it"]
    assert sorted(said) == [1, 1, 3]
    client, answer = restore(app, archived)
    assert SENTENCE in client.get(answer.location.replace("/keep", "/result")).text
    for ballot in archived["ballots"]:
        del ballot["expected_hits"]
    client, answer = restore(app, archived)
    assert "IT had expected" not in client.get(answer.location.replace("/keep", "/result")).text
