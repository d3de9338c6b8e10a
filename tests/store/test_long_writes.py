"""Much at once, and nobody else waits for long: what is large is made ready before, or stored in parts nobody sees."""

import json
import subprocess
import sys
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from cardsort.domain.ballots import Group
from cardsort.domain.errors import InvalidArchive
from cardsort.domain.settings import Settings
from cardsort.store.engine import writes_now
from cardsort.store.models import BallotRow, RespondentRow, WorkshopRow, db
from cardsort.usecases import workshops
from cardsort.usecases.archives import archive_workshop
from cardsort.usecases.imports import check_import, import_ballots
from cardsort.usecases.restores import HALF, MANY, read_archive, restore_workshop
from cardsort.usecases.voting import cast_ballot
from tests.conftest import SECRET, close
from tests.store.test_casting import NOW, ballot, door

pytestmark = pytest.mark.nobody_else
TODAY = NOW.date()
KILLED = """
import json, os, sys
from pathlib import Path
from sqlalchemy import event
from tests.store.test_long_writes import TODAY, restored_from
from tests.conftest import SECRET
from cardsort.store.models import db
from cardsort.web.app import create_app
from cardsort.web.kit.config import Config

commits = []

def kill(_connection):
    commits.append(1)
    if len(commits) == int(sys.argv[2]):
        os._exit(9)

with create_app(Config(Path(sys.argv[1]), "", SECRET, "http://cards.test")).app_context():
    event.listen(db.engine, "commit", kill)
    restored_from(json.loads(Path(sys.argv[1], "archive.json").read_text()))
"""


def restored_from(document):
    return restore_workshop(read_archive(document), secret=SECRET, today=TODAY).workshop_id


def started(deck):
    return workshops.start_workshop(Settings("Autumn"), deck, secret=SECRET, today=TODAY).workshop_id


def bring(workshop_id, lines):
    workshop = workshops.find_workshop(workshop_id)
    return import_ballots(workshop, check_import(workshop, lines, secret=SECRET))


def archived(deck, ballots):
    """The archive of a revealed workshop with so many ballots of IT, and three of customers."""
    workshop_id = started(deck)
    for group in Group:
        for number in range(3):
            cast_ballot(door(workshop_id, group), f"{group} {number}", ballot("A-01", "B-02", "C-03"))
        workshops.lock_group(workshop_id, group, now=NOW)
    workshops.reveal(workshop_id, now=NOW)
    document = json.loads(archive_workshop(workshops.find_workshop(workshop_id), today=TODAY))
    one = next(entry for entry in document["ballots"] if entry["group"] == "it")
    document["ballots"] += [one] * (ballots - 3)
    next(entry for entry in document["sources"] if entry["group"] == "it")["sent"] = ballots
    workshops.delete_workshop(workshop_id, "Autumn")
    return document


def rows_of(table):
    with db.engine.connect() as connection:
        return connection.scalar(db.select(db.func.count()).select_from(table))


@contextmanager
def watched():
    """For each transaction that writes, while nobody else can: how many rows each of its statements took."""
    found = []

    def begun(_connection):
        if writes_now():
            found.append([])

    def executed(_connection, _cursor, statement, parameters, _context, executemany):
        if writes_now() and not statement.startswith("BEGIN"):
            found[-1].append(len(parameters) if executemany else 1)

    listeners = (("begin", begun), ("after_cursor_execute", executed))
    for listener in listeners:
        event.listen(db.engine, *listener)
    try:
        yield found
    finally:
        for listener in listeners:
            event.remove(db.engine, *listener)


@pytest.mark.parametrize("times", [1, 2000])
def test_an_import_does_nothing_but_store_while_it_holds_the_round(any_app, deck, times):
    with any_app.app_context():
        workshop_id = started(deck)
        with watched() as found:
            assert bring(workshop_id, "group,ranking\n" + "it,A-01 B-02 C-03\n" * times) == times
    assert found == [[1, 1, times, times]]  # whether the round is open, then the people and their ballots


def test_a_restore_takes_the_writer_again_and_again_for_few_rows(any_app, deck):
    with any_app.app_context():
        document = archived(deck, 2 * MANY + 10)
        with watched() as found:
            workshop_id = restored_from(document)
        assert max(sum(rows) for rows in found) <= MANY + 1
        assert len(found) > 6
        core = workshops.find_workshop(workshop_id).core
        assert {group: one.n for group, one in core.items()} == {Group.IT: 2 * MANY + 10, Group.CUSTOMERS: 3}
        assert workshops.find_workshop(workshop_id).delete_on == TODAY + workshops.KEPT_FOR


@pytest.mark.parametrize("commit", [2, 6, 7])
def test_a_server_that_is_killed_while_it_restores_leaves_nothing_to_see_and_later_nothing_at_all(app, deck, commit):
    with app.app_context():
        neighbour, folder = started(deck), app.config["CARDSORT"].data
        cast_ballot(door(neighbour), "my key", ballot())
        (folder / "archive.json").write_text(json.dumps(archived(deck, MANY + 10)))
    close(app)
    ended = subprocess.run([sys.executable, "-c", KILLED, folder, str(commit)], check=False)
    assert ended.returncode == 9
    with app.app_context():
        assert rows_of(WorkshopRow) == 2
        assert [workshop_id for workshop_id, *_ in workshops.list_workshops()] == [neighbour]
        assert workshops.tidy_up(now=NOW) == 0  # beside another server, which may be restoring it
        assert workshops.tidy_up(now=NOW + HALF) == 1
        assert (rows_of(WorkshopRow), rows_of(RespondentRow), rows_of(BallotRow)) == (1, 1, 1)


def test_a_contradiction_among_the_ballots_is_found_before_anything_is_stored(any_app, deck):
    with any_app.app_context():
        document = archived(deck, 3)
        for entry in document["ballots"]:
            entry.update(group="it", kind="prediction", person=1)
        with pytest.raises(InvalidArchive, match="of one person and one kind"), watched() as found:
            restored_from(document)
        assert found == []


def test_a_contradiction_among_other_rows_leaves_nothing(any_app, deck):
    with any_app.app_context():
        document = archived(deck, 3)
        document["locks"].append(document["locks"][0] | {"reopened_at": "2026-05-04T14:02:00+00:00"})
        with pytest.raises(InvalidArchive, match="contradict each other, so nothing was restored"):
            restored_from(document)
        assert rows_of(WorkshopRow) == 0
