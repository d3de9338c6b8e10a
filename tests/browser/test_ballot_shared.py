"""A tablet that goes from hand to hand: nothing of one person is left for the next."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.ballot_page import BallotPage
from tests.browser.weak_network import hold, lose_patience

WORDS = "Nine days for a laptop."
TRACES = """async () => ({
  local: Object.keys(localStorage), session: Object.keys(sessionStorage), state: history.state,
  databases: (await indexedDB.databases()).length,
  typed: Array.from(document.querySelectorAll("input, textarea")).filter((box) =>
    box.type === "checkbox" || box.type === "radio" ? box.checked : box.value && box.type !== "hidden").length})"""
NOTHING = {"local": [], "session": [], "state": None, "databases": 0, "typed": 0}


@pytest.fixture
def tablet(device, facilitator):
    """A shared tablet at the sorting step."""

    def make(group="customers", **more):
        return BallotPage(device("tablet", **more)).open(f"{facilitator.link(group)}?kiosk=1")

    return make


def cookie(ballot):
    return {found["name"]: found["value"] for found in ballot.page.context.cookies()}


def next_person(ballot):
    return ballot.page.locator("[data-next]:visible").last


def sorted_as(codes):
    """How a kept draft says that these cards are on the first pile."""
    return [f'"{code}":{space}"often"' for code in codes for space in ("", " ")]


def traces_on_the_way_back(ballot, *words):
    """What of the words is found on any page that Back leads to."""
    found = []
    for _ in range(12):
        answer = ballot.page.go_back()
        if ballot.page.url == "about:blank":
            break
        ballot.page.wait_for_load_state()
        text = ballot.page.evaluate("document.documentElement.outerHTML + JSON.stringify(history.state)")
        found += [word for word in words if word in text]
        assert answer is None or answer.status < 400
    return found


def test_a_tablet_goes_to_the_next_person(tablet, facilitator):
    ballot = tablet()
    codes = ballot.sort_some(4)
    ballot.choose(codes).tap_move(codes[3], "top")
    ballot.reasons({"costs": ["time"], "words": WORDS}, moment="busy")
    receipt = ballot.send()
    assert violations(ballot.page) == []
    before = cookie(ballot)
    ballot.press(next_person(ballot))
    expect(ballot.page.get_by_role("link", name="One card at a time")).to_be_visible()
    assert ballot.page.evaluate(TRACES) == NOTHING
    after = cookie(ballot)
    assert before.keys() == after.keys()
    assert not set(before.values()) & set(after.values())
    assert traces_on_the_way_back(ballot, WORDS, receipt, *sorted_as(codes)) == []
    ballot.open(f"{facilitator.link('customers')}?kiosk=1")
    expect(ballot.section("sort").locator("[data-progress]")).to_have_text("1 of 52")
    ballot.choose(ballot.sort_some(3))
    assert ballot.send() != receipt
    assert facilitator.counts()["customers"] == 2


def test_who_has_not_sent_is_asked_first(tablet, facilitator):
    ballot = tablet("it")
    present = ballot.present_card()
    ballot.sort_one("often")
    ballot.press(next_person(ballot))
    dialog = ballot.page.get_by_role("dialog", name="Start for the next person?")
    expect(dialog).to_contain_text("Your order has not been sent.")
    assert violations(ballot.page) == []
    ballot.press(dialog.get_by_role("button", name="Go on with mine"))
    ballot.choose([*ballot.sort_some(2), present])
    ballot.page.context.set_offline(True)
    ballot.press_send()
    ballot.press(next_person(ballot))
    expect(dialog).to_contain_text("Your order has not reached the server yet.")
    ballot.press(dialog.get_by_role("button", name="Go on with mine"))
    ballot.page.context.set_offline(False)
    ballot.receipt()
    assert facilitator.counts()["it"] == 1


def test_without_network_the_page_is_emptied_at_once_and_the_next_person_starts_when_it_is_back(tablet):
    ballot = tablet()
    first = ballot.sort_one("often")
    ballot.page.context.set_offline(True)
    ballot.press(next_person(ballot))
    ballot.press(ballot.page.get_by_role("button", name="Next person").last)
    expect(ballot.page.get_by_role("heading", name="One moment, please")).to_be_visible()
    assert first not in ballot.page.content()
    assert ballot.page.evaluate(TRACES) == {**NOTHING, "local": ["cardsort-next"]}
    other = ballot.page.context.new_page()
    ballot.page.close()  # the tab is closed while the server is out of reach
    ballot.page = other
    ballot.page.context.set_offline(False)
    ballot.page.goto(f"{ballot.link}/ballot?kiosk=1")
    ballot.page.wait_for_url(re.compile(r"\?kiosk=1$"))
    expect(ballot.page.get_by_role("link", name="One card at a time")).to_be_visible()
    assert ballot.page.evaluate(TRACES) == NOTHING


def test_a_network_that_swallows_the_request_is_said_and_the_next_person_starts_when_it_is_back(tablet):
    ballot = tablet()
    ballot.sort_one("often")
    lose_patience(ballot.page)
    hold(ballot.page, "**/next")
    ballot.press(next_person(ballot))
    ballot.press(ballot.page.get_by_role("button", name="Next person").last)
    expect(ballot.page.get_by_role("heading", name="One moment, please")).to_be_visible()
    ballot.page.unroute("**/next")
    expect(ballot.page.get_by_role("link", name="One card at a time")).to_be_visible()


def test_a_tablet_left_alone_warns_counts_down_and_starts_afresh(device, facilitator):
    ballot = BallotPage(device("tablet"))
    ballot.page.clock.install()
    ballot.open(f"{facilitator.link('customers')}?kiosk=1").sort_one("often")
    warning = ballot.page.get_by_role("alertdialog", name="Are you still there?")
    ballot.page.clock.fast_forward("01:59")
    expect(warning).to_be_hidden()
    ballot.page.clock.fast_forward("00:05")
    expect(warning).to_contain_text(re.compile("next person in (30|29) seconds"))
    assert violations(ballot.page) == []
    ballot.press(warning.get_by_role("button", name="I am still here"))
    ballot.sort_one("often")
    ballot.page.clock.fast_forward("02:01")
    expect(warning).to_be_visible()
    ballot.page.clock.fast_forward("00:31")
    expect(ballot.page.get_by_role("link", name="One card at a time")).to_be_visible()
    assert ballot.page.evaluate(TRACES) == NOTHING


def test_a_ballot_that_waits_for_the_network_is_never_cleared_away_by_silence(device, facilitator):
    ballot = BallotPage(device("tablet"))
    ballot.page.clock.install()
    ballot.open(f"{facilitator.link('it')}?kiosk=1")
    ballot.choose(ballot.sort_some(3))
    facilitator.lock("it")
    ballot.press_send()
    expect(ballot.heading).to_have_text("The ballots are locked")
    ballot.page.clock.fast_forward("10:00")
    expect(ballot.page.get_by_role("alertdialog")).to_have_count(0)
    facilitator.reopen("it")
    ballot.page.clock.fast_forward("00:10")
    ballot.receipt()
    assert facilitator.counts()["it"] == 1


def test_whoever_leaves_at_the_question_whether_to_replace_leaves_no_order_behind(device, facilitator):
    ballot = BallotPage(device("tablet"))
    ballot.page.clock.install()
    ballot.open(f"{facilitator.link('it')}?kiosk=1")
    codes = ballot.sort_some(3)
    ballot.choose(codes).send()
    ballot.press(ballot.section("send").get_by_role("button", name="Change my order"))
    ballot.wait_for("rank").tap_move(codes[2], "top")
    ballot.press_send()
    expect(ballot.heading).to_have_text("Replace your earlier ballot?")
    ballot.page.clock.fast_forward("02:01")
    expect(ballot.page.get_by_role("alertdialog", name="Are you still there?")).to_be_visible()
    ballot.page.clock.fast_forward("00:31")
    expect(ballot.page.get_by_role("link", name="One card at a time")).to_be_visible()
    assert ballot.page.evaluate(TRACES) == NOTHING


def test_without_script_the_next_person_has_a_button_too(device, facilitator):
    page = device("desktop", java_script_enabled=False).new_page()
    page.goto(facilitator.link("it"))
    page.get_by_role("link", name="Several people share this device").click()
    page.get_by_role("link", name="One card at a time").click()
    for place, code in enumerate(("A-01", "B-02", "C-03"), start=1):
        page.get_by_label(code).fill(str(place))
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("You have sent your order.")).to_be_visible()
    page.get_by_role("button", name="Next person").click()
    expect(page.get_by_text("You have sent your order.")).to_be_hidden()
    expect(page.get_by_role("link", name="One card at a time")).to_be_visible()
    assert facilitator.counts()["it"] == 1


def test_a_browser_that_keeps_nothing_leaves_nothing_in_its_history_either(device, facilitator):
    context = device("tablet")
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    ballot = BallotPage(context).open(f"{facilitator.link('it')}?kiosk=1")
    codes = ballot.sort_some(3)
    receipt = ballot.choose(codes).send()
    ballot.press(next_person(ballot))
    expect(ballot.page.get_by_role("link", name="One card at a time")).to_be_visible()
    assert traces_on_the_way_back(ballot, receipt, *sorted_as(codes)) == []


def open_again(ballot, facilitator, group="customers", code=""):
    """The next person opens the tablet's link, from a bookmark or a QR code, seconds after the last one."""
    ballot.page.goto(f"{facilitator.link(group)}?kiosk=1{code}")
    ballot.page.wait_for_url(re.compile(r"\?kiosk=1$"))


