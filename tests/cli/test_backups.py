"""A backup taken while ballots come in holds every ballot acknowledged before, and opens the same links elsewhere."""

import errno
import json
import os
import random
import shutil
import sqlite3
import threading
import urllib.request
import zipfile
from contextlib import closing
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from cardsort.cli.commands import main
from cardsort.cli.running import only_server
from cardsort.usecases import backups
from cardsort.usecases.backups import back_up, restore_backup
from cardsort.web.kit.config import read_config
from tests.browser.live import Facilitator, Server

WRITERS = 4


@pytest.fixture
def run(monkeypatch):
    for name in ("DATABASE_URL", "SECRET_KEY", "CARDSORT_DATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PUBLIC_URL", "http://cards.test")
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def saved(run, data, tmp_path):
    """A backup of a folder with the example in it."""
    assert run("backup", tmp_path / "all.backup", "--data", data).exit_code == 0
    return tmp_path / "all.backup"


def test_a_backup_is_for_its_owner_alone_whatever_the_shell_allows(data, tmp_path):
    before = os.umask(0o002)
    try:
        back_up(data, b"secret", tmp_path / "all.backup")
    finally:
        os.umask(before)
    assert (tmp_path / "all.backup").stat().st_mode & 0o777 == 0o600


class Respondent(threading.Thread):
    """Sends one ballot after another; `acknowledged` holds the ids that the server has answered with 201."""

    def __init__(self, address, seed):
        super().__init__()
        self.address, self.random, self.acknowledged, self.over = address, random.Random(seed), [], threading.Event()

    def run(self):
        while not self.over.is_set():
            ballot_id = f"{self.random.getrandbits(128):032x}"
            body = {"id": ballot_id, "kind": "prediction", "ranking": ["A-01", "B-02", "C-07"]}
            headers = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}
            request = urllib.request.Request(self.address, json.dumps(body).encode(), headers)
            with urllib.request.urlopen(request, timeout=30) as answer:
                assert answer.status == 201
            self.acknowledged.append(ballot_id)


def stored(folder):
    with closing(sqlite3.connect(folder / "cardsort.db")) as database:
        return {row[0] for row in database.execute("SELECT id FROM ballot")}


def content_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "server.lock"}


def test_a_backup_under_load_has_every_acknowledged_ballot_and_its_links_still_open(run, tmp_path):
    (tmp_path / "data").mkdir()
    server = Server(tmp_path / "data").start()
    facilitator = Facilitator(server).start()
    path = facilitator.link("it").removeprefix(server.url)
    respondents = [Respondent(f"{server.loopback}{path}/ballots", seed) for seed in range(WRITERS)]
    for respondent in respondents:
        respondent.start()
    while min(len(respondent.acknowledged) for respondent in respondents) < 5:
        assert all(respondent.is_alive() for respondent in respondents)
    before = {ballot_id for respondent in respondents for ballot_id in respondent.acknowledged}
    made = run("backup", tmp_path / "all.backup", "--data", server.data)
    for respondent in respondents:
        respondent.over.set()
        respondent.join()
    assert (made.exit_code, oct((tmp_path / "all.backup").stat().st_mode & 0o777)) == (0, "0o600")
    server.stop()
    assert run("restore", tmp_path / "all.backup", "--data", tmp_path / "other").exit_code == 0
    sent = {ballot_id for respondent in respondents for ballot_id in respondent.acknowledged}
    assert before <= stored(tmp_path / "other") <= stored(server.data) == sent
    again = Server(tmp_path / "other").start()
    facilitator.server = again
    for address in (path, facilitator.desk):
        assert facilitator.request(address)[0] == 200
    again.stop()


def test_the_backup_notes_its_time_and_leaves_nothing_else_behind(saved):
    data = saved.parent / "data"
    assert (data / "last-backup").stat().st_size == 0
    assert sorted(path.name for path in saved.parent.iterdir()) == ["all.backup", "data"]
    with zipfile.ZipFile(saved) as packed:
        assert packed.namelist() == ["cardsort.db", "secret.key"]
        assert packed.read("secret.key") == (data / "secret.key").read_bytes()


