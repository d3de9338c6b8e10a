"""The ballot as people in a room fill it in: by finger, by taps, by keys, with bad Wi-Fi and second thoughts."""

import time

import pytest
from playwright.sync_api import expect


def test_taps_alone_fill_in_a_whole_ballot(person, facilitator, capsys):
    began = time.monotonic()
    ballot = person("customers", "phone")
    wanted = ["S-02", "A-01", "C-09", "B-03", "A-10", "C-12", "S-11", "B-07", "A-04", "C-01"]
    ballot.sort_all(dict.fromkeys(wanted, "often") | dict.fromkeys(["A-02", "A-03"], "sometimes"))
    ballot.press(ballot.section("choose").locator("[data-take-all]"))
    ballot.press(ballot.section("choose").locator("[data-on]"))
    for place, code in enumerate(wanted, start=1):
        if ballot.order()[place - 1] != code:
            ballot.tap_move(code, place=place)
    assert ballot.order() == wanted
    ballot.reasons({"costs": ["time", "trouble"], "words": "Half a day each week."}, moment="busy")
    ballot.send()
    assert ballot.sent_list() == wanted
    assert facilitator.counts()["customers"] == 1
    needed = (
        1 + 52 + 2 + 3 * 9 + 1 + 3 + 1
    )  # begin, sort, take all and go on, three taps per move, say why, answers, send
    assert ballot.actions["press"] <= needed
    with capsys.disabled():
        seconds = time.monotonic() - began
        print(
            f"\nA full ballot by single taps: {ballot.actions['press']} taps, {seconds:.1f} s of the machine's own time"
        )


def test_keys_alone_fill_in_a_whole_ballot(person, facilitator):
    ballot = person(kind="desktop")
    press = ballot.page.keyboard.press
    for number in range(52):
        press("1" if number < 4 else "3")
    ballot.wait_for("choose")
    tab_to(ballot, "input")
    for _ in range(4):
        press("Space")
        press("Tab")
    tab_to(ballot, "[data-on]")
    press("Enter")
    ballot.wait_for("rank")
    a, b, c, d = ballot.order()
    tab_to(ballot, "[data-select]")
    press("End")
    assert ballot.focused_card() == a
    press("ArrowUp")
    assert ballot.order() == [b, c, a, d]
    tab_to(ballot, f"[data-code='{d}'] [data-select]")
    press("Home")
    assert ballot.order() == [d, b, c, a]
    tab_to(ballot, "[data-on]")
    press("Enter")
    ballot.wait_for("why")
    tab_to(ballot, "[value=know], [value=think]")
    press("Space")
    tab_to(ballot, "[data-on]")
    press("Enter")
    ballot.receipt()
    assert ballot.sent_list() == [d, b, c, a]
    assert facilitator.counts()["it"] == 1


def tab_to(ballot, selector, most=80):
    for _ in range(most):
        ballot.page.keyboard.press("Tab")
        if ballot.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(selector)


def test_each_move_is_said_once_and_the_focus_stays_on_the_moved_card(ranking):
    ballot, (a, b, c, d, e) = ranking(kind="desktop")
    ballot.listen()
    ballot.key_move(c, "ArrowUp", "ArrowUp", "ArrowDown", "End", "Home")
    name = ballot.title(c)
    assert ballot.said() == [f"{name}, place {place} of 5" for place in (2, 1, 2, 5, 1)]
    assert ballot.focused_card() == c
    ballot.tap_move(e, "up", "up", "top")
    assert ballot.said() == [f"{ballot.title(e)}, place {place} of 5" for place in (4, 3, 1)]
    assert ballot.focused_card() == e
    ballot.tap_move(e, place=3)
    assert ballot.said() == [f"{ballot.title(e)}, place 3 of 5"]
    assert ballot.focused_card() == e
    ballot.drag_to(e, 5)
    assert ballot.said() == [f"{ballot.title(e)}, place 5 of 5"]
    assert ballot.focused_card() == e
    assert ballot.order() == [c, a, b, d, e]


STILL_SLID = """async () => {
  await Promise.all(document.getAnimations().map((motion) => motion.finished));
  return document.getAnimations().length; }"""
HURRIED_KEYS = """(keys) => { for (const key of keys)
  document.querySelector("[data-table]").dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })); }"""
HURRIED = "(buttons) => { for (const button of buttons) document.querySelector(button).click(); }"


