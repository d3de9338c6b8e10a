"""A full room on a bad network: every ballot arrives, each once."""

import http.cookiejar
import json
import random
import re
import secrets
import signal
import sqlite3
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect

from tests.browser.ballot_page import BallotPage
from tests.browser.live import Facilitator
from tests.browser.waiting import until
from tests.browser.weak_network import WeakNetwork, hold, lose_patience

TABLETS = 60
FAILING = 0.3


class Tablet:
    """What the ballot page asks of the server, without a browser: it repeats what gets no answer."""

    def __init__(self, url, seed):
        self.url, self.dice = url, random.Random(seed)
        self.statuses = []
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def ask(self, path, method="GET", data=None, kind="application/json"):
        """The first answer that comes; the address it came from and its text."""
        while True:
            request = urllib.request.Request(self.url + path, data=data, method=method)
            request.add_header("Sec-Fetch-Site", "same-origin")
            request.add_header("Content-Type", kind)
            try:
                with self.opener.open(request, timeout=30) as answer:
                    self.statuses.append(answer.status)
                    return urllib.parse.urlsplit(answer.url).path, answer.read().decode()
            except urllib.error.HTTPError as error:
                self.statuses.append(error.code)
                raise
            except OSError:
                time.sleep(self.dice.uniform(0.05, 0.2))

    def vote(self, code):
        """Join by the code, open the ballot, keep a draft, send; the receipt."""
        form = urllib.parse.urlencode({"code": code}).encode()
        link, _page = self.ask("/join", "POST", form, "application/x-www-form-urlencoded")
        page = self.ask(f"{link}/ballot")[1]
        cards = self.ask(re.search(r'"cards": ?"([^"]+)"', page)[1])[1]
        codes = re.findall(r'<template data-card="([^"]+)"', cards)
        ranking = self.dice.sample(codes, 10)
        self.ask(f"{link}/draft", "PUT", json.dumps({"draft": {"version": 1, "ranking": ranking}}).encode())
        self.ask(f"{link}/state")
        body = {"id": secrets.token_hex(16), "kind": "prediction", "ranking": ranking}
        return json.loads(self.ask(f"{link}/ballots", "POST", json.dumps(body).encode())[1])["receipt"]


def test_sixty_tablets_behind_one_address_join_poll_and_send_at_once(server, facilitator):
    dice, turn = random.Random(60), threading.Lock()

    def fate(_request):
        with turn:
            return dice.choice(("refuse", "cut")) if dice.random() < FAILING else "pass"

    network = WeakNetwork(server.port, fate, delay=lambda request: 2 if is_ballot(request) else 0.2)
    tablets = [Tablet(network.url, seed) for seed in range(TABLETS)]
    code = facilitator.code("it")
    with ThreadPoolExecutor(TABLETS) as room:
        receipts = list(room.map(lambda tablet: tablet.vote(code), tablets))
    network.close()
    assert len(set(receipts)) == TABLETS
    assert facilitator.counts()["it"] == TABLETS
    assert {status for tablet in tablets for status in tablet.statuses} <= {200, 201}
    failed = sum(fate != "pass" for fate in network.fates)
    assert failed > 0.2 * len(network.fates)


def test_the_answer_is_cut_off_after_storing(device, server, facilitator):
    cuts = iter(["cut", "cut"])
    network = WeakNetwork(server.port, lambda request: next(cuts, "pass") if is_ballot(request) else "pass")
    link = facilitator.link("it").replace(server.url, network.url)
    ballot = BallotPage(device("tablet")).open(link)
    codes = ballot.sort_some(3)
    ballot.choose(codes).reasons()
    network.delay = lambda _request: 0.5
    ballot.press_send()
    expect(ballot.heading).to_have_text("Not sent yet", timeout=8000)
    assert facilitator.counts()["it"] == 1  # the server has it; the page does not know yet, and does not say so
    expect(ballot.heading).to_have_text(re.compile("^Sent"), timeout=15_000)
    network.close()
    assert network.fates.count("cut") == 2
    assert facilitator.counts()["it"] == 1
    assert ballot.sent_list() == codes