def test_what_is_restored_is_what_was_saved(run, saved, tmp_path):
    assert run("restore", saved, "--data", tmp_path / "new").exit_code == 0
    assert run("admin-link", "--data", tmp_path / "new").stdout == run("admin-link", "--data", tmp_path / "data").stdout
    assert {oct(path.stat().st_mode & 0o077) for path in (tmp_path / "new").iterdir()} == {"0o0"}


def test_no_database_is_put_back_without_its_secret(saved, tmp_path):
    """It would count as restored, and a server would refuse to start on it."""
    folder = tmp_path / "new"
    (folder / "secret.key" / "in the way").mkdir(parents=True)
    with pytest.raises(OSError, match=r"secret\.key"):
        restore_backup(saved, folder, b"")
    assert [path.name for path in folder.iterdir()] == ["secret.key"]


def test_nothing_is_restored_over_a_database_or_another_secret_or_under_a_running_server(
    run, saved, tmp_path, monkeypatch
):
    before = content_of(tmp_path / "data")
    refused = run("restore", saved, "--data", tmp_path / "data")
    assert (refused.exit_code, refused.stderr.split(",")[0]) == (
        2,
        f"{tmp_path / 'data'} holds a database already (cardsort.db)",
    )
    assert content_of(tmp_path / "data") == before
    config = read_config({"CARDSORT_DATA": str(tmp_path / "new")})
    with only_server(config):
        refused = run("restore", saved, "--data", config.data)
    assert (refused.exit_code, refused.stderr.startswith("Another Cardsort is running on")) == (2, True)
    refused = run("restore", saved, "--data", config.data)
    assert (refused.exit_code, refused.stderr.startswith("The backup has another secret than")) == (2, True)
    assert set(content_of(config.data)) == {"secret.key"}
    monkeypatch.setenv("DATABASE_URL", "postgresql://host/name")
    refused = run("restore", saved, "--data", config.data)
    assert (refused.exit_code, refused.stderr.startswith("This is a backup of an SQLite folder")) == (2, True)


