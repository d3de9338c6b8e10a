"""A whole workshop as its people meet it, from the invitation to "You said, we did" and through a second round.

On a laptop, a projector, a tablet and two phones, which share no cookie. What follows by hand, with ten cards chosen
(an unlisted card takes the mean of places 11 to 52, 31.5):

Round 1, IT (12): ten rank A-01 A-02 A-03 … A-10, two put A-02 first, so A-01 has 10 × 1 + 2 × 2 = 14, A-02 22, the
others 12 × their place. Customers (30): the 20 in branches and field service rank A-03 C-01 A-05 S-01 S-02 A-02 C-08
B-13 C-05 S-10, the 10 citizens put C-01 first, so A-03 has 20 × 1 + 10 × 2 = 40, C-01 50, the others 30 × their place.
So both lists stand as they are written, and A-02, A-03 and A-05 are in both.

Round 2: no customer lists A-03 any more, all put B-02 in its place, so that A-03 falls from 1 to 11–52 and B-02 rises
from there to 1; C-01 stays 2, and no other has moved. All in IT now have C-01 S-01 S-02 C-08, each where A-01 A-04
A-06 A-07 were; A-02 stays 2. In both: A-02 A-05 C-01 C-08 S-01 S-02, six.
"""

import re
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.ballot_page import BallotPage
from tests.browser.desk_page import (
    bring_in,
    download,
    expect_step,
    item,
    press,
    put,
    read,
    saved,
    saved_file,
    show_code,
    show_link,
    turn,
)
from tests.browser.voting import cast
from tests.files.slideshows import read_slides

IT = ["A-01", "A-02", "A-03", "A-04", "A-05", "A-06", "A-07", "A-08", "A-09", "A-10"]
IT_OTHERWISE = ["A-02", "A-01", *IT[2:]]
CUSTOMERS = ["A-03", "C-01", "A-05", "S-01", "S-02", "A-02", "C-08", "B-13", "C-05", "S-10"]
CITIZENS = ["C-01", "A-03", *CUSTOMERS[2:]]
IT_LATER = ["C-01", "A-02", "A-03", "S-01", "A-05", "S-02", "C-08", "A-08", "A-09", "A-10"]
CUSTOMERS_LATER = ["B-02", *CUSTOMERS[1:]]
PILES = dict.fromkeys([*IT, *CUSTOMERS, "B-02"], "often")
KINDS = {"Branches": ("internal", 10), "Field service": ("business", 12), "Citizens": ("paying", 10)}
TEAMS = {"Helpdesk": "service_desk", "Networks": "infrastructure"}
MOVED = {  # IT's places, then the customers'
    "B-02": "– 11–52 → 1",
    "A-03": "– 1 → 11–52",
    "C-01": "11–52 → 1 –",
    "S-01": "11–52 → 4 –",
    "S-02": "11–52 → 6 –",
    "A-01": "1 → 11–52 –",
    "A-04": "4 → 11–52 –",
    "A-06": "6 → 11–52 –",
}
PROMISE, REASON, NO, INSTEAD = "A day a month in a branch", "After the move", "The city sets them", "A list of costs"


@dataclass
class Room:
    """Everybody's devices. The wall is the projector, the tablet IT's; each phone is one customer's own."""

    laptop: Page
    wall: Page
    tablet: BrowserContext
    phones: dict[str, BrowserContext]
    links: dict[str, str] = field(default_factory=dict)


def test_a_workshop_from_the_invitation_to_what_was_done_and_what_moved_after_it(server, device, deck):
    room = Room(
        laptop=device("desktop", hurried=True).new_page(),
        wall=device("desktop", viewport={"width": 1920, "height": 1080}, hurried=True).new_page(),
        tablet=device("tablet"),
        phones={kind: device("phone", hurried=True) for kind in ("Branches", "Citizens")},
    )
    prepare(room, server)
    print_the_invitations(room)
    it_votes(room)
    customers_vote(room)
    others_vote(room, (IT, CUSTOMERS, CUSTOMERS, CITIZENS), of_round=1)
    bring_in_the_others(room)
    rehearse(room)
    lock_and_reveal(room)
    turn_the_slides(room, deck)
    agree(room, deck)
    read_the_report(room, deck)
    publish(room, deck)
    ask_again(room)
    lock_and_reveal(room)
    read_what_moved(room, deck)


