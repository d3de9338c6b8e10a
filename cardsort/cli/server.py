"""waitress, the server of `cardsort run`: one process, many threads.

A request takes a thread once it is there whole, so whoever sends it slowly keeps nobody waiting but takes up a
connection: it has to arrive in time, and no address gets all connections that there are.
"""

import time
from collections import Counter
from ipaddress import ip_address
from typing import Any, ClassVar

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server
from waitress.task import WSGITask

from cardsort.system import allow_open_files
from cardsort.web.kit.config import Config

SERVER: dict[str, Any] = {  # a room of tablets opens several connections each, keeps them, and sends little
    "threads": 8,
    "connection_limit": 4000,
    "asyncore_use_poll": True,
    "channel_timeout": 10,  # every open connection is looked at before every answer, and browsers open another unseen
    "cleanup_interval": 5,
    "max_request_body_size": 17 * 1024 * 1024,  # an archive; every page has its own, smaller limit
    "ident": "cardsort",
}
WHOLE_WITHIN = 30  # seconds, from its first byte on; silence ends it sooner (channel_timeout)
SHARE = 0.75  # of all connections, for one address: three for each of 1,000 tablets that reach it as one
OTHER_FILES = 96  # that the server may have open beside its connections: the database, the log


def make_server(app: Flask, config: Config) -> Any:
    """A server that listens already; its `run()` answers until it is stopped. OSError where it cannot listen there.

    Proxies' headers are left in requests: what is believed of them the application says, and by them it knows proxies.
    """
    HTTPChannel.task_class = KeptOpen
    BaseWSGIServer.channel_class = Behind if config.proxies else Direct
    connections = allow_open_files(SERVER["connection_limit"] + OTHER_FILES) - OTHER_FILES
    options = {**SERVER, "connection_limit": connections}
    return create_server(app, host=config.host, port=config.port, clear_untrusted_proxy_headers=False, **options)


class KeptOpen(WSGITask):
    """waitress closes the connection after every 304, for want of a length. But no body follows it, so the next answer
    can: else pages that ask every few seconds connect anew each time.
    """

    def set_close_on_finish(self) -> None:
        """Close it, unless there is nothing to tell the client apart from the next answer."""
        wanted = getattr(self.request, "headers", {}).get("CONNECTION", "").lower() == "close"
        if self.has_body or self.version != "1.1" or wanted:
            super().set_close_on_finish()


class Behind(HTTPChannel):
    """A connection of a reverse proxy, which has those of everybody."""

    _begun = 0.0

    def received(self, data: bytes) -> bool:
        """Take what has come. waitress closes what was silent for too long: of a request that is not whole yet, it is
        told such a time that the connection is closed when the request is late, however steadily it drips.
        """
        before = self.request
        taken: bool = super().received(data)
        if self.request is not before:
            self._begun = time.time()
        if self.request is not None:
            self.last_activity = min(self.last_activity, self._begun + WHOLE_WITHIN - self.adj.channel_timeout)
        return taken


class Direct(Behind):
    """A visitor's own connection, one of as many as an address may have."""

    open: ClassVar[Counter[str]] = Counter()
    _counted = ""

    def __init__(self, server: Any, sock: Any, addr: Any, adj: Any, **more: Any) -> None:
        super().__init__(server, sock, addr, adj, **more)
        self._counted = _network(addr[0])
        self.open[self._counted] += 1
        if self.open[self._counted] > SHARE * adj.connection_limit:
            self.handle_close()

    def del_channel(self, map: Any = None) -> None:  # noqa: A002  waitress's name
        """The connection is closed; an address without any is forgotten."""
        super().del_channel(map)
        if self._counted:
            Direct.open -= Counter([self._counted])
        self._counted = ""


def _network(address: str) -> str:
    """The address, or of IPv6 its /64 network, as every machine has a whole one to itself."""
    return ":".join(ip_address(address).exploded.split(":")[:4]) if ":" in address else address
