"""Firefox through its own WebDriver BiDi, with a real finger."""

import base64
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from websocket import create_connection

from tests.browser.engines.tab import Tab
from tests.browser.live import free_port

NAMES = ("firefox-esr", "firefox")
SETTINGS = {  # it speaks BiDi alone, and asks nobody for anything
    "remote.active-protocols": 1,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.disabledForTesting": True,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    # On a busy machine a finger may stay down longer than it was told to; it means a tap all the same.
    "apz.max_tap_time": 60_000,
    "ui.click_hold_context_menus.delay": 60_000,
}


class Firefox:
    """One process; each tab is in a container of its own, so that it shares neither cookies nor what is kept."""

    name = "firefox"

    def __init__(self):
        self.profile = Path(tempfile.mkdtemp())
        lines = [f'user_pref("{name}", {json.dumps(value)});' for name, value in SETTINGS.items()]
        (self.profile / "user.js").write_text("\n".join(lines))
        port = free_port()
        path = next(filter(None, map(shutil.which, NAMES)))
        # The window is larger than any tab's screen: what lies below its edge would not be touched.
        command = [path, "--headless", "--no-remote", "--profile", str(self.profile), "--width=1400", "--height=1500"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(
            [*command, f"--remote-debugging-port={port}", "about:blank"], **quiet, start_new_session=True
        )
        self.socket = connect(port)
        self.last, self.faults = 0, {}
        self.say("session.new", capabilities={})
        self.say("session.subscribe", events=["log.entryAdded"])

    def say(self, method, **params):
        """One command; what is told meanwhile is kept."""
        self.last += 1
        self.socket.send(json.dumps({"id": self.last, "method": method, "params": params}))
        while (answer := json.loads(self.socket.recv())).get("id") != self.last:
            if answer.get("method") == "log.entryAdded" and answer["params"]["level"] == "error":
                told = answer["params"]
                self.faults.setdefault(told["source"].get("context"), []).append(told["text"])
        assert answer["type"] == "success", answer
        return answer["result"]

    def open(self, size):
        return FirefoxTab(self, size)

    def close(self):
        with contextlib.suppress(Exception):
            self.say("browser.close")
        self.socket.shutdown()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(5)
        shutil.rmtree(self.profile, ignore_errors=True)


def connect(port):
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return create_connection(f"ws://127.0.0.1:{port}/session", timeout=60, suppress_origin=True)
        time.sleep(0.05)
    raise AssertionError("Firefox does not answer.")


class FirefoxTab(Tab):
    """Speaks WebDriver BiDi, as https://www.w3.org/TR/webdriver-bidi/ has it."""

    name = "firefox"
    pointer = "touch"

    def __init__(self, firefox, size):
        super().__init__(size)
        self.firefox = firefox
        self.container = firefox.say("browser.createUserContext")["userContext"]
        self.context = firefox.say("browsingContext.create", type="tab", userContext=self.container)["context"]
        viewport = dict(zip(("width", "height"), size, strict=True))
        self._say("browsingContext.setViewport", viewport=viewport)

    def _say(self, method, **params):
        return self.firefox.say(method, context=self.context, **params)

    def goto(self, url):
        self._say("browsingContext.navigate", url=url, wait="complete")

    def reload(self):
        self._say("browsingContext.reload", wait="complete")

    def back(self):
        self._say("browsingContext.traverseHistory", delta=-1)

    def js(self, function, *args):
        answer = self.firefox.say(
            "script.callFunction",
            functionDeclaration=f"given => JSON.stringify(({function})(...JSON.parse(given)) ?? null)",
            arguments=[{"type": "string", "value": json.dumps(args)}],
            awaitPromise=False,
            target={"context": self.context},
        )
        assert answer["type"] == "success", answer
        return json.loads(answer["result"]["value"])

    def act(self, kind, steps):
        parameters = {"parameters": {"pointerType": "touch"}} if kind == "pointer" else {}
        self._say("input.performActions", actions=[{"type": kind, "id": kind, "actions": steps, **parameters}])

    def picture(self, path):
        path.write_bytes(base64.b64decode(self._say("browsingContext.captureScreenshot")["data"]))

    def all_faults(self):
        self.firefox.say("session.status")  # what has been told until now comes before the answer
        return self.firefox.faults.get(self.context, [])

    def close(self):
        self.firefox.say("browser.removeUserContext", userContext=self.container)
