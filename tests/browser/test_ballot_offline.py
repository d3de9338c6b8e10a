"""Without network: a reload where the browser can keep the page, and a plain word where it cannot."""

from playwright.sync_api import expect

from tests.browser.ballot_page import BallotPage
from tests.browser.live import Facilitator, Server

KEPT = """async () => { await navigator.serviceWorker.ready;
  while (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, 20)); }"""


def test_a_reload_without_network_brings_everything_back_and_sends_later(device, own_server):
    facilitator = Facilitator(own_server).start()
    ballot = BallotPage(device("tablet")).open(facilitator.link("customers"))
    ballot.page.evaluate(KEPT)
    codes = ballot.sort_some(4)
    ballot.choose(codes).tap_move(codes[3], "top")
    ballot.page.context.set_offline(True)
    own_server.stop()
    ballot.reload()
    assert (ballot.step, ballot.order()) == ("rank", [codes[3], *codes[:3]])
    ballot.tap_move(codes[2], "top")
    expect(ballot.notice("offline")).to_be_visible()
    expect(ballot.notice("offline-stay")).to_be_hidden()
    ballot.press_send()
    expect(ballot.heading).to_have_text("Not sent yet")
    ballot.reload()
    expect(ballot.heading).to_have_text("Not sent yet")
    own_server.start()
    ballot.page.context.set_offline(False)
    ballot.receipt()
    assert ballot.sent_list() == [codes[2], codes[3], *codes[:2]]
    assert facilitator.counts()["customers"] == 1


def test_the_kept_page_holds_nothing_of_any_person_and_a_shared_tablet_stays_one(device, own_server):
    facilitator = Facilitator(own_server).start()
    ballot = BallotPage(device("tablet")).open(f"{facilitator.link('it')}?kiosk=1")
    codes = ballot.sort_some(3)
    receipt = ballot.choose(codes).send()
    ballot.reload().page.evaluate(KEPT)
    own_server.stop()
    ballot.reload().receipt()
    ballot.press(ballot.page.locator("[data-next]:visible").last)
    expect(ballot.page.get_by_role("heading", name="One moment, please")).to_be_visible()
    kept = ballot.page.evaluate(
        """async () => { const found = [];
        for (const name of await caches.keys()) for (const answer of await (await caches.open(name)).matchAll())
          found.push(await answer.text());
        return found.join(); }"""
    )
    assert "ballot-data" in kept
    assert receipt not in kept
    assert f'["{codes[0]}"' not in kept
    ballot.page.reload()
    expect(ballot.page.get_by_role("heading", name="One moment, please")).to_be_visible()
    own_server.start()
    expect(ballot.page.get_by_role("link", name="One card at a time")).to_be_visible()


def test_what_the_server_says_comes_before_the_kept_page(device, facilitator):
    ballot = BallotPage(device("phone")).open(facilitator.link("customers"))
    ballot.page.evaluate(KEPT)
    ballot.reload()
    assert facilitator.request(f"{facilitator.desk}/delete", {"name": "Autumn"})[0] == 200
    assert ballot.page.reload().status == 404
    expect(ballot.page.locator("[data-ballot]")).to_have_count(0)


def test_on_plain_http_the_page_says_that_it_must_stay_open(device, tmp_path):
    server = Server(tmp_path, host_name="cardsort.test").start()
    try:
        facilitator = Facilitator(server).start()
        ballot = BallotPage(device("phone")).open(facilitator.link("it"))
        codes = ballot.sort_some(3)
        ballot.choose(codes)
        server.stop()
        ballot.tap_move(codes[2], "top")
        expect(ballot.notice("offline-stay")).to_contain_text("leave this page open until the network is back")
        ballot.press_send()
        expect(ballot.section("send").get_by_text("without network it cannot be opened again")).to_be_visible()
        server.start()
        ballot.receipt()
        assert ballot.page.evaluate("'serviceWorker' in navigator && isSecureContext") is False
    finally:
        server.stop()
