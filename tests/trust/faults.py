"""The n-th call to the database fails, for every n, as SQLite tests itself.

A call is a statement, or one of the two sides of a commit: before it nothing is stored, after it everything is, though
nobody got to know. Whatever fails, the action is done as a whole or not at all, says so, and can be done again.
"""

import csv
import io
import re
import secrets
import tempfile
from collections import Counter
from contextlib import contextmanager
from functools import partial

from sqlalchemy import event, select

from cardsort.store.models import Base, db
from cardsort.web.app import create_app
from cardsort.web.kit.config import read_config
from tests.conftest import client_of, close
from tests.trust.servers import own_postgres
from tests.trust.table import Row
from tests.web.conftest import open_room

DONE, REFUSED = range(200, 400), 503
NOTHING = Counter()
RANDOM = re.compile(r"id|workshop_id|respondent_id|nonce|\w+_hash|\w+_at")  # columns that differ from time to time
LEAKS = ("Traceback", "OperationalError", "SELECT", "INSERT", "UPDATE")


def creating(app):
    """Each action is given as what it takes place in, and from that what is to be done, each time by somebody new."""
    form = {"name": "Autumn", "organisation": "Harbour"}
    return lambda: partial(client_of(app).post, "/new", data=form)


def joining(app):
    room = open_room(app)
    code = re.search(r">([A-Z2-9]{4}-[A-Z2-9]{4})<", room.get("/show/it").text)[1]
    return lambda: partial(room.stranger().post, "/join", data={"code": code}, follow_redirects=True)


def opening(app):
    room = open_room(app)

    def fresh():
        tablet = _tablet(room)
        room.post("/reopen/it")  # after which nothing is remembered of what the link opens
        return partial(tablet.get, f"{room.it}/ballot")

    return fresh


def saving(app):
    room = open_room(app)
    draft = {"kind": "prediction", "draft": {"words": "Nine days"}}
    return lambda: partial(_tablet(room).put, f"{room.it}/draft", json=draft)


def sending(app):
    room = open_room(app)
    return lambda: partial(_tablet(room).post, f"{room.it}/ballots", json=_ballot())


def using_a_code(app):
    room = open_room(app)
    room.post("/codes", count=40)
    codes = [row["code"] for row in csv.DictReader(io.StringIO(room.get("/codes.csv").text))]

    def fresh():
        phone, ballot = room.stranger(), {**_ballot(), "kind": "own", "reasons": [], "code": codes.pop()}
        phone.get(f"{room.customers}/ballot")  # where it gets its key
        return partial(phone.post, f"{room.customers}/ballots", json=ballot)

    return fresh


def replacing(app):
    room = open_room(app)

    def fresh():
        tablet = _tablet(room)
        tablet.post(f"{room.it}/ballots", json=_ballot())
        return partial(tablet.post, f"{room.it}/ballots", json={**_ballot("S-01", "S-02", "S-03"), "replace": True})

    return fresh


def locking(app):
    room = open_room(app)

    def fresh():
        room.post("/reopen/it")
        return partial(room.post, "/lock/it")

    return fresh


def exporting(app):
    room = open_room(app)
    for number in range(3):
        room.cast(room.it, ["A-01", "B-02", "C-03"], number)
    room.reveal()
    return lambda: partial(room.get, "/ballots.csv")


def _tablet(room):
    """A device that is known, and has kept a draft."""
    tablet = room.stranger()
    tablet.put(f"{room.it}/draft", json={"kind": "prediction", "draft": {}})
    return tablet


def _ballot(*ranking):
    ranking = ranking or ("A-01", "B-02", "C-03")
    return {"id": secrets.token_hex(16), "kind": "prediction", "ranking": ranking, "reasons": [{"words": "Nine days"}]}


ACTIONS = (joining, opening, saving, sending, using_a_code, replacing, locking, exporting, creating)


class Faults:
    """Lets one call to the database fail."""

    def __init__(self, engine):
        self.left, self.error = 0, engine.dialect.loaded_dbapi.OperationalError
        for name in ("do_execute", "do_executemany"):
            event.listen(engine, name, lambda *_call: self._step())
        commit = engine.dialect.do_commit

        def do_commit(connection):
            self._step()
            commit(connection)
            self._step()

        engine.dialect.do_commit = do_commit

    def at(self, number, act):
        """What the action answers when that call of it fails, and whether it came so far."""
        self.left = number
        answer = act()
        failed, self.left = self.left == 0, 0
        return answer, failed

    def _step(self):
        if self.left:
            self.left -= 1
            if not self.left:
                raise self.error("disk I/O error")


def fail_at_every_call(app):
    """How many calls of all actions were let fail, and what was wrong then, as sentences."""
    with app.app_context():
        faults = Faults(db.engine)
    found = [_fail_at_every_call(app, faults, action) for action in ACTIONS]
    return sum(calls for calls, _wrong in found), [sentence for _calls, wrong in found for sentence in wrong]


def _fail_at_every_call(app, faults, action):
    fresh = action(app)
    act, before = fresh(), contents(app)
    act()
    whole, wrong = change(before, contents(app)), []
    number, failed = 0, True
    while failed:
        number += 1
        act, before = fresh(), contents(app)
        answer, failed = faults.at(number, act)
        stored = change(before, contents(app))
        found = [*_judge(answer, stored, whole), *_judge_again(act(), change(before, contents(app)), stored, whole)]
        wrong += [f"{action.__name__}, call {number}: {sentence}" for sentence in found if failed]
    return number - 1, wrong


def _judge(answer, stored, whole):
    """Done and stored, or refused with the sentence and stored as a whole or not at all."""
    done = answer.status_code in DONE
    if not done and (answer.status_code != REFUSED or "Not saved" not in answer.text):
        yield f"answered {answer.status_code}, {answer.text}"
    if any(leak in answer.text for leak in LEAKS):
        yield f"told more than the sentence: {answer.text}"
    if stored not in ((whole,) if done else (whole, NOTHING)):
        yield f"answered {answer.status_code} and stored {stored}"


def _judge_again(answer, stored, at_first, whole):
    """Done again, now without a fault, everything is there once. Only a workshop begun again is another one."""
    if answer.status_code not in DONE:
        yield f"then answered {answer.status_code}"
    if stored != whole and (answer.request.path != "/new" or stored - at_first != whole):
        yield f"then stored {stored}"


def change(before, after):
    """The rows that were added (positive) and taken away (negative), and how many of each."""
    return Counter({row: n for row in before | after if (n := after[row] - before[row])})


def contents(app):
    """Every row of every table, without what is random in it, and how often it is there."""
    rows = Counter()
    with app.app_context(), db.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                rows[table.name, repr([value for name, value in row.items() if not RANDOM.fullmatch(name)])] += 1
    return rows


@contextmanager
def own_app(database=""):
    with tempfile.TemporaryDirectory() as folder:
        settings = {"CARDSORT_DATA": folder, "PUBLIC_URL": "http://cards.test", "DATABASE_URL": database}
        app = create_app(read_config(settings))
        app.logger.disabled = True  # the faults are meant
        try:
            yield app
        finally:
            close(app)


def measure(_figures):
    with own_app() as app:
        yield row("SQLite", app)
    with own_postgres() as postgres, own_app(postgres.new_database()) as app:
        yield row("PostgreSQL", app)


def row(database, app):
    calls, wrong = fail_at_every_call(app)
    return Row(
        f"each of {calls} calls to {database} failed once: done by half, or not told", str(len(wrong)), "0", not wrong
    )
