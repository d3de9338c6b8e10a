"""Dragging cards by their handles: the exact order, and whatever can come in between."""

import pytest
from playwright.sync_api import expect

from tests.browser.ballot_page import BallotPage, Finger, middle
from tests.browser.live import Facilitator


def test_a_finger_drags_cards_into_the_exact_order(ranking, facilitator):
    ballot, (a, b, c, d, e) = ranking()
    ballot.drag_to(e, 1)
    assert ballot.order() == [e, a, b, c, d]
    ballot.drag_to(a, 4)
    assert ballot.order() == [e, b, c, a, d]
    ballot.drag_to(c, 2)
    assert ballot.order() == [e, c, b, a, d]
    ballot.send()
    assert ballot.sent_list() == [e, c, b, a, d]
    assert facilitator.counts()["it"] == 1


def test_a_mouse_drags_too(ranking):
    ballot, (a, b, c, d, e) = ranking(kind="desktop")
    ballot.drag_to(d, 1)
    assert ballot.order() == [d, a, b, c, e]
    mouse = ballot.page.mouse
    mouse.move(*ballot.handle(d))
    mouse.down()
    mouse.move(5, ballot.handle(c)[1], steps=5)  # the card follows beside the list too
    mouse.up()
    assert ballot.order() == [a, b, c, d, e]


@pytest.fixture
def in_hand(ranking):
    """A ballot, its codes, and a finger that has carried the second card over the fourth place."""
    ballot, codes = ranking()
    ballot.listen()
    with Finger(ballot.page) as finger:
        finger.down(ballot.handle(codes[1]))
        finger.go(ballot.handle(codes[3]))
        expect(ballot.row(codes[1]).locator(".held")).to_be_visible()
        yield ballot, codes, finger


def moves(ballot):
    """The card whose moves are shown."""
    return ballot.section("rank").locator("[data-code]:has([data-moves]:not([hidden]))")


ARRIVED = """() => Promise.race([
  Promise.all(document.getAnimations().map((motion) => motion.finished)),
  new Promise((late) => { setTimeout(late, 5000); })])"""


def settled(ballot):
    """What is seen once all that slides has arrived."""
    ballot.page.evaluate(ARRIVED)
    return ballot.seen()


def test_the_others_make_room_while_a_card_is_in_hand(in_hand):
    ballot, (a, b, c, d, e), finger = in_hand
    assert settled(ballot) == [(a, True), (c, True), (d, True), (b, True), (e, True)]
    finger.go((finger.at[0], 0))
    assert settled(ballot) == [(b, True), (a, True), (c, True), (d, True), (e, True)], "it stops at the list's end"
    assert ballot.said() == []
    finger.up()
    assert ballot.order() == [b, a, c, d, e]
    assert settled(ballot) == [(code, True) for code in (b, a, c, d, e)]


def test_a_card_that_still_slides_can_be_taken_up(ranking):
    ballot, (a, b, c, d, e) = ranking()
    ballot.key_move(d, "Home")
    assert ballot.order() == [d, a, b, c, e]
    ballot.page.evaluate("() => document.getAnimations().forEach((motion) => motion.pause())")
    ballot.drag_to(d, 5)
    assert ballot.order() == [a, b, c, e, d]
    assert settled(ballot) == [(code, True) for code in (a, b, c, e, d)]


def test_a_touch_that_the_system_takes_away_leaves_all_as_it_was(in_hand):
    ballot, codes, finger = in_hand
    finger.torn_away()
    assert ballot.order() == codes
    assert settled(ballot) == [(code, True) for code in codes]
    assert ballot.said() == []
    ballot.drag_to(codes[4], 1)
    assert ballot.order() == [codes[4], *codes[:4]]


@pytest.mark.parametrize("event", ["resize", "hashchange"])
def test_a_turned_tablet_or_another_step_leaves_all_as_it_was(in_hand, event):
    ballot, codes, finger = in_hand
    if event == "resize":
        ballot.page.set_viewport_size({"width": 1180, "height": 820})
        expect(ballot.row(codes[1]).locator(".held")).to_have_count(0)
        finger.up()
    else:
        ballot.page.go_back()
        ballot.wait_for("choose")
        finger.up()
        ballot.page.go_forward()
        ballot.wait_for("rank")
    assert ballot.order() == codes
    assert settled(ballot) == [(code, True) for code in codes]


def test_a_second_finger_changes_nothing(in_hand):
    ballot, (a, b, c, d, e), finger = in_hand
    finger.tap_with_another(ballot.handle(e))
    expect(moves(ballot)).to_have_count(0)
    finger.go(ballot.handle(e))
    finger.up()
    assert ballot.order() == [a, c, d, e, b]