def prepare(room, server):
    """One page to fill in, and the desk on two devices that share nothing but the facilitator's link."""
    page = room.laptop
    page.goto(f"{server.url}/new")
    page.get_by_label("Name of the workshop").fill("Service desk, autumn")
    page.get_by_text("Kinds of customers", exact=True).first.click()
    page.get_by_text("More kinds").click()
    for number, (kind, (place, expected)) in enumerate(KINDS.items(), start=1):
        page.get_by_label(f"Name of kind {number}").fill(kind)
        page.get_by_label(f"Place of kind {number}").select_option(place)
        page.get_by_label(f"How many people of kind {number}").fill(str(expected))
    page.get_by_text("Teams in IT", exact=True).first.click()
    for number, (team, place) in enumerate(TEAMS.items(), start=1):
        page.get_by_label(f"Name of team {number}").fill(team)
        page.get_by_label(f"Place of team {number}").select_option(place)
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
    sheets = download(page, "A4: invitations", "button")
    page.go_back()
    for sheet, kind in zip(sheets[2:], KINDS, strict=True):  # with a link of its own
        assert f"who use the IT services: {kind}" in sheet
    for sheet, group, whom in zip(sheets[:2], room.links, ("in IT", "who use the IT services"), strict=True):
        assert whom in sheet
        assert f"open {room.links[group].split('/v/')[0]} and type {show_code(page, group)}" in sheet


def it_votes(room):
    """Two people of two teams with one tablet, which the first hands on."""
    person = BallotPage(room.tablet).open(f"{room.links['it']}?kiosk=1").say_who("Networks").sort_all(PILES)
    person.choose(IT_OTHERWISE).drag_to("A-01", 1)
    expect_hits(person, 7)
    send(person, IT)
    person.press(person.page.locator("[data-next]:visible").last)
    person.press(person.page.locator(".go .way-cards, .go > a").first)
    person.wait_for_script().say_who("Helpdesk").sort_all(PILES, keys=True).choose(IT_OTHERWISE)
    send(person, IT_OTHERWISE)
    expect_counts(room.wall, it="2 of 12 expected", customers="0 of 32 expected")


def expect_hits(person, count):
    """One tap says how many of the customers' cards will be named; without it there is no answer."""
    person.reasons()
    asked = person.page.get_by_role(
        "group", name="How many of the customers’ ten do you expect your group’s list to name?"
    )
    asked.get_by_role("radio", name=str(count), exact=True).check()


def customers_vote(room):
    """One comes by the link for all and says which kind she is, one by the link of his kind and is not asked."""
    she = BallotPage(room.phones["Branches"]).open(room.links["customers"]).say_who("Branches").sort_all(PILES)
    send(she.choose(CUSTOMERS), CUSTOMERS)
    desk = room.laptop
    desk.get_by_text("A link for each kind").click()
    link = desk.get_by_role("listitem").filter(has_text="Citizens").locator(".door-address a").get_attribute("href")
    he = BallotPage(room.phones["Citizens"]).open(link).wait_for("sort").sort_all(PILES, keys=True)
    send(he.choose(CITIZENS), CITIZENS)
    expect_counts(room.wall, it="2 of 12 expected", customers="2 of 32 expected")


def send(person, ranking):
    assert person.order() == ranking
    assert person.send()


def expect_counts(desk, **said):
    """The desk on the other device says so by itself."""
    for group, count in said.items():
        expect(desk.locator(f"[aria-labelledby='count-{group}']")).to_contain_text(count)


def others_vote(room, rankings, of_round):
    """Two more of each team and three of each kind by their links: so many make them shown, whatever is brought in."""
    for segment, ranking in enumerate(rankings):
        link, expected = room.links["customers" if segment else "it"], None if segment else 6
        for number in range(3 if segment else 4):
            whose = segment or number % 2 + 1
            cast(link, ranking, of_round=of_round, segment=whose, expected=expected)


