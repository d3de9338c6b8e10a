"""Ends what a run of the tests has started, however that run ends: its servers, databases and browsers would go on.

Each process of a run marks its environment, which whatever it starts inherits, and starts a guard that waits for its
end: a pipe says so even after kill -9. Works where the system shows each process's environment (Linux).
"""

import contextlib
import os
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path

NAME = "CARDSORT_TESTS"
PATIENCE = 5  # seconds, after which what does not end by itself is ended


def watch():
    """Mark what this process will start, and start its guard."""
    unmarked = {name: value for name, value in os.environ.items() if name != NAME}
    os.environ[NAME] = secrets.token_hex(8)
    command = [sys.executable, __file__, os.environ[NAME]]
    given = {"stdin": subprocess.PIPE, "stdout": subprocess.DEVNULL, "env": unmarked, "start_new_session": True}
    return subprocess.Popen(command, **given)


def marked(mark):
    """The numbers of the processes that carry this mark and have not ended yet."""
    wanted = f"{NAME}={mark}".encode()
    for environment in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if wanted in environment.read_bytes().split(b"\0"):
                yield int(environment.parent.name)


def end(mark):
    _signal(mark, signal.SIGTERM)
    last = time.monotonic() + PATIENCE
    while any(marked(mark)) and time.monotonic() < last:
        time.sleep(0.1)
    _signal(mark, signal.SIGKILL)


def _signal(mark, number):
    for process in marked(mark):
        with contextlib.suppress(OSError):  # it has ended, or is not ours to end
            os.kill(process, number)


if __name__ == "__main__":
    sys.stdin.read()
    end(sys.argv[1])
