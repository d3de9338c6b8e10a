"""A database that fails in the middle: done as a whole or not at all, said in a sentence, and everything goes on."""

import sqlite3
from contextlib import closing

from sqlalchemy import event

from cardsort.store.models import db
from tests.trust import faults
from tests.web.conftest import open_room


def test_whichever_call_to_the_database_fails_nothing_is_done_by_half_and_the_next_try_succeeds(any_app):
    calls, wrong = faults.fail_at_every_call(any_app)
    assert wrong == []
    assert calls > 50


def test_a_database_that_another_program_has_locked_is_a_sentence_and_nothing_is_stored(app, tmp_path):
    with app.app_context():
        event.listen(db.engine, "begin", lambda connection: connection.exec_driver_sql("PRAGMA busy_timeout=20"))
    room = open_room(app)
    before = faults.contents(app)
    with closing(sqlite3.connect(tmp_path / "cardsort.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused = [
            room.cast(room.it, ["A-01", "B-02", "C-03"], 1),
            room.stranger().put(f"{room.it}/draft", json={"kind": "prediction", "draft": {}}),
            room.post("/lock/it"),
        ]
        assert [answer.status_code for answer in refused] == [503] * 3
        assert all("Not saved" in answer.text for answer in refused)
        assert [answer.headers["Retry-After"] for answer in refused] == ["10"] * 3
        assert faults.contents(app) == before
    assert room.cast(room.it, ["A-01", "B-02", "C-03"], 1).status_code == 201
    assert room.post("/lock/it").status_code == 303
