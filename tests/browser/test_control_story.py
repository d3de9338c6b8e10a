"""A workshop in which not everything goes to plan, and the facilitator stays in control of it.

On a laptop, a tablet and two phones, which share no cookie. What follows by hand, with three cards chosen of 52 (an
unlisted card takes the mean of places 4 to 52, 28):

IT (5): all rank A-01 A-02 A-03, which stands as it is written.

Customers (11): the 6 in branches rank S-01 A-02 C-03, the 3 citizens A-02 S-01 C-03, the 2 farms A-02 S-01 A-01. So
S-01 has 6 × 1 + 5 × 2 = 16, A-02 6 × 2 + 5 × 1 = 17, C-03 9 × 3 + 2 × 28 = 83, A-01 2 × 3 + 9 × 28 = 258: the list is
S-01 A-02 C-03, of which IT named one, A-02. Two more orders were sent and do not count, a trial that is discarded (A-02
A-03 A-01) and one that its sender withdrew for another (A-02 C-03 A-01); with either, A-02 would be first, as it takes
1 where S-01 takes 28.

Kinds: farms are 2, fewer than 3 people, so citizens, the next smallest, would be hidden with them: else the farms could
be computed. Citizens and Farms told together are 5, and their list is A-02 (5) S-01 (10) C-03 (3 × 3 + 2 × 28 = 65).

Still at it: one of the farms who began to sort, and whoever sent the trial, whose order is still on the phone and could
be sent anew.

Words: the branches wrote about S-01, 3 of them; one is withheld, two are told.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from icalendar import Calendar
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.ballot_page import BallotPage
from tests.browser.desk_page import download, item, press, put, read, saved, saved_file, show_link
from tests.browser.voting import cast
from tests.files.slideshows import read_slides
from tests.files.workbooks import read_workbook

IT = ["A-01", "A-02", "A-03"]
BRANCHES, CITIZENS, FARMS = ["S-01", "A-02", "C-03"], ["A-02", "S-01", "C-03"], ["A-02", "S-01", "A-01"]
TRIAL, REGRETTED = ["A-02", "A-03", "A-01"], ["A-02", "C-03", "A-01"]
KINDS = {"Branches": "internal", "Citizens": "paying", "Farms": "business"}
TOGETHER = "Citizens and Farms"
NAMED, TOLD = "Ann never calls back.", ("Nine days, each time.", "It takes for ever.")
REASON = "Only a trial before the real start."
PROMISE, DUE = "Call everybody back within a day", date(2031, 3, 1)


@dataclass
class Room:
    """The facilitator's laptop; a tablet and two phones of three customers."""

    laptop: Page
    tablet: BrowserContext
    phone: BrowserContext
    other_phone: BrowserContext
    links: dict[str, str] = field(default_factory=dict)


def test_a_workshop_in_which_not_everything_goes_to_plan(server, device, deck):
    room = Room(device("desktop").new_page(), device("tablet"), device("phone"), device("phone"))
    prepare(room, server)
    set_and_move_the_closing_time(room)
    send_a_trial_and_take_it_out(room)
    send_another_order_than_the_first(room)
    begin_and_not_send(room)
    others_vote(room)
    lock_with_two_kinds_told_together(room)
    withhold_a_remark(room)
    reveal(room)
    read_the_result(room, deck)
    read_the_files(room)
    take_the_calendar(room, deck)


def prepare(room, server):
    page = room.laptop
    page.goto(f"{server.url}/new")
    page.get_by_label("Name of the workshop").fill("Service desk, autumn")
    page.get_by_text("Kinds of customers", exact=True).first.click()
    page.get_by_text("More kinds").click()
    for number, (kind, place) in enumerate(KINDS.items(), start=1):
        page.get_by_label(f"Name of kind {number}").fill(kind)
        page.get_by_label(f"Place of kind {number}").select_option(place)
    page.get_by_text("The two questions, and how many cards").click()
    page.get_by_label("How many cards does everybody choose?").fill("3")
    press(page, "Start the workshop")
    page.get_by_role("link", name="to the desk").click()
    room.links = {group: show_link(page, group) for group in ("it", "customers")}


def set_and_move_the_closing_time(room):
    """Who opens the link reads until when, and after a move the new time alone."""
    phone = room.phone.new_page()
    first, later = (datetime.now().astimezone().replace(second=0) + timedelta(days=days) for days in (2, 5))
    for at, opener in ((first, "Set a closing time"), (later, f"Closes by itself on {said(first)}")):
        close_customers_at(room.laptop, opener, at)
        phone.goto(room.links["customers"])
        expect(phone.get_by_text("You can answer until")).to_have_text(f"You can answer until {said(at)}.")
        phone.goto(room.links["it"])
        expect(phone.get_by_role("heading", level=1)).to_be_visible()
        expect(phone.get_by_text("You can answer until")).to_have_count(0)
    phone.close()


