"""Two rounds, as people meet them: the same phone, its page still open, and the comparison at the end."""

from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.ballot_page import BallotPage
from tests.browser.live import Facilitator
from tests.browser.voting import cast
from tests.browser.widths import faults_at_each_width

FIRST, SECOND = ["A-01", "A-02", "A-03"], ["S-01", "A-02", "C-03"]
PILES = dict.fromkeys([*FIRST, *SECOND], "often")


@pytest.fixture
def facilitator(server):
    return Facilitator(server).start(picks="3")


def vote(facilitator, it, customers, *, of_round, moment):
    for _ in range(8):
        cast(facilitator.link("it"), it, of_round=of_round)
        cast(facilitator.link("customers"), customers, of_round=of_round, moment=moment)


def reveal(facilitator):
    for group in ("it", "customers"):
        facilitator.lock(group)
    facilitator.reveal()


def rank(person, ranking):
    """Sort all, by keys as that is fast, choose these, and bring them into this order."""
    person.wait_for("sort").sort_all(PILES, keys=True)
    person.choose(ranking)
    for code in reversed(ranking):
        person.tap_move(code, "top")
    assert person.order() == ranking
    return person


def look_up(person):
    """Come back to the page, which then asks the server how things stand."""
    person.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_a_phone_that_voted_in_round_one_votes_again_from_the_page_it_has_open(server, facilitator, device):
    vote(facilitator, FIRST, FIRST, of_round=1, moment="calm")
    phone = rank(BallotPage(device("phone")).open(facilitator.link("customers")), FIRST)
    receipt = phone.reasons(moment="calm").send()
    reveal(facilitator)
    facilitator.next_round()

    look_up(phone)
    expect(phone.notice("round")).to_be_visible()
    expect(phone.notice("round")).to_contain_text("A new round has begun.")
    assert phone.receipt() == receipt  # what was sent has counted, and the page says so still
    phone.press(phone.page.get_by_role("link", name="Go to the new round"))
    expect(phone.page.get_by_text("This is round 2: the same question once more")).to_be_visible()
    phone.press(phone.page.locator(".go .way-cards, .go > a").first)
    rank(phone, SECOND)
    expect(phone.notice("changed")).to_be_hidden()
    assert phone.reasons(moment="busy").send() != receipt
    assert phone.sent_list() == SECOND
    phone.reload()
    assert phone.sent_list() == SECOND
    assert facilitator.counts() == {"it": 0, "customers": 1}

    vote(facilitator, FIRST, SECOND, of_round=2, moment="busy")
    reveal(facilitator)
    check_comparison(server, facilitator, device)


def check_comparison(server, facilitator, device):
    context = device("desktop")
    context.add_cookies([{"name": one.name, "value": one.value, "url": server.url} for one in facilitator.jar])
    page = context.new_page()
    page.goto(f"{server.url}{facilitator.desk}/result")
    rounds = page.get_by_role("region", name="Round by round")
    told = " ".join(rounds.inner_text().split())
    paper = " ".join(" ".join(part.extract_text() for part in PdfReader(BytesIO(facilitator.pdf())).pages).split())
    for said in (
        "Hits in the customers’ top 3: 1; in round 1 it was 3. Change: −2 (range −",
        "IT’s list: no card has moved by five places or more, and by more than chance would give.",
        "The customers’ list: no card has moved by five places or more,",
        "100 % a calm time",
        "100 % a busy period",
    ):
        assert said in told.replace("\xa0", " ")
        assert said in paper.replace("\xa0", " ")
    page.get_by_role("navigation", name="Rounds").get_by_role("link", name="Round 1").click()
    expect(page.locator("h1")).to_contain_text("IT named all 3 of the customers’ top 3")


def test_an_order_that_is_sent_too_late_for_its_round_is_kept_and_counts_in_neither(facilitator, device):
    vote(facilitator, FIRST, FIRST, of_round=1, moment=None)
    phone = rank(BallotPage(device("phone")).open(facilitator.link("customers")), SECOND)
    reveal(facilitator)
    facilitator.next_round()
    phone.press_send()
    expect(phone.heading).to_have_text("A new round has begun")
    expect(phone.section("send")).to_contain_text("for the round before, which is over, so it is not counted")
    assert phone.sent_list() == SECOND
    assert facilitator.counts()["customers"] == 0
    kept = phone.page.evaluate("Object.entries(localStorage).find(([key]) => key.includes(':1:'))[1]")
    assert '"ranking":["S-01","A-02","C-03"]' in kept
    phone.press(phone.section("send").get_by_role("link", name="Go to the new round"))
    phone.press(phone.page.locator(".go .way-cards, .go > a").first)
    phone.wait_for("sort")
    expect(phone.section("sort").locator("[data-progress]")).to_have_text("1 of 52")


def test_a_ballot_cut_off_in_round_one_gets_its_receipt_though_the_next_has_begun(facilitator, device):
    """It had arrived; only the answer was lost."""
    phone = rank(BallotPage(device("phone")).open(facilitator.link("customers")), FIRST)
    lose = {"answers": True}

    def cut(route):
        if lose["answers"]:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    phone.page.route("**/ballots", cut)
    phone.press_send()
    expect(phone.heading).to_have_text("Not sent yet")
    reveal(facilitator)
    facilitator.next_round()
    lose["answers"] = False
    look_up(phone)
    assert phone.receipt()
    expect(phone.notice("round")).to_be_visible()
    assert facilitator.counts()["customers"] == 0


def test_a_page_kept_for_times_without_network_sends_nothing_into_the_next_round(facilitator, device):
    context = device("phone")
    phone = rank(BallotPage(context).open(facilitator.link("customers")), FIRST)
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    reveal(facilitator)
    facilitator.next_round()
    context.set_offline(True)
    phone.page.reload()
    phone.wait_for_script()
    assert phone.order() == FIRST
    context.set_offline(False)
    phone.press_send()
    expect(phone.heading).to_have_text("A new round has begun")
    assert facilitator.counts()["customers"] == 0


def test_the_pages_of_a_second_round_are_accessible_and_fit_their_width(server, facilitator, device):
    vote(facilitator, FIRST, FIRST, of_round=1, moment="calm")
    reveal(facilitator)
    context = device("desktop", bypass_csp=True)
    context.add_cookies([{"name": one.name, "value": one.value, "url": server.url} for one in facilitator.jar])
    page, faults = context.new_page(), {}

    def visit(address):
        page.goto(address)
        if found := faults_at_each_width(page):
            faults[address] = found

    visit(f"{server.url}{facilitator.desk}/next-round")
    facilitator.next_round()
    vote(facilitator, FIRST, SECOND, of_round=2, moment="busy")
    visit(facilitator.link("customers"))
    visit(f"{server.url}{facilitator.desk}")
    reveal(facilitator)
    for path in ("", "/result", "/result?round=1", "/print?round=1"):
        visit(f"{server.url}{facilitator.desk}{path}")
    assert faults == {}
