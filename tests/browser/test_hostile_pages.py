"""Workshops whose every text is a script in disguise: all their pages in a browser, all their files in its reader."""

import csv
import io
import json
import re
import secrets
import urllib.request

import pytest
from icalendar import Calendar
from pypdf import PdfReader

from tests.browser.ballot_page import BallotPage
from tests.browser.live import Facilitator
from tests.files.slideshows import read_slides
from tests.files.workbooks import read_workbook
from tests.trust.living import fill
from tests.trust.odd import RUNS

CODES = [f"X-{number:02}" for number in range(1, 13)]
COLUMNS = ("code", "title", "suit", "lens", "seen", "cost", "better", "question", "icon")
SETTINGS = ("name", "organisation", "question_it", "question_customers", "segment-1", "segment-2", "asked_by", "honest")
SETTINGS += ("last_round", "hear_by", "question_it_own", "question_customers_prediction")
ITEM = ("action", "cost", "owner", "public_owner", "behaviour")
TRAP = """
document.addEventListener("securitypolicyviolation", event => {
  (window.refused ??= []).push(event.violatedDirective + " " + event.blockedURI);
});
"""
LOOK = """() => {
  document.querySelectorAll("details").forEach(part => { part.open = true; });
  const made = "[onerror], [onload], [onmouseover], [srcdoc], iframe, img[src='x'], a[href^='javascript']";
  const parts = [document, ...[...document.querySelectorAll("template")].map(part => part.content)];
  return {
    hit: window.hit ?? null,
    refused: window.refused ?? [],
    made: parts.flatMap(part => [...part.querySelectorAll(made)].map(found => found.outerHTML)),
  };
}"""
QUIET = {"hit": None, "refused": [], "made": []}