def test_taps_before_the_first_is_seen_count_like_all_others(ranking):
    ballot, (a, b, c, d, e) = ranking()
    ballot.press(ballot.row(d).locator("[data-select]"))
    up, top = (f"[data-code={d}] [data-move={move}]" for move in ("up", "top"))
    ballot.listen()
    ballot.page.evaluate(HURRIED, [up, up])
    assert ballot.order() == [a, d, b, c, e]
    ballot.page.evaluate(HURRIED, [up, "[data-step=rank] [data-undo]", top, "[data-goes=choose]"])
    ballot.wait_for("choose").go("Order").wait_for("rank")
    assert ballot.order() == [d, a, b, c, e]
    assert ballot.page.evaluate(STILL_SLID) == 0
    name = ballot.title(d)
    assert ballot.said() == [f"{name}, place {place} of 5" for place in (3, 2, 1)] + [
        f"Taken back. {name}, place 2 of 5",
        f"{name}, place 1 of 5",
    ]


def test_cards_sorted_before_the_next_is_seen_lie_on_their_piles(person):
    ballot = person("it", "tablet")
    first = ballot.present_card()
    ballot.page.evaluate(HURRIED_KEYS, "1")
    expect(ballot.section("sort").locator("[data-undo]")).to_be_enabled()
    ballot.page.evaluate(HURRIED_KEYS, "121u")
    expect(ballot.section("sort").locator("[data-pile] [data-count]")).to_have_text(["2", "1", "0", "0"])
    expect(ballot.section("sort").locator("[data-progress]")).to_have_text("4 of 52")
    fourth = ballot.present_card()
    expect(ballot.card).to_have_count(1)
    assert ballot.card.bounding_box()["width"] > 200
    assert ballot.reload().present_card() == fourth != first


def test_three_taps_bring_a_card_to_any_place_and_undo_takes_it_back(ranking):
    ballot, codes = ranking(count=10)
    before = ballot.actions["press"]
    ballot.tap_move(codes[9], place=2)
    assert ballot.actions["press"] - before == 3
    assert ballot.order() == [codes[0], codes[9], *codes[1:9]]
    ballot.press(ballot.section("rank").locator("[data-undo]"))
    assert ballot.order() == codes


def test_sorting_can_be_taken_back_card_by_card(person):
    ballot = person()
    first, second = ballot.sort_one("often"), ballot.sort_one("no")
    ballot.press(ballot.section("sort").locator("[data-undo]"))
    assert ballot.present_card() == second
    ballot.page.keyboard.press("u")
    assert ballot.present_card() == first
    expect(ballot.section("sort").locator("[data-progress]")).to_have_text("1 of 52")


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_a_finger_swipes_cards_to_the_outer_piles_and_still_scrolls(person, motion):
    ballot = person("customers", "phone", reduced_motion=motion)
    us, nothing, otherwise = ballot.swipe(-200), ballot.swipe(40), ballot.swipe(200)
    assert nothing == otherwise != us
    third = ballot.swipe(30, along=-200)
    assert ballot.present_card() == third
    counts = ballot.section("sort").locator("[data-pile] [data-count]")
    expect(counts).to_have_text(["1", "0", "1", "0"])
    ballot.press(ballot.section("sort").locator("[data-undo]"))
    assert ballot.present_card() == otherwise
    ballot.press(ballot.card.locator(".turn-button"))
    ballot.swipe(-200)  # turned over, too
    expect(counts).to_have_text(["2", "0", "0", "0"])


def test_a_mouse_selects_text_and_swipes_nothing(person):
    ballot = person("it", "desktop")
    present = ballot.present_card()
    box = ballot.section("sort").locator("[data-card]").bounding_box()
    ballot.page.mouse.move(box["x"] + 300, box["y"] + 100)
    ballot.page.mouse.down()
    ballot.page.mouse.move(box["x"], box["y"] + 100, steps=5)
    ballot.page.mouse.up()
    assert ballot.present_card() == present


def test_the_list_shows_all_titles_with_their_piles_and_changes_them(person):
    ballot = person()
    first = ballot.sort_one("often")
    ballot.press(ballot.section("sort").get_by_role("link", name="List"))
    expect(ballot.titles()).to_have_count(52)
    row = ballot.title_row(first)
    expect(row.locator("[data-pile-name]")).to_have_text("Yes, often")
    ballot.press(row.locator("[data-look]"))
    expect(row.get_by_role("radio", name="Yes, often")).to_be_checked()
    ballot.press(row.locator("label", has_text="Sometimes"))
    expect(row.locator("[data-pile-name]")).to_have_text("Sometimes")
    ballot.page.go_back()
    ballot.wait_for("sort")
    expect(ballot.section("sort").locator("[data-count=sometimes]").last).to_have_text("1")


