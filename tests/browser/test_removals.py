"""A ballot is taken out while its page is open, or taken back by its sender: the device says so, and can send again."""

import pytest
from playwright.sync_api import expect

from tests.browser.ballot_page import BallotPage
from tests.browser.live import Facilitator
from tests.browser.widths import faults_at_each_width


@pytest.fixture
def facilitator(server):
    return Facilitator(server).start(picks="3")


def vote(device, facilitator):
    """Somebody who has sent, and sees the receipt."""
    person = BallotPage(device("phone", bypass_csp=True)).open(facilitator.link("customers"))
    person.choose(person.sort_some(3))
    person.press_send()
    expect(person.section("send").locator("[data-phase='sent']")).to_be_visible()
    return person


def test_a_page_that_is_open_hears_that_its_ballot_was_taken_out_and_sends_anew(device, facilitator):
    person = vote(device, facilitator)
    receipt = person.page.locator("[data-receipt]").inner_text()
    form = {"receipt": receipt, "reason": "Sent for somebody else."}
    assert facilitator.request(f"{facilitator.desk}/take-out", form)[0] == 200
    assert facilitator.counts()["customers"] == 0
    person.page.evaluate("dispatchEvent(new Event('online'))")
    expect(person.notice("removed")).to_contain_text("Your order does not count. The person who runs the workshop has")
    expect(person.notice("removed")).to_contain_text("Sent for somebody else.")
    expect(person.heading).to_have_text("Not sent yet")
    assert faults_at_each_width(person.page) == []
    person.press(person.section("send").locator("[data-phase='idle']").get_by_role("button"))
    person.press_send()
    expect(person.section("send").locator("[data-phase='sent']")).to_be_visible()
    expect(person.notice("removed")).to_be_hidden()
    assert facilitator.counts()["customers"] == 1


def test_who_takes_an_order_back_finds_it_on_the_device_and_can_send_it_again(device, facilitator):
    person = vote(device, facilitator)
    person.page.goto(facilitator.link("customers"))
    person.press(person.page.get_by_text("Take it back"))
    assert faults_at_each_width(person.page) == []
    person.press(person.page.get_by_role("button", name="Take my order back"))
    expect(person.page.get_by_text("You took this order back.")).to_be_visible()
    assert facilitator.counts()["customers"] == 0
    person.open_at(facilitator.link("customers"))
    expect(person.notice("removed")).to_contain_text("You took this order back.")
    expect(person.section("why")).to_be_visible()
    person.press_send()
    expect(person.section("send").locator("[data-phase='sent']")).to_be_visible()
    assert facilitator.counts()["customers"] == 1
