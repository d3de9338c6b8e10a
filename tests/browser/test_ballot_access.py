"""The ballot for everybody: every width, assistive technology, little space, no JavaScript, any number of cards."""

from contextlib import suppress

import pytest
from playwright.sync_api import expect

from tests.browser.ballot_page import BallotPage
from tests.browser.live import Facilitator
from tests.browser.waiting import until
from tests.browser.widths import WIDTHS, violations_of_look

SIDEWAYS = "() => document.documentElement.scrollWidth > innerWidth"
SMALL = """() => Array.from(document.querySelectorAll("main :is(button, a, summary, input, [data-handle])"))
  .filter(node => node.checkVisibility() && !node.closest("[data-aside]"))
  .map(node => [node, (node.closest("label") ?? node).getBoundingClientRect()])
  .filter(([_node, box]) => box.width < 43.5 || box.height < 43.5)
  .map(([node, box]) => `${node.outerHTML.slice(0, 80)} ${box.width} x ${box.height}`)"""
BEHIND_THE_FOOT = """() => {
  const at = document.activeElement;
  if (at === document.body || at.closest(".foot-bar, .moves")) return "";
  const box = (at.closest("label") ?? at).getBoundingClientRect();
  const foot = document.querySelector("[data-step]:not([hidden]) .foot-bar").getBoundingClientRect();
  return box.bottom > foot.top ? at.outerHTML.slice(0, 120) : "";
}"""
REACHED = """() => Array.from(document.querySelectorAll("[data-card] summary")).filter(node => node.tabIndex >= 0)
  .map(node => node.closest(".turnable").querySelector("h2").textContent)"""
FITS = "() => document.documentElement.scrollHeight <= innerHeight"
SIZES = ((820, 1180), (768, 1024), (390, 844))


@pytest.fixture
def person(device, facilitator):
    def make(group, kind="tablet", **more):
        return BallotPage(device(kind, **more), touch=kind != "desktop").open_at(facilitator.link(group))

    return make


def check(ballot, state):
    """axe finds nothing and nothing scrolls sideways at any width; what a finger sorts with is 44 px."""
    page, looks = ballot.page, set()
    page.wait_for_timeout(200)  # until the last motion has ended
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 1180})
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")  # there the foot covers nothing
        assert violations_of_look(page, looks) == [], f"{state} at {width}"
        assert page.evaluate(SIDEWAYS) is False, f"{state} at {width}"
        assert page.evaluate(SMALL) == [], f"{state} at {width}"
    page.set_viewport_size({"width": 820, "height": 1180})


def test_axe_finds_nothing_while_sorting_and_choosing(person):
    ballot = person("it")
    check(ballot, "sort")
    ballot.press(ballot.card.locator(".turn-button"))
    check(ballot, "sort, card turned over")
    ballot.press(ballot.section("sort").get_by_role("link", name="List"))
    ballot.press(ballot.titles().first.locator("[data-look]"))
    check(ballot, "list, a card looked at")
    ballot.press(ballot.section("list").get_by_role("link", name="One card at a time"))
    ballot.sort_some(12)
    ballot.press(ballot.section("choose").locator("summary"))
    check(ballot, "choose")


def test_axe_finds_nothing_while_ranking_and_sending(person, facilitator):
    ballot = person("it")
    codes = ballot.sort_some(4)
    ballot.choose(codes).tap_move(codes[1], "up")
    check(ballot, "rank, a card selected")
    ballot.press(ballot.row(codes[1]).locator("[data-move=place]"))
    check(ballot, "rank, places to choose from")
    ballot.page.keyboard.press("Escape")
    ballot.reasons({"basis": "know"})
    check(ballot, "how sure")
    facilitator.lock("it")
    ballot.press_send()
    expect(ballot.heading).to_have_text("The ballots are locked")
    check(ballot, "locked")
    facilitator.reopen("it")
    ballot.receipt()
    check(ballot, "sent")


def test_axe_finds_nothing_on_the_customers_questions_and_the_welcome(person, facilitator):
    ballot = person("customers")
    ballot.choose(ballot.sort_some(3)).reasons({"costs": ["time"], "words": "Too long."}, moment="calm")
    check(ballot, "say why")
    ballot.send()
    ballot.page.goto(facilitator.link("customers"))
    check(ballot, "welcome")


def test_ten_cards_and_their_moves_fit_on_the_screen(person):
    ballot = person("it")
    codes = ballot.sort_some(10)
    ballot.choose(codes)
    ballot.press(ballot.row(codes[9]).locator("[data-select]"))
    last, moves = (ballot.row(codes[9]).locator(part) for part in ("[data-body]", "[data-moves]"))
    for width, height in SIZES:
        ballot.page.set_viewport_size({"width": width, "height": height})
        assert ballot.page.evaluate(FITS), (width, height)
        body = last.bounding_box()
        assert body["y"] + body["height"] <= moves.bounding_box()["y"], (width, height)


