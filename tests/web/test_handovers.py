"""Going on with a ballot on another device: a code that works once, for a quarter of an hour, for one ballot."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from cardsort.domain.errors import HandedOver, NotFound, WrongStage
from cardsort.store.engine import reading
from cardsort.store.models import HandoverRow
from cardsort.usecases.handovers import NO_SUCH_HANDOVER, find_handover, start_handover, take_over
from cardsort.usecases.voting import find_voting, keep_draft, load_respondent
from cardsort.web.kit.limits import install_limits
from tests.conftest import SECRET
from tests.neighbour import NEIGHBOUR
from tests.web.conftest import open_room

NOW = datetime(2026, 5, 4, 14, 2, tzinfo=UTC)
KEY = "k" * 24


def begin(room, link=None):
    """A phone with a draft, and the code that it shows; by the customers' link where no other is named."""
    phone, link = room.stranger(), link or room.customers
    kind = "prediction" if link == room.it else "own"
    phone.get(f"{link}/ballot")
    assert phone.put(f"{link}/draft", json={"kind": kind, "draft": {"mine": "yes"}}).status_code == 200
    page = phone.post(f"{link}/elsewhere").text
    return phone, re.search(r"data-code>([A-Z2-9]{4}-[A-Z2-9]{4})<", page)[1]


def test_another_device_goes_on_with_the_draft_as_the_same_person(room):
    _phone, code = begin(room)
    tablet = room.stranger()
    asked = tablet.get(f"{room.customers}/elsewhere/{code}")
    assert "Go on here with a ballot from another device?" in asked.text
    assert f'href="{room.customers}">Not here</a>' in asked.text
    assert f'href="{room.customers}/deck"' in asked.text  # the workshop's own cards
    assert tablet.post(f"{room.customers}/elsewhere/{code}").status_code == 200
    assert '"mine": "yes"' in tablet.get(f"{room.customers}/ballot").text
    body = {"id": "5" * 32, "kind": "own", "ranking": ["A-01", "A-02", "A-03"]}
    assert tablet.post(f"{room.customers}/ballots", json=body).status_code == 201
    assert tablet.post(f"{room.customers}/ballots", json={**body, "id": "6" * 32}).status_code == 409


def test_before_anything_is_shown_the_page_says_what_whoever_made_the_code_has_seen(room):
    _phone, code = begin(room)
    joined = room.stranger().post("/join", data={"code": code}, follow_redirects=True)
    assert "Whoever made it has seen, and may have filled in, all that is in this ballot so far." in joined.text
    assert f'<a href="{room.customers}">begin one of your own</a>' in joined.text
    assert "from that device it can neither be seen nor changed any more" in joined.text
    assert '"mine"' not in joined.text


def test_whoever_made_the_code_can_neither_see_nor_change_the_ballot_afterwards(room):
    phone, code = begin(room)
    spare = phone.post(f"{room.customers}/elsewhere").text  # another code, made before the first was used
    spare = re.search(r"data-code>([A-Z2-9]{4}-[A-Z2-9]{4})<", spare)[1]
    tablet, body = room.stranger(), {"id": "5" * 32, "kind": "own", "ranking": ["A-01", "A-02", "A-03"]}
    tablet.post(f"{room.customers}/elsewhere/{code}")
    assert tablet.post(f"{room.customers}/ballots", json=body).status_code == 201
    for path in ("", "/ballot", "/state"):
        seen = phone.get(room.customers + path)
        assert (seen.status_code, "went on to another device" in seen.text) == (403, True), path
        assert not any(word in seen.text for word in ("5" * 32, "A-01", '"mine"'))
    changed = {**body, "id": "6" * 32, "ranking": ["S-01", "S-02", "S-03"], "replace": True}
    assert phone.post(f"{room.customers}/ballots", json=changed).status_code == 403
    assert phone.put(f"{room.customers}/draft", json={"kind": "own", "draft": {"theirs": 1}}).status_code == 403
    assert phone.post(f"{room.customers}/form", data={"id": "7" * 32, "codes": "a1 a2 a3"}).status_code == 403
    assert phone.post(f"{room.customers}/elsewhere").status_code == 403
    assert room.stranger().post(f"{room.customers}/elsewhere/{spare}").status_code == 404
    assert tablet.get(f"{room.customers}/state").json["sent"]["ranking"] == ["A-01", "A-02", "A-03"]
    assert 'data-count="customers">1<' in room.get("/status").text


def test_the_ballot_comes_back_by_a_code_and_the_next_person_begins_anew(room):
    phone, code = begin(room)
    tablet = room.stranger()
    tablet.post(f"{room.customers}/elsewhere/{code}")
    back = re.search(r"data-code>([A-Z2-9]{4}-[A-Z2-9]{4})<", tablet.post(f"{room.customers}/elsewhere").text)[1]
    assert "This device has a ballot of its own" not in phone.get(f"{room.customers}/elsewhere/{back}").text
    assert phone.post(f"{room.customers}/elsewhere/{back}").status_code == 200
    assert '"mine": "yes"' in phone.get(f"{room.customers}/ballot").text
    assert tablet.get(f"{room.customers}/ballot").status_code == 403
    assert tablet.post(f"{room.customers}/next").status_code == 303
    assert "One card at a time" in tablet.get(room.customers).text


def test_the_code_is_typed_on_the_start_page_too(room):
    _phone, code = begin(room)
    answer = room.stranger().post("/join", data={"code": code.lower().replace("-", " ")})
    assert answer.status_code == 303
    assert answer.location == f"{room.customers}/elsewhere/{code.replace('-', '')}"


def test_a_code_opens_nothing_on_the_link_of_another_kind_and_leads_to_its_own_on_which_it_stays_good(app):
    room = open_room(app, **{"segment-1": "Shops", "segment-2": "Bank"})
    links = set(re.findall(r"http://cards.test(/v/[\w-]+)", room.get("").text))
    assert len(links) == 4  # of IT, of all customers and of each kind
    for link in links:
        _phone, code = begin(room, link)
        for other in links - {link}:
            assert room.stranger().post(f"{other}/elsewhere/{code}").status_code == 404
        joined = room.stranger().post("/join", data={"code": code})
        assert joined.location == f"{link}/elsewhere/{code.replace('-', '')}"
        assert room.stranger().post(f"{link}/elsewhere/{code}").status_code == 200


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
    from cardsort.domain.settings import Settings
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
        key = take_over(voting, used, secret=SECRET, now=NOW + timedelta(minutes=14))
        with pytest.raises(NotFound):
            take_over(voting, late, secret=SECRET, now=NOW + timedelta(minutes=15))
        workshops.tidy_up(now=NOW + timedelta(minutes=15))
        with reading() as session:
            assert session.query(HandoverRow).where(HandoverRow.workshop_id != NEIGHBOUR).count() == 0
        assert load_respondent(voting, key).draft == "{}"
        with pytest.raises(HandedOver):
            load_respondent(voting, KEY)


def test_the_database_alone_opens_nobody(app, room):
    _phone, code = begin(room)
    with app.app_context(), reading() as session:
        row = session.query(HandoverRow).where(HandoverRow.workshop_id != NEIGHBOUR).one()
    known = (row.sealed, row.code_hash)
    assert code.replace("-", "").encode() not in b"".join(known)
    assert not any(part.isascii() for part in known)