def close_customers_at(desk, opener, at):
    customers = desk.locator("[aria-labelledby='count-customers']")
    customers.get_by_role("link", name=opener).click()
    desk.get_by_label("Day and time").fill(f"{at:%Y-%m-%dT%H:%M}")
    press(desk, "Close it then")
    expect(customers.get_by_role("link", name="Closes by itself on")).to_contain_text(said(at))


def said(at):
    return f"{at.day} {at:%B %Y, %H:%M %Z}"


def send_a_trial_and_take_it_out(room):
    """The receipt is on the phone, which then says why the order does not count; the desk was open before."""
    person = order(room.phone, room, TRIAL)
    assert person.send()
    page = room.laptop
    page.get_by_role("link", name="take ballots out").click()
    page.get_by_label("Its receipt").fill(person.receipt())
    page.get_by_label("Why?").fill(REASON)
    press(page, "Take it out")
    expect(page.get_by_role("status")).to_contain_text("Taken out.")
    page.get_by_role("link", name="Look at the counts").click()
    expect_sent(page, "0 ballots")
    person.page.goto(room.links["customers"])
    why = f"The person who runs the workshop has taken this order out. The reason given: {REASON}"
    expect(person.page.locator(".note-caution")).to_have_text(f"Your order does not count. {why}")


def send_another_order_than_the_first(room):
    """She takes her order back on the tablet, and it does not count until she sends another."""
    person = order(room.tablet, room, REGRETTED)
    assert person.send()
    expect_sent(room.laptop, "1 ballot")
    person.page.goto(room.links["customers"])
    person.press(person.page.get_by_text("Take it back"))
    person.press(person.page.get_by_role("button", name="Take my order back"))
    expect(person.page.get_by_text("You took this order back.")).to_be_visible()
    expect_sent(room.laptop, "0 ballots")
    person.open_at(room.links["customers"], "list")
    expect(person.notice("removed")).to_contain_text("You took this order back.")
    person.mark(["A-01", "S-01"])  # not that one any more, but this
    person.press(person.section("list").locator("[data-on]"))
    person.wait_for("rank").key_move("S-01", "Home")
    assert person.order() == BRANCHES
    assert person.send()
    expect_sent(room.laptop, "1 ballot")


def order(context, room, codes):
    """Somebody of the branches who ticks these cards in the list."""
    person = BallotPage(context).open(room.links["customers"]).say_who("Branches")
    person.press(person.section("sort").get_by_role("link", name="List"))
    person.wait_for("list").mark(codes)
    with person.saving(lambda draft: draft["ranking"] == codes):
        person.press(person.section("list").locator("[data-on]"))
    assert person.wait_for("rank").order() == codes
    return person


def expect_sent(desk, count):
    """How many ballots of customers count, on the desk that is loaded anew."""
    desk.reload()
    expect(desk.locator("[aria-labelledby='count-customers'] .count-figure")).to_have_text(count)


def begin_and_not_send(room):
    person = BallotPage(room.other_phone).open(room.links["customers"]).say_who("Farms")
    with person.saving(lambda draft: draft["piles"]):
        person.sort_one("often")


def others_vote(room):
    for _ in range(5):
        cast(room.links["it"], IT)
    for words in (NAMED, *TOLD, "", ""):
        cast(room.links["customers"], BRANCHES, words=words, segment=1)
    for ranking, kind, count in ((CITIZENS, 2, 3), (FARMS, 3, 2)):
        for _ in range(count):
            cast(room.links["customers"], ranking, segment=kind)
    expect_sent(room.laptop, "11 ballots")


def lock_with_two_kinds_told_together(room):
    page = room.laptop
    page.get_by_role("link", name="Lock IT’s prediction …").click()
    press(page, "Lock IT’s prediction")
    page.get_by_role("link", name="Lock the customers’ ballots …").click()
    expect(page.locator("main")).to_contain_text("11 ballots: all sent by link; 1\xa0discarded and 1\xa0withdrawn.")
    expect(page.get_by_text("2 still at it.")).to_be_visible()
    expect(page.get_by_text("Of 3 kinds of customers, 2 would not be shown by themselves.")).to_be_visible()
    assert read(page.locator(".ahead li")) == [
        "Citizens: 3 ballots. Else another kind that is hidden could be computed.",
        "Farms: 2 ballots. Fewer than 3 people by a link.",
    ]
    page.get_by_text("Tell two kinds together").click()
    page.get_by_label("This kind").select_option("Farms (2)")
    page.get_by_label("together with").select_option("Citizens (3)")
    press(page, "Tell them together")
    expect(page.get_by_text("All kinds of customers would be shown.")).to_be_visible()
    expect(page.get_by_text("Told together:")).to_have_text(f"Told together: {TOGETHER} (5 ballots)")
    press(page, "Lock the customers’ ballots")
    assert read(page.locator(".count-segments li")) == ["6 Branches", f"5 {TOGETHER}"]


