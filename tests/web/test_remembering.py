"""Several workers on PostgreSQL: each remembers for a second what a link opens, and checks every ballot anyway."""

import re
from types import SimpleNamespace

import pytest
from sqlalchemy import event

from cardsort.store import unchanged
from cardsort.store.models import db
from tests.web.conftest import open_room
from tests.web.test_decks import FOUR, cast, mark, use
from tests.web.test_editing import fields

TOP = ["A-01", "A-02", "A-03"]


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands, in a worker that hears of no write, as if another one had done them all."""
    clock = SimpleNamespace(now=100.0)
    monkeypatch.setattr(unchanged, "count_writes", lambda **_given: 0)
    monkeypatch.setattr(unchanged, "time", SimpleNamespace(monotonic=lambda: clock.now))
    return clock


@pytest.fixture
def room(postgres_app, clock):  # noqa: ARG001  it stands from here on
    room = open_room(postgres_app)
    assert room.stranger().get(room.customers).status_code == 200
    return room


def counts(room):
    return re.findall(r'data-count="\w+">(\d+)<', room.get("/status").text)


def test_a_second_later_the_page_shows_what_another_worker_has_changed(room, clock):
    room.post("/edit", **(fields(room.get("/edit").text) | {"question_customers": "What hurts?"}))
    assert "What hurts?" not in room.stranger().get(room.customers).text
    clock.now += 1
    assert "What hurts?" in room.stranger().get(room.customers).text


def test_a_replaced_link_takes_nothing_any_more_and_shows_its_page_for_a_second_at_most(room, clock):
    room.post("/replace-link/customers")
    assert room.cast(room.customers, TOP, 1).status_code == 404
    assert room.stranger().put(f"{room.customers}/draft", json={"draft": {}}).status_code == 404
    assert counts(room) == ["0", "0"]
    clock.now += 1
    assert room.stranger().get(room.customers).status_code == 404


def test_a_lock_that_another_worker_has_set_is_exact(room):
    room.post("/lock/customers")
    assert room.cast(room.customers, TOP, 1).status_code == 423
    assert room.stranger().put(f"{room.customers}/draft", json={"draft": {}}).json["open"] is False
    room.post("/reopen/customers")
    assert room.cast(room.customers, TOP, 1).status_code == 201


def test_a_ballot_of_a_changed_question_is_taken(room):
    room.post("/edit", **(fields(room.get("/edit").text) | {"question_customers": "What hurts?"}))
    assert room.cast(room.customers, TOP, 1, edition=1).status_code == 201


def test_a_ballot_of_the_old_question_is_not_taken(room):
    room.post("/edit", **(fields(room.get("/edit").text) | {"question_customers": "What hurts?"}))
    assert room.cast(room.customers, TOP, 1, edition=0).status_code == 422
    assert counts(room) == ["0", "0"]


def test_a_plain_form_that_was_refused_shows_the_new_question_at_once(room):
    room.post("/edit", **(fields(room.get("/edit").text) | {"question_customers": "What hurts?"}))
    phone, form = room.stranger(), {"id": f"{1:032x}", "codes": "a1 a2 a3", "edition": "0"}
    refused = phone.post(f"{room.customers}/form", data=form)
    assert refused.status_code == 422
    page = phone.get(f"{room.customers}/form").text
    assert "What hurts?" in page
    form["edition"] = re.search(r'name="edition" value="(\d+)"', page)[1]
    assert phone.post(f"{room.customers}/form", data=form).status_code == 303


@pytest.mark.parametrize("what", ["cards", "draft", "ballot"])
def test_a_page_with_the_cards_that_another_worker_has_exchanged_goes_on(room, what):
    use(room, FOUR)
    respondent, new = room.stranger(), mark(room.stranger(), room.it)  # nothing is remembered of IT's link
    if what == "cards":
        assert "X-4" in respondent.get(f"{room.customers}/cards/{new}").text
    elif what == "draft":
        assert respondent.put(f"{room.customers}/draft", json={"draft": {}, "deck": new}).json["saved"] is True
    else:
        assert cast(room, room.customers, ["X-4", "X-1", "X-2"], 1, deck=new).status_code == 201


def test_a_ballot_of_a_new_round_is_taken_and_one_of_the_old_round_is_not(room):
    room.reveal()
    assert room.post("/next-round", round="1", people="same").status_code == 303
    assert room.cast(room.customers, TOP, 1, round=2, edition=0).status_code == 201
    assert room.cast(room.customers, TOP, 2, round=1).status_code == 410
    assert counts(room) == ["0", "1"]


def test_codes_that_another_worker_has_made_are_asked_for(room):
    room.post("/codes", count=3)
    refused = room.cast(room.customers, TOP, 1)
    assert (refused.status_code, refused.json["asks"]) == (422, "code")


def test_nearly_every_ballot_takes_three_statements(room):
    room.cast(room.customers, TOP, 1)
    ran = []
    with room.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, statement, *_rest: ran.append(statement))
    assert room.cast(room.customers, TOP, 2).status_code == 201
    assert [statement.split()[0] for statement in ran] == ["INSERT", "SELECT", "INSERT"]
