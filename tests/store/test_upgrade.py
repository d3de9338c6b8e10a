"""A database of the first released schema, with people's ballots in it, is brought up to date and serves."""

import os
import signal
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import MetaData, Table, create_engine, select

from cardsort.store.decks import deck_to_json
from cardsort.store.engine import install_sqlite_events
from cardsort.store.links import Purpose
from cardsort.store.migrations import migrate, revisions
from cardsort.usecases.tokens import new_id, new_links, token_of
from cardsort.web.app import create_app
from cardsort.web.kit.config import sqlite_address
from tests.browser.live import Facilitator, Server
from tests.conftest import SECRET, client_of, close

DAY, NOW = date(2026, 5, 4), datetime(2026, 5, 4, 12, tzinfo=UTC)
RANKINGS = {("it", "prediction"): bytes([0, 1, 2]), ("customers", "own"): bytes([1, 2, 3])}  # two hits of three
START = "from cardsort.web.app import create_app; create_app(); print('ready')"
KILLED = """
import os, signal, sys
from sqlalchemy import Engine, event

@event.listens_for(Engine, "before_cursor_execute")
def kill(_connection, _cursor, statement, *_):
    if sys.argv[1] in statement:
        os.kill(os.getpid(), signal.SIGKILL)

from cardsort.web.app import create_app
create_app()
"""


@pytest.fixture
def old(make_config, database_url, deck):
    """A database as 0.1.0 left it, with a revealed workshop: the settings to open it, and its links."""
    config = make_config(database_url=database_url)
    return config, fill(config.database, SECRET, deck)


def fill(address, secret, deck):
    """The first schema at this address, with a revealed workshop; the tokens of its links."""
    engine = create_engine(address)
    install_sqlite_events(engine)
    migrate(engine, "0001")
    workshop_id = new_id()
    links = new_links(secret, workshop_id)
    with engine.begin() as connection:
        for name, rows in rows_of(workshop_id, links.values(), deck).items():
            connection.execute(Table(name, MetaData(), autoload_with=connection).insert(), rows)
    engine.dispose()
    return {purpose: token_of(secret, link) for purpose, link in links.items()}


def rows_of(workshop_id, links, deck):
    this = {"workshop_id": workshop_id}
    people = [(kind, number) for kind in RANKINGS for number in range(4)]
    names = [f"{group}{number}".ljust(16, "x") for (group, _), number in people]
    workshop = {
        "id": workshop_id,
        "name": "Autumn",
        "organisation": "Harbour",
        "question_it": "What?",
        "question_customers": "Which?",
        "picks": 3,
        "threshold": 3,
        "census": False,
        "example": False,
        "deck": deck_to_json(deck),
        "created_on": DAY,
        "delete_on": date(2099, 1, 1),
    }
    nobody_said = {"segment": None, "piles": b"", "basis": "", "reasons": [], "moment": None}
    return {
        "workshop": [workshop],
        "round": [{**this, "number": 1, "expected_it": 4, "expected_customers": 4, "revealed_at": NOW}],
        "lock": [
            {**this, "round_number": 1, "group": group, "locked_at": NOW, "reopened_at": None} for group, _ in RANKINGS
        ],
        "segment": [{**this, "number": number, "name": name, "kind": None} for number, name in ((1, "N"), (2, "S"))],
        "link": [
            {**this, "purpose": link.purpose, "segment": 0, "nonce": link.nonce, "token_hash": link.token_hash}
            | {"code_hash": link.code_hash}
            for link in links
        ],
        "respondent": [{**this, "id": name, "key_hash": name.encode().ljust(32)} for name in names],
        "ballot": [
            {**this, "id": f"{place:032x}", "round_number": 1, "respondent_id": name, "group": group, "kind": kind}
            | {"ranking": RANKINGS[group, kind], **nobody_said}
            for place, (((group, kind), _), name) in enumerate(zip(people, names, strict=True))
        ],
    }


def check_serving(config, tokens):
    """Every link opens, and every ballot counts."""
    app = create_app(config)
    client = client_of(app)
    desk = client.get(f"/f/{tokens[Purpose.FACILITATOR]}").location
    found = client.get(f"{desk}/result.json").json
    sizes = {name: found["lists"][name]["n"] for name in ("it_prediction", "customers_own")}
    assert (sizes, found["comparison"]["hits"]) == ({"it_prediction": 4, "customers_own": 4}, 2)
    for purpose in (Purpose.IT, Purpose.CUSTOMERS):
        assert client.get(f"/v/{tokens[purpose]}").status_code == 200
    assert client.get(desk).status_code == client.get(f"{desk}/agenda").status_code == 200
    close(app)


def revision_in(config):
    engine = create_engine(config.database)
    with engine.connect() as connection:
        table = Table("alembic_version", MetaData(), autoload_with=connection)
        found = connection.scalar(select(table.c.version_num))
    engine.dispose()
    return found


def start(config, program, *words):
    environment = {
        **os.environ,
        "CARDSORT_DATA": str(config.data),
        "DATABASE_URL": config.database_url,
        "SECRET_KEY": SECRET.decode(),
    }
    return subprocess.Popen([sys.executable, "-c", program, *words], env=environment, stdout=-1, stderr=-1, text=True)


def test_the_first_schema_with_ballots_in_it_is_brought_up_to_date_and_serves(old):
    config, tokens = old
    check_serving(config, tokens)
    assert revision_in(config) == revisions()[0]


def test_a_data_folder_of_0_1_0_is_served_by_the_command_with_the_secret_that_lies_in_it(tmp_path, deck):
    secret = "5c" * 32
    (tmp_path / "secret.key").write_text(secret, encoding="utf-8")
    (tmp_path / "server.lock").touch()
    tokens = fill(sqlite_address(tmp_path), secret.encode(), deck)
    server = Server(tmp_path).start()
    try:
        desk = Facilitator(server)
        assert desk.request(f"/f/{tokens[Purpose.FACILITATOR]}")[0] == 200
        desk.desk = desk.path
        assert desk.result()["comparison"]["hits"] == 2
        assert [desk.request(f"/v/{tokens[group]}")[0] for group in (Purpose.IT, Purpose.CUSTOMERS)] == [200, 200]
    finally:
        server.stop()
    assert (tmp_path / "secret.key").read_text(encoding="utf-8") == secret


def test_two_servers_that_start_at_once_on_an_old_database_both_serve(old):
    config, tokens = old
    for process in [start(config, START) for _ in range(2)]:
        assert process.communicate(timeout=60) == ("ready\n", "")
    check_serving(config, tokens)


@pytest.mark.parametrize("statement", ["CREATE TABLE agenda_item", f"version_num='{revisions()[0]}'"])
def test_a_server_killed_in_mid_migration_leaves_the_old_schema_and_the_next_completes_it(old, statement):
    config, tokens = old
    process = start(config, KILLED, statement)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert revision_in(config) == "0001"
    check_serving(config, tokens)