def test_the_cap_is_explained_and_holds(person):
    ballot = person()
    codes = ballot.sort_some(12)
    for code in codes:
        ballot.tick(code)
    expect(ballot.section("choose").locator("[data-line]")).to_have_text("12 of 10: put 2 back")
    expect(ballot.section("choose").locator("[data-on]")).to_be_disabled()
    ballot.page.goto(f"{ballot.page.url.split('#')[0]}#rank")
    assert ballot.step == "choose"
    for code in codes[:2]:
        ballot.tick(code)
    ballot.choose([])
    assert ballot.order() == codes[2:]


def test_all_of_a_pile_are_offered_while_they_fit_beside_what_is_chosen(person):
    ballot = person()
    codes = [ballot.sort_one("often" if number < 8 else "sometimes") for number in range(11)]
    ballot.go("Choose").wait_for("choose")
    take_all = ballot.section("choose").locator("[data-take-all]")
    ballot.tick(codes[8])
    ballot.tick(codes[9])
    expect(take_all).to_be_visible()
    ballot.tick(codes[10])
    expect(take_all).to_be_hidden()  # eight and three are too many
    ballot.tick(codes[0])
    expect(take_all).to_be_hidden()  # as seven and four
    ballot.tick(codes[9])
    ballot.press(take_all)
    expect(ballot.section("choose").locator("[data-line]")).to_have_text("10 of 10 chosen")
    ballot.choose([])
    assert sorted(ballot.order()) == sorted({*codes} - {codes[9]})


def test_a_reload_in_the_middle_of_any_step_loses_nothing(person):
    ballot = person("customers", "phone")
    codes = [ballot.sort_one("often") for _ in range(4)]
    present = ballot.present_card()
    ballot.reload()
    assert (ballot.step, ballot.present_card()) == ("sort", present)
    ballot.go("Choose")
    ballot.tick(codes[2])
    ballot.reload()
    assert ballot.step == "choose"
    expect(ballot.section("choose").locator("[data-line]")).to_have_text("1 of 10: at least 3")
    ballot.choose([codes[0], codes[3], codes[1]])
    ballot.tap_move(codes[1], "top")
    ballot.reload()
    assert (ballot.step, ballot.order()) == ("rank", [codes[1], codes[2], codes[0], codes[3]])
    ballot.reasons({"costs": ["money"], "words": "Überstunden 🙂"}, moment="outage")
    ballot.reload()
    panel = ballot.section("why").locator(".why-card").first
    expect(panel.locator("textarea")).to_have_value("Überstunden 🙂")
    expect(panel.locator("[value=money]")).to_be_checked()
    expect(ballot.section("why").locator("[value=outage]")).to_be_checked()
    receipt = ballot.send()
    ballot.reload()
    assert (ballot.step, ballot.receipt()) == ("send", receipt)


def test_back_and_forward_go_step_by_step(ranking):
    ballot, codes = ranking()
    ballot.reasons()
    for step in ("rank", "choose", "sort"):
        ballot.page.go_back()
        ballot.wait_for(step)
    for step in ("choose", "rank", "why"):
        ballot.page.go_forward()
        ballot.wait_for(step)
    assert ballot.page.evaluate("document.activeElement.id") == "why-title"
    assert ballot.order() == codes


def test_an_answer_is_taken_back_by_no_answer(ranking):
    ballot, _codes = ranking()
    ballot.reasons({"basis": "know", "evidence": "data"})
    panel = ballot.section("why").locator(".why-card").first
    ballot.press(panel.locator(".chip-none").first)
    ballot.reload()
    expect(panel.locator("[value=know]")).not_to_be_checked()
    expect(panel.locator("[value=data]")).to_be_checked()


def test_each_number_of_hits_that_can_be_expected_is_kept_as_it_was_answered(ranking):
    ballot, _ranked = ranking(count=3)
    ballot.reasons()
    chips = ballot.section("why").locator("[name=expected]")
    values = chips.evaluate_all("chips => chips.map(chip => chip.value)")
    assert sorted(values) == sorted([*map(str, range(11)), ""])
    for number in range(len(values)):
        chips.nth(number).check(force=True)
        ballot.reload()
        expect(chips.nth(number)).to_be_checked()


def test_what_the_server_keeps_of_a_ballot_under_way_tells_neither_that_it_was_sent_nor_when(person):
    ballot, drafts = person("customers", "phone"), []
    ballot.page.on("request", lambda asked: "/draft" in asked.url and drafts.append(asked.post_data_json["draft"]))
    codes = ballot.sort_some(3)
    ballot.choose(codes).send()
    ballot.press(ballot.section("send").get_by_role("button", name="Change my order"))
    with ballot.saving(lambda draft: draft["ranking"][0] == codes[2]):
        ballot.wait_for("rank").tap_move(codes[2], "top")
    kept = set().union(*drafts)
    assert "ranking" in kept
    assert kept.isdisjoint({"sent", "shared"})
