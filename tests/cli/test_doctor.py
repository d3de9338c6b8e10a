"""`cardsort doctor` finds what is wrong, says how to mend it, and changes nothing."""

import os
import re
import sqlite3
from contextlib import closing
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from cardsort.cli.commands import main
from cardsort.store.migrations import revisions
from cardsort.usecases import doctor
from cardsort.usecases.doctor import has_wal_reset_fix
from cardsort.web.app import create_app
from tests.browser.live import Server
from tests.conftest import SECRET, close

SUBJECTS = [
    "Versions",
    "Rights",
    "Disk",
    "Database",
    "Integrity",
    "Schema",
    "Secret",
    "Clock",
    "Backups",
    "Address",
    "Proxies",
]


@pytest.fixture
def run(tmp_path, monkeypatch):
    for name in ("DATABASE_URL", "SECRET_KEY", "TRUSTED_PROXIES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CARDSORT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PUBLIC_URL", "https://cards.test")
    monkeypatch.setenv("TRUSTED_PROXIES", "1")
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(autouse=True)
def backed_up(data):
    (data / "last-backup").touch()


def examined(run):
    """The exit code, and verdict and words by subject."""
    result = run("doctor")
    lines = re.findall(r"^(ok|look|mend) +(\w+): (.*)$", result.stdout, re.MULTILINE)
    assert len(lines) == len(result.stdout.splitlines())
    return result.exit_code, {subject: (verdict, words) for verdict, subject, words in lines}


def alter(data, statement):
    with closing(sqlite3.connect(data / "cardsort.db")) as database, database:
        database.execute(statement)


def state_of(folder):
    """Time and size of every file; SQLite's locks in -shm are renewed by whoever reads first after a kill."""
    files = [path for path in folder.iterdir() if not path.name.endswith("-shm")]
    return {path.name: (path.stat().st_mtime_ns, path.stat().st_size) for path in files}


def test_where_all_is_well_each_subject_has_one_line(run):
    code, found = examined(run)
    assert (code, list(found)) == (0, SUBJECTS)
    assert {subject: verdict for subject, (verdict, _) in found.items() if subject != "Database"} == dict.fromkeys(
        set(SUBJECTS) - {"Database"}, "ok"
    )
    assert found["Schema"][1] == f"{revisions()[0]}, the newest."
    assert "cards.test" in found["Address"][1]


def test_it_changes_nothing_beside_a_running_server_or_without_one(run, data, tmp_path, monkeypatch):
    server = Server(data).start()
    before = state_of(server.data)
    assert "cardsort.db-wal" in before
    assert examined(run)[0] == 0
    assert state_of(server.data) == before
    server.stop()
    before = state_of(server.data)
    assert examined(run)[0] == 0
    assert state_of(server.data) == before
    monkeypatch.setenv("CARDSORT_DATA", str(tmp_path / "none"))
    assert "The first start makes it" in examined(run)[1]["Data"][1]
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("statement", "subject", "verdict", "words"),
    [
        ("UPDATE alembic_version SET version_num = '0001'", "Schema", "look", "0001; the next start brings it to"),
        ("UPDATE alembic_version SET version_num = '9999'", "Schema", "mend", "9999 is of a newer Cardsort."),
        ("UPDATE workshop SET created_on = '2999-01-01'", "Clock", "mend", "the database knows 2999-01-01. Set the"),
        ("UPDATE server SET day_seen = '2999-01-01'", "Clock", "mend", "the database knows 2999-01-01. Set the"),
        ("UPDATE server SET day_seen = '2020-01-01'", "Clock", "mend", "days past the last day that this server saw"),
        ("UPDATE link SET nonce = x'00' WHERE purpose = 'it'", "Secret", "mend", "do not follow from it, so no"),
        ("UPDATE server SET secret_mark = 'another'", "Secret", "mend", "Put secret.key back into the data folder"),
        ("DELETE FROM alembic_version", "Schema", "look", "none yet;"),
        ("DELETE FROM respondent", "Integrity", "mend", "FOREIGN KEY constraint failed: "),
    ],
)
def test_what_is_wrong_in_the_database_is_found(run, data, statement, subject, verdict, words):
    alter(data, statement)
    code, found = examined(run)
    assert (code, found[subject][0], words in found[subject][1]) == (int(verdict == "mend"), verdict, True)


