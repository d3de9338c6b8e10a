"""A whole workshop as its people meet it, from the invitation to "You said, we did" and through a second round.

On a laptop, a projector, a tablet and three phones, which share no cookie. What follows by hand, ten cards chosen (an
unlisted card takes the mean of places 11 to 52, 31.5):

Round 1, IT (12): ten rank A-01 A-02 A-03 … A-10, two with A-02 first, so A-01 has 10 × 1 + 2 × 2 = 14, A-02 22, the
others 12 × their place. Customers (30): the 20 in branches and field service rank A-03 C-01 A-05 S-01 S-02 A-02 C-08
B-13 C-05 S-10, the 10 citizens C-01 first, so A-03 has 20 × 1 + 10 × 2 = 40, C-01 50, the others 30 × their place. So
both lists stand as they are written; A-02, A-03 and A-05 are in both.

Round 2: nobody among the customers lists A-03 any more, which falls from 1 to 11–52; B-02 comes from there to 10. All 30
agree. IT has learned: of its ten, C-01 S-01 S-02 A-05 A-02 C-08 are the customers' too, which makes six. A-03 stays at 3.
"""

import re
from dataclasses import dataclass, field
from io import BytesIO

from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from tests.browser.ballot_page import BallotPage
from tests.browser.desk_page import bring_in, expect_step, item, press, put, saved, show_code, show_link, turn

IT = "A-01 A-02 A-03 A-04 A-05 A-06 A-07 A-08 A-09 A-10".split()
IT_OTHERWISE = ["A-02", "A-01", *IT[2:]]
CUSTOMERS = "A-03 C-01 A-05 S-01 S-02 A-02 C-08 B-13 C-05 S-10".split()
CITIZENS = ["C-01", "A-03", *CUSTOMERS[2:]]
IT_LATER = "C-01 S-01 A-03 S-02 A-05 A-02 C-08 A-04 A-06 A-07".split()
CUSTOMERS_LATER = [*CUSTOMERS[1:], "B-02"]
KINDS = {"Branches": ("internal", 10), "Field service": ("business", 12), "Citizens": ("paying", 10)}
PILES = dict.fromkeys([*IT, *CUSTOMERS, *CUSTOMERS_LATER], "us")


@dataclass
class Room:
    """Everybody's devices. Each phone is one customer's own; the tablet is IT's, the wall the projector."""

    laptop: Page
    wall: Page
    tablet: BrowserContext
    phones: dict[str, BrowserContext]
    links: dict[str, str] = field(default_factory=dict)


def test_a_workshop_from_the_invitation_to_what_was_done_and_what_moved_after_it(server, device, deck):
    room = Room(
        laptop=device("desktop").new_page(),
        wall=device("desktop", viewport={"width": 1920, "height": 1080}).new_page(),
        tablet=device("tablet"),
        phones={kind: device("phone") for kind in KINDS},
    )
    prepare(room, server)
    print_the_invitations(room)
    vote(room, server)
    bring_in_the_others(room)
    lock_and_reveal(room)
    turn_the_slides(room, deck)
    agree(room, deck)
    read_the_report(room, deck)
    publish(room, deck)
    ask_again(room)
    lock_and_reveal(room)
    read_what_moved(room, deck)


# Act 1: before anybody votes


def prepare(room, server):
    """One page to fill in, and the desk on two devices that share nothing but the facilitator's link."""
    page = room.laptop
    page.goto(f"{server.url}/new")
    page.get_by_label("Name of the workshop").fill("Service desk, autumn")
    page.get_by_label("Organisation").fill("Harbour City")
    page.locator("summary", has_text="Kinds of customers").click()
    page.get_by_text("More kinds").click()
    for number, (kind, (place, expected)) in enumerate(KINDS.items(), start=1):
        page.get_by_label(f"Name of kind {number}").fill(kind)
        page.get_by_label(f"Place of kind {number}").select_option(place)
        page.get_by_label(f"How many people of kind {number}").fill(str(expected))
    page.get_by_text("More, if you want it").click()
    page.get_by_label("How many people in IT do you expect?").fill("12")
    page.get_by_label("How many customers?").fill("32")
    press(page, "Start the workshop")
    room.wall.goto(page.locator("[data-address]").inner_text())
    page.get_by_role("link", name="to the desk").click()
    expect(room.wall.locator("h1")).to_have_text("Service desk, autumn")
    expect_counts(room.wall, it="0 of 12 expected", customers="0 of 32 expected")
    room.links = {group: show_link(page, group) for group in ("it", "customers")}


