"""Going on with a ballot on another device: a code that works once, for a quarter of an hour, for one ballot."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from cardsort.domain.errors import NotFound, WrongStage
from cardsort.store.engine import reading
from cardsort.store.models import HandoverRow
from cardsort.usecases.handover import NO_SUCH_HANDOVER, find_handover, start_handover, take_over
from cardsort.usecases.voting import find_voting, keep_draft, load_desk
from cardsort.web.limits import install_limits
from tests.conftest import SECRET
from tests.neighbour import NEIGHBOUR
from tests.web.conftest import open_room

NOW = datetime(2026, 5, 4, 14, 2, tzinfo=UTC)
KEY = "k" * 24


def begin(room):
    """A phone with a draft, and the code that it shows."""
    phone = room.stranger()
    phone.get(f"{room.customers}/ballot")
    assert phone.put(f"{room.customers}/draft", json={"kind": "own", "draft": {"mine": "yes"}}).status_code == 200
    page = phone.post(f"{room.customers}/elsewhere").text
    return phone, re.search(r"data-code>([A-Z2-9]{4}-[A-Z2-9]{4})<", page)[1]


def test_another_device_goes_on_with_the_draft_as_the_same_person(room):
    phone, code = begin(room)
    tablet = room.stranger()
    asked = tablet.get(f"{room.customers}/elsewhere/{code}")
    assert "Go on with your ballot here?" in asked.text
    assert f'href="{room.customers}">Not here</a>' in asked.text
    assert f'href="{room.customers}/deck"' in asked.text  # the workshop's own cards
    assert tablet.post(f"{room.customers}/elsewhere/{code}").status_code == 200
    assert '"mine": "yes"' in tablet.get(f"{room.customers}/ballot").text
    body = {"id": "5" * 32, "kind": "own", "ranking": ["A-01", "A-02", "A-03"]}
    assert tablet.post(f"{room.customers}/ballots", json=body).status_code == 201
    assert phone.get(f"{room.customers}/state").json["sent"]["id"] == "5" * 32
    assert phone.post(f"{room.customers}/ballots", json={**body, "id": "6" * 32}).status_code == 409


def test_the_code_is_typed_on_the_start_page_too(room):
    _phone, code = begin(room)
    answer = room.stranger().post("/join", data={"code": code.lower().replace("-", " ")})
    assert answer.status_code == 303
    assert answer.location == f"{room.customers}/elsewhere/{code.replace('-', '')}"


def test_a_code_opens_nothing_on_the_link_of_another_kind_and_stays_good_on_its_own(app):
    room = open_room(app, **{"segment-1": "Shops", "segment-2": "Bank"})
    _phone, code = begin(room)
    page = room.get("").text
    others = {link for link in re.findall(r"http://cards.test(/v/[\w-]+)", page) if link != room.customers}
    assert len(others) == 3  # of IT and of each kind
    for link in others:
        assert room.stranger().post(f"{link}/elsewhere/{code}").status_code == 404
    assert room.stranger().post(f"{room.customers}/elsewhere/{code}").status_code == 200


def test_guessing_a_code_is_slowed_down_looking_and_going_on_alike(room):
    for ask in ("get", "post"):
        guesser = room.stranger()
        guesser.get(f"{room.customers}/ballot")
        begun = getattr(guesser, ask)(f"{room.customers}/elsewhere/AAAA-AAA9").status_code
        tries = [getattr(guesser, ask)(f"{room.customers}/elsewhere/AAAA-AAA9").status_code for _ in range(70)]
        assert (begun, tries[-1]) == (404, 429)
        install_limits(room.app, "memory://")


def test_looking_changes_nothing_and_going_on_works_once(room):
    _phone, code = begin(room)
    for _ in range(3):
        assert room.stranger().get(f"{room.customers}/elsewhere/{code}").status_code == 200
    assert room.stranger().post(f"{room.customers}/elsewhere/{code}").status_code == 200
    again = room.stranger().post(f"{room.customers}/elsewhere/{code}")
    assert (again.status_code, NO_SUCH_HANDOVER in again.text) == (404, True)


def test_a_device_with_a_ballot_of_its_own_is_told_so(room):
    _phone, code = begin(room)
    tablet = room.stranger()
    tablet.get(f"{room.customers}/ballot")
    assert "This device has a ballot of its own" in tablet.get(f"{room.customers}/elsewhere/{code}").text


def test_a_code_opens_no_other_link(app, room):
    _phone, code = begin(room)
    other = open_room(app, name="Another")
    assert room.stranger().post(f"{room.it}/elsewhere/{code}").status_code == 404
    assert other.stranger().post(f"{other.customers}/elsewhere/{code}").status_code == 404
    assert room.stranger().post(f"{room.customers}/elsewhere/{code}").status_code == 200


def test_before_anything_has_begun_there_is_nothing_to_carry(room):
    answer = room.stranger().post(f"{room.customers}/elsewhere")
    assert answer.status_code == 409
    assert "There is no ballot on this device yet. Begin it first." in answer.text


def test_a_code_ends_after_a_quarter_of_an_hour_and_leaves_nothing(any_app, deck):
    from cardsort.domain.ballots import Group
    from cardsort.domain.workshops import Settings
    from cardsort.usecases import workshops

    with any_app.app_context():
        started = workshops.start_workshop(Settings("Autumn"), deck, secret=SECRET, today=NOW.date())
        access = workshops.voting_access(started.workshop_id, secret=SECRET)
        voting = find_voting(access[Group.IT].token, secret=SECRET)
        with pytest.raises(WrongStage, match="Sort a card first"):
            start_handover(voting, KEY, secret=SECRET, now=NOW)
        keep_draft(voting, KEY, "{}")
        with pytest.raises(WrongStage, match="Begin it first"):
            start_handover(voting, "k" * 40, secret=SECRET, now=NOW)
        late, used = (start_handover(voting, KEY, secret=SECRET, now=NOW) for _ in range(2))
        assert find_handover(used, secret=SECRET, now=NOW) == (voting.token, used.replace("-", ""))
        assert take_over(voting, used, secret=SECRET, now=NOW + timedelta(minutes=14)) == KEY
        with pytest.raises(NotFound):
            take_over(voting, late, secret=SECRET, now=NOW + timedelta(minutes=15))
        workshops.tidy_up(now=NOW + timedelta(minutes=15))
        with reading() as session:
            assert session.query(HandoverRow).where(HandoverRow.workshop_id != NEIGHBOUR).count() == 0
        assert load_desk(voting, KEY).draft == "{}"


def test_the_database_alone_opens_nobody(app, room):
    _phone, code = begin(room)
    with app.app_context(), reading() as session:
        row = session.query(HandoverRow).where(HandoverRow.workshop_id != NEIGHBOUR).one()
    known = (row.sealed, row.code_hash)
    assert code.replace("-", "").encode() not in b"".join(known)
    assert not any(part.isascii() for part in known)