def bring_in_the_others(room):
    page = room.laptop
    customers = (6, CUSTOMERS, "Branches"), (7, CUSTOMERS, "Field service"), (6, CITIZENS, "Citizens")
    bring_in(page, table((5, IT, "Networks"), (1, IT_OTHERWISE, "Helpdesk"), *customers))
    rows = [f"Customers own view {kind} {count}" for count, _, kind in customers]
    rows = ["IT prediction Networks 5", "IT prediction Helpdesk 1", *rows]
    assert read(page.get_by_role("region", name="What would be stored").locator("tbody tr")) == rows
    expect_counts(room.wall, it="6 of 12 expected", customers="11 of 32 expected")
    store(page, 25)
    expect_counts(room.wall, it="12 of 12 expected", customers="30 of 32 expected")
    expect_counts(room.wall, it="6 sent by link and 6 imported", customers="11 sent by link and 19 imported")
    kinds = [f"10 of {expected} {kind}" for kind, (_, expected) in KINDS.items()]
    assert read(room.wall.locator(".count-segments li")) == ["4 Helpdesk", "8 Networks", *kinds]


def table(*ballots):
    """Lines of a CSV file: how many, the ranking, the kind of customer or team."""
    groups = dict.fromkeys(KINDS, "customers") | dict.fromkeys(TEAMS, "it")
    lines = [f"{groups[name]},{' '.join(order)},{name}\n" * count for count, order, name in ballots]
    return "".join(["group,ranking,segment\n", *lines])


def store(page, count):
    press(page, f"Store {count} ballots")
    expect(page.get_by_role("status")).to_contain_text(f"{count} ballots stored.")
    page.get_by_role("link", name="Look at the counts").click()


def rehearse(room):
    """With invented ballots alone: nothing of what has been sent is in it, and nothing of it stays."""
    page = room.laptop
    page.get_by_role("link", name="rehearse the reveal").click()
    page.wait_for_url("**/rehearsal")
    stage, step = page.locator("[data-stage]"), 0
    while stage.get_attribute("data-more") == "1":
        step += 1
        turn(page, "ArrowRight", step)
        expect(stage).to_contain_text("Rehearsal: invented ballots")
    page.get_by_role("link", name="The page").click()
    told = page.locator("#segments").inner_text()
    assert all(kind in told for kind in KINDS)
    first = page.locator("#first").inner_text().replace("\xa0", " ")
    assert "32 of 32 people answered (100 %): all sent by link" in first
    sheets = download(page, "Rehearsal to print (PDF)")
    assert all("Rehearsal: invented ballots" in sheet for sheet in sheets)
    page.get_by_role("link", name="Service desk, autumn").click()
    expect_counts(page, it="12 of 12 expected", customers="30 of 32 expected")


def lock_and_reveal(room):
    page = room.laptop
    page.get_by_role("link", name="Lock IT’s prediction …").click()
    press(page, "Lock IT’s prediction")
    expect(page.get_by_text("30 of 32 customers have sent")).to_be_visible()
    page.get_by_role("link", name="Lock the customers’ ballots …").click()
    press(page, "Lock the customers’ ballots")
    page.get_by_role("link", name="Reveal …").click()
    press(page, "Reveal now")


def turn_the_slides(room, deck):
    """Keys turn them on the wall and the laptop follows; nothing is shown before its turn; a reload keeps the step."""
    wall, laptop = room.wall, room.laptop
    wall.get_by_role("link", name="Show it step by step").click()
    wall.wait_for_url("**/projector")  # loaded, so that its script takes keys
    it, customers = ([deck[code].title for code in order] for order in (IT, CUSTOMERS))
    step = 1  # the last three places of IT's list
    turn(wall, "ArrowRight", step)
    assert shown_on(wall, "it") == it[-3:]
    assert it[0] not in wall.content()
    while wall.locator("h1").inner_text() != "Side by side":
        step += 1
        turn(wall, "ArrowRight", step)
    for page in (wall, laptop):
        expect_step(page, step)
        assert shown_on(page, "it") == it
        assert shown_on(page, "customers") == customers
    wall.reload()
    expect_step(wall, step)
    show_on_the_phones(room, deck)
    present(room, step)


