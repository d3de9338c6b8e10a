"""Every statement names its workshop: the whole life of one is played on the pages, and the SQL is read meanwhile."""

import io
import re
import sys
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from cardsort.store.engine import writes_now
from cardsort.store.models import Base, db
from cardsort.usecases.workshops import list_workshops, tidy_up
from tests.conftest import client_of
from tests.web.conftest import open_room
from tests.web.test_agenda import put
from tests.web.test_handovers import begin
from tests.web.test_imports import HEADER, counts, upload

OF_NONE = {"server"}  # what the machines agree on
TABLES = [table for table in Base.metadata.sorted_tables if table.name not in OF_NONE]
KEYED = {table.name: "workshop_id" if "workshop_id" in table.c else "id" for table in TABLES}
MAY = {  # function of cardsort/store -> why its statement names no workshop
    "links.find_token": "a link is all that its holder has; the answer is the workshop",
    "links.find_code": "a join code is all that was typed; the answer is the workshop",
    "codes.known_codes": "a new code must be no other workshop's, as it is typed without one",
    "codes.find_code": "the same for a one-time code typed on the start page",
    "handovers.find_handover": "the same for the code of another device",
    "handovers.delete_expired_handovers": "tidy-up: what has expired goes, of whichever workshop",
    "ballots.delete_locked_drafts": "tidy-up: drafts a week after their lock",
    "workshops.hold_to_delete": "tidy-up: workshops past their day",
    "workshops.workshops_closed": "tidy-up: groups that have closed by themselves",
    "mixing.workshops_to_mix": "tidy-up: locks after which the disk may still tell the order of votes",
    "server.newest_day": "tidy-up and the desk: the last day seen, where no server has noted one",
    "workshops.list_workshops": "the list for the server's owner, on the command line",
}
TOP, OTHER = ["A-01", "A-02", "A-03"], ["A-02", "S-05", "A-01"]
SETTINGS = {"picks": "3", "second_it": "yes", "second_customers": "yes", "segment-1": "Shops", "segment-2": "Bank"}


def asking():
    """The function of the store that runs the statement: "module.function"; "" for what SQLAlchemy itself flushes."""
    frame = sys._getframe(1)
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if module.startswith("cardsort.store.") and frame.f_code.co_name not in {"writing", "reading"}:
            return f"{module.removeprefix('cardsort.store.')}.{frame.f_code.co_name}"
        frame = frame.f_back
    return ""


@pytest.fixture
def statements(app):
    """Every statement that reaches the database from now on -> the functions of the store that ran it."""
    found = {}

    def note(_connection, _cursor, statement, *_rest):
        found.setdefault(" ".join(statement.split()), set()).add(asking())

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


def nameless(statement):
    """The tables in a statement of which it asks for rows without saying of which workshop."""
    if match := re.match(r"INSERT INTO (\w+) \(([^)]*)\)", statement):
        table, columns = match.groups()
        return [] if table not in KEYED or KEYED[table] in columns.split(", ") else [table]
    tables = set(re.findall(r"(?<![.\w])\w+(?![\w=])", statement)) & set(KEYED)
    where = statement.partition(" WHERE ")[2]
    return sorted(table for table in tables if not re.search(rf"\b{table}\.{KEYED[table]} = \?", where))


def play(app):
    """A workshop from its start to its deletion, with everything that people can do in it."""
    room = open_room(app, **SETTINGS)
    prepare(app, room)
    collect(room)
    hand_over(room)
    room.reveal()
    read(room)
    agree(room)
    assert room.post("/next-round", round="1", people="new", expected_it="9").status_code == 303
    assert room.get("/archive").status_code == 409  # round 2 is open
    room.reveal()
    assert room.get("/result").status_code == 200
    bring_back(app, room)
    assert room.post("/keep-until", day=str(datetime.now(UTC).date() + timedelta(days=90))).status_code == 303
    assert room.post("/delete", name="Autumn").status_code == 200
    assert room.get("").status_code == 404
    with app.app_context():
        tidy_up(now=datetime.now(UTC))
        assert len(list_workshops()) == 3  # the restored one, the example, and the neighbour


def prepare(app, room):
    client_of(app).post("/example")
    for path in ("", "/keep", "/show", "/edit", "/print", "/deck", "/codes", "/import", "/mail/it", "/invitations.pdf"):
        assert room.get(path).status_code == 200, path
    assert room.post("/deck/shipped").status_code == 303
    assert room.post("/edit", **SETTINGS, name="Autumn", organisation="Harbour").status_code == 303
    assert room.post("/replace-link/customers?kind=1").status_code == 303
    assert room.post("/new-link").status_code == 303
    assert room.post("/codes", count="9").status_code == 303
    code = re.search(r">([A-Z2-9]{4}-[A-Z2-9]{4})<", room.get("/show/it").text)[1]
    assert room.stranger().post("/join", data={"code": code}).location == room.it
    assert room.stranger().post("/join", data={"code": "AAAA-AAA9"}).status_code == 404


