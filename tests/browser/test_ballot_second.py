"""A second order by taps, IT's words about whom it works for, and a ballot that goes on elsewhere."""

import pytest
from playwright.sync_api import expect

from tests.browser.ballot_page import BallotPage
from tests.browser.live import Facilitator
from tests.browser.test_ballot_access import check

SAID = "The wards. In the end the insurers pay."


@pytest.fixture
def facilitator(server):
    return Facilitator(server).start(second_it="yes", second_customers="yes")


def test_it_gives_its_own_view_from_the_piles_it_has_made_by_taps_alone(device, facilitator):
    ballot = BallotPage(device("phone")).open(facilitator.link("it"))
    codes = ballot.sort_some(6)
    ballot.choose(codes[:3]).send()
    ballot.press(ballot.section("send").get_by_role("link", name="Go on"))
    ballot.wait_for("choose")
    before = ballot.actions["press"]
    wanted = [codes[4], codes[0], codes[5], codes[2]]
    for code in wanted:
        ballot.tick(code)
    numbers = ballot.section("choose").locator("[data-number]:not(:empty)")
    assert sorted(numbers.all_inner_texts()) == ["1", "2", "3", "4"]
    check(ballot, "the second order, chosen by taps")
    ballot.press(ballot.section("choose").locator("[data-on]"))
    ballot.wait_for("rank")
    assert ballot.order() == wanted
    check(ballot, "the second order, in order")
    ballot.press(ballot.section("rank").get_by_role("button", name="Send"))
    ballot.receipt()
    assert ballot.actions["press"] - before == len(wanted) + 2
    assert ballot.sent_list() == wanted
    check(ballot, "the second order, sent")
    ballot.reload().receipt()
    ballot.press(ballot.section("send").get_by_role("link", name="See my first order"))
    ballot.receipt()
    assert ballot.sent_list() == codes[:3]
    assert facilitator.counts() == {"it": 1, "customers": 0}


def test_the_second_order_outlives_a_reload_and_a_device_that_has_forgotten_the_piles(device, facilitator):
    ballot = BallotPage(device("tablet")).open(facilitator.link("customers"))
    codes = ballot.sort_some(5)
    ballot.choose(codes[:3]).send()
    ballot.page.evaluate("() => localStorage.clear()")
    ballot.page.goto(f"{facilitator.link('customers')}/second")
    ballot.wait_for("choose")
    with ballot.saving(lambda draft: draft["ranking"] == codes[2:]):
        for code in codes[2:]:
            ballot.tick(code)
    ballot.page.evaluate("() => localStorage.clear()")
    ballot.reload().wait_for("choose")
    ballot.press(ballot.section("choose").locator("[data-on]"))
    ballot.press(ballot.wait_for("rank").section("rank").get_by_role("button", name="Send"))
    ballot.receipt()
    assert ballot.sent_list() == codes[2:]


def test_what_it_says_about_its_customers_travels_with_the_ballot(device, facilitator):
    ballot = BallotPage(device("phone"))
    bodies = []
    ballot.page.on("request", lambda request: request.method == "POST" and bodies.append(request.post_data_json))
    ballot.open(facilitator.link("it"))
    codes = ballot.sort_some(3)
    ballot.choose(codes).reasons()
    said = ballot.section("why").get_by_label("Who uses what your team makes")
    said.fill(SAID)
    check(ballot, "how sure, with the question about customers")
    said.fill(f"{SAID} And the patients.")
    ballot.reload().wait_for("why")
    expect(said).to_have_value(f"{SAID} And the patients.")
    ballot.send()
    assert [body["serves"] for body in bodies] == [f"{SAID} And the patients."]


def test_a_ballot_goes_on_on_another_device(device, server, facilitator):
    phone = BallotPage(device("phone")).open(facilitator.link("customers"))
    codes = phone.sort_some(4)
    with phone.saving(lambda draft: draft["ranking"] == codes):
        phone.choose(codes)
    phone.press(phone.page.get_by_role("link", name="Continue on another device"))
    phone.press(phone.page.get_by_role("button", name="Show me a code"))
    code = phone.page.locator("[data-code]").inner_text()
    tablet = BallotPage(device("tablet")).open(facilitator.link("customers"))
    tablet.sort_some(7)  # somebody else's beginning, which must not cover what arrives
    tablet.page.goto(server.url)
    tablet.page.locator("#code").fill(code)
    tablet.page.keyboard.press("Enter")
    expect(tablet.page.get_by_role("heading", name="Go on here with a ballot from another device?")).to_be_visible()
    tablet.press(tablet.page.get_by_role("button", name="Go on here"))
    tablet.wait_for("rank")
    assert tablet.order() == codes
    with tablet.saving(lambda draft: draft["ranking"][0] == codes[3]):
        tablet.tap_move(codes[3], "top")
    receipt = tablet.send()
    assert tablet.sent_list() == [codes[3], *codes[:3]]
    phone.page.goto(facilitator.link("customers"))
    expect(phone.page.get_by_role("heading", name="Your ballot is on another device")).to_be_visible()
    expect(phone.page.locator("main")).not_to_contain_text(receipt)
    phone.press(phone.page.get_by_role("button", name="Next person"))
    expect(phone.page.get_by_role("link", name="One card at a time")).to_be_visible()
    assert phone.page.evaluate("Object.keys(localStorage)") == []
    assert facilitator.counts()["customers"] == 1
