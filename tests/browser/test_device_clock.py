"""A phone whose clock is years off, and is put right or wrong while its owner ranks."""

from tests.browser.ballot_page import BallotPage


def test_a_phone_with_a_wrong_clock_keeps_its_order_sends_it_and_keeps_the_receipt(device, facilitator):
    ballot = BallotPage(device("phone"))
    ballot.page.clock.install(time="2019-01-01T09:00:00")
    codes = ballot.open(facilitator.link("customers")).sort_some(3)
    ballot.page.clock.set_system_time("2031-05-04T14:02:00")
    ballot.reload().go("Choose").wait_for("choose").choose(codes)
    ballot.page.clock.set_system_time("2019-01-01T09:00:00")
    receipt = ballot.reload().send()
    ballot.page.clock.set_system_time("2031-05-04T14:02:00")
    assert ballot.reload().receipt() == receipt
    assert ballot.sent_list() == codes
    assert facilitator.counts()["customers"] == 1
