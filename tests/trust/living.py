"""Workshops in which everything has happened, everybody in them, and the tables as they were: what hostile requests
are made from, and what they must leave alone.
"""

import csv
import io
import re
import sqlite3
from dataclasses import dataclass, field
from html.parser import HTMLParser

from sqlalchemy import delete, insert, select
from werkzeug.exceptions import HTTPException

from cardsort.files.decktable import write_deck_csv
from cardsort.store.models import Base, db
from cardsort.usecases.decks import shipped_deck
from cardsort.usecases.tokens import mark_of
from tests.web.conftest import open_room

TOP, OTHER = ["A-01", "A-02", "A-03"], ["S-01", "A-02", "C-03"]
TEAMS = {"it-segment-1": "Networks", "it-chain-1": "infrastructure", "it-segment-2": "Helpdesk"}
KINDS = {"segment-1": "Shops", "chain-1": "business", "segment-2": "Bank", "expected-2": "12"}
SECONDS = {"second_it": "yes", "second_customers": "yes"}
FILE = object()  # stands in a form for a file to choose


@dataclass
class Place:
    """A workshop at one stage: who is there, what addresses to it are made of, and the forms that its pages show."""

    title: str
    room: object
    cookies: dict[str, str]
    parts: dict[str, list[str]]
    forms: dict[str, list[list[tuple[str, object]]]] = field(default_factory=dict)


class Living:
    """Four workshops on one application: collecting, with one-time codes, revealed and answered, in a second round."""

    def __init__(self, app):
        self.app, config = app, app.config["CARDSORT"]
        self.watch = None if config.database_url else sqlite3.connect(config.data / "cardsort.db")
        rooms = {"Autumn": collecting(app), "Winter": coded(app), "Spring": revealed(app), "Summer": again(app)}
        everybody = list(rooms.values())
        self.places = [_place(title, room, everybody[number - 1]) for number, (title, room) in enumerate(rooms.items())]
        self.files = _files(self.places[2].room)
        self.rows, self.tables, self.mark = self._read_rows(), {}, None
        self.has_changed()
        for place in self.places:
            _read_forms(app, place)
        assert not self.has_changed(), "opening pages has changed something"

    def close(self):
        if self.watch:
            self.watch.close()

    def has_changed(self):
        """Whether any row of any table is another than when this was asked before."""
        before, mark = self.tables, self.mark
        self.mark = self._file_mark()
        if mark is None or mark != self.mark:
            self.tables = {table: sorted(map(repr, rows)) for table, rows in self._read_rows().items()}
        return self.tables != before

    def restore(self):
        """Put every row back as it was."""
        with self.app.app_context(), db.engine.begin() as connection:
            for table in reversed(self.rows):
                connection.execute(delete(table))
            for table, rows in self.rows.items():
                if rows:
                    connection.execute(insert(table), rows)
        self.has_changed()

    def _read_rows(self):
        with self.app.app_context(), db.engine.connect() as connection:
            return {
                table: [dict(row) for row in connection.execute(select(table)).mappings()]
                for table in Base.metadata.sorted_tables
            }

    def _file_mark(self):
        """SQLite's own mark of a file, another after each commit; None where all rows have to be read instead."""
        return self.watch and self.watch.execute("PRAGMA data_version").fetchone()


def collecting(app):
    """Ballots and drafts of both groups, second ballots, kinds of customers."""
    room = open_room(app, name="Autumn", picks="5", **KINDS, **SECONDS)
    _vote(room, 3, 4)
    room.it_key = _person(room, room.it, "prediction")
    room.customer_key = _person(room, room.customers, "own", segment=1)
    return room


def coded(app):
    """Customers need a one-time code; one of them is used."""
    room = open_room(app, name="Winter")
    assert room.post("/codes", count=4).status_code == 303
    room.codes = [row["code"] for row in csv.DictReader(io.StringIO(room.get("/codes.csv").text))]
    room.it_key = _person(room, room.it, "prediction")
    room.customer_key = _person(room, room.customers, "own", code=room.codes[0])
    return room


def revealed(app, people=6, name="Spring"):
    """A result that participants are shown, an agenda, a published answer."""
    room = open_room(app, name=name, picks="3", organisation="Harbour", **KINDS, **TEAMS)
    _vote(room, people, people, teams=2)
    room.it_key = _person(room, room.it, "prediction", segment=1)
    room.customer_key = _person(room, room.customers, "own", segment=2)
    room.reveal()
    for code in ("A-02", "S-01"):
        assert room.post("/agenda", code=code).status_code == 303
    more = {"decision": "do", "action": "Sit in a shop for a day each month", "owner": "Ann", "due": "2031-05-31"}
    assert room.facilitator.put(f"{room.desk}/agenda/1/A-02", json=more).status_code == 200
    no = {"decision": "no", "reason": "No money", "alternative": "A call back within the hour"}
    assert room.facilitator.put(f"{room.desk}/agenda/1/S-01", json=no).status_code == 200
    assert room.post("/agenda/publish").status_code == 303
    assert room.post("/projector", seen="0", to="agree").status_code == 303
    assert room.post("/devices", show="yes").status_code == 303
    return room


def again(app):
    """The same, and a second round that has begun."""
    room = revealed(app, people=2, name="Summer")
    assert room.post("/next-round", round="1", people="same").status_code == 303
    person = room.stranger()
    body = {"id": "e" * 32, "kind": "prediction", "ranking": TOP, "round": 2, "segment": 2}
    assert person.post(f"{room.it}/ballots", json=body).status_code == 201
    return room