def print_the_invitations(room):
    page = room.laptop
    page.get_by_role("link", name="invitations, ballots and cards").click()
    expect(page.get_by_text("The report can be printed once the result is revealed.")).to_be_visible()
    sheets = download(page, "A4 : invitations")
    page.go_back()
    for sheet, group, who in zip(sheets, ("it", "customers"), ("in IT", "who use the IT services"), strict=True):
        assert show_code(page, group) in sheet
        assert who in sheet
        assert room.links[group].split("/v/")[0] in sheet


# Act 2: voting


def vote(room, server):
    """Two in IT pass one tablet on; three customers come by the link for all, by their kind's, and by the code."""
    it = BallotPage(room.tablet)
    it.open(f"{room.links['it']}?kiosk=1").sort_all(PILES)
    it.choose(["A-02", *IT[:1], *IT[2:]]).drag_to("A-01", 1)
    send(it, IT, {"basis": "think"})
    it.press(it.page.locator("[data-next]:visible").last)
    it.press(it.page.locator(".go a"))
    it.wait_for("sort").sort_all(PILES).choose(IT_OTHERWISE)
    send(it, IT_OTHERWISE, {"basis": "know", "evidence": "asked"})
    expect_counts(room.wall, it="2 of 12 expected", customers="0 of 32 expected")

    first = BallotPage(room.phones["Branches"]).open(room.links["customers"])
    first.say_who("Branches").sort_all(PILES)
    first.choose(CUSTOMERS)
    send(first, CUSTOMERS, {"costs": ["time"], "words": "Nobody knows who pays."})
    desk = room.laptop
    desk.get_by_text("A link for each kind").click()
    kind = desk.get_by_role("listitem").filter(has_text="Citizens").locator(".door-address a").get_attribute("href")
    citizen = BallotPage(room.phones["Citizens"]).open(kind).wait_for("sort")
    citizen.sort_all(PILES).choose(CITIZENS)
    send(citizen, CITIZENS)
    third = room.phones["Field service"].new_page()
    third.goto(server.url)
    third.get_by_label("Code from the screen").fill(show_code(desk, "customers"))
    third.get_by_role("button", name="Join").tap()
    third.wait_for_url("**/v/*")
    driver = BallotPage(room.phones["Field service"]).open(third.url).say_who("Field service")
    driver.sort_all(PILES).choose(CUSTOMERS)
    send(driver, CUSTOMERS)
    expect_counts(room.wall, it="2 of 12 expected", customers="3 of 32 expected")


def send(person, ranking, *reasons):
    assert person.order() == ranking
    assert person.reasons(*reasons, moment=None).send()


def table(*ballots):
    """So many lines of each ballot: (count, kind of customer or "" for IT, ranking)."""
    lines = [f"{'customers' if kind else 'it'},{' '.join(order)},{kind}\n" * count for count, kind, order in ballots]
    return "group,ranking,segment\n" + "".join(lines)


def bring_in_the_others(room):
    page = room.laptop
    customers = [(9, "Branches", CUSTOMERS), (9, "Field service", CUSTOMERS), (9, "Citizens", CITIZENS)]
    bring_in(page, table((9, "", IT), (1, "", IT_OTHERWISE), *customers))
    rows = page.get_by_role("region", name="What would be stored").locator("tbody tr")
    expect(rows).to_have_text(
        [re.compile(rf"{kind}\s+{count}$") for kind, count in (("prediction", 10), *((kind, 9) for kind in KINDS))]
    )
    expect_counts(room.wall, it="2 of 12 expected", customers="3 of 32 expected")
    store(page, 37)
    expect_counts(room.wall, it="12 of 12 expected", customers="30 of 32 expected")
    expect(room.wall.locator(".count-segments li")).to_have_text(
        [re.compile(rf"10 of {expected}\s+{kind}$") for kind, (_, expected) in KINDS.items()]
    )


def store(page, count):
    press(page, f"Store {count} ballots")
    expect(page.get_by_role("status")).to_contain_text(f"{count} ballots stored.")
    page.get_by_role("link", name="Look at the counts").click()


