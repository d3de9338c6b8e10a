"""The two ways through the cards: from a list, and one at a time until that is enough; what each asks of a person."""

import re

import pytest
from playwright.sync_api import expect

from cardsort.domain.effort import Effort
from tests.browser.ballot_page import BallotPage
from tests.browser.live import Facilitator

# Every text that can be read on the page just now, block by block; codes, single signs and numbers are no words.
READ = """() => {
  const texts = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const parent = node.parentElement;
    const hidden = parent.closest("script, template, noscript, .visually-hidden, .skip, [data-aside], [hidden]");
    if (!hidden && parent.checkVisibility({ visibilityProperty: true })) texts.add(node.textContent.trim());
  }
  return [...texts];
}"""
WORD = re.compile(r"[^\W\d_][\w’'-]+")


class Reader:
    """Somebody who reads each text once, wherever it stands again."""

    def __init__(self, ballot):
        self.ballot, self.texts = ballot, set()

    def read(self):
        self.texts |= {
            text for text in self.ballot.page.evaluate(READ) if not re.fullmatch(r"[A-Z]-\d\d|[A-Z]{2}", text)
        }

    @property
    def words(self):
        return sum(len(WORD.findall(text)) for text in self.texts)


@pytest.fixture
def phone(device):
    return BallotPage(device("phone"))


def codes_of(ballot):
    return ballot.titles().evaluate_all("rows => rows.map(row => row.dataset.code)")


def test_a_useful_ballot_from_the_list_takes_few_taps_and_few_words(phone, facilitator, capsys):
    reader = Reader(phone.open(facilitator.link("customers"), way="list"))
    phone.wait_for("list")
    reader.read()
    chosen = codes_of(phone)[3:24:3][:8]
    phone.mark([*chosen, codes_of(phone)[30]])
    phone.press(phone.section("list").locator("[data-on]"))
    phone.wait_for("rank")
    reader.read()
    for code in (chosen[5], chosen[6], chosen[4]):  # the last one lies at the top then
        phone.tap_move(code, "top")
    assert phone.order()[:3] == [chosen[4], chosen[6], chosen[5]]
    phone.reasons()
    reader.read()
    phone.press_send().receipt()
    reader.read()
    taps = phone.actions["press"]
    with capsys.disabled():
        print(f" from a list: {taps} taps, {reader.words} words, about {Effort(reader.words, taps).minutes} minutes")
    assert taps <= 25
    assert reader.words <= 450
    assert Effort(reader.words, taps).minutes == 3
    assert facilitator.counts() == {"it": 0, "customers": 1}


def test_one_card_at_a_time_takes_the_minutes_that_the_welcome_says(phone, facilitator, capsys):
    reader = Reader(phone.open(facilitator.link("customers")))
    wanted = []
    for number in range(52):
        reader.read()
        wanted += [phone.sort_one("often" if number % 5 == 0 else "no")][: number % 5 == 0]
        if number < 51:
            expect(phone.section("sort").locator("[data-progress]")).to_have_text(f"{number + 2} of 52")
    phone.wait_for("choose")
    reader.read()
    phone.choose(wanted[:10])
    reader.read()
    for code in wanted[3:6]:
        phone.tap_move(code, "top")
    phone.reasons()
    reader.read()
    phone.press_send().receipt()
    reader.read()
    taps = phone.actions["press"]
    with capsys.disabled():
        print(f" one at a time: {taps} taps, {reader.words} words, about {Effort(reader.words, taps).minutes} minutes")
    assert abs(Effort(reader.words, taps).minutes - 10) <= 1


def test_more_marks_than_may_be_put_in_order_are_chosen_from(phone, facilitator):
    phone.open(facilitator.link("customers"), way="list")
    codes = codes_of(phone)
    phone.mark(codes[:12])
    expect(phone.section("list").locator("[data-line]")).to_have_text("12 of 10: put 2 back")
    phone.press(phone.section("list").locator("[data-on]"))
    phone.wait_for("choose")
    marked = phone.section("choose").locator("[data-list-marked] > [data-code]")
    assert sorted(marked.evaluate_all("rows => rows.map(row => row.dataset.code)")) == sorted(codes[:12])
    for code in codes[:2]:
        phone.tick(code)
    phone.choose([])
    assert phone.order() == codes[2:12]


def test_changing_the_way_keeps_piles_and_marks_and_a_reload_stays_on_it(phone, facilitator):
    phone.open(facilitator.link("customers"))
    piles = [phone.sort_one(pile) for pile in ("often", "no", "unsure")]
    phone.press(phone.section("sort").get_by_role("link", name="List"))
    phone.wait_for("list").mark(codes_of(phone)[:2])
    names = phone.section("list").locator("[data-pile-name]:not(:empty)")
    assert sorted(names.all_inner_texts()) == ["Can’t say", "No", "Yes, often"]
    phone.reload().wait_for("list")
    marked = codes_of(phone)[:2]
    expect(phone.section("list").locator("[data-line]")).to_have_text("2 of 10: at least 3")
    phone.press(phone.section("list").get_by_role("link", name="One card at a time"))
    phone.wait_for("sort")
    expect(phone.section("sort").locator("[data-progress]")).to_have_text("4 of 52")
    phone.go("Choose").wait_for("choose")
    ticked = phone.section("choose").locator("[data-code]:has(:checked)")
    assert sorted(ticked.evaluate_all("rows => rows.map(row => row.dataset.code)")) == sorted(marked)
    assert piles[0] in phone.section("choose").locator("[data-list-often] > [data-code]").evaluate_all(
        "rows => rows.map(row => row.dataset.code)"
    )


