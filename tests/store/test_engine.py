"""SQLite as it is opened: nothing deleted stays behind, no writer waits for ever, no rebuilt table empties others."""

import contextlib
import threading
from dataclasses import replace

import pytest
from sqlalchemy import event, update

from cardsort.domain.ballots import Ballot, Group, Reason
from cardsort.domain.settings import Settings
from cardsort.store import engine
from cardsort.store.ballots import StoredBallot
from cardsort.store.engine import DatabaseBusy, writing, writing_on, writing_votes
from cardsort.store.migrations import _migrating
from cardsort.store.models import WorkshopRow, db
from cardsort.usecases import voting, workshops
from cardsort.usecases.decks import use_deck
from cardsort.usecases.tokens import new_ballot_id
from tests.conftest import SECRET
from tests.store.test_casting import NOW, door

MARK = "Nine days for one signature"


@pytest.fixture
def workshop_id(app, deck):
    with app.app_context():
        yield workshops.start_workshop(Settings("Autumn"), deck, secret=SECRET, today=NOW.date()).workshop_id


def bytes_of(folder):
    return b"".join(path.read_bytes() for path in folder.glob("cardsort.db*"))


def send(workshop_id, words, *, again=False):
    ballot = Ballot(("A-01", "A-02", "A-03"), reasons=(Reason(words=words),))
    voting.cast_ballot(door(workshop_id, Group.CUSTOMERS), "key", StoredBallot(new_ballot_id(), ballot), replace=again)


def test_a_deleted_workshop_leaves_no_byte_of_what_was_said(workshop_id, tmp_path):
    send(workshop_id, MARK)
    assert MARK.encode() in bytes_of(tmp_path)
    workshops.delete_workshop(workshop_id, "Autumn")
    assert MARK.encode() not in bytes_of(tmp_path)


def test_a_replaced_ballot_leaves_no_byte_either(workshop_id, tmp_path):
    send(workshop_id, MARK)
    send(workshop_id, "It is better now", again=True)
    assert MARK.encode() not in bytes_of(tmp_path)


@pytest.mark.parametrize("times", [1, 400])  # within a page of the file, and on pages of its own
def test_a_draft_that_is_tidied_away_leaves_no_byte_either(workshop_id, tmp_path, times):
    voting.keep_draft(door(workshop_id), "key", f'{{"words": "{MARK * times}"}}')
    workshops.lock_group(workshop_id, Group.IT, now=NOW)
    workshops.tidy_up(now=NOW.replace(day=20))
    assert MARK.encode() not in bytes_of(tmp_path)


def test_a_draft_that_a_device_hands_on_or_that_was_of_other_cards_leaves_no_byte_either(workshop_id, deck, tmp_path):
    def hand_on():
        voting.hand_on(door(workshop_id), "key")

    def exchange():
        use_deck(workshop_id, replace(deck, name="Ours"))

    for forget in (hand_on, exchange):
        voting.keep_draft(door(workshop_id), "key", f'{{"words": "{MARK}"}}')
        assert MARK.encode() in bytes_of(tmp_path)
        forget()
        assert MARK.encode() not in bytes_of(tmp_path)


@pytest.mark.on_disk
def test_each_commit_is_on_disk_before_it_is_acknowledged_and_no_row_points_nowhere(app):
    with app.app_context(), db.engine.connect() as connection:
        settings = ("journal_mode", "synchronous", "foreign_keys")
        said = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in settings]
    assert said == ["wal", 2, 1]


def test_what_is_read_while_a_change_is_being_committed_is_not_kept_beyond_it(app, workshop_id):
    token, met = door(workshop_id).token, []

    def look():
        with app.app_context():
            met.append(voting.find_voting(token, secret=SECRET).open)

    def look_in_between(_connection):
        other = threading.Thread(target=look)
        other.start()
        other.join()

    event.listen(db.engine, "commit", look_in_between, once=True)
    workshops.lock_group(workshop_id, Group.IT, now=NOW)
    look()
    assert met == [True, False]


def test_a_writer_that_does_not_end_is_not_waited_for_for_ever(app, workshop_id, monkeypatch):
    monkeypatch.setattr(engine, "WAIT_SECONDS", 0.1)
    holding, done = threading.Event(), threading.Event()

    def hold():
        with app.app_context(), writing():
            holding.set()
            done.wait(10)

    other = threading.Thread(target=hold)
    other.start()
    holding.wait(10)
    with pytest.raises(DatabaseBusy):
        workshops.lock_group(workshop_id, Group.IT, now=NOW)
    done.set()
    other.join()
    workshops.lock_group(workshop_id, Group.IT, now=NOW)


@pytest.mark.parametrize("way", ["writing", "writing_votes", "writing_on"])
@pytest.mark.parametrize("end", ["commit", "rollback"])
def test_nobody_else_begins_to_write_before_the_last_one_has_committed_or_given_up(app, monkeypatch, way, end):
    monkeypatch.setattr(engine, "WAIT_SECONDS", 0.05)
    met = []

    def try_to_write():
        with app.app_context():
            try:
                with writing():
                    met.append("came in between")
            except Exception as fault:  # noqa: BLE001  told to the test below
                met.append(type(fault))

    def interrupt(_connection):
        other = threading.Thread(target=try_to_write)
        other.start()
        other.join()

    with app.app_context():
        ways = {"writing": writing, "writing_votes": writing_votes, "writing_on": lambda: writing_on(db.engine)}
        event.listen(db.engine, end, interrupt, once=True)
        with contextlib.suppress(InterruptedError), ways[way]() as transaction:
            transaction.execute(update(WorkshopRow).where(WorkshopRow.id == "nobody").values(name="Winter"))
            if end == "rollback":
                raise InterruptedError
    assert met == [DatabaseBusy]


def test_rebuilding_a_table_in_a_migration_empties_no_other(workshop_id):
    from alembic.migration import MigrationContext
    from alembic.operations import Operations
    from sqlalchemy import Text

    send(workshop_id, MARK)
    with _migrating(db.engine) as own, engine.writing_on(own) as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("workshop", recreate="always") as table:
            table.alter_column("name", type_=Text())
        assert connection.exec_driver_sql("SELECT count(*) FROM ballot").scalar() == 1 + 8
        assert connection.exec_driver_sql("SELECT count(*) FROM link").scalar() == 3 + 5  # the neighbour’s


def test_a_data_folder_with_odd_signs_keeps_the_database_inside(make_config, tmp_path):
    from cardsort.web.app import create_app
    from tests.conftest import close

    folder = tmp_path / "what?now #1 %20"
    folder.mkdir()
    app = create_app(make_config(data=folder))
    close(app)
    assert (folder / "cardsort.db").exists()
