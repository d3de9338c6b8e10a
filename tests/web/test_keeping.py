"""The day of deletion: said in time, moved by the facilitator, and kept to."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from cardsort.store.engine import writing
from cardsort.store.workshops import set_delete_on
from cardsort.usecases.workshops import KEPT_AT_MOST, KEPT_FOR, list_workshops, tidy_up


def today():
    """Anew each time: a run of all tests may go on over midnight."""
    return datetime.now(UTC).date()


def said(day):
    return f"{day.day} {day:%B %Y}"


def delete_on(app, room, day):
    with app.app_context(), writing() as session:
        set_delete_on(session, room.desk.split("/")[2], day)


def test_the_desk_says_until_when_it_is_kept_and_reminds_in_the_last_thirty_days(app, room):
    assert said(today() + KEPT_FOR) in room.get("").text
    for days, reminded in ((31, False), (30, True), (1, True)):
        day = today() + timedelta(days=days)
        delete_on(app, room, day)
        assert (f"This workshop is deleted on {said(day)}." in room.get("").text) == reminded, days


def test_before_the_reveal_there_is_nothing_to_archive_after_it_there_is(app, room):
    delete_on(app, room, today() + timedelta(days=9))
    assert "/archive" not in room.get("").text
    assert "/archive" not in room.get("/keep-until").text
    room.reveal()
    assert "Archive it</a>, or" in room.get("").text
    assert "/archive" in room.get("/keep-until").text


@pytest.mark.parametrize("days", [1, 400, KEPT_AT_MOST.days])
def test_another_day_is_kept_to(app, room, days):
    day = today() + timedelta(days=days)
    answer = room.post("/keep-until", day=day.isoformat())
    assert (answer.status_code, answer.location) == (303, room.desk)
    assert said(day) in room.get("").text
    before, then = (datetime.combine(day, datetime.min.time(), UTC) + timedelta(days=more) for more in (-1, 0))
    with app.app_context():
        assert (tidy_up(now=before, clock_is_right=True), len(list_workshops())) == (0, 2)  # this one and the neighbour
        assert (tidy_up(now=then), [name for _id, name, *_ in list_workshops()]) == (1, ["The neighbour"])


def test_a_day_is_that_of_utc_wherever_the_server_stands(room, monkeypatch):
    now = datetime.now(UTC)
    monkeypatch.setenv("TZ", "Etc/GMT-14" if now.hour >= 10 else "Etc/GMT+12")  # there it is another day
    time.tzset()
    answers = [room.post("/keep-until", day=str(now.date() + timedelta(days=more))) for more in (0, 1)]
    monkeypatch.undo()
    time.tzset()
    assert [answer.status_code for answer in answers] == [422, 303]


@pytest.mark.parametrize(
    "typed", ["", "soon", "2026-02-30", "31.3.2027", "today", "1999-01-01", "9999-12-31", "0000-01-01"]
)
def test_a_day_that_cannot_be_is_refused_with_the_days_that_can(room, typed):
    answer = room.post("/keep-until", day=typed.replace("today", str(today())))
    assert answer.status_code == 422
    assert "This is not a day." in answer.text or "Choose one from" in answer.text
    assert said(today() + KEPT_FOR) in room.get("").text