def show_on_the_phones(room, deck):
    """Hers still has the receipt, and gets there by itself: her list is all that customers chose, and three of IT's."""
    (phone,) = room.phones["Branches"].pages
    way = phone.get_by_role("link", name="See it beside your list")
    expect(way).to_be_hidden()
    press(room.wall, "Show on devices")
    expect(way).to_be_visible()
    way.tap()
    expect(phone.get_by_role("heading", name="Your list")).to_be_visible()
    hits = ["3 of your 10 cards are in this list.", "10 of your 10 cards are in this list."]
    assert read(phone.locator("[data-hits]")) == hits
    first, second, *_ = read(phone.locator("[data-own] li"))
    assert first == f"Place 1 {deck['A-03'].title} IT: place 3 Customers: place 1"
    assert second == f"Place 2 {deck['C-01'].title} Customers: place 2"


def present(room, step):
    """The laptop becomes the presenter's view, which turns the wall, up to the agenda."""
    wall, page = room.wall, room.laptop
    page.get_by_role("link", name="Desk", exact=True).click()
    page.get_by_role("link", name="Presenter’s view").first.click()
    page.wait_for_url("**/presenter")
    expect(page.get_by_role("heading", name="Side by side")).to_be_visible()
    page.get_by_label("Your notes to this slide").fill("Let them look first.")
    expect(page.locator("[data-note-state]")).to_have_text("Saved")
    press(page, "Next")
    expect_step(wall, step + 1)
    expect(wall.locator("h1")).to_have_text("How many of the customers’ top\u00a010 did IT name?")
    expect(wall.get_by_text("IT had expected about 6, on average of 5\u00a0people.", exact=True)).to_be_visible()
    press(page, "3 minutes")
    expect(wall.get_by_role("timer")).to_contain_text("2:5")
    page.get_by_text("Go to").click()
    press(page, "What do we agree?")
    expect(wall.get_by_role("heading", name="What do we agree?")).to_be_visible()
    expect(page.get_by_text("Now we decide. For each card there are three honest answers.")).to_be_visible()
    wall.get_by_role("link", name="Open the agenda").click()
    expect(wall).to_have_url(re.compile(r"/agenda$"))


def shown_on(page, group):
    return page.locator(f".side-{group} .row-title").all_inner_texts()


def agree(room, deck):
    page = room.laptop
    page.get_by_role("link", name="Desk", exact=True).click()
    page.get_by_role("link", name="Agree what will be done").click()
    for code in ("A-03", "C-01", "S-10"):
        put(page, deck[code].title)
    decide(item(page, "A-03"), "We do it", {"What will be done": PROMISE})
    decide(item(page, "C-01"), "Later", {"Why not, or why later": REASON})
    decide(item(page, "S-10"), "No", {"Why not, or why later": NO, "What there is instead": INSTEAD})


def decide(card, decision, words):
    card.locator("summary").first.click()
    card.get_by_role("group", name="What becomes of it?").get_by_label(decision, exact=True).check()
    for label, said in words.items():
        card.get_by_label(label).fill(said)
    saved(card)