def expect_counts(desk, **said):
    """The desk on the other device says so by itself."""
    for group, count in said.items():
        expect(desk.locator(f"[aria-labelledby='count-{group}']")).to_contain_text(count, timeout=8000)


# Act 3: the reveal


def lock_and_reveal(room):
    page = room.laptop
    for name in ("Lock IT’s prediction", "Lock the customers’ ballots"):
        press(page, name)
    page.get_by_role("link", name="Reveal …").click()
    press(page, "Reveal now")


def turn_the_slides(room, deck):
    """Keys turn them on the wall; the laptop follows; nothing is shown before its turn; a reload changes nothing."""
    wall, page = room.wall, room.laptop
    wall.get_by_role("link", name="Show it step by step").click()
    page.goto(wall.url)
    number = 0
    while wall.locator("h1").inner_text() != "Side by side":
        number += 1
        turn(wall, "ArrowRight", number)
        print(number, wall.locator("h1").inner_text())
    expect_step(page, number)
    for one in (wall, page):
        assert titles_on(one, "it") == [deck[code].title for code in IT]
        assert titles_on(one, "customers") == [deck[code].title for code in CUSTOMERS]
    wall.reload()
    expect_step(wall, number)


def titles_on(page, group):
    return page.locator(f".side-{group} .row-title").all_inner_texts()


# Act 4: what becomes of it


def agree(room, deck):
    page = room.laptop
    page.get_by_role("link", name="Desk").click()
    page.get_by_role("link", name="Agree what will be done").click()
    for code in ("A-03", "C-01", "S-10"):
        put(page, deck[code].title)
    decide(page, "A-03", "We do it", **{"What will be done": "A day a month in a branch"})
    decide(page, "C-01", "Later", **{"Why not, or why later": "After the move"})
    reasons = {"Why not, or why later": "The prices are the city’s", "What there is instead": "A list of all costs"}
    decide(page, "S-10", "No", **reasons)


def decide(page, code, decision, **words):
    form = item(page, code)
    form.locator("summary").first.click()
    form.get_by_role("group", name="What becomes of it?").get_by_label(decision, exact=True).check()
    for label, said in words.items():
        form.get_by_label(label).fill(said)
    saved(form)


def download(page, name):
    """The pages' texts of the PDF behind this link."""
    with page.expect_download() as loading:
        page.get_by_role("link", name=name).click()
    return [" ".join(sheet.extract_text().split()) for sheet in PdfReader(loading.value.path()).pages]


def read_the_report(room, deck):
    page = room.laptop
    page.get_by_role("link", name="The comparison").click()
    expect(page.locator("h1")).to_contain_text("IT named 3 of the customers’ top 10")
    sheets = download(page, "Report to print")
    for number, sheet in enumerate(sheets): print("=====", number, sheet)


def publish(room, deck):
    page = room.laptop
    page.get_by_role("link", name="Agree what will be done").click()
    page.get_by_role("link", name="Look at the answer, then publish it").click()
    press(page, "Publish it")
    phone = room.phones["Branches"].pages[0]
    phone.goto(room.links["customers"])
    phone.get_by_role("link", name="Read what will be done").tap()
    expect(phone.locator("h1")).to_have_text("You said, we did")
    print(phone.locator("main").inner_text())


# Act 5: again


def ask_again(room):
    page = room.laptop
    page.get_by_role("link", name="Service desk, autumn").click()
    page.get_by_role("link", name="Start round 2").click()
    expect(page.get_by_label("The same people")).to_be_checked()
    press(page, "Start round 2")
    phone = BallotPage(room.phones["Branches"])
    phone.open(room.links["customers"])
    print(phone.step)
    phone.say_who("Branches").sort_all(PILES).choose(CUSTOMERS_LATER)
    send(phone, CUSTOMERS_LATER)
    bring_in(page, table((12, "", IT_LATER), (9, "Branches", CUSTOMERS_LATER), (10, "Field service", CUSTOMERS_LATER), (10, "Citizens", CUSTOMERS_LATER)))
    store(page, 41)


def read_what_moved(room, deck):
    page = room.laptop
    page.goto(page.url.replace("/projector", ""))
    print(page.locator("main").inner_text()[:1500])
    page.get_by_role("link", name="Read the comparison").first.click()
    print(page.get_by_role("region", name="Round by round").inner_text())
    for number, sheet in enumerate(download(page, "Report to print")): print("=====", number, sheet)
