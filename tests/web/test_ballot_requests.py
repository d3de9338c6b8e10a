"""The ballot page's requests: exact types, whole ballots, a sentence for everything else."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from cardsort.store.engine import reading
from cardsort.store.models import BallotRow, DraftRow, RespondentRow
from tests.neighbour import NEIGHBOUR

GOOD = {
    "id": "0123456789abcdef0123456789abcdef",
    "kind": "prediction",
    "ranking": ["A-01", "B-02", "C-03"],
    "piles": {"A-01": "often", "B-02": "sometimes", "S-13": "no"},
    "reasons": [{"basis": "know", "evidence": "asked", "costs": [], "words": ""}, {"basis": "think"}],
    "moment": None,
    "replace": False,
    "round": 1,
}
TEXTS = ["1", "x" * 5000, "\u0000", "\u202e"]
NESTED = [[], {}, [[]], {"a": {"b": 1}}, ["A-01"] * 300]
ODD = [True, False, 1.5, 2**63, None, -1, *TEXTS, *NESTED]
RIGHT = [("piles", {}), ("reasons", []), ("replace", True), ("replace", False), ("moment", None)]
WRONG = [(name, odd) for name in GOOD for odd in ODD if (name, odd) not in RIGHT]
TABLES = (BallotRow, DraftRow, RespondentRow)


def rows(app):
    with app.app_context(), reading() as session:
        counting = [select(func.count()).where(table.workshop_id != NEIGHBOUR) for table in TABLES]
        return [session.scalar(query) for query in counting]


def test_a_good_ballot_is_stored_and_acknowledged(app, room):
    tablet = room.stranger()
    first = tablet.post(f"{room.it}/ballots", json=GOOD)
    assert first.status_code == 201
    assert first.json["id"] == GOOD["id"]
    assert tablet.post(f"{room.it}/ballots", json=GOOD).status_code == 200
    state = tablet.get(f"{room.it}/state").json
    assert len(state.pop("deck")) == 12  # the mark of the cards
    assert state == {
        "round": 1,
        "open": True,
        "removed": [],
        "revealed": False,
        "answered": False,
        "shown": False,
        "sent": {"id": GOOD["id"], "receipt": first.json["receipt"], "ranking": GOOD["ranking"], "segment": None},
    }
    assert rows(app) == [1, 0, 1]


def test_another_ballot_asks_first(room):
    tablet = room.stranger()
    receipt = tablet.post(f"{room.it}/ballots", json=GOOD).json["receipt"]
    other = {**GOOD, "id": "f" * 32}
    asked = tablet.post(f"{room.it}/ballots", json=other)
    assert (asked.status_code, asked.json["receipt"]) == (409, receipt)
    assert tablet.post(f"{room.it}/ballots", json={**other, "replace": True}).status_code == 201


def test_a_locked_group_says_so_and_keeps_nothing(app, room):
    room.post("/lock/it")
    refused = room.stranger().post(f"{room.it}/ballots", json=GOOD)
    assert refused.status_code == 423
    assert refused.json["message"].startswith("The ballots are locked")
    assert rows(app)[0] == 0
    assert room.stranger().get(f"{room.it}/state").json["open"] is False


@pytest.mark.parametrize(("name", "odd"), WRONG, ids=lambda value: repr(value)[:30])
def test_an_odd_value_is_a_sentence_and_stores_nothing(app, room, name, odd):
    answer = room.stranger().post(f"{room.it}/ballots", json={**GOOD, name: odd})
    assert answer.status_code == 422
    assert answer.json["message"].endswith((".", "back."))
    assert rows(app)[0] == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"A-01"',
        b"{",
        b'{"id": NaN}',
        b'{"id": Infinity}',
        b'{"draft": {"far": 1e999}}',
        b"{}",
        b"\xff\xfe{\x00}\x00",
        b'{"id": "\xed\xa0\x80"}',
        b'{"id": "\\ud800"}',
        b'{"kind": "own", "kind": "prediction"}',
        b'{"a": ' + b"[" * 5000 + b"]" * 5000 + b"}",
        b'{"a":' * 2500 + b"1" + b"}" * 2500,
        b'{"id": "\\u0000"}',
        b'{"ranking": ' + b"9" * 6000 + b"}",
    ],
)
@pytest.mark.parametrize(("method", "path"), [("POST", "ballots"), ("PUT", "draft")])
def test_what_is_no_json_object_is_refused(app, room, method, path, body):
    answer = room.stranger().open(f"{room.it}/{path}", method=method, data=body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json["message"]
    assert rows(app) == [0, 0, 0]


@pytest.mark.parametrize(("method", "path"), [("POST", "ballots"), ("PUT", "draft"), ("POST", "form")])
def test_more_than_64_kib_is_too_large(room, method, path):
    answer = room.stranger().open(
        f"{room.it}/{path}", method=method, data=b" " * 65_537, content_type="application/json"
    )
    assert answer.status_code == 413


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(change=st.dictionaries(st.sampled_from(list(GOOD)), anything, min_size=1))
def test_no_malformed_ballot_is_ever_stored_or_breaks_the_server(room, change):
    body = json.dumps({**GOOD, **change})
    answer = room.stranger().post(f"{room.it}/ballots", data=body, content_type="application/json")
    assert answer.status_code in {200, 201, 409, 422}
    if answer.status_code == 422:
        assert answer.json["message"]


def test_a_draft_comes_back_on_the_page_as_it_was_left(room):
    tablet = room.stranger()
    draft = {"version": 1, "words": "Zażółć </script><b>"}
    assert tablet.put(f"{room.it}/draft", json={"kind": "prediction", "draft": draft}).json == {
        "saved": True,
        "open": True,
    }
    page = tablet.get(f"{room.it}/ballot").text
    data = json.loads(page.split('id="ballot-data">')[1].split("</script>")[0])
    assert data["draft"] == draft
    other = room.stranger().get(f"{room.it}/ballot").text
    assert json.loads(other.split('id="ballot-data">')[1].split("</script>")[0])["draft"] is None


def test_the_plain_form_sends_a_ballot_without_script(app, room):
    phone = room.stranger()
    places = {"id": GOOD["id"], "place-S-01": "1", "place-A-02": "3", "place-B-03": "2", "words-1": "Nine  days"}
    sent = phone.post(f"{room.customers}/form", data=places)
    assert (sent.status_code, sent.location) == (303, room.customers)
    with app.app_context(), reading() as session:
        row = session.scalars(select(BallotRow).where(BallotRow.workshop_id != NEIGHBOUR)).one()
    assert row.reasons == [{"words": "Nine days"}, {}, {}]
    assert phone.get(f"{room.customers}/state").json["sent"]["ranking"] == ["S-01", "B-03", "A-02"]


@pytest.mark.parametrize(
    ("places", "sentence"),
    [
        ({}, "No card is ranked. Rank at least 3."),
        (
            {"place-A-01": "1", "place-A-02": "1"},
            "Cards A-01 and A-02 both have place 1. Each needs a place of its own.",
        ),
        (
            {"place-A-01": "1", "place-A-02": "2", "place-A-03": "4"},
            "Place 3 is missing. Number the cards 1, 2, 3 … without a gap.",
        ),
        ({"place-A-01": "first"}, "The place of card A-01 is “first”. Type a whole number, or leave it empty."),
    ],
)
def test_a_faulty_form_comes_back_filled_in_with_a_sentence(app, room, places, sentence):
    from html import unescape

    answer = room.stranger().post(f"{room.customers}/form", data={"id": GOOD["id"], **places})
    assert answer.status_code == 422
    assert sentence in unescape(answer.text)
    for name, value in places.items():
        assert f'name="{name}"' in answer.text
        assert f'value="{value}"' in answer.text
    assert rows(app)[0] == 0


def test_other_reasons_under_the_same_id_are_not_acknowledged(room):
    tablet = room.stranger()
    assert tablet.post(f"{room.it}/ballots", json=GOOD).status_code == 201
    changed = {**GOOD, "reasons": [{"basis": "think"}]}
    assert tablet.post(f"{room.it}/ballots", json=changed).status_code == 422
    assert tablet.post(f"{room.it}/ballots", json={**GOOD, "moment": "busy"}).status_code == 422
    assert tablet.post(f"{room.it}/ballots", json={**GOOD, "piles": {}}).status_code == 200