def test_a_shared_tablet_opened_again_by_its_link_starts_clean(tablet, facilitator):
    ballot = tablet()
    before, codes = cookie(ballot), [ballot.sort_one("often") for _ in range(3)]
    open_again(ballot, facilitator)
    expect(ballot.page.get_by_role("link", name="One card at a time")).to_be_visible()
    assert ballot.page.evaluate(TRACES) == NOTHING
    assert not set(before.values()) & set(cookie(ballot).values())
    ballot.press(ballot.page.get_by_role("link", name="One card at a time"))
    expect(ballot.wait_for_script().section("sort").locator("[data-progress]")).to_have_text("1 of 52")
    receipt = ballot.choose(ballot.sort_some(3)).send()
    open_again(ballot, facilitator)
    expect(ballot.page.get_by_role("link", name="One card at a time")).to_be_visible()
    expect(ballot.page.locator("main")).not_to_contain_text(receipt)
    assert traces_on_the_way_back(ballot, receipt, *sorted_as(codes)) == []
    assert facilitator.counts()["customers"] == 1


def test_on_a_shared_tablet_the_same_person_goes_on_after_a_reload_and_by_way_of_the_first_page(tablet):
    ballot = tablet()
    for _ in range(2):
        ballot.sort_one("often")
    progress = ballot.section("sort").locator("[data-progress]")
    ballot.reload()
    expect(progress).to_have_text("3 of 52")
    with ballot.saving(lambda draft: len(draft["piles"]) == 3):
        ballot.sort_one("often")
    ballot.page.go_back()
    ballot.page.reload()
    ballot.press(ballot.page.locator(".go .way-cards, .go > a").first)
    expect(ballot.wait_for_script().section("sort").locator("[data-progress]")).to_have_text("4 of 52")


def test_an_order_that_waits_for_the_server_is_not_cleared_away_without_a_question(tablet, facilitator):
    ballot = tablet("it")
    ballot.choose(ballot.sort_some(3))
    facilitator.lock("it")
    ballot.press_send()
    expect(ballot.heading).to_have_text("The ballots are locked")
    ballot.page.goto(f"{facilitator.link('it')}?kiosk=1")
    dialog = ballot.page.get_by_role("dialog", name="Start for the next person?")
    expect(dialog).to_contain_text("Your order has not reached the server yet.")
    facilitator.reopen("it")
    ballot.press(dialog.get_by_role("button", name="Go on with mine"))
    ballot.receipt()
    assert facilitator.counts()["it"] == 1


def test_a_slip_scanned_on_a_shared_tablet_brings_its_code_along(tablet, facilitator):
    ballot = tablet()
    ballot.sort_one("often")
    facilitator.request(f"{facilitator.desk}/codes", {"count": 1})
    open_again(ballot, facilitator, code="#K7Q2-M9XT")
    expect(ballot.page.get_by_label("Your code")).to_have_value("K7Q2-M9XT")
