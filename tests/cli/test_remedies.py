"""What the operator's machine refuses is said with its place and the one command that mends it."""

import errno
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, event

import cardsort.cli.doctor
import cardsort.cli.server  # noqa: F401  commands import these when they run, which nobody may not
from cardsort.cli.commands import _greeting, main
from cardsort.usecases import remedies
from cardsort.usecases.remedies import file_fault
from cardsort.web.kit.config import read_config
from tests.browser.live import ROOT, free_port

NOBODY = 65534


@pytest.fixture
def run(monkeypatch):
    for name in ("DATABASE_URL", "SECRET_KEY", "RATE_LIMIT_STORAGE", "CARDSORT_HOST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PUBLIC_URL", "http://127.0.0.1:8000")
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def folder(example_folder):
    """A data folder with the example in it, that everybody could reach, were it not for its own rights."""
    with tempfile.TemporaryDirectory(dir="/tmp") as made:
        Path(made).chmod(0o755)
        yield shutil.copytree(example_folder, Path(made) / "data")


@pytest.fixture
def as_nobody(run):
    """Runs a command as somebody whom the rights of files concern: root may do everything."""

    def command(*words):
        if os.geteuid():
            return run(*words)
        os.setresuid(NOBODY, NOBODY, 0)  # both, as some ask what the real one may do
        try:
            return run(*words)
        finally:
            os.setresuid(0, 0, 0)

    return command


def findings(result):
    return {
        (verdict, subject) for verdict, subject in re.findall(r"^(ok|look|mend) +(\w+):", result.stdout, re.MULTILINE)
    }


def give(folder, owner):
    for path in (folder, *folder.iterdir()):
        os.chown(path, owner, -1)


def test_doctor_names_a_foreign_owner_with_the_command_and_asks_for_no_backup(as_nobody, folder):
    give(folder, NOBODY)
    for name in ("cardsort.db", "secret.key"):
        os.chown(folder / name, 0, -1)
    result = as_nobody("doctor", "--data", folder)
    assert result.exit_code == 1
    assert f"Run: chown --reference={folder} {folder}/secret.key {folder}/cardsort.db\n" in result.stdout
    assert f"{folder}/cardsort.db may not be read and written. It belongs to root" in result.stdout
    assert "Restore a backup" not in result.stdout
    assert {("ok", "Disk"), ("look", "Database"), ("look", "Address"), ("ok", "Proxies")} <= findings(result)


@pytest.mark.parametrize("left", ["cardsort.db", "cardsort.db-wal", "cardsort.db-shm", "secret.key", "server.lock"])
def test_doctor_names_each_file_that_root_has_left_behind(as_nobody, folder, left):
    (folder / left).touch(mode=0o600)
    give(folder, NOBODY)
    os.chown(folder / left, 0, -1)
    result = as_nobody("doctor", "--data", folder)
    assert (result.exit_code, f"Run: chown --reference={folder} {folder}/{left}\n" in result.stdout) == (1, True)


def test_doctor_names_an_unreadable_secret_and_still_says_all_the_rest(as_nobody, folder):
    give(folder, NOBODY)
    (folder / "secret.key").chmod(0)
    result = as_nobody("doctor", "--data", folder)
    said = f"mend  Rights: {folder}/secret.key may not be read and written. Run: chmod u+rwX {folder}/secret.key\n"
    assert (result.exit_code, said in result.stdout) == (1, True)
    assert {("ok", "Integrity"), ("ok", "Schema"), ("ok", "Clock"), ("look", "Backups")} <= findings(result)
    assert as_nobody("admin-link", "--data", folder).stderr == (
        f"{folder}/secret.key cannot be read or written: Permission denied. Run: chmod u+rwX {folder}/secret.key\n"
    )


@pytest.mark.parametrize("words", [("restore",), ("compare",), ("compare", "ballots.csv", "--deck")], ids=" ".join)
def test_a_file_that_may_not_be_read_is_named_with_the_command(as_nobody, folder, words):
    kept = folder.parent / "kept"
    kept.touch(mode=0o600)
    (folder / "ballots.csv").write_text("group,ranking\nit,A-01 A-02 A-03\n")
    ballots = [str(folder / word) if word.endswith(".csv") else word for word in words]
    give(folder, NOBODY)
    os.chown(kept, 0, -1)
    refused = as_nobody(*ballots, kept)
    said = f"{kept} cannot be read: Permission denied. It belongs to root, and this runs as "
    assert (refused.exit_code, refused.stderr.startswith(said)) == (2, True)