UNMARKED = """() => {
  const at = document.activeElement;
  const ringed = (node) => {
    const { outlineStyle, outlineWidth, opacity } = getComputedStyle(node);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && opacity > 0;
  };
  const seen = [at, at.nextElementSibling, at.closest("label")].some((node) => node && ringed(node));
  return seen || at === document.body ? "" : at.outerHTML.slice(0, 120);
}"""


def test_whatever_has_the_focus_shows_it_and_does_not_hide_behind_the_foot(person):
    ballot = person("it", "phone")
    codes = ballot.sort_some(20)
    steps = {"list": 30, "choose": 22, "rank": 20, "why": 20}
    for step, times in steps.items():
        if step in {"rank", "why"}:
            ballot.choose(codes[:10]) if step == "rank" else ballot.reasons()
        else:
            ballot.page.evaluate("step => { location.hash = step; }", step)
        ballot.wait_for(step)
        for _ in range(times):
            ballot.page.keyboard.press("Tab")
            with suppress(AssertionError):  # the browser scrolls to it a moment later
                until(ballot.page, f"() => ({BEHIND_THE_FOOT})() === ''", seconds=3)
            assert ballot.page.evaluate(BEHIND_THE_FOOT) == "", step
            assert ballot.page.evaluate(UNMARKED) == "", step


def test_nothing_scrolls_while_sorting(person):
    ballot = person("it")
    for width, height in (*SIZES, (320, 640), (1366, 768)):
        ballot.page.set_viewport_size({"width": width, "height": height})
        assert ballot.page.evaluate(FITS), (width, height)


def test_no_card_of_the_deck_scrolls_on_the_smallest_phone(person):
    ballot = person("it")
    ballot.page.set_viewport_size({"width": 320, "height": 640})
    for _ in range(52):
        assert ballot.page.evaluate(FITS), ballot.page.locator(".sort-present").inner_text()
        ballot.page.keyboard.press("1")


def test_the_whole_deck_can_be_ranked(device, server):
    facilitator = Facilitator(server).start(picks="52")
    ballot = BallotPage(device("tablet")).open_at(facilitator.link("it"))
    codes = ballot.sort_some(12)
    ballot.press(ballot.section("choose").locator("[data-take-all]"))
    ballot.choose([])
    assert sorted(ballot.order()) == sorted(codes)
    ballot.tap_move(codes[0], place=12)
    ballot.drag_to(codes[0], 10)
    assert ballot.order() == [*codes[1:10], codes[0], *codes[10:]]
    ballot.send()
    assert facilitator.counts()["it"] == 1


def test_without_javascript_places_are_typed(device, facilitator):
    page = device("desktop", java_script_enabled=False).new_page()
    page.goto(facilitator.link("it"))
    page.get_by_role("link", name="One card at a time").click()
    page.get_by_label("A-07").fill("1")
    page.get_by_label("S-02").fill("2")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("Only 2 cards are ranked. Rank at least 3.")
    expect(page.get_by_label("S-02")).to_have_value("2")
    page.get_by_label("B-05").fill("3")
    page.get_by_role("group", name="Place 1").get_by_label("How do you know?").select_option("complaints")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("You have sent your order.")).to_be_visible()
    assert facilitator.counts()["it"] == 1


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_next_card_is_laid_out_while_the_present_one_is_read_and_met_by_nobody(person, motion):
    ballot = person("customers", reduced_motion=motion)
    for pile in ("often", "no", "often"):
        present = ballot.card.get_by_role("heading").inner_text()
        waiting = ballot.section("sort").locator("[data-card] > [data-aside]:not(.leaving)")
        expect(waiting).to_have_count(1)
        assert waiting.evaluate("card => { card.here = true; return card.getBoundingClientRect().width; }") == 0
        met = ballot.section("sort").get_by_role("heading", level=2)
        expect(met).to_have_text(present)
        assert ballot.page.evaluate(REACHED) == [present]
        ballot.sort_one(pile)
        assert ballot.card.evaluate("card => card.here") is True
    ballot.press(ballot.section("sort").locator("[data-undo]"))
    expect(met).to_have_text(present)


def test_reduced_motion_moves_nothing(person):
    ballot = person("it", reduced_motion="reduce")
    first = ballot.sort_one("often")
    assert ballot.page.locator(".leaving").count() == 0
    codes = [first, *ballot.sort_some(3)]
    ballot.choose(codes).tap_move(codes[3], "top")
    assert ballot.page.evaluate("document.getAnimations().length") == 0
