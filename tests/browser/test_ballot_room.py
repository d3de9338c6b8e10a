"""What happens to ballots in real rooms: dead Wi-Fi, second thoughts, the lock, two tabs, a restart."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.ballot_page import BallotPage
from tests.browser.live import Facilitator, Server

WAITING = "Kept on this device; it sends itself as soon as the server can be reached."


@pytest.fixture
def ranked(device, facilitator):
    """A tablet at the ranking step, and the codes in order."""

    def make(group="it", kind="tablet", **more):
        ballot = BallotPage(device(kind, **more), touch=kind != "desktop")
        codes = ballot.open_at(facilitator.link(group)).sort_some(4)
        return ballot.choose(codes), codes

    return make


def sends(ballot):
    """The bodies of all attempts to send, as they happen."""
    bodies = []
    ballot.page.on("request", lambda request: request.method == "POST" and bodies.append(request.post_data_json))
    return bodies


def test_wifi_drops_while_ranking_and_sending(ranked, facilitator):
    ballot, codes = ranked()
    ballot.page.context.set_offline(True)
    ballot.tap_move(codes[3], "top")
    expect(ballot.notice("offline")).to_be_visible()
    ballot.press_send()
    expect(ballot.heading).to_have_text("Not sent yet")
    expect(ballot.section("send").get_by_text(WAITING)).to_be_visible()
    assert facilitator.counts()["it"] == 0
    ballot.page.context.set_offline(False)
    ballot.receipt()
    assert ballot.sent_list() == [codes[3], *codes[:3]]
    assert facilitator.counts()["it"] == 1


def test_after_the_lock_the_welcome_page_leads_to_cards_that_wait_here_and_to_none_for_who_never_began(
    device, facilitator
):
    link = facilitator.link("it")
    ballot = BallotPage(device("phone"))
    ballot.page.route("**/draft", lambda route: route.abort())  # the server never hears of it
    ballot.open(link).sort_one("often")
    facilitator.lock("it")
    ballot.page.goto(link)
    expect(ballot.page.get_by_role("link", name="Go to my cards")).to_be_visible()
    late = device("phone").new_page()
    for _ in ("at first", "after a look at the ballot"):
        late.goto(link)
        expect(late.get_by_text("The ballots are locked just now.")).to_be_visible()
        expect(late.locator(".go")).to_be_hidden()
        late.goto(f"{link}/ballot")


def test_a_double_tap_on_send_sends_one_ballot(ranked, facilitator):
    ballot, _codes = ranked()
    bodies = sends(ballot)
    ballot.reasons()
    ballot.section("why").get_by_role("button", name="Send").dblclick()
    ballot.receipt()
    assert len({body["id"] for body in bodies}) == 1
    assert facilitator.counts()["it"] == 1


def test_send_back_change_send_asks_before_it_replaces(ranked, facilitator):
    ballot, codes = ranked()
    first = ballot.send()
    ballot.press(ballot.section("send").get_by_role("button", name="Change my order"))
    ballot.wait_for("rank").tap_move(codes[2], "top")
    expect(ballot.notice("changed")).to_be_visible()
    ballot.press_send()
    expect(ballot.heading).to_have_text("Replace your earlier ballot?")
    expect(ballot.section("send").locator("[data-earlier]")).to_have_text(first)
    ballot.press(ballot.section("send").get_by_role("button", name="Replace it"))
    second = ballot.receipt()
    assert second != first
    assert ballot.sent_list() == [codes[2], codes[0], codes[1], codes[3]]
    assert facilitator.counts()["it"] == 1


def test_an_earlier_ballot_that_this_page_does_not_know_is_kept_when_asked(ranked, device, facilitator):
    ballot, codes = ranked()
    other_device = device("phone")
    other_device.add_cookies(ballot.page.context.cookies())
    stale = BallotPage(other_device).open_at(facilitator.link("it"))
    own = stale.sort_some(3)
    stale.choose(own)
    first = ballot.send()
    stale.press_send()
    expect(stale.heading).to_have_text("Replace your earlier ballot?")
    stale.press(stale.section("send").get_by_role("button", name="Keep the earlier one"))
    assert stale.receipt() == first
    assert stale.sent_list() == codes
    assert facilitator.counts()["it"] == 1


# What browsers of early 2022 lack: an old tablet in the room gets no newer one.
OLDER = """for (const [owner, names] of [
  [AbortSignal, ["timeout", "any"]], [Element.prototype, ["moveBefore", "checkVisibility"]], [Object, ["groupBy"]],
  [Array.prototype, ["toSorted", "toSpliced", "toReversed", "with", "findLast"]], [Promise, ["withResolvers"]],
  [Set.prototype, ["union", "difference", "intersection"]]]) for (const name of names) delete owner[name];"""


def test_a_tablet_with_an_older_browser_sends_too(device, facilitator):
    context = device("tablet")
    context.add_init_script(OLDER)
    ballot = BallotPage(context).open(facilitator.link("it"))
    codes = ballot.sort_some(4)
    ballot.choose(codes).drag_to(codes[3], 1).tap_move(codes[0], "down")
    ballot.send()
    assert ballot.sent_list() == [codes[3], codes[1], codes[0], codes[2]]
    assert facilitator.counts()["it"] == 1


def test_a_refused_ballot_is_kept_with_the_reason(ranked, facilitator):
    ballot, codes = ranked()
    reason = "One of the answers is not among the choices."
    ballot.page.route(
        re.compile("/ballots$"), lambda route: route.fulfill(status=422, json={"message": reason}), times=1
    )
    ballot.press_send()
    expect(ballot.heading).to_have_text("Not sent")
    expect(ballot.section("send").get_by_text(reason)).to_be_visible()
    ballot.press(ballot.section("send").get_by_role("button", name="Back to my order"))
    assert ballot.wait_for("rank").order() == codes
    ballot.send()
    assert facilitator.counts()["it"] == 1


def test_after_the_reveal_a_late_ballot_is_told_so(ranked, facilitator):
    ballot, codes = ranked(hurried=True)
    facilitator.lock("it")
    facilitator.lock("customers")
    ballot.press_send()
    expect(ballot.heading).to_have_text("The ballots are locked")
    facilitator.reveal()
    expect(ballot.heading).to_have_text("The result has been shown")
    assert ballot.sent_list() == codes


def test_the_facilitator_locks_while_people_still_rank(ranked, facilitator):
    ballot, codes = ranked(hurried=True)
    facilitator.lock("it")
    ballot.tap_move(codes[1], "top")
    expect(ballot.notice("locked")).to_be_visible()
    ballot.press_send()
    expect(ballot.heading).to_have_text("The ballots are locked")
    ballot.reload()
    expect(ballot.heading).to_have_text("The ballots are locked")
    assert ballot.sent_list() == [codes[1], codes[0], *codes[2:]]
    assert facilitator.counts()["it"] == 0
    facilitator.reopen("it")
    ballot.receipt()
    assert ballot.sent_list() == [codes[1], codes[0], *codes[2:]]
    assert facilitator.counts()["it"] == 1


def test_a_change_of_mind_takes_a_waiting_ballot_back(ranked, facilitator):
    ballot, codes = ranked(hurried=True)
    facilitator.lock("it")
    ballot.press_send()
    expect(ballot.heading).to_have_text("The ballots are locked")
    ballot.page.go_back()
    ballot.go("Order").wait_for("rank").tap_move(codes[3], "top")
    facilitator.reopen("it")
    expect(ballot.notice("locked")).to_be_hidden()
    assert facilitator.counts()["it"] == 0
    ballot.send()
    assert ballot.sent_list() == [codes[3], *codes[:3]]


def test_two_tabs_do_not_overwrite_each_other(ranked, facilitator):
    first, codes = ranked(kind="desktop")
    second = BallotPage(first.page.context, touch=False).open_at(facilitator.link("it"), "rank")
    first.key_move(codes[3], "Home")
    second.wait_for_order([codes[3], *codes[:3]])
    second.key_move(codes[0], "End")
    first.wait_for_order([codes[3], codes[1], codes[2], codes[0]])
    assert second.order() == first.order()
    assert first.send() == second.receipt()
    assert facilitator.counts()["it"] == 1


def test_a_page_left_open_learns_that_its_ballot_went_on_on_another_device(device, facilitator):
    context = device("tablet", hurried=True)
    left = BallotPage(context).open(facilitator.link("customers"))
    with left.saving(lambda draft: len(draft["piles"]) == 1):
        left.sort_one("often")
    asking, phone = context.new_page(), device("phone").new_page()
    asking.goto(f"{facilitator.link('customers')}/elsewhere")
    asking.get_by_role("button", name="Show me a code").click()
    code = asking.locator("[data-code]").inner_text()
    phone.goto(f"{facilitator.link('customers')}/elsewhere/{code}")
    phone.get_by_role("button", name="Go on here").click()
    expect(left.page.get_by_role("heading", name="Your ballot is on another device")).to_be_visible()


def test_where_the_browser_keeps_nothing_it_says_so_and_the_server_keeps_the_draft(device, facilitator):
    context = device("phone")
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    ballot = BallotPage(context).open(facilitator.link("customers"))
    expect(ballot.notice("storage")).to_be_visible()
    with ballot.saving(lambda draft: len(draft["piles"]) == 4):
        codes = [ballot.sort_one("often") for _ in range(4)]
    again = BallotPage(context).open_at(facilitator.link("customers"))
    expect(again.section("sort").locator("[data-progress]")).to_have_text("5 of 52")
    again.page.close()
    codes.append(ballot.sort_one("often"))
    ballot.reload()
    expect(ballot.section("sort").locator("[data-progress]")).to_have_text("6 of 52")
    ballot.go("Choose")
    ballot.choose(codes).reasons()
    ballot.listen()
    context.set_offline(True)
    ballot.press_send()
    expect(ballot.heading).to_have_text("Not sent yet")
    assert ballot.said()[-1].endswith("The server cannot be reached. This page keeps trying: leave it open.")
    context.set_offline(False)
    ballot.receipt()
    assert facilitator.counts()["customers"] == 1


def test_where_the_server_keeps_no_draft_the_page_says_so_and_the_order_is_sent_from_the_device(device, facilitator):
    ballot = BallotPage(device("phone")).open(facilitator.link("customers"))
    ballot.page.route("**/draft*", lambda route: route.fulfill(status=503, json={"message": "No room."}))
    codes = [ballot.sort_one("often") for _ in range(4)]
    expect(ballot.notice("unkept")).to_be_visible()
    expect(ballot.notice("unkept")).to_contain_text("The server keeps no copy at the moment.")
    ballot.reload()
    expect(ballot.section("sort").locator("[data-progress]")).to_have_text("5 of 52")
    ballot.page.unroute("**/draft*")
    with ballot.saving(lambda draft: len(draft["piles"]) == 5):
        codes.append(ballot.sort_one("often"))
    expect(ballot.notice("unkept")).to_be_hidden()
    ballot.go("Choose")
    ballot.choose(codes).send()
    assert facilitator.counts()["customers"] == 1


def test_the_server_restarts_and_another_browser_window_has_forgotten_everything(device, tmp_path):
    server = Server(tmp_path, host_name="cardsort.test").start()  # plain http and no secure context, as in the room
    try:
        facilitator = Facilitator(server).start()
        ballot = BallotPage(device("tablet")).open(facilitator.link("it"))
        assert ballot.page.evaluate("isSecureContext") is False
        codes = ballot.sort_some(4)
        ballot.choose(codes)
        with ballot.saving(lambda draft: draft["ranking"][0] == codes[3]):
            ballot.drag_to(codes[3], 1)
        server.stop()
        ballot.press_send()
        expect(ballot.heading).to_have_text("Not sent yet")
        server.start()
        ballot.receipt()
        ballot.page.evaluate("() => localStorage.clear()")
        again = BallotPage(ballot.page.context).open_at(facilitator.link("it"), "send")
        assert again.receipt() == ballot.receipt()
        assert again.sent_list() == [codes[3], *codes[:3]]
        assert facilitator.counts()["it"] == 1
    finally:
        server.stop()