def test_doctor_names_a_folder_that_is_not_writable(as_nobody, folder):
    give(folder, NOBODY)
    folder.chmod(0o500)
    result = as_nobody("doctor", "--data", folder)
    said = f"mend  Rights: {folder} may not be read and written. Run: chmod u+rwX {folder}\n"
    assert (result.exit_code, said in result.stdout) == (1, True)
    assert {("ok", "Versions"), ("look", "Address"), ("ok", "Proxies")} <= findings(result)
    for command in ("run", "demo"):
        refused = as_nobody(command, "--data", folder)
        assert (refused.exit_code, refused.stderr) == (2, f"The data folder {said.removeprefix('mend  Rights: ')}")


def test_doctor_names_a_data_folder_within_one_that_is_closed_and_looks_over_the_rest(as_nobody, folder):
    give(folder, NOBODY)
    folder.parent.chmod(0o700)
    result = as_nobody("doctor", "--data", folder)
    said = f"mend  Rights: {folder} may not be read and written. It belongs to root, and this runs as "
    assert (result.exit_code, said in result.stdout) == (1, True)
    assert {("ok", "Versions"), ("look", "Address"), ("ok", "Proxies")} <= findings(result)


def test_doctor_names_a_folder_of_somebody_else(as_nobody, folder):
    give(folder, 0)
    folder.chmod(0o755)
    nobody = subprocess.run(["id", "-un", str(NOBODY)], capture_output=True, text=True, check=True).stdout.strip()
    result = as_nobody("doctor", "--data", folder)
    said = f"It belongs to root, and this runs as {nobody}. Run: chown -R {nobody} {folder}\n"
    assert (result.exit_code, said in result.stdout) == (1, True)


def test_a_file_system_that_is_read_only_is_named_with_the_command(run, folder, monkeypatch):
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode, **more: not mode & os.W_OK and may(path, mode, **more))
    monkeypatch.setattr(remedies.os, "statvfs", lambda _path: SimpleNamespace(f_flag=os.ST_RDONLY))
    mounted = next(path for path in folder.parents if path.is_mount())
    result = run("doctor", "--data", folder)
    said = f"{folder} may not be read and written. It is mounted to be read only. Run: mount -o remount,rw {mounted}\n"
    assert (result.exit_code, said in result.stdout) == (1, True)


def test_doctor_names_every_setting_that_the_server_would_refuse_and_looks_over_the_rest(run, data, monkeypatch):
    monkeypatch.setenv("CARDSORT_PORT", "eighty")
    monkeypatch.setenv("START_CODE", "short")
    monkeypatch.setenv("RATE_LIMIT_STORAGE", "nonsense://host")
    result = run("doctor", "--data", data)
    assert result.exit_code == 1
    for said in (
        "mend  Settings: CARDSORT_PORT is “eighty”.",
        "mend  Settings: START_CODE must have 8 to 200 characters.",
        "mend  Workers: RATE_LIMIT_STORAGE (nonsense:…) cannot be used.",
    ):
        assert said in result.stdout
    assert {("ok", "Integrity"), ("ok", "Secret"), ("ok", "Clock"), ("ok", "Proxies")} <= findings(result)
    monkeypatch.setenv("CARDSORT_HOST", "no/address")
    monkeypatch.delenv("PUBLIC_URL")
    assert (
        "mend  Settings: CARDSORT_HOST is “no/address”. Set it to an address of" in run("doctor", "--data", data).stdout
    )


