"""What is past its date goes: by the running server itself, or by `cardsort purge` where none runs."""

import os
import subprocess
import sys
import threading
import time
from datetime import UTC, date, datetime, timedelta

from click.testing import CliRunner

from cardsort.domain.workshops import Settings
from cardsort.usecases.workshops import KEPT_FOR, list_workshops, start_workshop
from cardsort.web.cli import main
from cardsort.web.config import read_config
from cardsort.web.running import only_server
from cardsort.web.tidying import keep_tidy
from tests.conftest import SECRET
from tests.neighbour import NEIGHBOUR

LONG_AGO = datetime.now(UTC).date() - KEPT_FOR - timedelta(days=1)


def start(app, deck, name, day):
    with app.app_context():
        start_workshop(Settings(name), deck, secret=SECRET, today=day)


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
    over = keep_tidy(any_app, every=0.05)
    wait_for(any_app, ["New"])
    start(any_app, deck, "Older", LONG_AGO - timedelta(days=30))
    wait_for(any_app, ["New"])
    end_tidying(over)


def test_it_goes_on_after_the_database_did_not_answer(app, deck, monkeypatch, caplog):
    from cardsort.store import engine

    start(app, deck, "Old", LONG_AGO)
    monkeypatch.setattr(engine, "WAIT_SECONDS", 0.01)
    engine._write_lock.acquire()
    over = keep_tidy(app, every=0.02)
    while "tidying: DatabaseBusy" not in caplog.text:
        time.sleep(0.01)
    engine._write_lock.release()
    wait_for(app, [])
    end_tidying(over)


def purge(tmp_path):
    """As a process of its own, as a timer would."""
    environment = {**os.environ, "CARDSORT_DATA": str(tmp_path), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "cardsort", "purge"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_purge_deletes_what_is_past_its_date_and_says_how_many(app, deck, tmp_path):
    for name, day in (("Old", LONG_AGO), ("Older", date(2020, 1, 1)), ("New", LONG_AGO + timedelta(days=30))):
        start(app, deck, name, day)
    done = purge(tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "Workshops deleted: 2\n", "")
    assert names(app) == ["New"]


def test_beside_a_running_server_on_sqlite_purge_explains_that_nothing_is_to_do(tmp_path):
    with only_server(read_config({"CARDSORT_DATA": str(tmp_path)})):
        refused = purge(tmp_path)
    said = f"Another Cardsort is running on {tmp_path}. It deletes what is past its date by itself, every hour:"
    assert (refused.returncode, refused.stderr) == (2, f"{said} there is nothing to do.\n")


def test_reading_commands_delete_nothing_as_a_server_may_be_running(app, deck, tmp_path, monkeypatch):
    monkeypatch.setenv("CARDSORT_DATA", str(tmp_path))
    start(app, deck, "Old", LONG_AGO)
    assert "Old" in CliRunner().invoke(main, ["admin-link"], catch_exceptions=False).stdout
    assert names(app) == ["Old"]
