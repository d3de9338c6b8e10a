"""The laptop of a facilitator may run macOS or Windows: what only Linux has is missed by nothing.

No such machine is at hand: a server starts here without what Windows lacks, with Windows' lock in the place of Unix's.
"""

import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.browser.live import Facilitator, Server
from tests.cli.without_unix import MODULES, OF_OS, OF_SIGNAL

ROOT = Path(__file__).resolve().parents[2]
COMMAND = """
import signal
from tests.cli.without_unix import leave_unix
signal.signal(signal.SIGINT, signal.default_int_handler)  # as in a terminal: tests in the background are deaf to it
leave_unix()
from cardsort.cli.commands import main
main(prog_name="cardsort")
"""
FAULT = """
import sys
from errno import EACCES
from pathlib import Path
from tests.cli.without_unix import leave_unix
leave_unix()
from cardsort.usecases.remedies import file_fault
print(file_fault(PermissionError(EACCES, "Permission denied", sys.argv[1]), Path("data"), "written"))
"""


class Elsewhere(Server):
    """`cardsort` where nothing is but what Windows has too."""

    def command(self, *words):
        words = words or ("run", "--host", "127.0.0.1", "--port", str(self.port))
        return [sys.executable, "-c", COMMAND, *words]

    def say(self, *words):
        given = {"cwd": ROOT, "env": self.environment(), "capture_output": True, "text": True, "timeout": 60}
        return subprocess.run(self.command(*words), check=False, **given)


@pytest.fixture
def elsewhere(tmp_path):
    server = Elsewhere(tmp_path)
    yield server
    if server.process and server.process.poll() is None:
        server.process.kill()
        server.process.wait()


def cast(link, number):
    body = f'{{"id": "{number:032x}", "kind": "own", "ranking": ["A-01", "A-02", "A-03"]}}'.encode()
    heads = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}
    with urllib.request.urlopen(urllib.request.Request(f"{link}/ballots", body, heads), timeout=30) as answer:
        return answer.status


def test_the_server_starts_takes_ballots_backs_up_and_stops_without_what_only_unix_has(elsewhere, tmp_path):
    elsewhere.start()
    desk = Facilitator(elsewhere).start(picks="3")
    assert [cast(desk.link("customers"), number) for number in range(3)] == [201] * 3
    assert elsewhere.say("backup", str(tmp_path / "all.backup")).returncode == 0
    elsewhere.restart(signal.SIGINT)
    assert desk.counts()["customers"] == 3
    elsewhere.stop()
    assert "Traceback" not in (tmp_path / "server.log").read_text()
    restored = elsewhere.say("restore", str(tmp_path / "all.backup"), "--data", str(tmp_path / "again"))
    assert (restored.returncode, (tmp_path / "again" / "cardsort.db").exists()) == (0, True)


def test_a_second_server_on_the_folder_is_refused_by_the_lock_of_windows_too(elsewhere):
    elsewhere.start()
    refused = elsewhere.say("demo")
    assert (refused.returncode, refused.stderr.startswith("Another Cardsort is running on")) == (2, True)


def test_doctor_says_what_it_cannot_see_there_and_no_command_that_there_is_not(elsewhere, tmp_path):
    assert elsewhere.say("demo").returncode == 0
    tmp_path.chmod(0o755)
    said = elsewhere.say("doctor").stdout
    assert f"look  Rights: look in the properties of {tmp_path} who else may read it. It should be you alone." in said
    assert "chmod" not in said


def test_a_folder_that_may_not_be_written_is_named_without_a_command_of_unix(tmp_path):
    command = [sys.executable, "-c", FAULT, str(tmp_path)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    denied = f"{tmp_path} cannot be written: Permission denied."
    assert said == f"{denied} Give your account the right to read and write {tmp_path}.\n"


def test_one_module_alone_knows_what_only_unix_has():
    modules, of_os, of_signal = ("|".join(names) for names in (MODULES, (*OF_OS, "uname"), OF_SIGNAL))
    theirs = rf"\bos\.(?:{of_os})\b|\bsignal\.(?:{of_signal})\b|^\s*(?:import|from) (?:{modules})\b"
    sources = {path: path.read_text(encoding="utf-8") for path in (ROOT / "cardsort").rglob("*.py")}
    found = [path.name for path, source in sources.items() if re.search(theirs, source, re.MULTILINE)]
    assert found == ["system.py"]
