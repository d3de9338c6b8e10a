"""WebKitGTK, the engine nearest to Safari that a Debian has, through its own WebDriver.

It has no touch: WebKitGTK turns a driver's touch into a mouse. So a tap here is a click, and a drag is a mouse's.
"""

import base64
import contextlib
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.browser.engines.tab import Tab
from tests.browser.live import free_port

WINDOW = Path(__file__).with_name("webkit_window.py")
# Nothing of the machine's graphics, nor of a desktop that is not there.
QUIET = {"LIBGL_ALWAYS_SOFTWARE": "1", "GTK_A11Y": "none", "NO_AT_BRIDGE": "1", "GDK_BACKEND": "x11"}


class WebKit:
    """A screen for the windows; each tab is a driver and a browser of its own."""

    name = "webkit"

    def __init__(self):
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1400x24", "-nolisten", "tcp"]
        self.screen = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as answer:
            self.display = ":" + answer.readline().strip()

    def open(self, size):
        return WebKitTab(self.display, size)

    def close(self):
        self.screen.terminate()
        self.screen.wait(10)


class Hung(Exception):
    """The browser's driver has not answered for a minute: nothing is known of the pages."""


class WebKitTab(Tab):
    """Speaks WebDriver, as https://www.w3.org/TR/webdriver2/ has it."""

    name = "webkit"

    def __init__(self, display, size):
        super().__init__(size)
        self.folder = Path(tempfile.mkdtemp())
        self.told = self.folder / "faults"
        self.environment = {**os.environ, **QUIET, "DISPLAY": display}
        window = {"binary": str(WINDOW), "args": [*map(str, size), str(self.told)]}
        self._start("WebKitWebDriver", {"webkitgtk:browserOptions": window})

    def _start(self, program, options):
        port = free_port()
        with (self.folder / "driver").open("wb") as log:
            command = [program, "-p", str(port)]
            self.driver = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
        self.at = f"http://127.0.0.1:{port}"
        self._wait()
        session = self._call("POST", "/session", {"capabilities": {"alwaysMatch": options}})
        self.at += f"/session/{session['sessionId']}"

    def _wait(self):
        end = time.monotonic() + 10
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                return self._call("GET", "/status")
            time.sleep(0.03)
        raise AssertionError((self.folder / "driver").read_text())

    def _call(self, method, path, body=None):
        data = json.dumps(body or {}).encode() if method == "POST" else None
        request = urllib.request.Request(self.at + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except TimeoutError:
            raise Hung(path) from None
        except urllib.error.HTTPError as error:
            raise AssertionError(error.read().decode()[:500]) from None

    def goto(self, url):
        self._call("POST", "/url", {"url": url})

    def reload(self):
        self._call("POST", "/refresh")

    def back(self):
        self._call("POST", "/back")

    def js(self, function, *args):
        return self._call("POST", "/execute/sync", {"script": f"return ({function})(...arguments)", "args": args})

    def act(self, kind, steps):
        parameters = {"parameters": {"pointerType": "mouse"}} if kind == "pointer" else {}
        self._call("POST", "/actions", {"actions": [{"type": kind, "id": kind, "actions": steps, **parameters}]})

    def picture(self, path):
        path.write_bytes(base64.b64decode(self._call("GET", "/screenshot")))

    def all_faults(self):
        self.js("() => 0")  # what has been told until now comes before the answer
        return self.told.read_text(encoding="utf-8").splitlines() if self.told.exists() else []

    def close(self):
        with contextlib.suppress(AssertionError, OSError, Hung):
            self._call("DELETE", "")
        self.driver.terminate()
        self.driver.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)