def test_a_new_pointer_takes_over_from_one_whose_end_never_came(in_hand):
    ballot, (a, b, c, d, e), _finger = in_hand
    mouse = ballot.page.mouse
    start, target = ballot.handle(e), ballot.handle(a)
    mouse.move(*start)
    mouse.down()
    expect(ballot.row(b).locator(".held")).to_have_count(0)
    expect(ballot.row(e).locator(".held")).to_be_visible()
    mouse.move(start[0], target[1], steps=5)
    mouse.up()
    assert ballot.order() == [e, a, b, c, d]


def test_escape_puts_the_card_back(ranking):
    ballot, codes = ranking(kind="desktop")
    mouse = ballot.page.mouse
    mouse.move(*ballot.handle(codes[3]))
    mouse.down()
    mouse.move(*ballot.handle(codes[0]), steps=5)
    ballot.page.keyboard.press("Escape")
    assert settled(ballot) == [(code, True) for code in codes]
    mouse.move(*ballot.handle(codes[4]), steps=5)
    mouse.up()
    assert ballot.order() == codes
    expect(ballot.section("rank").locator("[data-undo]")).to_be_disabled()


def test_a_handle_that_is_only_tapped_shows_the_cards_moves(ranking):
    ballot, codes = ranking()
    with Finger(ballot.page) as finger:
        for shown in (1, 0):
            finger.down(ballot.handle(codes[2]))
            finger.up()
            expect(moves(ballot)).to_have_count(shown)
            assert ballot.focused_card() == codes[2]
    ballot.page.mouse.move(*ballot.handle(codes[1]))
    ballot.page.mouse.down()
    x, y = ballot.handle(codes[1])
    ballot.page.mouse.move(x, y + 2)  # no hand is wholly still
    ballot.page.mouse.up()
    expect(moves(ballot)).to_have_attribute("data-code", codes[1])
    ballot.press(ballot.row(codes[2]).locator("[data-select]"))
    ballot.drag_to(codes[2], 1)
    expect(moves(ballot)).to_have_count(0)
    assert ballot.order() == [codes[2], *codes[:2], *codes[3:]]


def test_another_tab_orders_the_cards_while_one_is_in_hand(in_hand, facilitator):
    ballot, codes, finger = in_hand
    other = BallotPage(ballot.page.context).open_at(facilitator.link("it"), "rank")
    other.tap_move(codes[4], "top")
    wanted = [codes[4], *codes[:4]]
    ballot.wait_for_order(wanted)
    assert settled(ballot) == [(code, True) for code in wanted]
    finger.up()
    assert ballot.order() == other.order() == wanted


def test_a_card_held_at_the_edge_scrolls_a_long_list(device, server):
    ballot = BallotPage(device("phone")).open_at(Facilitator(server).start(picks="52").link("it"))
    codes = ballot.sort_some(30)
    ballot.press(ballot.section("choose").locator("[data-take-all]"))
    ballot.choose([])
    codes = ballot.order()
    with Finger(ballot.page) as finger:
        finger.down(ballot.handle(codes[2]))
        x, _ = finger.at
        foot = ballot.page.viewport_size["height"]
        finger.go((x, foot - 100))
        expect(ballot.row(codes[-1]).locator("[data-handle]")).to_be_in_viewport()
        finger.go(middle(ballot.row(codes[-1])))
        finger.up()
    assert ballot.order() == [*codes[:2], *codes[3:], codes[2]]
    with Finger(ballot.page) as finger:
        finger.down(ballot.handle(codes[2]))
        finger.go((x, 10))
        expect(ballot.row(codes[0])).to_be_in_viewport()
        finger.go(middle(ballot.row(codes[0])))
        finger.up()
    assert ballot.order() == [codes[2], *codes[:2], *codes[3:]]


def test_a_wheel_scrolls_the_list_under_a_card_in_hand(ranking):
    ballot, codes = ranking(kind="desktop", count=10, viewport={"width": 1000, "height": 560})
    mouse = ballot.page.mouse
    mouse.move(*ballot.handle(codes[0]))
    mouse.down()
    mouse.wheel(0, 2000)
    expect(ballot.row(codes[9])).to_be_in_viewport()
    carried = [code for code, _ in settled(ballot)]
    assert carried.index(codes[0]) > 0
    mouse.up()
    assert ballot.order() == carried


def test_cards_of_unequal_height_come_to_lie_where_they_are_dropped(ranking):
    ballot, (a, b, c, d, e) = ranking(kind="phone")
    tall = "(title) => { title.textContent = 'A title that needs several lines on a phone '.repeat(4); }"
    for code in (a, d):
        ballot.row(code).locator("[data-fill=title]").evaluate(tall)
    ballot.drag_to(d, 1)
    assert ballot.order() == [d, a, b, c, e]
    ballot.drag_to(d, 5)
    assert ballot.order() == [a, b, c, e, d]
    ballot.drag_to(b, 1)
    assert ballot.order() == [b, a, c, e, d]
    assert settled(ballot) == [(code, True) for code in (b, a, c, e, d)]
