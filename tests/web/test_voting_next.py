"""A shared device goes to the next person: the key is exchanged, the draft forgotten, the ballot kept."""

import re
from html import unescape

import pytest
from sqlalchemy import func, select

from cardsort.store.engine import reading
from cardsort.store.models import BallotRow, DraftRow
from cardsort.usecases.voting import LOCKED, TOO_LATE
from tests.neighbour import NEIGHBOUR
from tests.web.conftest import open_room

RANKING = ["A-01", "B-02", "C-03"]


def count(app, table):
    with app.app_context(), reading() as session:
        return session.scalar(select(func.count()).where(table.workshop_id != NEIGHBOUR))


def key_in(answer):
    return re.search(r"key-[^=]+=([^;]+)", answer.headers["Set-Cookie"]).group(1)


def test_next_person_gives_a_new_key_and_forgets_the_draft_but_not_the_ballot(app, room):
    tablet = room.stranger()
    sent = tablet.post(f"{room.it}/ballots", json={"id": "0" * 32, "kind": "prediction", "ranking": RANKING})
    tablet.put(f"{room.it}/draft", json={"draft": {"version": 1}})
    assert (count(app, BallotRow), count(app, DraftRow)) == (1, 1)
    answer = tablet.post(f"{room.it}/next")
    assert (answer.status_code, answer.location) == (303, f"{room.it}?kiosk=1")
    assert key_in(answer) != key_in(sent)
    assert (count(app, BallotRow), count(app, DraftRow)) == (1, 0)
    assert tablet.get(f"{room.it}/state").json["sent"] is None


def test_next_person_leaves_the_drafts_of_other_devices_alone(app, room):
    for tablet in (room.stranger(), room.stranger()):
        tablet.put(f"{room.it}/draft", json={"draft": {}})
    tablet.post(f"{room.it}/next")
    room.stranger().post(f"{room.it}/next")  # a device that has done nothing yet
    assert count(app, DraftRow) == 1


def pages_from(tablet, link):
    """Each page behind a voting link that taps lead to from the first one, with the addresses on it."""
    found, todo = {}, {f"{link}?kiosk=1"}
    while todo:
        page = tablet.get(address := todo.pop()).text.split("<body", 1)[1]
        here = address.partition("?")[0]
        hrefs = [unescape(href) for href in re.findall(r'<a [^>]*href="([^"]+)"', page)]
        found[address] = [here + href if href.startswith("?") else href for href in hrefs]
        todo |= {href.partition("#")[0] for href in found[address] if href.startswith(link)} - set(found)
    return found


@pytest.mark.parametrize("stage", ["open", "locked", "answered"])
def test_on_a_shared_device_every_tap_stays_on_pages_for_shared_devices(app, stage):
    room = open_room(app, picks="3", second_it="yes", second_customers="yes")
    tablet = room.stranger()
    for link, kind in ((room.it, "prediction"), (room.customers, "own")):
        body = {"id": f"{len(kind):032x}", "kind": kind, "ranking": [*RANKING[:2], "S-03"]}
        assert tablet.post(f"{link}/ballots", json=body).status_code == 201
    for number, link in ((1, room.it), (2, room.it), (3, room.customers), (4, room.customers)):
        room.cast(link, ["A-01", "B-02", "S-03"], number)
    if stage == "locked":
        room.post("/lock/it")
        room.post("/lock/customers")
    if stage == "answered":
        room.reveal()
        room.post("/agenda", code="A-01")
        item = {"decision": "do", "action": "Ask"}
        assert room.facilitator.put(f"{room.desk}/agenda/1/A-01", json=item).status_code == 200
        assert room.post("/agenda/publish").status_code == 303
    for link in (room.it, room.customers):
        found = pages_from(tablet, link)
        assert f"{link}/deck?kiosk=1" in found
        assert [page for page in found if "kiosk=1" not in page] == []


def test_after_the_lock_whoever_began_is_led_to_their_cards_and_nobody_else(room):
    began, sent, stranger = room.stranger(), room.stranger(), room.stranger()
    began.put(f"{room.it}/draft", json={"draft": {"version": 1}})
    sent.post(f"{room.it}/ballots", json={"id": "0" * 32, "kind": "prediction", "ranking": RANKING})
    room.post("/lock/it")
    shown = '<p class="go">'
    assert shown in began.get(room.it).text
    assert "Go to my cards" in began.get(room.it).text
    assert shown in sent.get(room.it).text
    assert "See my order" in sent.get(room.it).text
    assert shown not in stranger.get(room.it).text
    assert re.search(r'<p class="go" data-kept="cardsort:[\w-]+:1:it:prediction" hidden>', stranger.get(room.it).text)


def test_after_the_reveal_nobody_is_told_that_a_late_order_may_still_be_sent(room):
    for step in ("/lock/it", "/lock/customers", "/reveal"):
        room.post(step)
    late = room.stranger()
    refused = late.post(f"{room.it}/ballots", json={"id": "0" * 32, "kind": "prediction", "ranking": RANKING})
    assert (refused.status_code, refused.json) == (423, {"message": TOO_LATE, "revealed": True})
    form = late.post(f"{room.it}/form", data={"id": "1" * 32, "codes": " ".join(RANKING)})
    assert (form.status_code, TOO_LATE in form.text) == (423, True)
    assert f'<a href="{room.it}">See what came of it</a>' in form.text
    assert late.get(f"{room.it}/state").json | {"deck": ""} == {
        "round": 1, "open": False, "sent": None, "removed": [], "deck": "",
        "revealed": True, "answered": False, "shown": False,
    }  # fmt: skip
    typed = room.facilitator.get(f"{room.it}/paper").text
    assert ("No more ballots can be typed in." in typed, "Open them again" in typed) == (True, False)


def test_before_the_reveal_a_late_order_may_wait_for_a_reopening(room):
    room.post("/lock/it")
    refused = room.stranger().post(
        f"{room.it}/ballots", json={"id": "0" * 32, "kind": "prediction", "ranking": RANKING}
    )
    assert (refused.status_code, refused.json) == (423, {"message": LOCKED, "revealed": False})
