"""The ballot as it is heard and touched: what a screen reader is told, in order, and where the focus is."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.ballot_page import BallotPage
from tests.browser.waiting import until


class Listener:
    """Somebody who sees nothing: presses keys, and is told names, states and what the live region says."""

    def __init__(self, page):
        self.page, self.cdp = page, page.context.new_cdp_session(page)
        self.cdp.send("Accessibility.enable")
        page.evaluate(
            """() => { window.heard = []; const region = document.querySelector("[data-live]");
            new MutationObserver(() => window.heard.push(region.textContent.trim()))
              .observe(region, { childList: true, characterData: true, subtree: true }); }"""
        )

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.page.wait_for_timeout(150)  # nobody who listens presses sooner
        return self

    def focus(self):
        """Role, name and what is said of the state of what has the focus."""
        node = self._focused()
        said = {entry["name"]: entry["value"].get("value") for entry in node.get("properties", [])}
        states = [f"{name}={said[name]}" for name in ("checked", "expanded", "disabled") if name in said]
        if states == ["checked=false"]:
            states = []
        return " ".join([node["role"]["value"], node.get("name", {}).get("value", "").strip(), *states]).replace(
            "\xa0", " "
        )

    def _focused(self):
        found = self.cdp.send("Runtime.evaluate", {"expression": "document.activeElement"})
        whole = self.cdp.send(
            "Accessibility.getPartialAXTree", {"objectId": found["result"]["objectId"], "fetchRelatives": False}
        )
        return whole["nodes"][0]

    def said(self):
        """What the live region said since the last time."""
        self.page.wait_for_timeout(100)
        return [line.replace("\xa0", "") for line in self.page.evaluate("window.heard.splice(0)")]


@pytest.fixture
def ballot(device):
    return BallotPage(device("desktop"), touch=False)


def test_a_whole_ballot_as_it_is_heard(ballot, facilitator):
    ballot.open_at(facilitator.link("customers"))
    ear = Listener(ballot.page)
    expect(ballot.page).to_have_title(re.compile("^Does this happen here\\? · Your ballot · "))
    sort_by_keys(ballot, ear)
    choose_by_keys(ballot, ear)
    put_in_order_by_keys(ballot, ear)
    take_an_answer_back(ballot, ear)
    send_by_keys(ballot, ear)


def sort_by_keys(ballot, ear):
    assert ear.focus() == "heading Does this happen here?"
    titles = []
    for key in "1112":
        titles.append(ballot.title(ballot.present_card()))
        ear.press(key)
    said = ear.said()
    assert [line.split(": ")[0] for line in said] == [
        "Yes, often. Card 2 of 52",
        "Yes, often. Card 3 of 52",
        "Yes, often. Card 4 of 52",
        "Sometimes. Card 5 of 52",
    ]
    assert [titles[place] in said[place - 1] for place in (1, 2, 3)] == [True] * 3
    ear.press("u")
    (line,) = ear.said()
    assert line.startswith(f"Taken back. Card 4 of 52: {titles[3]}. ")
    assert ear.focus() == "heading Does this happen here?"


def choose_by_keys(ballot, ear):
    ballot.go("Choose")
    expect(ballot.page).to_have_title(re.compile("^Choose up to 10 · "))
    assert ear.focus() == "heading Choose up to 10"
    ear.press("Tab")
    assert ear.focus() == "button Choose all 3 of these"
    ear.press("Enter")
    assert ear.said() == ["3 of 10 chosen"]
    assert ear.focus() == "button Put in order"
    ear.press("Enter")


def put_in_order_by_keys(ballot, ear):
    assert ear.focus() == "heading Put in order"
    ear.press("Tab")
    code = ballot.order()[0]
    title = ballot.title(code)
    assert ear.focus() == f"button Place 1: {title} {code} expanded=False"
    ear.press("ArrowDown")
    assert ear.said() == [f"{title}, place 2 of 3"]
    assert ear.focus() == f"button Place 2: {title} {code} expanded=False"
    ear.press("Enter", "Tab", "Tab", "Tab", "Tab")
    assert ear.focus() == "button Place…"
    ear.press("Enter")
    expect(ballot.page.get_by_role("dialog", name=f"Move to place {title}")).to_be_visible()
    ear.press("Escape")
    ballot.section("rank").locator("[data-undo]").focus()
    ear.said()
    ear.press("Enter")
    assert ear.said() == [f"Taken back. {title}, place 1 of 3"]
    assert ear.focus() == "button Undo disabled=True"
    ballot.section("rank").locator("[data-on]").focus()
    ear.press("Enter")


def take_an_answer_back(ballot, ear):
    assert ear.focus() == "heading What does it cost you?"
    ballot.page.get_by_role("radio", name="Calm").focus()
    ear.press("Space")
    assert ear.focus() == "radio Calm checked=true"
    ear.press("ArrowRight", "ArrowRight", "ArrowRight")
    assert ear.focus() == "radio No answer checked=true"


def send_by_keys(ballot, ear):
    ballot.section("why").locator("[data-on]").focus()
    ear.said()
    ear.press("Enter")
    receipt = ballot.receipt()
    assert ear.focus().startswith("heading Sent ")
    *before, last = ear.said()
    assert last.endswith(f"Receipt {receipt}. Thank you. Your order will count.")
    assert [line for line in before if "Not sent" in line] == []
    expect(ballot.page).to_have_title(re.compile("^Sent "))


def test_single_keys_sort_only_where_the_cards_are(ballot, facilitator):
    ballot.open_at(facilitator.link("customers"))
    page, progress = ballot.page, ballot.section("sort").locator("[data-progress]")
    for place in ("[data-step=sort] .sort-tools a", ".steps a", ".elsewhere-link"):
        page.locator(place).first.focus()
        for key in "1230u":
            page.keyboard.press(key)
        expect(progress).to_have_text("1 of 52")
    ballot.card.locator("summary").focus()
    page.keyboard.press("3")
    expect(progress).to_have_text("2 of 52")


def test_whoever_turns_a_card_over_and_sorts_it_is_at_the_next_card(ballot, facilitator):
    ballot.open_at(facilitator.link("customers"))
    ear = Listener(ballot.page)
    ballot.card.locator("summary").focus()
    ear.press("Enter", "1")
    title = ballot.title(ballot.present_card())
    assert ear.focus() == f"DisclosureTriangle Turn over {title} expanded=False"


def test_a_card_taken_back_by_its_key_has_the_focus_and_hears_the_next_key(ballot, facilitator):
    ballot.open_at(facilitator.link("customers"))
    ear, progress = Listener(ballot.page), ballot.section("sort").locator("[data-progress]")
    taken_back = ballot.title(ballot.present_card())
    ballot.card.locator("summary").focus()
    ear.press("1", "u")
    assert ear.focus() == f"DisclosureTriangle Turn over {taken_back} expanded=False"
    ear.press("3")
    expect(progress).to_have_text("2 of 52")


def test_a_second_tap_too_soon_to_have_read_the_card_sorts_nothing(device, facilitator):
    ballot = BallotPage(device("tablet")).open_at(facilitator.link("customers"))
    ballot.page.evaluate(
        """() => { const pile = document.querySelector("[data-pile=often]"); pile.click(); pile.click(); }"""
    )
    expect(ballot.section("sort").locator("[data-progress]")).to_have_text("2 of 52")
    ballot.page.wait_for_timeout(110)
    ballot.sort_one("no")
    expect(ballot.section("sort").locator("[data-progress]")).to_have_text("3 of 52")


def test_what_was_pressed_and_is_gone_leaves_the_focus_on_the_heading(ballot, facilitator):
    ballot.open_at(facilitator.link("it"))
    ballot.choose(ballot.sort_some(3)).send()
    page, ear = ballot.page, Listener(ballot.page)
    page.get_by_role("button", name="Change my order").focus()
    ear.press("Enter")
    ballot.wait_for("rank")
    ballot.key_move(ballot.order()[0], "ArrowDown")
    ballot.press_send()
    page.get_by_role("button", name="Replace it").focus()
    ear.press("Enter")
    ballot.receipt()
    assert ear.focus().startswith("heading Sent ")
    facilitator.lock("it")


def test_trying_again_in_vain_is_said(ballot, facilitator):
    ballot.open_at(facilitator.link("it"))
    ballot.choose(ballot.sort_some(3))
    facilitator.lock("it")
    ballot.press_send()
    expect(ballot.heading).to_have_text("The ballots are locked")
    ear = Listener(ballot.page)
    ballot.page.get_by_role("button", name="Try now").focus()
    ear.press("Enter")
    expect(ballot.heading).to_have_text("The ballots are locked")
    until(ballot.page, "() => window.heard.some(line => line.startsWith('The ballots are locked'))")
    facilitator.reopen("it")


def test_words_that_are_cut_are_said(ballot, facilitator):
    ballot.open_at(facilitator.link("customers"))
    ballot.choose(ballot.sort_some(3)).reasons()
    ear = Listener(ballot.page)
    words = ballot.section("why").locator("textarea").first
    words.fill("x" * 259)
    words.press("x")
    assert ear.said() == ["20 characters left."]
    words.fill("x" * 279)
    words.press("x")
    assert ear.said() == ["No more characters fit."]
