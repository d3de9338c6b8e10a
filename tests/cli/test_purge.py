"""What is past its date goes: by the running server itself, or by `cardsort purge` where none runs."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import update

from cardsort.cli.commands import main
from cardsort.cli.operating import NOT_MIXED
from cardsort.cli.running import only_server
from cardsort.cli.tidying import keep_tidy
from cardsort.domain.settings import Settings
from cardsort.store.engine import writing
from cardsort.store.models import WorkshopRow
from cardsort.store.server import note_day
from cardsort.usecases.workshops import KEPT_FOR, list_workshops, start_workshop
from tests.conftest import SECRET
from tests.neighbour import NEIGHBOUR
from tests.web.conftest import open_room

YESTERDAY = datetime.now(UTC).date() - timedelta(days=1)
LONG_AGO = datetime.now(UTC).date() - KEPT_FOR - timedelta(days=1)


def start(app, deck, name, day):
    with app.app_context():
        start_workshop(Settings(name), deck, secret=SECRET, today=day)


def saw(app, day):
    """A server ran on that day."""
    with app.app_context(), writing() as session:
        note_day(session, day, even_earlier=False)


def names(app):
    with app.app_context():
        return [name for workshop_id, name, _organisation, _day in list_workshops() if workshop_id != NEIGHBOUR]


def end_tidying(over):
    over.set()
    for thread in threading.enumerate():
        if thread.name == "tidying":
            thread.join()


def wait_for(app, expected):
    end = time.monotonic() + 20
    while names(app) != expected:
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_running_server_that_nobody_visits_deletes_at_the_start_and_again_and_again(any_app, deck):
    start(any_app, deck, "Old", LONG_AGO)
    start(any_app, deck, "New", LONG_AGO + timedelta(days=30))
    saw(any_app, YESTERDAY)
    over = keep_tidy(any_app, every=0.05)
    wait_for(any_app, ["New"])
    start(any_app, deck, "Older", LONG_AGO - timedelta(days=30))
    with any_app.app_context(), writing() as session:
        session.execute(update(WorkshopRow).where(WorkshopRow.name == "Older").values(delete_on=YESTERDAY))
    wait_for(any_app, ["New"])
    end_tidying(over)


def test_it_goes_on_after_the_database_did_not_answer(app, deck, monkeypatch, caplog):
    from cardsort.store import engine

    start(app, deck, "Old", LONG_AGO)
    saw(app, YESTERDAY)
    monkeypatch.setattr(engine, "WAIT_SECONDS", 0.01)
    engine._write_lock.acquire()
    over = keep_tidy(app, every=0.02)
    while "tidying: DatabaseBusy" not in caplog.text:
        time.sleep(0.01)
    engine._write_lock.release()
    wait_for(app, [])
    end_tidying(over)


def purge(tmp_path, *words):
    """As a process of its own, as a timer would."""
    environment = {**os.environ, "CARDSORT_DATA": str(tmp_path), "DATABASE_URL": "", "SECRET_KEY": SECRET.decode()}
    command = [sys.executable, "-m", "cardsort", "purge", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_purge_deletes_what_is_past_its_date_and_says_how_many(app, deck, tmp_path):
    for name, day in (("Old", LONG_AGO), ("Older", date(2020, 1, 1)), ("New", LONG_AGO + timedelta(days=30))):
        start(app, deck, name, day)
    saw(app, YESTERDAY)
    done = purge(tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "Workshops deleted: 2\n", "")
    assert names(app) == ["New"]


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "It deletes what is past its date by itself, every hour: there is nothing to do."),
        (["--clock-is-right"], "Stop it, confirm the clock with this command, and start it again."),
    ],
)
def test_beside_a_running_server_on_sqlite_purge_explains_what_is_to_do(tmp_path, make_config, words, said):
    with only_server(make_config()):
        refused = purge(tmp_path, *words)
    assert (refused.returncode, refused.stderr) == (2, f"Another Cardsort is running on {tmp_path}. {said}\n")


def test_reading_commands_delete_nothing_as_a_server_may_be_running(app, deck, tmp_path, monkeypatch):
    monkeypatch.setenv("CARDSORT_DATA", str(tmp_path))
    monkeypatch.setenv("SECRET_KEY", SECRET.decode())
    start(app, deck, "Old", LONG_AGO)
    assert "Old" in CliRunner().invoke(main, ["admin-link"], catch_exceptions=False).stdout
    assert names(app) == ["Old"]


def test_purge_says_where_the_disk_still_tells_the_order_of_votes(app, tmp_path, monkeypatch):
    from cardsort.store import mixing

    monkeypatch.setattr(mixing, "TRIES", 1)
    room = open_room(app)
    room.cast(room.it, ["A-01", "A-02", "A-03"], 1)
    monkeypatch.setenv("CARDSORT_DATA", str(tmp_path))
    monkeypatch.setenv("SECRET_KEY", SECRET.decode())
    with closing(sqlite3.connect(tmp_path / "cardsort.db")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM ballot").fetchone()
        assert room.post("/lock/it").status_code == 303
        refused = CliRunner().invoke(main, ["purge"], catch_exceptions=False)
    assert (refused.exit_code, refused.stderr) == (2, f"{NOT_MIXED}\n")
    assert CliRunner().invoke(main, ["purge"], catch_exceptions=False).stdout == "Workshops deleted: 0\n"
