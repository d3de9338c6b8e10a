"""A group closes by itself: looked up when a ballot arrives, told where people read, moved until the reveal."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import event, select, update

from cardsort.store.engine import reading, writing
from cardsort.store.models import LockRow, RoundRow, db
from cardsort.store.workshops import delete_workshop
from cardsort.usecases.workshops import list_workshops, tidy_up
from tests.web.conftest import open_room

TOP = ["A-01", "A-02", "A-03"]


def local(at):
    return f"{at.astimezone():%Y-%m-%dT%H:%M}"


def close(room, at, group="customers", **more):
    return room.post(f"/closing/{group}", at=local(at) if isinstance(at, datetime) else at, **more)


def soon(**later):
    return datetime.now(UTC).replace(microsecond=0) + timedelta(**later)


def let_it_be_past(app, room, group="customers", minutes=5, at=None):
    """As if the time had come so long ago, or at that time."""
    at = at or soon(minutes=-minutes)
    with app.app_context(), writing() as session:
        this = RoundRow.workshop_id == room.desk.split("/")[2]
        session.execute(update(RoundRow).where(this).values({f"closes_{group}": at}))
    return at


def locks(app, room):
    with app.app_context(), reading() as session:
        this = LockRow.workshop_id == room.desk.split("/")[2]
        rows = session.scalars(select(LockRow).where(this).order_by(LockRow.group, LockRow.locked_at))
        return [(row.group, row.locked_at, row.reopened_at is not None) for row in rows]


def test_a_ballot_counts_until_the_time_and_not_after_it(app, room):
    close(room, soon(hours=1))
    assert room.cast(room.customers, TOP, 1).status_code == 201
    let_it_be_past(app, room)
    late = room.cast(room.customers, TOP, 2)
    assert late.status_code == 423
    assert "The ballots are locked" in late.json["message"]
    assert room.cast(room.customers, TOP, 1).status_code == 200  # the receipt of what is stored
    assert room.cast(room.it, TOP, 3).status_code == 201
    assert 'data-count="customers">1<' in room.get("/status").text
    assert "The ballots are locked just now." in room.stranger().get(room.customers).text


def test_a_page_that_was_opened_before_closes_on_time_though_nothing_was_written_since(app, room):
    at = datetime.now(UTC) + timedelta(seconds=1)
    let_it_be_past(app, room, at=at)
    person, open_at_first = room.stranger(), room.stranger().get(f"{room.customers}/state").json["open"]
    while datetime.now(UTC) <= at:
        person.get(f"{room.customers}/state")
    assert (open_at_first, person.get(f"{room.customers}/state").json["open"]) == (True, False)


def test_an_open_desk_and_its_join_screen_see_a_group_close_though_nothing_was_written_since(app, room):
    at = datetime.now(UTC) + timedelta(seconds=1)
    let_it_be_past(app, room, at=at)
    other = let_it_be_past(app, room, "it", at=at + timedelta(seconds=1))

    def look():
        desk = ["Closed by itself" in part for part in room.get("/status").text.split('id="count-customers"')]
        return [*desk, "Locked: no more are taken" in room.get("/sent/customers").text]

    at_first = look()
    while datetime.now(UTC) <= at:
        look()
    then = look()
    while datetime.now(UTC) <= other:
        look()
    assert (at_first, then, look()) == ([False] * 3, [False, True, True], [True] * 3)


def test_the_time_is_told_on_welcome_mail_sheets_and_desk(room):
    at = soon(days=3).replace(second=0)
    assert close(room, at).status_code == 303
    said = f"{at.astimezone().day} {at.astimezone():%B %Y, %H:%M %Z}"
    assert said in room.stranger().get(room.customers).text
    assert said not in room.stranger().get(room.it).text
    for path in ("", "/mail/customers", "/sheet/customers", "/closing/customers"):
        assert said in room.get(path).text, path
    assert said not in room.get("/mail/it").text
    pages = [page.extract_text() for page in PdfReader(BytesIO(room.get("/invitations.pdf").data)).pages]
    assert [f"You can answer until {said}" in " ".join(page.split()) for page in pages] == [False, True]


def test_it_is_moved_and_taken_away_until_the_reveal(room):
    close(room, soon(hours=1))
    close(room, soon(hours=2))
    assert close(room, "", never="yes").status_code == 303
    assert "Set a closing time" in room.get("").text
    for number in range(3):
        room.cast(room.customers, TOP, number)
    room.reveal()
    for answer in (room.get("/closing/customers"), close(room, soon(hours=1))):
        assert answer.status_code == 409
    assert "closing" not in room.get("").text


def test_a_time_that_has_come_is_moved_as_a_reopening_that_stays_on_record(app, room):
    at = let_it_be_past(app, room)
    assert "Closed by itself; move the time" in room.get("").text
    assert close(room, soon(hours=1)).status_code == 303
    assert room.cast(room.customers, TOP, 1).status_code == 201
    assert locks(app, room) == [("customers", at, True)]


def test_open_again_ends_a_closing_that_has_come(app, room):
    at = let_it_be_past(app, room)
    assert room.post("/reopen/customers").status_code == 303
    assert room.cast(room.customers, TOP, 1).status_code == 201
    assert locks(app, room) == [("customers", at, True)]
    assert "Set a closing time" in room.get("").text


def test_the_lock_is_written_down_with_its_time_when_the_server_tidies_up_and_at_the_reveal(app, room):
    for number in range(3):
        room.cast(room.customers, TOP, number)
    at, other = let_it_be_past(app, room), let_it_be_past(app, room, "it", minutes=9)
    assert "Both sides are locked." in room.get("").text
    assert room.get("/words").status_code == 200
    assert locks(app, room) == []
    with app.app_context():
        tidy_up(now=datetime.now(UTC))
        tidy_up(now=datetime.now(UTC))  # and once only
    assert locks(app, room) == [("customers", at, False), ("it", other, False)]
    assert room.post("/reveal").status_code == 303

    unattended = open_room(app, name="Spring")
    times = [let_it_be_past(app, unattended, group) for group in ("customers", "it")]
    assert unattended.post("/reveal").status_code == 303
    assert locks(app, unattended) == list(zip(("customers", "it"), times, (False, False), strict=True))


def test_a_workshop_that_is_deleted_while_locks_are_written_down_hinders_no_other(app):
    rooms = [open_room(app, name=name) for name in ("Spring", "Autumn")]
    for room in rooms:
        let_it_be_past(app, room)
    ids = [room.desk.split("/")[2] for room in rooms]

    def delete_the_other(_session):
        """Once one of the two is locked."""
        with db.engine.begin() as connection:
            (locked,) = connection.scalars(select(LockRow.workshop_id).where(LockRow.workshop_id.in_(ids)))
            delete_workshop(connection, *(one for one in ids if one != locked))

    with app.app_context():
        event.listen(db.session.session_factory, "after_commit", delete_the_other, once=True)
        tidy_up(now=datetime.now(UTC))
        standing = {workshop_id for workshop_id, *_ in list_workshops()} & set(ids)
    assert [bool(locks(app, room)) for room, one in zip(rooms, ids, strict=True) if one in standing] == [True]


def test_the_report_bears_the_day_of_the_lock_on_the_server_s_own_calendar(app, room):
    for number in range(6):
        room.cast(room.it if number % 2 else room.customers, TOP, number)
    at = [let_it_be_past(app, room, group, at=datetime(2026, 5, 4, 12, tzinfo=UTC)) for group in ("it", "customers")]
    assert [time.astimezone().date().isoformat() for time in at] == ["2026-05-05"] * 2
    assert room.post("/reveal").status_code == 303
    assert "-2026-05-05-" in room.get("/result.json").headers["Content-Disposition"]


def test_a_lock_by_hand_holds_whatever_the_time_says(room):
    close(room, soon(hours=1))
    room.post("/lock/customers")
    assert room.cast(room.customers, TOP, 1).status_code == 423
    refused = close(room, soon(hours=2))
    assert refused.status_code == 409
    assert "The group is locked, so nothing was changed." in refused.text
    room.post("/reopen/customers")
    assert room.cast(room.customers, TOP, 1).status_code == 201
    assert "Closes by itself on" in room.get("").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "not a day with a time"),
        ("tomorrow", "not a day with a time"),
        ("0001-01-01T00:00", ""),
        ("9999-12-31T23:59", ""),
        ("2020-01-01T10:00", "Choose a time in the future"),
        ("2099-01-01T10:00", "within a year from now"),
        ("<script>\0", "not a day with a time"),
    ],
)
def test_what_can_be_no_closing_time_is_refused_with_the_reason(room, typed, said):
    answer = close(room, typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert "<script>" not in answer.text
    assert "Set a closing time" in room.get("").text


def test_the_reminder_holds_the_counts_and_the_time(app):
    room = open_room(app, expected_customers="40", asked_by="Maria")
    at = soon(days=2).replace(second=0)
    close(room, at)
    for number in range(12):
        room.cast(room.customers, TOP, number)
    reminder = re.search(r'<textarea id="reminder"[^>]*>(.*?)</textarea>', room.get("/mail/customers").text, re.DOTALL)[
        1
    ]
    assert "12 of 40 have answered so far. Thank you!" in reminder
    assert f"You can answer until {at.astimezone().day} {at.astimezone():%B %Y, %H:%M %Z}." in reminder
    assert f"http://cards.test{room.customers}" in reminder
    assert reminder.strip().endswith("Maria")
    reminder = room.get("/mail/it").text.split('<textarea id="reminder"')[1]
    assert "Nobody has answered so far." in reminder
