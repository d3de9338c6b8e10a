"""What a real server prints while a workshop is used, misused and broken: where it is, the kind of each fault, and no
more. No link, code, cookie, name, ballot or address of a page that was asked for.
"""

import json
import secrets
import socket
import sqlite3
import urllib.parse
from contextlib import closing

from tests.browser.live import Facilitator

NAME, ORGANISATION, OWNER = "Quinces at dawn", "Harbour of Öland", "Adelheid Quast"
TOP, REMARK = ["B-07", "S-11", "A-05"], "Nine days for one mouse"


class Person(Facilitator):
    """Anybody with a browser: sends JSON too, as the pages' scripts do."""

    def send(self, path, body, method="POST"):
        request = urllib.request.Request(self.server.loopback + path, json.dumps(body).encode(), method=method)
        request.add_header("Content-Type", "application/json")
        request.add_header("Sec-Fetch-Site", "same-origin")
        try:
            with self.opener.open(request, timeout=60) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())


def path_of(address):
    return urllib.parse.urlsplit(address).path


def vote(server, desk, known):
    """Both groups vote; whatever must stay unprinted goes into `known`."""
    for group, kind in (("it", "prediction"), ("customers", "own")):
        link, code = path_of(desk.link(group)), desk.code(group)
        known |= {link.split("/")[2], code, code.replace("-", "")}
        for _ in range(3):
            person = Person(server)
            assert person.request("/join", {"code": code})[0] == 200
            assert person.request(f"{link}/ballot")[0] == 200
            assert person.send(f"{link}/draft", {"kind": kind, "draft": {"words": REMARK}}, "PUT")[0] == 200
            ballot = {"id": secrets.token_hex(16), "kind": kind, "ranking": TOP, "reasons": [{"words": REMARK}]}
            status, said = person.send(f"{link}/ballots", ballot)
            assert status == 201
            known |= {said["receipt"], ballot["id"], *(cookie.value for cookie in person.jar)}


def misuse(server, desk, known):
    """Wrong codes and links, broken requests, a line that goes dead."""
    stranger, guess = Person(server), "wrong-token-of-a-stranger"
    known |= {guess, "ZZZZ-9999"}
    assert stranger.request(f"/v/{guess}")[0] == 404
    assert stranger.request(f"/f/{guess}?{guess}")[0] == 404
    assert stranger.request(desk.desk)[0] == 404
    assert stranger.request("/join", {"code": "ZZZZ-9999"})[0] == 404
    link = path_of(desk.link("it"))
    assert stranger.send(f"{link}/ballots", {"id": guess, "ranking": TOP})[0] == 422
    assert stranger.send(f"{link}/draft", {"kind": "prediction", "draft": {"words": REMARK * 9000}}, "PUT")[0] == 413
    for raw in (f"GET {link}/ballot HTTP/1.1\r\nHost: {guess}\r\n\r\n", f"BREW {link}\r\n\r\n", f"GET {link}"):
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
            line.sendall(raw.encode())
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:  # gone before the answer
        line.sendall(f"POST {link}/ballots HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900\r\n\r\n{REMARK}".encode())


def break_and_mend(server, desk):
    """The table of ballots is away, then a deck is damaged; each is an error page, and nothing of it is printed."""
    link = path_of(desk.link("it"))
    with closing(sqlite3.connect(server.data / "cardsort.db", isolation_level=None)) as database:
        database.execute("ALTER TABLE ballot RENAME TO away")
        ballot = {"id": secrets.token_hex(16), "kind": "prediction", "ranking": TOP, "reasons": [{"words": REMARK}]}
        assert Person(server).send(f"{link}/ballots", ballot)[0] == 503
        assert desk.request(desk.desk)[0] == 503
        database.execute("ALTER TABLE away RENAME TO ballot")
        kept = database.execute("SELECT deck FROM workshop").fetchone()
        database.execute("UPDATE workshop SET deck = ?", (json.dumps({"name": ORGANISATION, "cards": [REMARK]}),))
        assert desk.request(desk.desk)[0] == 500
        database.execute("UPDATE workshop SET deck = ?", kept)
    assert desk.request(desk.desk)[0] == 200


def agree(desk):
    assert desk.request(f"{desk.desk}/agenda", {"code": "B-07"})[0] == 200
    agreed = {"decision": "do", "action": REMARK, "owner": OWNER}
    assert desk.send(f"{desk.desk}/agenda/1/B-07", agreed, "PUT")[0] == 200
    assert OWNER in desk.request(f"{desk.desk}/agenda?open=B-07")[1].decode()


def test_a_real_server_prints_no_link_code_cookie_name_or_ballot(own_server):
    desk = Person(own_server).start(name=NAME, organisation=ORGANISATION)
    workshop_id = desk.desk.split("/")[2]
    known = {NAME, ORGANISATION, OWNER, REMARK, workshop_id, "/v/", "/f/", "/desk/", *TOP}
    known |= {cookie.value for cookie in desk.jar}
    vote(own_server, desk, known)
    misuse(own_server, desk, known)
    break_and_mend(own_server, desk)
    for group in ("it", "customers"):
        desk.lock(group)
    desk.reveal()
    agree(desk)
    assert desk.pdf().startswith(b"%PDF")
    assert desk.request(f"{desk.desk}/delete", {"name": NAME})[0] == 200
    own_server.stop()
    printed = (own_server.data / "server.log").read_text(encoding="utf-8")
    assert [secret for secret in known if secret in printed] == []
    assert "database: OperationalError" in printed
    assert printed.count("unexpected ") == 1
