"""One workshop in four languages: IT votes in English, customers in Dutch and in German, the report is in French.

The lists merge, as a ballot holds codes; every text that somebody reads is in the language that they read.
"""

import io
import json
import re

import pytest
from pypdf import PdfReader

import catalogues
from cardsort import language
from cardsort.domain.editions import shipped
from tests.browser.ballot_page import BallotPage
from tests.browser.live import Facilitator
from tests.browser.voting import cast

IT = ["A-01", "B-02", "C-03", "S-04"]
KEPT = ("it_prediction", "customers_own")
DUTCH, GERMAN = ["S-04", "A-01", "B-05", "C-06"], ["S-04", "B-05", "A-01", "S-07"]


@pytest.fixture(scope="module")
def english():
    """What the program says in English, by whole sentences of its messages that no other language shares."""
    found = {one.id if isinstance(one.id, str) else one.id[-1] for one in catalogues.template() if one.id}
    return [text for text in found if text.count(" ") > 3 and "%" not in text]


def left(english, text, spoken):
    """The English sentences that stand in the text, beside those that are said so in its language."""
    with language.speaking(spoken):
        same = {text for text in english if language._(text) == text}
    plain = " ".join(text.split())
    return [one for one in english if one not in same and one in plain]


def joined(text):
    """Without blanks: a title that is set on two lines is the same."""
    return re.sub(r"\s", "", text)


class Voter:
    """Somebody with a browser of their language, who drags one card with a finger."""

    def __init__(self, device, spoken, english):
        self.ballot, self.spoken, self.english = BallotPage(device("phone", locale=spoken)), spoken, english
        self.deck, self.faults = shipped(spoken), []

    def look(self, step):
        page = self.ballot.page
        assert page.evaluate("document.documentElement.lang") == self.spoken
        if self.spoken != language.SOURCE:
            self.faults += [(step, one) for one in left(self.english, page.inner_text("body"), self.spoken)]

    def vote(self, link, codes):
        """From the welcome to the receipt: the last card is dragged from the top to its place."""
        ballot = self.ballot
        ballot.page.goto(link)
        self.look("welcome")
        ballot.open(link, way="list").wait_for("list").mark([codes[-1], *codes[:-1]])
        self.look("list")
        ballot.press(ballot.section("list").locator("[data-on]"))
        ballot.wait_for("rank")
        assert ballot.row(codes[0]).inner_text().find(self.deck[codes[0]].title) >= 0
        ballot.drag_to(codes[-1], len(codes))
        ballot.wait_for_order(codes)
        self.look("rank")
        ballot.reasons()
        self.look("why")
        ballot.press(ballot.section("why").locator("[data-on]"))
        ballot.section("send").locator("[data-receipt]").wait_for()
        self.look("receipt")
        assert ballot.sent_list() == codes
        assert self.faults == []


def test_it_in_english_customers_in_dutch_and_german_the_report_in_french(server, device, english):
    facilitator = Facilitator(server, "en").start(name="Utrecht", organisation="Haven", picks="4", language="nl")
    Voter(device, "en", english).vote(facilitator.link("it"), IT)
    Voter(device, "nl", english).vote(facilitator.link("customers"), DUTCH)
    Voter(device, "de", english).vote(facilitator.link("customers"), GERMAN)
    for _more in range(2):
        cast(facilitator.link("it"), IT)
    cast(facilitator.link("customers"), DUTCH)
    facilitator.lock("it")
    facilitator.lock("customers")
    facilitator.reveal()

    lists = facilitator.result()["lists"]
    it, customers = ({code: card["position"] for code, card in lists[name]["cards"].items()} for name in KEPT)
    assert [it[code] for code in IT] == [[1, 1], [2, 2], [3, 3], [4, 4]]
    assert [customers[code] for code in ("S-04", "A-01", "B-05")] == [[1, 1], [2, 2], [3, 3]]

    status, report = facilitator.request(f"{facilitator.desk}/report.pdf", {"language": "fr"})
    assert status == 200
    reader = PdfReader(io.BytesIO(report))
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages)).replace("\xa0", " ")
    french = shipped("fr")
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    assert [code for code in {*IT, *DUTCH[:3]} if joined(french[code].title) not in joined(text)] == []
    assert left(english, text, "fr") == []

    stored = json.loads(facilitator.request(f"{facilitator.desk}/ballots.json")[1])
    assert "language" not in json.dumps(stored["ballots"] if isinstance(stored, dict) else stored)