def withhold_a_remark(room):
    """Two are tapped, and one of them is told again."""
    page = room.laptop
    page.get_by_role("link", name="Read first what people wrote").click()
    counted = page.get_by_role("status")
    for remark, tap, count in (
        (NAMED, "Withhold", "3 remarks, 1 withheld"),
        (TOLD[0], "Withhold", "3 remarks, 2 withheld"),
        (TOLD[0], "Tell it again", "3 remarks, 1 withheld"),
    ):
        page.get_by_role("listitem").filter(has_text=remark).get_by_role("button", name=tap).click()
        expect(counted).to_have_text(count)
    page.get_by_role("link", name="Back to the desk").click()


def reveal(room):
    page = room.laptop
    page.get_by_role("link", name="Reveal …").click()
    expect(page.get_by_text("All kinds of customers would be shown.")).to_be_visible()
    press(page, "Reveal now")
    page.get_by_role("link", name="Desk", exact=True).click()
    page.get_by_role("link", name="Read the comparison").first.click()
    expect(page.locator("h1")).to_contain_text("IT named 1 of the customers’ top 3")


def read_the_result(room, deck):
    """Page and paper tell where the ballots came from, what was withheld, and the small kinds by one name."""
    paper = download(room.laptop, "Report to print")
    page = " ".join(room.laptop.locator("main").text_content().split())
    for text in (page, " ".join(paper)):
        told = text.replace("\xa0", " ")
        assert "11 people answered: all sent by link; 1 discarded and 1 withdrawn" in told
        assert "1 withheld by the facilitator." in told
        expect_kinds_and_words(told)
    for order in (IT, BRANCHES):  # the customers' list is that of the branches
        assert " ".join(f"{place} {code} {deck[code].title}" for place, code in enumerate(order, start=1)) in paper[1]
    places = {"S-01": "– 1 2 1", "A-02": "2 2 1 2", "C-03": "– 3 3 3"}  # IT, branches, citizens and farms, all
    rows = [f"{code} {deck[code].title} {told}" for code, told in places.items()]
    assert read(room.laptop.get_by_role("region", name="The top of each list").locator("tbody tr")) == rows
    assert " ".join(rows) in " ".join(paper)


def expect_kinds_and_words(text):
    expect_nothing_kept_back(text)
    assert all(remark in text for remark in TOLD)
    assert "Branches" in text
    assert TOGETHER in text


def expect_nothing_kept_back(text):
    """No withheld words, and neither small kind by itself."""
    assert NAMED not in text
    assert text.count("Farms") == text.count("Citizens") == text.count(TOGETHER)


def read_the_files(room):
    """What is given away says no more than page and paper; the slides quote remarks on clear gaps, here none."""
    slides = read_slides(saved_file(room.laptop, "Slides (PPTX)").read_bytes())
    text = "\n".join("\n".join((slide.text, *slide.notes, *slide.aloud)) for slide in slides)
    assert "Whoever shouts loudest is served first" in text
    expect_nothing_kept_back(text)
    room.laptop.get_by_text("Take the data along").click()
    sheets = read_workbook(saved_file(room.laptop, "Workbook (XLSX)").read_bytes())
    text = "\n".join(str(cell) for rows in sheets.values() for row in rows for cell in row.values())
    expect_nothing_kept_back(text)
    assert "Branches" in text
    assert TOGETHER in text


def take_the_calendar(room, deck):
    page = room.laptop
    page.get_by_role("link", name="Agree what will be done").click()
    put(page, deck["S-01"].title)
    card = item(page, "S-01")
    card.get_by_label("We do it").check()
    card.get_by_label("What will be done").fill(PROMISE)
    card.get_by_label("By when").fill(DUE.isoformat())
    saved(card)
    calendar = Calendar.from_ical(saved_file(page, "the days for a calendar (ICS)").read_bytes())
    (entry,) = calendar.walk("VEVENT")
    assert (str(entry["summary"]), entry["dtstart"].dt) == (PROMISE, DUE)