def _vote(room, it, customers, teams=0):
    for number in range(it):
        reasons = [{"basis": "think", "evidence": "guess"}, {"basis": "know"}]
        team = {"segment": 1 + number % teams} if teams else {}
        said = {"serves": f"Those of number {number}.", **team}
        assert room.cast(room.it, TOP, number, reasons=reasons, **said).status_code == 201
    for number in range(customers):
        said = {"reasons": [{"words": f"Nine days, {number}.", "costs": ["time"]}], "moment": "busy"}
        assert room.cast(room.customers, OTHER, 100 + number, segment=1 + number % 2, **said).status_code == 201


def _person(room, link, kind, **more):
    """Somebody with a draft and a sent ballot; the key in their browser."""
    client = room.stranger()
    assert client.put(f"{link}/draft", json={"draft": {"words": "half done"}}).status_code == 200
    body = {"id": ("a" if kind == "own" else "b") * 32, "kind": kind, "ranking": TOP, **more}
    assert client.post(f"{link}/ballots", json=body).status_code == 201
    return _cookie(client, "key-")


def _cookie(client, beginning):
    [found] = [
        f"{cookie.key}={cookie.value}" for cookie in client._cookies.values() if cookie.key.startswith(beginning)
    ]
    return found


def _place(title, room, other):
    """The workshop with its visitors; `other` is the workshop of a facilitator who has no business here."""
    workshop_id = room.desk.split("/")[2]
    facilitator, it, customers = _cookie(room.facilitator, "desk-"), room.it.split("/")[2], room.customers.split("/")[2]
    page = room.get("").text
    every = re.findall(r"http://cards\.test/v/([\w-]+)", page)
    handover = _handover(room)
    parts = {
        "token": [it, customers, *every, facilitator.split("=")[1]],
        "workshop_id": [workshop_id],
        "group": ["it", "customers"],
        "number": ["1", "2"],
        "code": [handover, *getattr(room, "codes", ())],
        "agenda.code": ["A-02", "S-01", "A-01"],  # where the same name means something else
        "cards.code": ["A-02", "S-01", "A-01"],
        "mark": [mark_of(write_deck_csv(shipped_deck()))],
        "version": ["old"],
        "filename": ["css/base.css", "js/ballot.js", "icon.svg"],
    }
    cookies = {
        "nobody": "",
        "other": _cookie(other.facilitator, "desk-"),
        "it": room.it_key,
        "customer": room.customer_key,
        "facilitator": f"{facilitator}; {room.it_key}",
    }
    return Place(title, room, cookies, parts)


def _handover(room):
    """A code for going on elsewhere."""
    page = _visitor(room.app, room.it_key).post(f"{room.it}/elsewhere").text
    return re.search(r"data-code>([A-Z2-9]{4}-[A-Z2-9]{4})<", page)[1]


def _visitor(app, cookies):
    client = app.test_client(use_cookies=False)
    client.environ_base |= {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_HOST": "cards.test", "HTTP_COOKIE": cookies}
    return client


class _Forms(HTMLParser):
    """The forms of a page, each as its address and its names with their values."""

    def __init__(self):
        super().__init__()
        self.found, self.select = [], ""

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method", "").lower() == "post":
            self.found.append((given.get("action", ""), []))
        elif tag == "select":
            self.select = given.get("name", "")
        elif self.found and tag in {"input", "textarea", "button", "option"}:
            name = self.select if tag == "option" else given.get("name", "")
            self.found[-1][1].append((name, FILE if given.get("type") == "file" else given.get("value", "")))


def _read_forms(app, place):
    """The forms on all pages that the facilitator can open, by the endpoint that they are sent to."""
    addresses = app.url_map.bind("cards.test")
    client = _visitor(app, place.cookies["facilitator"])
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or "." in rule.rule.rsplit("/", 1)[1]:  # a file, not a page
            continue
        path = fill(rule, {name: parts_of(place, rule, name)[0] for name in rule.arguments})
        with client.get(path) as answer:
            reader = _Forms()
            reader.feed(answer.text if answer.mimetype == "text/html" else "")
        for action, fields in reader.found:
            try:
                endpoint, _ = addresses.match((action or path).split("?")[0], method="POST")
            except HTTPException:
                continue
            place.forms.setdefault(endpoint, []).append(fields)


def parts_of(place, rule, name):
    """What can stand in that part of the rule's address."""
    return place.parts.get(f"{rule.endpoint.partition('.')[0]}.{name}") or place.parts[name]


def fill(rule, parts):
    """The rule's path with those parts in it."""
    return re.sub(r"<(?:[^:>]*:)?(\w+)>", lambda found: parts[found[1]], rule.rule)


def _files(room):
    """Files as people upload them: cards, ballots, an archive, a picture."""
    archive, ballots = room.get("/archive").data, room.get("/ballots.csv").data
    picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90wS\xde"
    return {
        "cards.csv": room.get("/deck.csv").data,
        "small.csv": b"title,seen\r\nOne,a\r\nTwo,b\r\nThree,c\r\nFour,d\r\nFive,e\r\n",
        "ballots.csv": ballots,
        "few.csv": b"group,ranking\r\nit,A-01 A-02 A-03\r\n",
        "a.cardsort.json": archive,
        "logo.png": picture,
    }
