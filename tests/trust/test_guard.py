"""A run of the tests that is killed leaves no server behind."""

import signal
import subprocess
import sys
import time

from tests import guard
from tests.browser.live import ROOT
from tests.trust.servers import WORKERS

RUN = """
import os, subprocess, sys
from pathlib import Path
from tests import guard
from tests.trust.servers import Postgres, running, Gunicorn
watching = guard.watch()
with running(Gunicorn, Postgres(Path(sys.argv[1])).start().new_database()):
    print(os.environ[guard.NAME], flush=True)
    sys.stdin.read()
"""


def test_what_a_killed_run_has_started_ends(tmp_path):
    tmp_path.chmod(0o755)
    command = [sys.executable, "-c", RUN, str(tmp_path / "database")]
    run = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    mark = run.stdout.readline().strip()
    assert len([*guard.marked(mark)]) == 1 + WORKERS + 1  # gunicorn and the database, whose own parts end with it
    run.send_signal(signal.SIGKILL)
    run.communicate(timeout=30)
    last = time.monotonic() + 30
    while left := [*guard.marked(mark)]:
        assert time.monotonic() < last, left
        time.sleep(0.1)
