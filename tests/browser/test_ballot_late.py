"""Who comes after the reveal: an order that can never be counted any more is not promised to send itself."""

import pytest
from playwright.sync_api import expect

from tests.browser.ballot_page import BallotPage
from tests.browser.live import Facilitator


@pytest.fixture
def facilitator(server):
    return Facilitator(server).start(second_customers="yes")


def reveal(facilitator):
    facilitator.lock("it")
    facilitator.lock("customers")
    facilitator.reveal()


def publish(facilitator):
    promise = {"was": '{"decision": "", "action": "", "owner": "", "due": ""}', "decision": "do", "due": "2031-03-01"}
    promise |= {"action": "Ask every branch", "owner": "Ada"}
    assert facilitator.request(f"{facilitator.desk}/agenda", {"code": "A-02"})[0] == 200
    assert facilitator.request(f"{facilitator.desk}/agenda/1/A-02", promise)[0] == 200
    assert facilitator.request(f"{facilitator.desk}/agenda/publish", {})[0] == 200


def test_a_late_order_is_told_that_it_can_never_be_sent_and_leads_to_the_answer(device, facilitator):
    late = BallotPage(device("phone")).open(facilitator.link("customers"))
    late.choose(late.sort_some(3))
    reveal(facilitator)
    said = []
    late.page.on("response", lambda answer: said.append(answer.status) if answer.url.endswith("/ballots") else None)
    late.press_send()
    expect(late.heading).to_have_text("The result has been shown")
    asked = late.section("send")
    expect(asked.locator("[data-phase='over']")).to_contain_text("came too late and can no longer be counted")
    expect(asked).not_to_contain_text("it sends itself", use_inner_text=True)
    assert said == [423]
    answer = asked.get_by_role("link", name="Read what will be done")
    expect(answer).to_be_hidden()
    publish(facilitator)
    late.press(answer)
    expect(late.page.get_by_text("Ask every branch")).to_be_visible()


def test_who_comes_too_late_to_change_an_order_reads_that_the_one_before_still_counts(device, facilitator):
    late = BallotPage(device("phone")).open(facilitator.link("customers"))
    late.choose(late.sort_some(3))
    late.send()
    section, kept = late.section("send"), "What you sent before still counts."
    late.press(section.get_by_role("button", name="Change my order"))
    late.tap_move(late.order()[2], "top").press_send()
    facilitator.lock("customers")
    late.listen()
    late.press(section.get_by_role("button", name="Replace it"))
    expect(late.heading).to_have_text("The ballots are locked")
    expect(section.locator("[data-phase='locked']").get_by_text(kept)).to_be_visible()
    assert late.said()[-1].endswith(kept)
    facilitator.lock("it")
    facilitator.reveal()
    late.press(section.get_by_role("button", name="Try now"))
    expect(late.heading).to_have_text("The result has been shown")
    expect(section.locator("[data-phase='over']").get_by_text(kept)).to_be_visible()


def test_after_the_reveal_every_step_says_so_and_nothing_waits_to_be_opened_again(device, facilitator):
    late = BallotPage(device("phone")).open(facilitator.link("customers"))
    late.sort_one("often")
    reveal(facilitator)
    publish(facilitator)
    late.reload()
    notices = late.page.locator("[data-notices]")
    expect(late.notice("over")).to_contain_text("The result of this round has been shown.")
    expect(notices).not_to_contain_text("opened again", use_inner_text=True)
    expect(late.notice("over").get_by_role("link", name="Read what will be done")).to_be_visible()


def test_a_second_order_that_was_sent_is_not_offered_once_more(device, facilitator):
    ballot = BallotPage(device("phone")).open(facilitator.link("customers"))
    codes = ballot.sort_some(3)
    ballot.choose(codes).send()
    ballot.page.goto(facilitator.link("customers"))
    ballot.press(ballot.page.get_by_role("link", name="One more, if you like"))
    for code in codes:
        ballot.wait_for("choose").tick(code)
    ballot.press(ballot.section("choose").locator("[data-on]"))
    ballot.press(ballot.wait_for("rank").section("rank").get_by_role("button", name="Send"))
    ballot.receipt()
    ballot.page.goto(facilitator.link("customers"))
    expect(ballot.page.get_by_role("link", name="My second order")).to_be_visible()
    expect(ballot.page.get_by_text("One more, if you like")).to_have_count(0)
    ballot.open_at(facilitator.link("customers")).receipt()
    expect(ballot.section("send").get_by_text("One more, if you like")).to_have_count(0)
    expect(ballot.section("send").get_by_role("link", name="See my second order")).to_be_visible()
