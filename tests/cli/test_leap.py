"""A clock that leaps deletes nothing, at the start, by the hour or by hand, until somebody says that it is right."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from cardsort.cli.commands import main
from cardsort.cli.tidying import keep_tidy
from cardsort.domain.ballots import Group
from cardsort.domain.errors import ClockLeapt
from cardsort.domain.settings import Settings
from cardsort.store.engine import reading, writing
from cardsort.store.models import DraftRow, HandoverRow
from cardsort.store.server import day_seen, note_day
from cardsort.store.workshops import load_workshop, set_delete_on
from cardsort.usecases.workshops import KEPT_FOR, list_workshops, lock_group, start_workshop, tidy_up
from cardsort.web.app import create_app
from tests.conftest import SECRET, close
from tests.web.test_handovers import begin

pytestmark = pytest.mark.nobody_else

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
YEARS = timedelta(days=5 * 365)


def began(app, deck, *, on=NOW):
    with app.app_context():
        return start_workshop(Settings("Autumn"), deck, secret=SECRET, today=on.date()).workshop_id


def seen(app):
    with app.app_context(), reading() as session:
        return day_seen(session)


def kept(app):
    with app.app_context():
        return [row[0] for row in list_workshops()]


def tidied(app, now, **said):
    with app.app_context():
        return tidy_up(now=now, **said)


@pytest.mark.parametrize("days", [31, 800, 3000])
def test_past_a_leap_nothing_is_deleted_until_the_clock_is_said_to_be_right(any_app, deck, days):
    workshop_id = began(any_app, deck)
    with any_app.app_context(), writing() as session:
        set_delete_on(session, workshop_id, (NOW + 2 * DAY).date())
    tidied(any_app, NOW)
    ahead = NOW + days * DAY
    for _hour in range(3):
        with pytest.raises(ClockLeapt, match=f"{days:,} days past the last day that this server saw"):
            tidied(any_app, ahead)
    assert (kept(any_app), seen(any_app)) == ([workshop_id], NOW.date())
    assert tidied(any_app, NOW + DAY) == 0  # put right, it goes on as before
    assert (kept(any_app), seen(any_app)) == ([workshop_id], (NOW + DAY).date())
    assert tidied(any_app, ahead, clock_is_right=True) == 1
    assert (kept(any_app), seen(any_app)) == ([], ahead.date())


def test_thirty_days_without_a_server_are_no_leap(app, deck):
    workshop_id = began(app, deck)
    with app.app_context(), writing() as session:
        set_delete_on(session, workshop_id, (NOW + 30 * DAY).date())
    tidied(app, NOW)
    assert tidied(app, NOW + 30 * DAY) == 1


def test_drafts_of_a_locked_group_stay_past_a_leap(room):
    tablet = room.stranger()
    tablet.get(f"{room.it}/ballot")
    draft = {"kind": "prediction", "draft": {"mine": "yes"}}
    assert tablet.put(f"{room.it}/draft", json=draft).status_code == 200
    with room.app.app_context():
        lock_group(room.desk.split("/")[2], Group.IT, now=NOW)
        with pytest.raises(ClockLeapt):
            tidy_up(now=NOW + YEARS)
        with reading() as session:
            assert session.query(DraftRow).count() == 1


def test_codes_for_another_device_end_past_a_leap_as_well(app, room):
    begin(room)
    tidied(app, NOW)
    with app.app_context(), reading() as session:
        assert session.scalar(select(func.count()).select_from(HandoverRow)) == 1
    with pytest.raises(ClockLeapt):
        tidied(app, NOW + YEARS)
    with app.app_context(), reading() as session:
        assert session.scalar(select(func.count()).select_from(HandoverRow)) == 0


def test_where_no_server_has_noted_a_day_the_newest_workshop_tells_it(app, deck):
    workshop_id = began(app, deck)
    with app.app_context(), writing() as session:
        session.connection().exec_driver_sql("UPDATE server SET day_seen = NULL")
    with pytest.raises(ClockLeapt):
        tidied(app, NOW + YEARS)
    assert kept(app) == [workshop_id]


def test_a_clock_that_goes_back_deletes_nothing_and_what_begins_by_it_is_kept_as_long_as_anything(app, deck):
    first = began(app, deck)
    tidied(app, NOW)
    assert tidied(app, NOW - YEARS) == 0
    assert seen(app) == NOW.date()
    second = began(app, deck, on=NOW - YEARS)
    assert tidied(app, NOW + DAY) == 0
    assert set(kept(app)) == {first, second}
    with app.app_context(), reading() as session:
        assert load_workshop(session, second).delete_on == NOW.date() + KEPT_FOR
    assert tidied(app, NOW - YEARS, clock_is_right=True) == 0
    assert seen(app) == (NOW - YEARS).date()


def test_a_server_that_starts_by_a_clock_years_ahead_keeps_everything_and_says_why(app, deck, clock, caplog):
    workshop_id = began(app, deck)
    tidied(app, NOW)
    clock(YEARS)
    over = keep_tidy(app, every=0.02)
    end = time.monotonic() + 20
    while caplog.text.count("tidying: Nothing is deleted by this clock: it says") < 2:
        assert time.monotonic() < end
        time.sleep(0.01)
    over.set()
    for thread in threading.enumerate():
        if thread.name == "tidying":
            thread.join()
    assert kept(app) == [workshop_id]


def test_the_running_server_tells_how_many_it_deleted_and_not_which(app, deck, caplog):
    due = [began(app, deck), began(app, deck)]
    with app.app_context(), writing() as session:
        for workshop_id in due:
            set_delete_on(session, workshop_id, NOW.date())
    with caplog.at_level("INFO"):
        over = keep_tidy(app)
        end = time.monotonic() + 20
        while not caplog.messages:
            assert time.monotonic() < end
            time.sleep(0.01)
        over.set()
        for thread in threading.enumerate():
            if thread.name == "tidying":
                thread.join()
    assert caplog.messages == ["workshops deleted: 2"]


def test_the_desk_says_that_nothing_is_deleted_and_how_the_clock_is_confirmed(room, clock):
    with room.app.app_context():
        tidy_up(now=NOW)
    said = "Nothing is deleted at present, this workshop neither:"
    assert said not in room.get("").text
    clock(YEARS)
    page = room.get("").text
    assert (said in page, "cardsort purge --clock-is-right" in page) == (True, True)
    assert "This workshop is deleted on" not in page
    clock(timedelta())
    assert said not in room.get("").text


def test_purge_refuses_by_such_a_clock_and_goes_on_when_told_that_it_is_right(data, monkeypatch, clock):
    monkeypatch.setenv("CARDSORT_DATA", str(data))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("SECRET_KEY", raising=False)
    clock(YEARS)
    refused = CliRunner().invoke(main, ["purge"], catch_exceptions=False)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "if it is right, run: cardsort purge --clock-is-right" in refused.stderr
    examined = CliRunner().invoke(main, ["doctor"], catch_exceptions=False)
    assert (examined.exit_code, "mend  Clock: it says" in examined.stdout) == (1, True)
    done = CliRunner().invoke(main, ["purge", "--clock-is-right"], catch_exceptions=False)
    assert (done.exit_code, done.stdout) == (0, "Workshops deleted: 1\n")
    assert "ok    Clock:" in CliRunner().invoke(main, ["doctor"], catch_exceptions=False).stdout


def test_machines_that_share_a_database_share_the_last_day(make_config, database_url, deck):
    first, second = (create_app(make_config(database_url=database_url)) for _ in range(2))
    began(first, deck)
    tidied(second, NOW + 20 * DAY)
    assert seen(first) == (NOW + 20 * DAY).date()
    assert tidied(first, NOW) == 0
    assert seen(second) == (NOW + 20 * DAY).date()
    assert tidied(first, NOW + 45 * DAY) == 0
    for app in (first, second):
        close(app)


def test_a_day_is_noted_once_and_never_goes_back_by_itself(app):
    for day, expected in ((NOW, NOW), (NOW - DAY, NOW), (NOW + DAY, NOW + DAY)):
        with app.app_context(), writing() as session:
            note_day(session, day.date(), even_earlier=False)
        assert seen(app) == expected.date()