def collect(room):
    codes = re.findall(r"^[A-Z2-9]{4}-[A-Z2-9]{4}", room.get("/codes.csv").text, re.MULTILINE)
    for number, code in enumerate(codes[:4]):
        sent = room.cast(room.customers, OTHER, 100 + number, segment=1 + number % 2, code=code)
        assert sent.status_code == 201, sent.json
    for number in range(4):
        assert room.cast(room.it, TOP, number).status_code == 201
    assert upload(room, f"{HEADER}it,,A-01 A-02 A-03,,x,,\n", store="all", count="1").status_code == 303
    assert counts(room)["it"] == 5
    person = room.stranger()
    for kind, number in (("prediction", 50), ("own", 51)):
        body = {"id": f"{number:032x}", "kind": kind, "ranking": TOP, "round": 1}
        assert person.post(f"{room.it}/ballots?kind={kind}", json=body).status_code == 201
        assert person.post(f"{room.it}/ballots?kind={kind}", json=body).status_code == 200
    body = {"id": f"{60:032x}", "kind": "prediction", "ranking": OTHER, "round": 1}
    assert person.post(f"{room.it}/ballots", json=body).status_code == 409
    assert person.post(f"{room.it}/ballots", json={**body, "replace": True}).status_code == 201
    for path in ("", "/ballot", "/second", "/state", "/form", "/worker.js"):
        assert person.get(room.it + path).status_code == 200, path
    for path in ("", "/status", "/sent/it", "/sheet/customers"):
        assert room.get(path).status_code == 200, path


def hand_over(room):
    phone, code = begin(room)
    tablet = room.stranger()
    assert tablet.post("/join", data={"code": code}).status_code == 303
    assert tablet.post(f"{room.customers}/elsewhere/{code}").status_code == 200
    assert phone.post(f"{room.customers}/next").status_code == 303
    assert room.post("/lock/it").status_code == 303
    assert room.post("/reopen/it").status_code == 303


def read(room):
    for path in ("", "/result", "/result.json", "/projector", "/ballots.csv", "/data.xlsx", "/slides.pptx"):
        assert room.get(path).status_code == 200, path
    assert room.post("/projector", seen="0", to="1").status_code in {200, 303}


def agree(room):
    put(room, "A-02", "S-05")
    saved = room.facilitator.put(f"{room.desk}/agenda/1/A-02", json={"decision": "do", "action": "Ask every branch"})
    assert saved.status_code == 200
    assert room.post("/agenda/1/S-05/move", to="up").status_code == 303
    assert room.post("/agenda/1/S-05/remove").status_code == 303
    assert room.post("/agenda/publish").status_code == 303
    assert room.stranger().get(f"{room.customers}/answer").status_code == 200


def bring_back(app, room):
    kept = io.BytesIO(room.get("/archive").data)
    sent = {"file": (kept, "a.cardsort.json")}
    assert client_of(app).post("/restore", data=sent, content_type="multipart/form-data").status_code == 303


def test_every_statement_of_a_workshop_s_life_names_its_workshop(app, statements):
    play(app)
    tables = {table for table in KEYED if any(re.search(rf"\b{table}\b", statement) for statement in statements)}
    assert tables == set(KEYED)
    without = {statement: by for statement, by in statements.items() if nameless(statement)}
    assert {name for by in without.values() for name in by} == set(MAY), without


def test_what_counts_as_a_vote_changes_nothing_that_a_voting_link_is_remembered_by(app):
    changed = {"votes": set(), "other": set()}

    def note(_connection, _cursor, statement, *_rest):
        if match := re.match(r"(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)", statement):
            changed[writes_now()].add(match[1])

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    play(app)
    event.remove(engine, "before_cursor_execute", note)
    assert changed["votes"] == {"respondent", "draft", "ballot", "one_time_code"}
    assert changed["other"] >= {"workshop", "round", "lock", "segment", "link"}


@pytest.mark.parametrize(
    ("statement", "missing"),
    [
        ("SELECT ballot.id FROM ballot WHERE ballot.workshop_id = ? AND ballot.id = ?", []),
        ("SELECT ballot.id FROM ballot WHERE ballot.id = ?", ["ballot"]),
        ("SELECT ballot.id FROM ballot", ["ballot"]),
        ("SELECT workshop.id FROM workshop WHERE workshop.id = ?", []),
        ("SELECT 1 FROM ballot JOIN draft ON draft.id = ballot.id WHERE ballot.workshop_id = ?", ["draft"]),
        ("SELECT 1 FROM ballot, draft WHERE ballot.workshop_id = ?", ["draft"]),
        ("UPDATE round SET edition=? WHERE round.number = ?", ["round"]),
        ("DELETE FROM link WHERE link.token_hash = ?", ["link"]),
        ("INSERT INTO draft (content) VALUES (?)", ["draft"]),
        ("INSERT INTO draft (workshop_id, content) VALUES (?, ?)", []),
    ],
)
def test_a_statement_without_its_workshop_would_be_found(statement, missing):
    assert nameless(statement) == missing