class Trapped:
    """A workshop with one of RUNS in each of its texts, another one each time; `turn` says with which to begin."""

    def __init__(self, server, turn):
        self.turn = turn
        settings = {name: self.run(number) for number, name in enumerate(SETTINGS)}
        more = {"picks": "5", "second_it": "yes", "second_customers": "yes", "chain-1": "paying"}
        self.facilitator = Facilitator(server).start(**settings, **more)
        self.desk = self.facilitator.desk
        status, page = self.facilitator.request(f"{self.desk}/deck/use", {"cards": self.table(), "name": self.run(3)})
        assert (status, b"Nothing was changed" in page) == (200, False)
        self.links = {group: self.facilitator.link(group) for group in ("it", "customers")}
        for number in range(4):
            reasons = [{"basis": "know", "evidence": "asked"}]
            self.cast("it", "prediction", CODES[number : number + 3], reasons=reasons, serves=self.run(number))
            reasons = [{"words": self.run(3 * number + place)} for place in range(3)]
            self.cast("customers", "own", CODES[:3], reasons=reasons, moment="busy", segment=1)

    def run(self, number):
        return RUNS[(self.turn + number) % len(RUNS)]

    def table(self):
        """The cards, as a spreadsheet would save them."""
        out = io.StringIO(newline="")
        texts = [[self.run(number + place) for place in range(5)] for number in range(len(CODES))]
        rows = [
            (code, f"{title[:55]} {number}", suit, "process", seen, cost, suit, title, "anchor")
            for number, (code, (title, suit, seen, cost, _)) in enumerate(zip(CODES, texts, strict=True))
        ]
        csv.writer(out).writerows([COLUMNS, *rows])
        return out.getvalue()

    def cast(self, group, kind, ranking, **more):
        body = {"id": secrets.token_hex(16), "kind": kind, "ranking": ranking, "round": 1, "edition": 1, **more}
        headers = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}
        request = urllib.request.Request(f"{self.links[group]}/ballots", json.dumps(body).encode(), headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert answer.status == 201

    def reveal(self):
        """The result, an agenda with a text in each field, and the published answer."""
        for group in self.links:
            self.facilitator.lock(group)
        self.facilitator.reveal()
        do = {"decision": "do", "due": "2031-05-31", **{name: self.run(place) for place, name in enumerate(ITEM)}}
        no = {"decision": "no", "reason": self.run(7), "alternative": self.run(8)}
        for code, item in ((CODES[0], do), (CODES[1], no)):
            self.facilitator.request(f"{self.desk}/agenda", {"code": code})
            was = json.dumps(dict.fromkeys(item, ""))
            assert self.facilitator.request(f"{self.desk}/agenda/1/{code}", {"was": was, **item})[0] == 200
        assert self.facilitator.request(f"{self.desk}/agenda/publish", {})[0] == 200
        return self

    def paths(self, app):
        """Every address that can be opened, from both voting links and for everything that it can be of."""
        parts = {"workshop_id": self.desk.split("/")[2], "version": "old", "filename": "css/base.css", "code": "none"}
        found = set()
        for rule in app.url_map.iter_rules():
            if "GET" in rule.methods and rule.endpoint != "desk.enter":  # which leads to the desk
                for group, link in self.links.items():
                    given = {**parts, "group": group, "token": link.rsplit("/", 1)[1], "mark": self.mark}
                    found.add(fill(rule, given))
        return sorted(found)

    @property
    def mark(self):
        """What stands in the address of the cards."""
        with urllib.request.urlopen(f"{self.links['it']}/ballot", timeout=30) as answer:
            return re.search(r"/cards/(\w+)", answer.read().decode())[1]


@pytest.fixture(scope="module")
def trapped(server):
    return {"collecting": Trapped(server, 0), "acting": Trapped(server, 5).reveal()}


def is_page(path):
    return "." not in path.rsplit("/", 1)[1] and not path.endswith("/archive")


@pytest.mark.parametrize(
    ("bypass_csp", "stages"), [(True, ["collecting", "acting"]), (False, ["acting"])], ids=["policy off", "policy on"]
)
def test_no_text_becomes_a_script_on_any_page(app, server, device, trapped, bypass_csp, stages):
    """Without the policy nothing but escaping keeps a text from running; with it nothing is even tried."""
    context, wrong, asked = device("desktop", bypass_csp=bypass_csp), [], set()
    context.add_init_script(TRAP)
    context.on("request", lambda request: asked.add(request.url))
    page = context.new_page()
    page.on("dialog", lambda dialog: (wrong.append((page.url, dialog.message)), dialog.dismiss()))
    page.on("console", lambda said: wrong.append((page.url, said.text)) if is_fault(said) else None)
    for workshop in map(trapped.get, stages):
        context.add_cookies(
            [{"name": one.name, "value": one.value, "url": server.url} for one in workshop.facilitator.jar]
        )
        for path in filter(is_page, workshop.paths(app)):
            page.goto(server.url + path)
            if (found := page.evaluate(LOOK)) != QUIET:
                wrong.append((path, found))
    assert wrong == []
    assert [url for url in asked if not url.startswith(f"{server.url}/") or url.endswith("/x")] == []


def is_fault(said):
    """An error on the console; that a page was refused, the browser writes there by itself."""
    return said.type == "error" and not said.text.startswith("Failed to load resource")


def test_no_text_becomes_a_script_while_one_votes(device, trapped):
    workshop = trapped["collecting"]
    context = device("phone", bypass_csp=True)
    ballot = BallotPage(context).open(workshop.links["customers"]).say_who(workshop.run(SETTINGS.index("segment-2")))
    ballot.choose(ballot.sort_some(3)).reasons(*({"words": RUNS[number]} for number in range(3)))
    ballot.reload()
    assert ballot.page.evaluate(LOOK) == QUIET
    ballot.send()
    assert ballot.page.evaluate(LOOK) == QUIET


def read(path, body):
    """Open a file as whoever downloads it would; anything but a whole one raises."""
    kind = path.rsplit(".", 1)[-1]
    if kind == "pdf":
        assert [page.extract_text() for page in PdfReader(io.BytesIO(body), strict=True).pages]
    elif kind == "xlsx":
        assert read_workbook(body)  # fails on any formula or link
    elif kind == "csv":
        rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True))
        assert {len(row) for row in rows} == {len(rows[0])}
    elif kind == "pptx":
        assert read_slides(body)
    elif kind == "ics":
        assert Calendar.from_ical(body)
    elif kind not in {"css", "js"}:
        assert json.loads(body)


def test_every_file_of_such_a_workshop_can_be_opened(app, trapped):
    opened = {}
    for stage, workshop in trapped.items():
        for path in workshop.paths(app):
            if not is_page(path):
                status, body = workshop.facilitator.request(path)
                if status == 200:
                    opened.setdefault(stage, set()).add(path.rsplit(".", 1)[-1])
                    read(path, body)
                else:
                    early = "acting" if "/rehearsal/" in path else "collecting"
                    assert (status, stage) == (409, early), path  # nothing before the reveal, and no rehearsal after it
    assert opened["acting"] - opened["collecting"] == {"xlsx", "json", "pptx", "ics", f"{workshop.desk}/archive"}
