"""A real server as a subprocess, and a facilitator who works it by plain requests."""

import contextlib
import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """`cardsort run` on a free port; it can be stopped, killed and started again on the same data.

    `database` is the address of a PostgreSQL database; "" is SQLite in the folder `data`.
    """

    def __init__(self, data, host_name="127.0.0.1", database=""):
        self.data, self.port, self.database = data, free_port(), database
        self.url = f"http://{host_name}:{self.port}"
        self.loopback = f"http://127.0.0.1:{self.port}"
        self.process = None

    def environment(self):
        return {
            **{name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SECRET_KEY"}},
            **({"DATABASE_URL": self.database} if self.database else {}),
            "CARDSORT_DATA": str(self.data),
            "PUBLIC_URL": self.url,
        }

    def command(self):
        return [sys.executable, "-m", "cardsort", "run", "--host", "127.0.0.1", "--port", str(self.port)]

    def start(self):
        with (self.data / "server.log").open("ab") as log:
            self.process = subprocess.Popen(self.command(), cwd=ROOT, env=self.environment(), stdout=log, stderr=log)
        self.wait()
        return self

    def wait(self, seconds=30):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with contextlib.suppress(OSError), urllib.request.urlopen(self.loopback, timeout=2):
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError((self.data / "server.log").read_text())

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(10)

    def restart(self, how=signal.SIGTERM):
        self.stop(how)
        return self.start()


class Facilitator:
    """Starts and runs a workshop over HTTP, as a browser would without script."""

    def __init__(self, server, language="en"):
        self.server = server
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.opener.addheaders.append(("Accept-Language", language))
        self.desk = ""

    def request(self, path, form=None):
        """The answer's status and text; errors too."""
        data = None if form is None else urllib.parse.urlencode(form).encode()
        request = urllib.request.Request(self.server.loopback + path, data=data)
        if data is not None:
            request.add_header("Sec-Fetch-Site", "same-origin")
        try:
            with self.opener.open(request, timeout=60) as answer:
                self.path = urllib.parse.urlsplit(answer.url).path
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def start(self, **settings):
        status, page = self.request("/new", {"name": "Autumn", "organisation": "Harbour", **settings})
        assert status == 200, page
        self.desk = "/".join(self.path.split("/")[:3])
        return self

    def link(self, group):
        """The address of a voting link, under the server's public address."""
        page = self.request(self.desk)[1].decode()
        section = page.split(f'id="door-{group}"')[1]
        return re.search(r'href="(http[^"]+/v/[^"]+)"', section).group(1)

    def code(self, group):
        page = self.request(self.desk)[1].decode()
        return re.search(r">([A-Z2-9]{4}-[A-Z2-9]{4})<", page.split(f'id="door-{group}"')[1])[1]

    def counts(self):
        page = self.request(f"{self.desk}/status")[1].decode()
        found = re.findall(r'data-count="(\w+)">([\d,]+)<', page)
        return {group: int(count.replace(",", "")) for group, count in found}

    def lock(self, group):
        assert self.request(f"{self.desk}/lock/{group}", {})[0] == 200

    def reopen(self, group):
        assert self.request(f"{self.desk}/reopen/{group}", {})[0] == 200

    def reveal(self):
        assert self.request(f"{self.desk}/reveal", {})[0] == 200

    def next_round(self, after=1, people="same"):
        assert self.request(f"{self.desk}/next-round", {"round": after, "people": people})[0] == 200

    def pdf(self, paper="a4"):
        status, body = self.request(f"{self.desk}/report.pdf?paper={paper}")
        assert status == 200, body
        return body

    def result(self):
        return json.loads(self.request(f"{self.desk}/result.json")[1])