def test_a_damaged_database_must_be_mended(run, data):
    path = data / "cardsort.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = path.read_bytes()
    for content, subject in (
        (whole[:40960] + os.urandom(8192) + whole[49152:], "Integrity"),
        (b"no" * 999, "Database"),
    ):
        for left in data.glob("cardsort.db-*"):
            left.unlink()
        path.write_bytes(content)
        code, found = examined(run)
        assert (code, found[subject][0]) == (1, "mend")


@pytest.mark.parametrize("more", [0o055, 0o050, 0o005])
def test_rights_that_are_too_wide_are_named_with_the_command_that_mends_them(run, data, more):
    data.chmod(0o700 | more)
    assert examined(run)[1]["Rights"] == ("look", f"others can look into the data folder. Run: chmod 700 {data}")
    data.chmod(0o700)
    (data / "secret.key").chmod(0o600 | more & 0o044)
    assert examined(run)[1]["Rights"] == ("mend", f"others can read the secret. Run: chmod 600 {data}/secret.key")


@pytest.mark.parametrize(("free", "verdict"), [(99, "mend"), (100, "look"), (999, "look"), (1000, "ok")])
def test_a_disk_that_runs_full_is_said_in_time(run, monkeypatch, free, verdict):
    usage = SimpleNamespace(free=free * 1024 * 1024)
    monkeypatch.setattr(doctor, "disk_usage", lambda _folder: usage)
    assert examined(run)[1]["Disk"][0] == verdict


def test_a_backup_that_is_missing_or_old_is_said(run, data):
    for age, verdict in ((6, "ok"), (8, "look")):
        then = (data / "last-backup").stat().st_atime - age * 86400
        os.utime(data / "last-backup", (data.stat().st_atime, then))
        assert examined(run)[1]["Backups"][0] == verdict
    (data / "last-backup").unlink()
    assert examined(run)[1]["Backups"] == ("look", "none was made yet. Run: cardsort backup FILE")


@pytest.mark.parametrize(
    ("address", "proxies", "expected"),
    [
        ("http://127.0.0.1:8000", "0", ("look", "ok")),
        ("http://192.168.1.5:8000", "0", ("ok", "ok")),
        ("http://cards.example", "0", ("look", "ok")),
        ("https://cards.example", "0", ("ok", "look")),
        ("https://cards.example", "1", ("ok", "ok")),
    ],
)
def test_address_and_proxies_are_judged_together(run, monkeypatch, address, proxies, expected):
    monkeypatch.setenv("PUBLIC_URL", address)
    monkeypatch.setenv("TRUSTED_PROXIES", proxies)
    found = examined(run)[1]
    assert (found["Address"][0], found["Proxies"][0]) == expected


@pytest.mark.parametrize(
    ("version", "has"),
    [
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((3, 51, 2), False),
        ((3, 50, 7), True),
        ((3, 50, 6), False),
        ((3, 44, 6), True),
        ((3, 44, 5), False),
        ((3, 45, 9), False),
        ((3, 40, 1), False),
    ],
)
def test_which_versions_of_sqlite_have_the_mend(version, has):
    assert has_wal_reset_fix(version) is has


def test_a_postgresql_database_is_read_also_without_a_data_folder_and_one_that_is_away_is_mended(
    run, data, make_config, postgres_url, monkeypatch
):
    close(create_app(make_config(database_url=postgres_url)))
    monkeypatch.setenv("DATABASE_URL", postgres_url)
    monkeypatch.setenv("SECRET_KEY", SECRET.decode())
    code, found = examined(run)
    assert (code, found["Database"][1].startswith("PostgreSQL "), found["Schema"][0]) == (0, True, "ok")
    monkeypatch.setenv("CARDSORT_DATA", str(data / "none"))
    code, found = examined(run)
    assert (code, found["Data"][0], found["Schema"][0], found["Secret"][0]) == (0, "look", "ok", "ok")
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    code, found = examined(run)
    assert (code, found["Database"][0], "nobody" in found["Database"][1]) == (1, "mend", False)
