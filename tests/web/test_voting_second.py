"""The optional second ballot, and what IT says about whom it works for."""

import pytest
from sqlalchemy import select

from cardsort.domain.settings import SERVES_QUESTION
from cardsort.store.engine import reading
from cardsort.store.models import BallotRow
from tests.conftest import client_of
from tests.neighbour import NEIGHBOUR
from tests.web.conftest import open_room

RANKING, OWN = ["A-07", "S-02", "B-05"], ["C-01", "A-07", "S-13"]
FIRST, SECOND = "1" * 32, "2" * 32


@pytest.fixture
def both(app):
    """A workshop that asks both groups for a second order, and knows two kinds of customers."""
    kinds = {"segment-1": "Branches", "segment-2": "Citizens"}
    return open_room(app, second_it="yes", second_customers="yes", **kinds)


def cast(client, link, kind, ranking, ballot_id, **more):
    asked = f"?kind={kind}" if "second" in more else ""
    more.pop("second", None)
    return client.post(f"{link}/ballots{asked}", json={"id": ballot_id, "kind": kind, "ranking": ranking, **more})


def rows(app):
    with app.app_context(), reading() as session:
        found = session.scalars(select(BallotRow).where(BallotRow.workshop_id != NEIGHBOUR).order_by(BallotRow.id))
        return [(row.group, row.kind, row.respondent_id, row.segment) for row in found]


def test_a_person_sends_a_second_ballot_beside_the_first_and_is_counted_once(app, both):
    tablet = both.stranger()
    assert cast(tablet, both.it, "prediction", RANKING, FIRST, piles={"A-07": "often", "S-13": "no"}).status_code == 201
    page = tablet.get(f"{both.it}/second")
    assert page.status_code == 200
    assert '"piles": {"A-07": "often", "S-13": "no"}' in page.text
    assert cast(tablet, both.it, "own", OWN, SECOND, second=True).status_code == 201
    assert [row[:2] for row in rows(app)] == [("it", "prediction"), ("it", "own")]
    assert len({row[2] for row in rows(app)}) == 1
    assert tablet.get(f"{both.it}/state").json["sent"]["ranking"] == RANKING
    assert tablet.get(f"{both.it}/state?kind=own").json["sent"]["ranking"] == OWN
    status = both.get("/status").text
    assert 'data-count="it">1<' in status
    assert "1 also sent IT’s own view" in status


def test_customers_say_their_kind_once(app, both):
    phone = both.stranger()
    assert cast(phone, both.customers, "own", RANKING, FIRST, segment=2).status_code == 201
    assert cast(phone, both.customers, "prediction", OWN, SECOND, second=True).status_code == 201
    assert [(kind, segment) for _group, kind, _person, segment in rows(app)] == [("own", 2), ("prediction", None)]


def test_the_second_ballot_begins_after_the_first(both):
    answer = both.stranger().get(f"{both.it}/second")
    assert (answer.status_code, answer.location) == (303, both.it)


def test_a_workshop_that_asks_for_one_order_takes_no_second(app, room):
    tablet = room.stranger()
    assert cast(tablet, room.it, "prediction", RANKING, FIRST).status_code == 201
    refused = cast(tablet, room.it, "own", OWN, SECOND, second=True)
    assert (refused.status_code, refused.json["message"].startswith("This workshop asks for one order only")) == (
        404,
        True,
    )
    assert cast(tablet, room.it, "own", OWN, SECOND).status_code == 422
    assert len(rows(app)) == 1
    assert "One more, if you like" not in tablet.get(f"{room.it}/ballot").text


def test_the_lock_holds_for_both_ballots(app, both):
    tablet = both.stranger()
    cast(tablet, both.it, "prediction", RANKING, FIRST)
    both.post("/lock/it")
    assert cast(tablet, both.it, "own", OWN, SECOND, second=True).status_code == 423
    assert len(rows(app)) == 1


def test_the_wording_of_the_second_question_can_be_changed(app):
    room = open_room(app, second_it="yes", question_it_own="What annoys you?")
    tablet = room.stranger()
    cast(tablet, room.it, "prediction", RANKING, FIRST)
    assert "What annoys you?" in tablet.get(f"{room.it}/second").text
    assert "And which cards do you think IT" not in room.get("").text


def test_the_second_ballot_works_without_script(both):
    tablet = both.stranger()
    cast(tablet, both.it, "prediction", RANKING, FIRST)
    assert 'name="basis-1"' not in tablet.get(f"{both.it}/form?kind=own").text
    sent = tablet.post(f"{both.it}/form?kind=own", data={"id": SECOND, "codes": "c1 a7 s13"})
    assert sent.status_code == 303
    assert tablet.get(f"{both.it}/state?kind=own").json["sent"]["ranking"] == OWN


def test_whom_it_works_for_is_told_from_three_people_on(room):
    words = ["The wards, and the insurers pay.", "Branches.", "Citizens"]
    for number, said in enumerate(words, start=1):
        assert room.cast(room.it, RANKING, number, serves=said).status_code == 201
        assert room.cast(room.customers, RANKING, number + 10).status_code == 201
    room.reveal()
    page = room.get("/result").text
    assert SERVES_QUESTION in page
    assert all(said in page for said in words)


def test_two_voices_of_it_stay_unheard(room):
    for number in range(1, 4):
        room.cast(room.it, RANKING, number, serves="Branches." if number < 3 else " ")
        room.cast(room.customers, RANKING, number + 10)
    room.reveal()
    assert "Branches." not in room.get("/result").text
    assert SERVES_QUESTION not in room.get("/result").text


@pytest.mark.parametrize("said", ["x" * 281, 7, ["Branches"], {}])
def test_words_about_customers_that_cannot_be_are_refused(app, room, said):
    assert room.cast(room.it, RANKING, 1, serves=said).status_code == 422
    assert rows(app) == []


def test_customers_are_not_asked_whom_they_work_for(room):
    assert SERVES_QUESTION in client_of(room.app).get(f"{room.it}/ballot").text
    assert SERVES_QUESTION not in client_of(room.app).get(f"{room.customers}/ballot").text


def test_whom_a_team_works_for_is_asked_once_and_says_who_reads_it(room):
    welcome, ballot = (client_of(room.app).get(room.it + path).text for path in ("", "/ballot"))
    assert SERVES_QUESTION not in welcome
    assert ballot.count(SERVES_QUESTION) == 1
    assert "Everybody with the report reads it as written, unless the facilitator withholds it." in ballot