def read_the_report(room, deck):
    page = room.laptop
    page.get_by_role("link", name="The comparison").click()
    expect(page.locator("h1")).to_contain_text("IT named 3 of the customers’ top 10")
    _first, tops, *others = download(page, "Report to print")
    assert [
        row.split(" 3 ")[0] for row in read(page.get_by_role("region", name="What each team named").locator("tr"))
    ] == [
        "Team People Named of the top 10 As many customers",
        "Networks Infrastructure 8",
        "Helpdesk Service desk 4",
    ]
    assert any("The teams do not differ: the list of each names as many of these cards." in sheet for sheet in others)
    for order in (IT, CUSTOMERS):
        assert " ".join(f"{place} {code} {deck[code].title}" for place, code in enumerate(order, start=1)) in tops
    agreed = next(sheet for sheet in others if "What we agree" in sheet)
    decided = {"A-03": PROMISE, "C-01": f"Later. {REASON}", "S-10": f"No. {NO} Instead: {INSTEAD}"}
    for code, said in decided.items():
        assert f"{code} {deck[code].title} {said}" in agreed
    question, *_, last = slides = read_slides(saved_file(page, "Slides (PPTX)").read_bytes())
    assert (question.title, last.title) == ("Service desk, autumn", "What do we agree?")
    assert "Now we decide. For each card there are three honest answers." in last.notes
    (beside,) = [slide for slide in slides if slide.title == "Side by side"]
    assert {code for code in deck.codes if deck[code].title in beside.text} == {*IT, *CUSTOMERS}
    assert beside.notes[-1] == "Let them look first."


def publish(room, deck):
    page = room.laptop
    page.get_by_role("link", name="Agree what will be done").click()
    page.get_by_role("link", name="Look at the answer, then publish it").click()
    press(page, "Publish it")
    expect(page.get_by_text("Customers and IT read it")).to_be_visible()
    (phone,) = room.phones["Branches"].pages
    phone.goto(room.links["customers"])
    expect(phone.get_by_text("30 ballots of the customers count: 11")).to_contain_text("Yours is among them: receipt")
    phone.get_by_role("link", name="Read what will be done").tap()
    expect(phone.locator("h1")).to_have_text("You said, we did")
    told = read(phone.locator(".answered"))
    endings = f"We do it. {PROMISE}", f"Later. Why: {REASON}", f"No. Why: {NO} Instead: {INSTEAD}"
    for answer, place, code, ending in zip(told, (1, 2, 10), ("A-03", "C-01", "S-10"), endings, strict=True):
        assert answer.startswith(f"Place {place} {code} {deck[code].title} ")
        assert answer.endswith(ending)


def ask_again(room):
    """The same people with the links they have; their page tells them first what came of the last round."""
    page = room.laptop
    page.get_by_role("link", name="Service desk, autumn").click()
    page.get_by_role("link", name="Start round 2").click()
    expect(page.get_by_label("The same people")).to_be_checked()
    press(page, "Start round 2")
    expect(page.get_by_text("From the last round: 2 promises")).to_be_visible()
    she = BallotPage(room.phones["Branches"])
    she.page.goto(room.links["customers"])
    expect(she.page.get_by_text("This is round 2: the same question once more")).to_be_visible()
    expect(she.page.get_by_text("What came of the last round")).to_be_visible()
    she.open(room.links["customers"]).say_who("Branches").sort_all(PILES, keys=True).choose(CUSTOMERS_LATER)
    send(she, CUSTOMERS_LATER)
    others_vote(room, (IT_LATER, CUSTOMERS_LATER, CUSTOMERS_LATER, CUSTOMERS_LATER), of_round=2)
    customers = [(count, CUSTOMERS_LATER, kind) for count, kind in zip((6, 7, 7), KINDS, strict=True)]
    bring_in(page, table((4, IT_LATER, "Networks"), (4, IT_LATER, "Helpdesk"), *customers))
    store(page, 28)


def read_what_moved(room, deck):
    page = room.laptop
    page.get_by_role("link", name="Desk", exact=True).click()
    page.get_by_role("link", name="Read the comparison").first.click()
    expect(page.locator("h1")).to_contain_text("IT named 6 of the customers’ top 10")
    rows = [f"{code} {deck[code].title} {places}" for code, places in MOVED.items()]
    assert read(page.get_by_role("region", name="What moved, from round 1 to round 2").locator("tbody tr")) == rows
    (told,) = read(page.get_by_role("region", name="Round by round"))
    paper = " ".join(download(page, "Report to print"))
    assert f"Customers choose {' '.join(rows)}" in paper
    for said in (told, paper):
        assert "Hits in the customers’ top 10: 6; in round 1 it was 3. Change: +3 (range " in said
