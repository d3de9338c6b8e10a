"""waitress, the server of `cardsort run`: one process, many threads."""

from typing import Any

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.server import create_server
from waitress.task import WSGITask

from cardsort.web.config import Config

SERVER: dict[str, Any] = {  # a room of tablets opens several connections each, keeps them, and sends little
    "threads": 8,
    "connection_limit": 4000,
    "asyncore_use_poll": True,
    "channel_timeout": 10,  # every open connection is looked at before every answer, and browsers open another unseen
    "cleanup_interval": 5,
    "max_request_body_size": 17 * 1024 * 1024,  # an archive; every page has its own, smaller limit
    "ident": "cardsort",
}
OTHER_FILES = 96  # that the server may have open beside its connections: the database, the log


def make_server(app: Flask, config: Config) -> Any:
    """A server that listens already; its `run()` answers until it is stopped. OSError where it cannot listen there."""
    HTTPChannel.task_class = KeptOpen
    options = {**SERVER, "connection_limit": _connections_allowed(SERVER["connection_limit"])}
    return create_server(
        app, host=config.host, port=config.port, clear_untrusted_proxy_headers=not config.proxies, **options
    )


class KeptOpen(WSGITask):
    """waitress closes the connection after every 304, for want of a length. But no body follows it, so the next answer
    can: else pages that ask every few seconds connect anew each time.
    """

    def set_close_on_finish(self) -> None:
        """Close it, unless there is nothing to tell the client apart from the next answer."""
        wanted = getattr(self.request, "headers", {}).get("CONNECTION", "").lower() == "close"
        if self.has_body or self.version != "1.1" or wanted:
            super().set_close_on_finish()


def _connections_allowed(wanted: int) -> int:
    """So many, or fewer where the system allows this process fewer open files; its own limit is raised first."""
    from resource import RLIM_INFINITY, RLIMIT_NOFILE, getrlimit, setrlimit

    allowed, at_most = getrlimit(RLIMIT_NOFILE)
    needed = wanted + OTHER_FILES
    if RLIM_INFINITY != allowed < needed:
        allowed = needed if at_most == RLIM_INFINITY else min(needed, at_most)
        setrlimit(RLIMIT_NOFILE, (allowed, at_most))
    return wanted if allowed == RLIM_INFINITY else min(wanted, allowed - OTHER_FILES)