def test_a_damaged_foreign_or_newer_file_is_a_sentence_and_changes_nothing(run, saved, tmp_path):
    whole, chance = saved.read_bytes(), random.Random(7)
    faulty = [whole[:cut] for cut in (4, 100, len(whole) // 2, len(whole) - 1)]
    for _ in range(60):  # one byte of one entry's data, or of the directory at the end
        place = chance.choice([chance.randrange(80, len(whole) // 2), len(whole) - chance.randrange(1, 160)])
        faulty.append(whole[:place] + bytes([whole[place] ^ chance.randrange(1, 256)]) + whole[place + 1 :])
    with zipfile.ZipFile(tmp_path / "foreign", "w") as packed:
        packed.writestr("cardsort.db", b"no database")
        packed.writestr("secret.key", b"x" * 64)
    faulty.append((tmp_path / "foreign").read_bytes())
    said = set()
    for content in faulty:
        (tmp_path / "faulty").write_bytes(content)
        refused = run("restore", tmp_path / "faulty", "--data", tmp_path / "new")
        if refused.exit_code == 0:  # a byte that nothing depends on, such as a file's time
            for path in (tmp_path / "new").iterdir():
                path.unlink()
        else:
            said.add(refused.stderr.split(",")[0])
            assert set(content_of(tmp_path / "new")) == set()
    assert said == {f"{tmp_path / 'faulty'} is not a whole backup of Cardsort"}
    with closing(sqlite3.connect(tmp_path / "data" / "cardsort.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    back_up(tmp_path / "data", b"x" * 64, tmp_path / "newer")
    refused = run("restore", tmp_path / "newer", "--data", tmp_path / "new")
    assert (refused.exit_code, refused.stderr.split(",")[0]) == (
        2,
        f"{tmp_path / 'newer'} was made by a newer Cardsort",
    )


def packed_with(path, database, secret=b"x" * 64):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("cardsort.db", database)
        packed.writestr("secret.key", secret)
    return path


@pytest.fixture
def unpacked(monkeypatch):
    """How many bytes a restore has written."""
    written = []

    def copy(content, target):
        written.append(shutil.copyfileobj(content, target) or target.tell())

    monkeypatch.setattr(backups, "copyfileobj", copy)
    return written


def test_what_would_unpack_to_more_than_its_database_is_refused_before_it_is_unpacked(run, data, tmp_path, unpacked):
    database = (data / "cardsort.db").read_bytes()
    for name, content, secret in (
        ("zeros", bytes(300 * 10**6), b"x" * 64),
        ("longer", database + bytes(50 * 10**6), b"x" * 64),
        ("secret", database, bytes(50 * 10**6)),
    ):
        refused = run("restore", packed_with(tmp_path / name, content, secret), "--data", tmp_path / "new")
        assert (refused.exit_code, "is not a whole backup of Cardsort" in refused.stderr) == (2, True), name
    assert (unpacked, content_of(tmp_path / "new")) == ([], {})


def test_a_backup_that_the_disk_cannot_hold_is_refused_before_it_is_unpacked(
    run, saved, tmp_path, monkeypatch, unpacked
):
    with zipfile.ZipFile(saved) as packed:
        size = packed.getinfo("cardsort.db").file_size
    for free, code in ((size + 100 * 1024 * 1024 - 1, 2), (size + 100 * 1024 * 1024, 0)):
        monkeypatch.setattr(backups, "disk_usage", lambda _folder, free=free: SimpleNamespace(free=free))
        result = run("restore", saved, "--data", tmp_path / "new")
        assert (result.exit_code, len(unpacked)) == (code, 0 if code else 2)
        assert ("Nothing was restored. Make room there, then try again." in result.stderr) == bool(code)


def test_a_database_of_empty_pages_is_backed_up_and_restored_however_small_it_packs(run, data, tmp_path):
    with closing(sqlite3.connect(data / "cardsort.db")) as database, database:
        database.execute("CREATE TABLE room AS SELECT zeroblob(20000000)")
        database.execute("DROP TABLE room")
    assert run("backup", tmp_path / "small", "--data", data).exit_code == 0
    assert run("restore", tmp_path / "small", "--data", tmp_path / "new").exit_code == 0


def test_a_damaged_database_is_not_backed_up_and_the_earlier_backup_stays(run, saved, tmp_path):
    before, database = saved.read_bytes(), tmp_path / "data" / "cardsort.db"
    content = database.read_bytes()
    database.write_bytes(content[:8192] + os.urandom(len(content) - 8192))
    refused = run("backup", saved, "--data", tmp_path / "data")
    assert (refused.exit_code, "cannot be copied whole" in refused.stderr) == (2, True)
    assert saved.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.backup", "data"]


def test_a_disk_that_the_backup_fills_is_named_and_not_that_of_the_data(run, data, tmp_path, monkeypatch):
    def leave_no_room(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "stick").mkdir()
    monkeypatch.setattr(os, "fsync", leave_no_room)
    refused = run("backup", tmp_path / "stick" / "all.backup", "--data", data)
    said = f"{tmp_path}/stick cannot be written: No space left on device. Make room on the disk of {tmp_path}/stick, "
    assert (refused.exit_code, refused.stderr) == (2, f"{said}then try again.\n")
    assert list((tmp_path / "stick").iterdir()) == []


@pytest.mark.usefixtures("saved")
def test_what_cannot_be_backed_up_is_a_sentence_and_makes_no_folder(run, tmp_path, monkeypatch):
    refused = run("backup", tmp_path / "b", "--data", tmp_path / "nothing")
    assert (refused.exit_code, refused.stderr.startswith("There is no database in")) == (2, True)
    assert not (tmp_path / "nothing").exists()
    refused = run("backup", tmp_path / "no" / "such", "--data", tmp_path / "data")
    assert (refused.exit_code, refused.stderr) == (
        2,
        f"{tmp_path / 'no'} cannot be written: No such file or directory.\n",
    )
    monkeypatch.setenv("DATABASE_URL", "postgresql://host/name")
    refused = run("backup", tmp_path / "b", "--data", tmp_path / "data")
    assert (refused.exit_code, "pg_dump" in refused.stderr, "SECRET_KEY" in refused.stderr) == (2, True, True)
