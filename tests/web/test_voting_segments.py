"""Segments and paper: who must say which kind of customer they are, and what the plain form understands."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from cardsort.store.engine import reading
from cardsort.store.models import BallotRow
from tests.neighbour import NEIGHBOUR
from tests.web.conftest import open_room

ID = "0123456789abcdef0123456789abcdef"
RANKING = ["A-07", "S-02", "B-05"]


@pytest.fixture
def chain(app):
    """A workshop with two kinds of customers."""
    return open_room(app, **{"segment-1": "Branches", "segment-2": "Citizens"})


def send(room, link, **more):
    kind = "prediction" if link == room.it else "own"
    return room.stranger().post(f"{link}/ballots", json={"id": ID, "kind": kind, "ranking": RANKING, **more})


def stored(app):
    with app.app_context(), reading() as session:
        query = select(BallotRow).where(BallotRow.workshop_id != NEIGHBOUR).order_by(BallotRow.id)
        return [(row.segment, bytes(row.ranking)) for row in session.scalars(query)]


def test_a_customers_ballot_carries_its_segment_there_and_back(app, chain, deck):
    phone = chain.stranger()
    body = {"id": ID, "kind": "own", "ranking": RANKING, "segment": 2}
    assert phone.post(f"{chain.customers}/ballots", json=body).status_code == 201
    assert stored(app) == [(2, bytes(deck.index[code] for code in RANKING))]
    assert phone.get(f"{chain.customers}/state").json["sent"]["segment"] == 2


@pytest.mark.parametrize("segment", [None, 0, 3, -1, 2**63, True, False, 1.0, "1", [1], {}])
def test_a_customers_ballot_without_a_valid_segment_is_refused(app, chain, segment):
    answer = send(chain, chain.customers, segment=segment)
    assert answer.status_code == 422
    assert answer.json["message"].endswith((".", "again."))
    assert stored(app) == []


def test_nobody_else_has_a_segment(app, room, chain):
    assert send(chain, chain.it).status_code == 201
    assert send(chain, chain.it, segment=1).status_code == 422
    assert send(room, room.customers, segment=1).status_code == 422
    assert send(room, room.customers).status_code == 201
    assert [segment for segment, _ranking in stored(app)] == [None, None]


@pytest.mark.parametrize("typed", ["A-07 S-02 B-05", "a7,s2;b5", " a07\ns-2\r\n B05 ", "A–07 S.2 b_5"])
def test_codes_are_understood_as_people_type_them(app, room, deck, typed):
    answer = room.stranger().post(f"{room.customers}/form", data={"id": ID, "codes": typed})
    assert answer.status_code == 303
    assert stored(app) == [(None, bytes(deck.index[code] for code in RANKING))]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"codes": "a7 x9"}, "“x9” is not a card of this deck. Check it and type it again."),
        ({"codes": "a7 s2 A-07"}, "Card A-07 stands twice among the codes."),
        ({"codes": "a7 s2"}, "Only 2 cards are ranked. Rank at least 3."),
        ({"codes": "a7 s2 b5", "place-A-01": "1"}, "There are codes in order and places beside the cards."),
        ({"codes": "a7 s2 b5", "segment": "1"}, "This kind of customer is not among the choices."),
        ({"codes": "<b>"}, "“<b>” is not a card of this deck."),
    ],
)
def test_a_faulty_form_keeps_what_was_typed(app, room, form, sentence):
    answer = room.stranger().post(f"{room.customers}/form", data={"id": ID, **form})
    assert answer.status_code == 422
    assert sentence in unescape(answer.text)
    assert f">{form['codes'].replace('<b>', '&lt;b&gt;')}</textarea>" in answer.text
    assert stored(app) == []


def test_each_ballot_from_paper_is_a_persons_of_its_own_and_a_second_press_stores_nothing_more(app, room):
    room.facilitator.get(f"{room.it}/ballot")  # who types has a key of their own here
    for number, typed in enumerate(("a1 a2 a3", "a1 a2 a3", "b1 b2 b3"), start=1):
        form = {"id": f"{number:032x}", "codes": typed}
        for _press in range(2):
            answer = room.facilitator.post(f"{room.it}/paper", data=form)
            assert (answer.status_code, answer.location) == (303, f"{room.it}/paper?taken={form['id']}")
    assert "Sent, receipt" in room.facilitator.get(answer.location).text
    assert "Sent, receipt" not in room.facilitator.get(f"{room.it}/paper?taken={'f' * 32}").text
    assert len(stored(app)) == 3


def test_ballots_from_paper_are_not_taken_after_the_lock(app, room):
    room.post("/lock/it")
    answer = room.facilitator.post(f"{room.it}/paper", data={"id": ID, "codes": "a1 a2 a3"})
    assert answer.status_code == 423
    assert stored(app) == []


@pytest.mark.parametrize("form", [{"codes": "a7 x9"}, {"codes": "a7 s2"}])
def test_a_form_that_comes_back_still_has_the_kind_that_was_chosen(chain, form):
    for visitor, address in ((chain.stranger(), "form"), (chain.facilitator, "paper")):
        answer = visitor.post(f"{chain.customers}/{address}", data={"id": ID, "segment": "2", **form})
        assert answer.status_code == 422
        assert re.findall(r'name="segment" value="(\d)"( checked)?>', answer.text) == [("1", ""), ("2", " checked")]