def is_ballot(request):
    line = request.split(b"\r\n", 1)[0]
    return line.startswith(b"POST") and b"/ballots " in line


def test_a_page_open_for_eight_hours_over_a_killed_server_still_sends(device, own_server):
    facilitator = Facilitator(own_server).start()
    ballot = BallotPage(device("tablet"))
    ballot.page.clock.install()
    ballot.open(facilitator.link("it"))
    codes = ballot.sort_some(3)
    ballot.page.clock.fast_forward("08:00:00")
    own_server.restart(signal.SIGKILL)
    receipt = ballot.choose(codes).send()
    own_server.restart(signal.SIGKILL)
    assert ballot.reload().receipt() == receipt
    assert facilitator.counts()["it"] == 1


def test_the_database_is_locked_and_nothing_is_called_sent(device, own_server):
    facilitator = Facilitator(own_server).start()
    ballot = BallotPage(device("phone")).open(facilitator.link("customers"))
    ballot.choose(ballot.sort_some(3)).reasons()
    blocker = sqlite3.connect(own_server.data / "cardsort.db", isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    ballot.press_send()
    expect(ballot.heading).to_have_text("Not sent yet", timeout=12_000)
    blocker.execute("ROLLBACK")
    blocker.close()
    expect(ballot.heading).to_have_text(re.compile("^Sent"), timeout=20_000)
    assert facilitator.counts()["customers"] == 1


LOADED = """() => Object.fromEntries(performance.getEntriesByType("resource")
  .map(({name, transferSize}) => [new URL(name).pathname.split("/").at(-2), transferSize]))"""


def test_what_the_ballot_needs_comes_while_the_welcome_is_read(device, facilitator):
    ballot = BallotPage(device("phone", service_workers="block"))
    ballot.page.goto(facilitator.link("customers"), wait_until="networkidle")
    assert ballot.page.evaluate(LOADED)["cards"] > 1000
    ballot.press(ballot.page.locator(".go .way-cards, .go > a").first)
    ballot.wait_for_script().page.wait_for_load_state("networkidle")
    assert ballot.page.evaluate(LOADED) == {"css": 0, "js": 0, "cards": 0}, "only the page itself is fetched"


def test_dragging_does_not_fight_with_scrolling_and_an_unloaded_tab_comes_back(device, facilitator):
    context = device("tablet", viewport={"width": 820, "height": 560})
    ballot = BallotPage(context).open(facilitator.link("it"))
    codes = ballot.sort_some(10)
    ballot.choose(codes)
    box = ballot.row(codes[6]).locator("[data-select]").bounding_box()
    ballot._drag_finger((box["x"] + 60, box["y"]), (box["x"] + 60, box["y"] - 300), rest=0.05)
    until(ballot.page, "() => scrollY > 50")
    assert ballot.order() == codes
    ballot.drag_to(codes[9], 8)
    moved = [*codes[:7], codes[9], codes[7], codes[8]]
    assert ballot.order() == moved
    ballot.page.close()
    again = BallotPage(context).open_at(facilitator.link("it"))
    assert (again.step, again.order()) == ("rank", moved)


def test_odd_names_and_words_are_shown_as_typed(device, server):
    name = "<b>שלום</b> 🎯 =1+1 " + "w" * 90
    words = ["=1+1 <b>&amp;</b> 👩🏽‍💻 שלום", "x" * 280, "line\nbreak\ttab"]
    facilitator = Facilitator(server).start(name=name)
    ballot = BallotPage(device("phone"))
    ballot.page.goto(facilitator.link("customers"))
    assert ballot.page.get_by_role("heading", level=1).inner_text() == name
    assert ballot.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    ballot.open(facilitator.link("customers"))
    ballot.choose(ballot.sort_some(3)).reasons(*({"words": text} for text in words))
    ballot.reload()
    boxes = ballot.section("why").locator("textarea")
    assert boxes.evaluate_all("boxes => boxes.map(box => box.value)") == words
    assert ballot.page.evaluate("document.documentElement.scrollWidth") == 390  # 280 letters without a space too
    ballot.send()
    assert facilitator.counts()["customers"] == 1


@pytest.mark.parametrize(
    ("locale", "words"),
    [("en-GB", "Laying out the cards…"), ("de-DE", "Die Karten werden ausgelegt\N{NO-BREAK SPACE}…")],
)
def test_until_the_cards_are_there_the_piles_take_no_tap_and_say_so(device, facilitator, locale, words):
    page = device("phone", locale=locale).new_page()
    held = hold(page, "**/js/ballot*.js*")
    page.goto(f"{facilitator.link('it')}/ballot", wait_until="commit")
    piles = page.locator("[data-pile]")
    for number in range(3):
        expect(piles.nth(number)).to_be_disabled()
    said = "getComputedStyle(document.querySelector('.piles'), '::after')"
    page.evaluate(f"""async () => {{
      const there = () => {said}.content !== "none" && {said}.visibility === "visible"; // once the style has come
      for (let frames = 0; frames < 600 && !there(); frames++) await new Promise(requestAnimationFrame);
    }}""")
    assert page.evaluate(f"{said}.content") == f'"{words}"'
    held[0].continue_()
    for number in range(3):
        expect(piles.nth(number)).to_be_enabled()
    assert page.evaluate(f"{said}.content") == "none"
    piles.first.tap()
    expect(page.locator("[data-progress]")).to_have_text(re.compile("2 (of|von) 52"))


def test_a_network_that_swallows_drafts_and_questions_is_said_and_both_go_on_once_it_is_back(device, facilitator):
    ballot = BallotPage(device("tablet", hurried=True)).open(facilitator.link("it"))
    lose_patience(ballot.page)
    for swallowed in ("**/draft*", "**/state*"):
        hold(ballot.page, swallowed)
    with ballot.page.expect_request("**/state*"):
        ballot.sort_one("often")
    expect(ballot.notice("offline")).to_be_visible()
    facilitator.lock("it")
    for swallowed in ("**/draft*", "**/state*"):
        ballot.page.unroute(swallowed)
    expect(ballot.notice("offline")).to_be_hidden()
    expect(ballot.notice("locked")).to_be_visible()


def leap(ballot, happened, leaps):
    """Half a minute at a time, until it has happened or for so many leaps; one that meets no timer yet is lost."""
    while leaps and not happened():
        ballot.page.clock.fast_forward("00:31")
        ballot.page.wait_for_timeout(100)
        leaps -= 1
    return happened()


def test_a_ballot_is_tried_again_every_half_minute_however_long_the_server_is_away(device, facilitator):
    ballot, tries = BallotPage(device("phone", service_workers="block")), []

    def refuse(route):
        tries.append(route.request.method)
        route.fulfill(status=503)

    ballot.page.clock.install()
    ballot.open(facilitator.link("it"))
    ballot.choose(ballot.sort_some(3))
    ballot.page.route("**/ballots*", refuse)
    ballot.press_send()
    expect(ballot.heading).to_have_text("Not sent yet")
    assert leap(ballot, lambda: len(tries) >= 12, leaps=40)
    ballot.page.unroute("**/ballots*")
    assert leap(ballot, lambda: facilitator.counts()["it"] == 1, leaps=40)
    ballot.receipt()


def test_one_look_at_the_state_that_fails_is_not_the_last(device, facilitator):
    ballot, asked = BallotPage(device("phone", service_workers="block")), []

    def fail_once(route):
        asked.append(route.request.url)
        route.abort() if len(asked) == 1 else route.continue_()

    ballot.page.clock.install()
    ballot.open(facilitator.link("customers")).sort_one("often")
    with ballot.page.expect_response("**/draft"):
        ballot.page.clock.fast_forward("00:05")
    ballot.page.route("**/state", fail_once)
    facilitator.lock("customers")
    assert leap(ballot, lambda: len(asked) >= 2, leaps=40)
    expect(ballot.notice("locked")).to_be_visible()
