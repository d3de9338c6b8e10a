"""The server's clock is wrong, or is put right while a workshop is under way: nothing is lost and everything works.

The clock is read in cardsort/web alone, which the first test holds; there it is set ahead and back.
"""

import re
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cardsort.usecases.handovers import NO_SUCH_HANDOVER
from cardsort.usecases.workshops import tidy_up
from tests.neighbour import rows_of
from tests.web.test_agenda import put, save
from tests.web.test_handovers import begin

ROOT = Path(__file__).parents[2]
DAY, YEARS = timedelta(days=1), timedelta(days=3 * 365)
TOP = ["A-01", "A-02", "A-03"]
FIRST_PAGES = ("", "/status", "/keep", "/keep-until", "/edit", "/codes", "/show", "/mail/it", "/print")
LAST_PAGES = ("", "/result", "/result.json", "/report", "/agenda", "/projector", "/archive")


@pytest.fixture
def clock(monkeypatch):
    """Sets the server's clock, from now on, so far from the true time."""

    def put_by(by):
        class Clock(datetime):
            @classmethod
            def now(cls, tz=None):
                return datetime.now(tz) + by

        for name, module in list(sys.modules.items()):
            if name.startswith(("cardsort.web.", "cardsort.cli.")) and hasattr(module, "datetime"):
                monkeypatch.setattr(module, "datetime", Clock)
        return datetime.now(UTC) + by

    return put_by


def rows(app, room):
    with app.app_context():
        return Counter(name for name, *_ in rows_of(room.desk.split("/")[2]))


def test_the_clock_is_read_by_the_pages_and_commands_alone():
    readers = {
        path.relative_to(ROOT / "cardsort").parts[0]
        for path in (ROOT / "cardsort").rglob("*.py")
        if re.search(r"\b(?:datetime|date|time)\.(?:now|today|utcnow|time)\(|CURRENT_", path.read_text())
    }
    assert readers == {"cli", "web"}


@pytest.mark.parametrize("by", [DAY, YEARS])
def test_a_workshop_goes_on_through_a_jump_and_back_again(app, room, clock, by):
    tablet = room.stranger()
    tablet.get(f"{room.it}/ballot")
    draft = {"kind": "prediction", "draft": {"mine": "yes"}}
    assert tablet.put(f"{room.it}/draft", json=draft).status_code == 200
    phone, ballot = room.stranger(), {"id": f"{8:032x}", "kind": "own", "ranking": TOP}
    assert phone.post(f"{room.customers}/ballots", json=ballot).status_code == 201
    before = rows(app, room)
    for moved in (by, timedelta(), -by):  # off, put right, and off the other way
        clock(moved)
        assert '"mine": "yes"' in tablet.get(f"{room.it}/ballot").text
        assert tablet.put(f"{room.it}/draft", json=draft).json == {"saved": True, "open": True}
        assert [room.get(path).status_code for path in FIRST_PAGES] == [200] * len(FIRST_PAGES)
        assert [room.post(f"/{step}/customers").status_code for step in ("lock", "reopen")] == [303, 303]
        assert phone.post(f"{room.customers}/ballots", json=ballot).status_code == 200  # the receipt again
    assert rows(app, room) == {**before, "lock": 3}
    sent = tablet.post(f"{room.it}/ballots", json={"id": f"{9:032x}", "kind": "prediction", "ranking": TOP})
    assert sent.status_code == 201


@pytest.mark.parametrize("by", [YEARS, -YEARS])
def test_after_a_jump_it_is_revealed_agreed_on_and_begun_again(room, clock, by):
    for link, start in ((room.it, 0), (room.customers, 100)):
        for number in range(start, start + 3):
            assert room.cast(link, TOP, number).status_code == 201
    assert room.post("/lock/it").status_code == 303
    clock(by)
    room.reveal()
    put(room, "A-02")
    agreed = {"decision": "do", "action": "Ask every branch", "owner": "Ada", "public_owner": "IT"}
    assert save(room, "A-02", **agreed).status_code == 200
    assert room.post("/agenda/publish").status_code == 303
    clock(timedelta())
    assert [room.get(path).status_code for path in LAST_PAGES] == [200] * len(LAST_PAGES)
    assert "Ask every branch" in room.stranger().get(f"{room.customers}/answer").text
    assert room.post("/next-round", round="1", people="same").status_code == 303
    assert room.cast(room.it, TOP, 500, round=2).status_code == 201


def test_what_a_page_asks_for_again_and_again_knows_the_new_day(room, clock):
    room.cast(room.customers, TOP, 1)
    room.reveal()
    put(room, "A-02")
    due = (datetime.now(UTC) + DAY).date().isoformat()
    assert save(room, "A-02", decision="do", action="Ask every branch", due=due).status_code == 200
    assert room.post("/next-round", round="1", people="same").status_code == 303
    assert "1 promise" in room.get("/status").text
    assert "overdue" not in room.get("/status").text
    clock(3 * DAY)
    assert "overdue" in room.get("/status").text


@pytest.mark.parametrize("by", [DAY, -DAY, -YEARS])
def test_tidying_up_on_a_wrong_clock_takes_nothing_that_is_not_due(app, room, clock, by):
    begin(room)
    room.cast(room.customers, TOP, 1)
    room.post("/lock/customers")
    before = rows(app, room)
    now = clock(by)
    with app.app_context():
        assert tidy_up(now=now) == 0
    left = rows(app, room)
    assert {name for name in before if left[name] != before[name]} == ({"handover"} if by > timedelta() else set())


def test_a_code_for_another_device_that_the_clock_has_ended_can_be_made_again(room, clock):
    phone, code = begin(room)
    clock(DAY)
    refused = room.stranger().get(f"{room.customers}/elsewhere/{code}")
    assert (refused.status_code, NO_SUCH_HANDOVER in refused.text) == (404, True)
    again = re.search(r"data-code>([A-Z2-9]{4}-[A-Z2-9]{4})<", phone.post(f"{room.customers}/elsewhere").text)[1]
    clock(-DAY)  # then it lives longer, and works once all the same
    tablet = room.stranger()
    assert tablet.post(f"{room.customers}/elsewhere/{again}").status_code == 200
    assert '"mine": "yes"' in tablet.get(f"{room.customers}/ballot").text
    assert room.stranger().post(f"{room.customers}/elsewhere/{again}").status_code == 404
