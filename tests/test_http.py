"""docs/http.md: every line is sent to a server, and every answer is the one that stands there."""

import argparse
import json
import re
import shlex
from http.client import HTTPConnection
from pathlib import Path
from string import Template
from urllib.parse import quote_plus, urlsplit

import pytest

from tests.browser.live import Server
from tests.browser.voting import cast
from tests.conftest import client_of
from tests.web.conftest import open_room

TEXT = (Path(__file__).parents[1] / "docs" / "http.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(sh|http|json)\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
ANYTHING = "…"
CURL = argparse.ArgumentParser()
for flag in ("-b", "-c", "-X"):
    CURL.add_argument(flag)
for flag in ("-H", "-d", "--data-urlencode"):
    CURL.add_argument(flag, action="append", default=[])
CURL.add_argument("-i", action="store_true")
CURL.add_argument("address")


class Program:
    """Whoever types the lines: knows what was set, and keeps the cookies."""

    def __init__(self, at):
        self.known, self.jar = {"AT": at}, {}

    def type(self, line):
        """The answer to a line and its text; None where it only sets what is known already."""
        command, *words = shlex.split(Template(line).substitute(self.known))
        if command != "curl":
            assert command.split("=")[0] in self.known
            return None
        return self.send(CURL.parse_args(words))

    def send(self, asked):
        given = [*asked.d, *("=".join(map(quote_plus, pair.split("=", 1))) for pair in asked.data_urlencode)]
        headers = dict(header.split(": ", 1) for header in asked.H)
        if asked.b:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.jar.items())
        if given:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        at = urlsplit(asked.address)
        connection = HTTPConnection(at.netloc, timeout=60)
        connection.request(asked.X or ("POST" if given else "GET"), at.path, "&".join(given), headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        self.keep(asked, answer)
        return answer, text

    def keep(self, asked, answer):
        if asked.c:
            self.jar |= dict(re.match(r"([^=]+)=([^;]*)", one).groups() for one in answer.msg.get_all("Set-Cookie", []))
        if answer.headers.get("Location", "").endswith("/keep"):
            self.known["DESK"] = self.known["AT"] + answer.headers["Location"].removesuffix("/keep")


def vote(program):
    """Nine people: four in IT, five customers, who share one card."""
    _, text = program.type('curl -b jar -H "Accept: application/json" $DESK/status')
    links = {group: told["link"] for group, told in json.loads(text)["groups"].items()}
    for link, people, ranking in ((links["it"], 4, "A-01 A-02 A-03"), (links["customers"], 5, "S-01 A-02 C-03")):
        for _ in range(people):
            cast(link, ranking.split())


def alike(shown, found):
    """Whether an answer is the one that is shown, where … stands for anything, and as a key for further ones."""
    if isinstance(shown, dict) and isinstance(found, dict):
        keys = shown.keys() - {ANYTHING}
        whole = keys <= found.keys() if ANYTHING in shown else keys == found.keys()
        return whole and all(alike(shown[key], found[key]) for key in keys)
    return shown in (ANYTHING, found)


def assert_shown(kind, shown, answer, text):
    if kind == "json":
        assert alike(json.loads(shown), json.loads(text)), text
        return
    first, *headers = shown.splitlines()
    assert first.upper() == f"HTTP/1.1 {answer.status} {answer.reason}".upper(), text
    for name, value in (header.split(": ", 1) for header in headers):
        assert re.fullmatch(re.escape(value).replace(ANYTHING, r"\w+"), answer.headers[name])


@pytest.fixture
def program(tmp_path, monkeypatch):
    monkeypatch.setenv("START_CODE", "rain on the harbour")
    server = Server(tmp_path).start()
    yield Program(server.url)
    server.stop()


def test_every_answer_is_the_one_that_stands_there(program):
    answered, compared = None, 0
    for kind, text in BLOCKS:
        if kind != "sh":
            assert_shown(kind, text, *answered)
            compared += 1
        elif answered := program.type(text):
            continue
        elif "DESK" in program.known:
            vote(program)
    assert compared == sum("curl" in text for kind, text in BLOCKS if kind == "sh") == 10


def test_each_field_is_one_of_the_form(client):
    fields = re.findall(r"`(\w+)`", TEXT.split("| field |")[1].split("\n\n")[0])
    assert len(fields) == 9
    page = client.get("/new").text
    assert [field for field in fields if f'name="{field}"' not in page] == []


def test_an_answer_that_differs_is_found():
    shown = ({"a": 1}, {"a": 1, "…": "…"}, {"a": 2, "…": "…"}, {"a": "…", "b": 2})
    assert [alike(one, {"a": 1, "b": 2}) for one in shown] == [False, True, False, True]


def test_only_who_leads_a_workshop_reads_its_counts_as_json(app):
    room = open_room(app)
    path, asked = f"{room.desk}/status", {"Accept": "application/json"}
    refused = client_of(room.app).get(path, headers=asked)
    assert (refused.status_code, list(refused.json)) == (404, ["message"])
    led = room.facilitator.get(path, headers=asked)
    assert (led.json["stage"], list(led.json["groups"])) == ("preparing", ["customers", "it"])
    assert led.headers["Cache-Control"] == "no-store"
    assert room.get("/status").mimetype == "text/html"
