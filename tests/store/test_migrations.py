"""The schema's history ends at the models, on both databases, also when two servers start at once."""

import subprocess
import sys
from collections import Counter

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, MetaData, UniqueConstraint, create_engine, inspect, select, text

from cardsort.store.engine import writing_on
from cardsort.store.migrations import _migrating, configuration, migrate, revisions
from cardsort.store.models import Base, db
from tests.store.partitioned import UNDIVIDED

COLUMNS = {  # what may be stored, and nothing else: no name, address, user agent or time of a vote
    "workshop": "id name organisation question_it question_customers question_it_own question_customers_prediction "
    "picks threshold asked_by last_round hear_by honest honest_it first_way_it first_way_customers census example deck "
    "language created_on delete_on restored archived_on",
    "round": "workshop_id number expected_it expected_customers edition revealed_at published_on reveal_step "
    "on_devices sources closes_it closes_customers alone timer_ends_at",
    "lock": "workshop_id round_number group locked_at reopened_at mixed",
    "segment": "workshop_id group number name kind expected counts_with",
    "link": "workshop_id purpose segment nonce token_hash code_hash language",
    "respondent": "workshop_id id key_hash ended removed",
    "draft": "workshop_id round_number respondent_id group kind content",
    "ballot": "workshop_id id round_number respondent_id group kind segment ranking piles basis reasons moment serves "
    "source expected_hits",
    "removed_ballot": "workshop_id id round_number respondent_id group kind discarded reason",  # nothing that it said
    "withheld_words": "workshop_id round_number mark",  # a hash of the letters; names no ballot
    "handover": "workshop_id code_hash purpose segment sealed expires_at",  # names no respondent
    "one_time_code": "workshop_id round_number code_hash nonce used batch",  # not whose, when or for which ballot
    "server": "number day_seen secret_mark",  # of the machines, not of anybody
    "slide_note": "workshop_id slide words",  # of the facilitator, to a slide of the reveal
    "agenda_item": "workshop_id round_number code position decision cost action reason alternative owner due quick_win "
    "worth_paying behaviour from_whom public_owner progress progress_on "
    "acceptable stakeholder",  # of the facilitator, about cards
}


@UNDIVIDED
def test_the_migrations_lead_to_the_models(any_app):
    with any_app.app_context(), db.engine.connect() as connection:
        defaults = connection.dialect.name == "postgresql"  # of SQLite's, Alembic does not know '' again
        seen = MigrationContext.configure(connection, opts={"compare_server_default": defaults})
        assert compare_metadata(seen, Base.metadata) == []


@UNDIVIDED
def test_every_rule_that_the_models_name_is_in_the_database(any_app):
    named = {
        table.name: {str(one.name) for one in table.constraints if isinstance(one, CheckConstraint | UniqueConstraint)}
        for table in Base.metadata.sorted_tables
    }
    with any_app.app_context():
        known = inspect(db.engine)
        found = {
            name: {one["name"] for one in (*known.get_check_constraints(name), *known.get_unique_constraints(name))}
            for name in named
        }
    assert found == named


@UNDIVIDED
@pytest.mark.rebuilds_tables
def test_the_schema_goes_down_and_up_again(any_app):
    with any_app.app_context():
        go_down(db.engine, "base")
        assert inspect(db.engine).get_table_names() == ["alembic_version"]
        migrate(db.engine)
        assert set(COLUMNS) < set(inspect(db.engine).get_table_names())


@UNDIVIDED
@pytest.mark.rebuilds_tables
def test_each_step_up_keeps_what_is_stored(any_app):
    with any_app.app_context():
        for step in revisions()[:-1]:
            go_down(db.engine, "-1")
            tell_together(db.engine)
            before = stored(db.engine)
            assert all(before[name] for name in ("workshop", "segment", "link", "respondent", "ballot"))
            migrate(db.engine, step)
            assert (step, lost_between(before, stored(db.engine))) == (step, {})
            go_down(db.engine, "-1")


@pytest.mark.rebuilds_tables
def test_a_step_that_leaves_rows_without_what_they_belong_to_is_taken_back(app):
    with app.app_context():
        go_down(db.engine, "-1")
        apart = create_engine(db.engine.url)  # which nothing has told to look after foreign keys
        with apart.begin() as connection:
            connection.execute(text("DELETE FROM workshop"))
        before = stored(apart)
        with pytest.raises(RuntimeError, match=r"^The migration would leave \d+ rows without what they belong to\.$"):
            migrate(db.engine)
        assert (stored(apart), revision_of(apart)) == (before, revisions()[1])
        apart.dispose()


def revision_of(engine):
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def go_down(engine, to):
    with _migrating(engine) as own, writing_on(own) as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.downgrade(config, to)


def tell_together(engine):
    """Two kinds, where the schema knows of it: the neighbour's are told apart."""
    with engine.begin() as connection:
        if "counts_with" in {column["name"] for column in inspect(connection).get_columns("segment")}:
            connection.execute(text("UPDATE segment SET counts_with = 1 WHERE number = 2"))


def stored(engine):
    """The rows of each of our tables, each row as columns with their values."""
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        return {
            name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for name, table in tables.tables.items()
            if name != "alembic_version"
        }


def lost_between(before, after):
    """Of each table the rows that said something which none says any more, by the columns that there are still."""
    lost = {}
    for name, rows in before.items():
        columns = [column for column in next(iter(after[name]), {}) if rows and column in rows[0]]
        was, now = (Counter(repr([row[one] for one in columns]) for row in found) for found in (rows, after[name]))
        lost[name] = was - now
    return {name: rows for name, rows in lost.items() if rows}


def test_only_columns_on_the_list_exist():
    assert {table.name: {column.name for column in table.columns} for table in Base.metadata.sorted_tables} == {
        name: set(columns.split()) for name, columns in COLUMNS.items()
    }


def test_every_table_begins_its_key_with_the_workshop():
    keys = {table.name: next(column.name for column in table.primary_key) for table in Base.metadata.sorted_tables}
    assert (keys.pop("workshop"), keys.pop("server")) == ("id", "number")
    assert set(keys.values()) == {"workshop_id"}


def test_two_servers_that_start_at_once_on_an_empty_database_both_serve(tmp_path, database_url):
    program = "from cardsort.web.app import create_app; create_app(); print('ready')"
    environment = {"CARDSORT_DATA": str(tmp_path), "DATABASE_URL": database_url, "PATH": "/usr/bin:/bin"}
    both = [
        subprocess.Popen([sys.executable, "-c", program], env=environment, stdout=-1, stderr=-1, text=True)
        for _ in range(2)
    ]
    for process in both:
        out, faults = process.communicate(timeout=60)
        assert (out, faults) == ("ready\n", "")