def listen(folder, host, port):
    """As a process of its own, as waitress leaves the socket open that it cannot use."""
    environment = {**os.environ, "CARDSORT_DATA": str(folder), "DATABASE_URL": "", "SECRET_KEY": ""}
    command = [sys.executable, "-m", "cardsort", "run", "--host", host, "--port", str(port)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("host", ["nobody.invalid", "203.0.113.9", "two words"])
def test_an_address_that_is_not_this_machine_s_is_named_and_not_the_port(tmp_path, host):
    refused = listen(tmp_path, host, free_port())
    assert (refused.returncode, refused.stderr.startswith(f"This machine has no address “{host}”")) == (2, True)
    assert ("--host" in refused.stderr, "--port" in refused.stderr) == (True, False)


def test_a_port_that_is_taken_is_named_and_not_the_address(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        refused = listen(tmp_path, "127.0.0.1", port)
    said = f"Another program listens on port {port} already. Choose another with --port.\n"
    assert (refused.returncode, refused.stderr) == (2, said)


def test_a_full_disk_is_named_with_the_file_and_the_remedy(run, tmp_path):
    (tmp_path / "ballots.csv").write_text("group,ranking\n" + "it,A-01 A-02 A-03\ncustomers,A-01 A-02 A-03\n" * 3)
    refused = run("compare", tmp_path / "ballots.csv", "--json", "/dev/full")
    said = "/dev/full cannot be written: No space left on device. Make room on the disk of /dev/full, then try again.\n"
    assert (refused.exit_code, refused.stderr) == (2, said)
    nameless = OSError(errno.ENOSPC, "No space left on device")
    assert file_fault(nameless, tmp_path / "data").startswith(
        f"{tmp_path}/data cannot be read or written: No space left"
    )
    assert file_fault(nameless, tmp_path / "data").endswith(f"Make room on the disk of {tmp_path}, then try again.")


@pytest.fixture
def full_disk():
    """SQLite finds no room for another page."""

    def leave_no_room(connection):
        connection.exec_driver_sql("PRAGMA max_page_count = 1")

    event.listen(Engine, "begin", leave_no_room)
    yield
    event.remove(Engine, "begin", leave_no_room)


@pytest.mark.usefixtures("full_disk")
@pytest.mark.parametrize("command", ["run", "demo"])
def test_a_disk_that_is_full_for_the_database_is_named_too(run, tmp_path, command):
    refused = run(command, "--data", tmp_path)
    said = f"({tmp_path}/cardsort.db): database or disk is full. Make room on the disk of {tmp_path}, then try again.\n"
    assert (refused.exit_code, refused.stderr.endswith(said)) == (2, True)


@pytest.mark.usefixtures("full_disk")
def test_a_disk_that_fills_up_later_is_no_traceback(run, data):
    refused = run("demo", "--data", data)
    said = (
        f"The database cannot be used ({data}/cardsort.db): database or disk is full. Make room on the disk of {data}"
    )
    assert (refused.exit_code, refused.stderr.startswith(said)) == (2, True)


@pytest.mark.parametrize(
    ("words", "code", "out"),
    [(["--help"], 0, "Start the server and say where it is."), (["--port", "eighty"], 2, "")],
)
def test_app_py_takes_the_options_of_run(tmp_path, words, code, out):
    command = [sys.executable, ROOT / "app.py", *words]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, out in ended.stdout) == (code, True)
    assert list(tmp_path.iterdir()) == []


def test_app_py_starts_the_server(tmp_path):
    port = free_port()
    environment = {**os.environ, "CARDSORT_DATA": str(tmp_path / "data"), "DATABASE_URL": "", "SECRET_KEY": ""}
    command = [sys.executable, ROOT / "app.py", "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout.readline() == f"Cardsort is ready: http://127.0.0.1:{port}\n"
        server.terminate()


def test_where_it_is_goes_to_standard_output_and_all_else_to_standard_error_as_is_stated(tmp_path):
    port = free_port()
    environment = {
        **os.environ,
        "CARDSORT_DATA": str(tmp_path),
        "DATABASE_URL": "",
        "SECRET_KEY": "",
        "REQUEST_LOG": "on",
    }
    command = [sys.executable, "-m", "cardsort", "run", "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        first = server.stdout.readline()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=30) as answer:
            answer.read()
        server.terminate()
        told, logged = server.communicate(timeout=30)
    assert first == f"Cardsort is ready: http://127.0.0.1:{port}\n"
    assert ("health.health 200" in told, "health.health 200" in logged) == (False, True)
    stated = " ".join((ROOT / "docs" / "operations.md").read_text(encoding="utf-8").split())
    assert "writes to standard output where it can be reached, and to standard error all else" in stated


@pytest.mark.parametrize(
    ("unreachable", "said"),
    [
        (False, "Only this machine can follow the links: set PUBLIC_URL to the address that people use."),
        (True, "This machine is on no network: tablets and phones cannot reach it. Set PUBLIC_URL once it is."),
    ],
)
def test_a_server_for_this_machine_alone_says_so_and_blames_the_network_only_where_there_is_none(
    tmp_path, monkeypatch, unreachable, said
):
    def connect(_socket, _address):
        if unreachable:
            raise OSError(errno.ENETUNREACH, "Network is unreachable")

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket.socket, "getsockname", lambda _socket: ("192.168.1.5", 9))
    greeting = _greeting(read_config({"CARDSORT_DATA": str(tmp_path), "CARDSORT_HOST": "127.0.0.1"}))
    assert greeting.splitlines()[2] == said