def test_undo_in_the_list_takes_back_the_last_pile_and_no_other_change_with_it(phone, facilitator):
    phone.open(facilitator.link("customers"))
    marked, moved = [phone.sort_one(pile) for pile in ("often", "no")]
    phone.press(phone.section("sort").get_by_role("link", name="List"))
    phone.wait_for("list").mark([marked])
    row, undo = phone.title_row(moved), phone.section("list").locator("[data-undo]")
    phone.press(row.locator("[data-look]"))
    phone.press(row.locator("label", has_text="Yes, often"))
    expect(row.locator("[data-pile-name]")).to_have_text("Yes, often")
    phone.listen()
    phone.press(undo)
    expect(row.locator("[data-pile-name]")).to_have_text("No")
    expect(row.locator("input[value=no]")).to_be_checked()
    expect(phone.title_row(marked).locator("input[type=checkbox]")).to_be_checked()
    assert phone.said()[-1].startswith(f"Taken back: {phone.title(moved)}.")
    phone.press(undo)
    expect(phone.title_row(marked).locator("input[type=checkbox]")).not_to_be_checked()
    expect(row.locator("[data-pile-name]")).to_have_text("No")


def test_from_the_fifteenth_card_on_it_may_be_enough_and_what_was_not_seen_is_said(phone, facilitator):
    phone.open(facilitator.link("it"))
    enough = phone.section("sort").locator("[data-enough]")
    codes = [phone.sort_one("sometimes") for _ in range(14)]
    expect(phone.section("sort").locator("[data-progress]")).to_have_text("15 of 52")
    expect(enough).to_be_hidden()
    codes.append(phone.sort_one("often"))
    expect(enough).to_be_visible()
    assert enough.inner_text().split() == ["That", "is", "enough:", "choose", "now", "37", "not", "looked", "at"]
    phone.press(enough)
    phone.wait_for("choose")
    rest = phone.section("choose").locator("details[data-pile-rest]")
    expect(rest.locator("summary")).to_have_text("Not looked at yet: 37")
    phone.choose(codes[:3]).send()
    assert facilitator.counts() == {"it": 1, "customers": 0}


def test_a_step_that_is_not_open_yet_looks_it_and_says_why_when_it_is_tapped(phone, facilitator):
    phone.open(facilitator.link("customers"))
    steps = phone.page.get_by_role("navigation", name="Steps")
    for name in ("Choose", "Order", "Say why"):
        expect(steps.get_by_role("link", name=name)).to_have_attribute("aria-disabled", "true")
    steps.get_by_role("link", name="Order").dispatch_event("click")
    expect(phone.notice("missing")).to_have_text("Choose at least 3 cards first; none so far.")
    assert phone.step == "sort"
    codes = [phone.sort_one("often") for _ in range(3)]
    expect(phone.notice("missing")).to_be_hidden()
    expect(steps.get_by_role("link", name="Choose")).to_have_attribute("aria-disabled", "false")
    phone.go("Choose")
    phone.choose(codes)
    expect(steps.get_by_role("link", name="Say why")).to_have_attribute("aria-disabled", "false")


def test_the_facilitator_says_which_way_is_offered_first(device, facilitator, server):
    for kind, first in (("phone", "list"), ("tablet", "cards")):
        page = device(kind).new_page()
        page.goto(facilitator.link("customers"))
        tops = {way: page.locator(f".way-{way}").bounding_box() for way in ("list", "cards")}
        assert min(tops, key=lambda way: (tops[way]["y"], tops[way]["x"])) == first
    wanted = Facilitator(server).start(first_way_customers="cards")
    page = device("phone").new_page()
    page.goto(wanted.link("customers"))
    assert page.locator(".way-cards").bounding_box()["y"] < page.locator(".way-list").bounding_box()["y"]


def test_an_open_tab_learns_that_the_result_was_shown_and_changes_nothing_any_more(phone, facilitator):
    phone.open(facilitator.link("customers"), way="list")
    phone.mark(codes_of(phone)[:3])
    phone.press(phone.section("list").locator("[data-on]"))
    phone.wait_for("rank").section("rank")
    phone.send()
    change = phone.section("send").get_by_role("button", name="Change my order")
    expect(change).to_be_visible()
    facilitator.lock("it")
    facilitator.lock("customers")
    facilitator.reveal()
    phone.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(phone.section("send").get_by_text("The result has been shown.")).to_be_visible()
    expect(change).to_be_hidden()


def test_is_it_anonymous_says_what_is_stored_what_not_and_what_is_printed(device, facilitator):
    page = device("phone").new_page()
    page.goto(facilitator.link("customers"))
    page.get_by_role("link", name="Is it anonymous?").click()
    for heading in ("What is stored", "What is not stored", "Who could find out what", "What is printed"):
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    expect(page.get_by_text("Words are printed exactly as you write them")).to_be_visible()
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_role("link", name="From a list")).to_be_visible()
