"""A workshop of customers alone, by hand from the name to "You said, we did"; and one where it is found at the lock.

Twelve customers: eight rank A-03 C-01 A-05 …, four C-01 A-03 A-05 …, so A-03 has 8 × 1 + 4 × 2 = 16, C-01 20, and the
others stand as they are written.
"""

from playwright.sync_api import expect

from tests.browser.desk_page import download, expect_step, item, press, put, read, saved, show_link, turn
from tests.browser.live import Facilitator
from tests.browser.voting import cast
from tests.browser.widths import faults_at_each_width

CUSTOMERS = ["A-03", "C-01", "A-05", "S-01", "S-02", "A-02", "C-08", "B-13", "C-05", "S-10"]
OTHERS = ["C-01", "A-03", *CUSTOMERS[2:]]


def vote(link):
    for number in range(12):
        cast(link, OTHERS if number % 3 == 2 else CUSTOMERS, words="Nine days, each time.", moment="calm")


def test_a_workshop_of_customers_alone_from_its_name_to_the_answer(server, device, deck):
    page, phone = device("desktop").new_page(), device("phone").new_page()
    page.goto(f"{server.url}/new")
    page.get_by_label("Name of the workshop").fill("What citizens need")
    page.get_by_text("More, if you want it").click()
    page.get_by_label("Customers alone").check()
    press(page, "Start the workshop")
    page.get_by_role("link", name="to the desk").click()
    expect(page.get_by_role("heading", name="For IT")).to_have_count(0)
    link = show_link(page, "customers")
    phone.goto(link)
    expect(phone.get_by_text("nobody in IT can answer in your place")).to_be_visible()
    vote(link)
    page.get_by_role("link", name="Lock the customers’ ballots …").click()
    expect(page.get_by_text("go on with customers alone")).to_have_count(0)
    press(page, "Lock the customers’ ballots")
    expect(page.get_by_text("The ballots are locked. When the room is ready")).to_be_visible()
    page.get_by_role("link", name="Reveal …").click()
    press(page, "Reveal now")
    turn_the_slides(page, deck)
    read_the_list(page, deck)
    agree_and_publish(page)
    phone.reload()
    phone.get_by_role("link", name="Read what will be done").tap()
    expect(phone.locator("h1")).to_have_text("You said, we did")
    assert read(phone.locator(".answered"))[0].startswith(f"Place 1 A-03 {deck['A-03'].title} ")


def turn_the_slides(page, deck):
    expect(page.locator(".asked-question")).to_have_text("Which of these most need solving in how IT serves you?")
    step = 0
    while not page.locator("h1").inner_text().startswith("Customers put"):
        step += 1
        turn(page, "ArrowRight", step)
        if page.locator(".side").count():
            last = page.locator(".side-customers .row-title").all_inner_texts()
            assert page.locator(".side-it").count() == 0
    assert last == [deck[code].title for code in CUSTOMERS]
    expect(page.locator(".guess")).to_have_text("10 cards are in the top 10 of more than half of those who answered.")
    turn(page, "ArrowRight", step + 1)
    expect_step(page, step + 1)


def read_the_list(page, deck):
    page.get_by_role("link", name="Desk", exact=True).click()
    page.get_by_role("link", name="Read the list").click()
    expect(page.locator("h1")).to_contain_text("Customers put ")
    expect(page.locator("h1")).to_contain_text("first. 10 cards are in the top 10 of more than half")
    rest = read(page.get_by_role("region", name="What customers chose").locator("tbody th"))
    titles = [f"{code} {deck[code].title}" for code in CUSTOMERS[3:]]
    assert [row.removesuffix(f" Put on the agenda {deck[row.split()[0]].title}") for row in rest] == titles
    for never in ("#gaps", "#map"):
        expect(page.locator(never)).to_have_count(0)
    put(page, deck["A-03"].title)
    mark = page.locator("#talk-A-03 .icon").last.bounding_box()
    assert (mark["width"], mark["height"]) == (20, 20)
    first, tops, *_others = download(page, "Report to print")
    assert "Customers were asked" in first
    assert "IT was asked" not in first
    assert "The list" in tops


def agree_and_publish(page):
    page.get_by_role("link", name="Agree what will be done").click()
    page.wait_for_load_state()
    card = item(page, "A-03")
    if not card.locator("textarea").first.is_visible():
        card.locator("summary").first.click()
    card.get_by_role("group", name="What becomes of it?").get_by_label("We do it", exact=True).check()
    card.get_by_label("What will be done").fill("A day a month in a branch")
    saved(card)
    expect(page.get_by_role("heading", name="At the top")).to_be_visible()
    page.get_by_role("link", name="Look at the answer, then publish it").click()
    press(page, "Publish it")
    expect(page.get_by_text("Published")).to_be_visible()


def test_that_only_customers_have_voted_is_found_at_the_lock_and_told_to_it(server, device):
    workshop = Facilitator(server).start(name="Autumn")
    it, customers = workshop.link("it"), workshop.link("customers")
    vote(customers)
    context = device("desktop")
    context.add_cookies([{"name": one.name, "value": one.value, "url": server.url} for one in workshop.jar])
    page, tablet = context.new_page(), device("tablet").new_page()
    page.goto(f"{server.url}{workshop.desk}/lock/customers")
    page.get_by_role("button", name="Lock, and go on with customers alone").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Reveal …")).to_be_visible()
    tablet.goto(it)
    expect(tablet.get_by_text("IT is not asked this time.")).to_be_visible()
    page.get_by_text("What was set up").click()
    page.get_by_role("link", name="choose anew").click()
    expect(page.get_by_label("Customers alone")).to_be_checked()
    page.get_by_label("IT and customers").check()
    press(page, "Save")
    expect(page.get_by_role("link", name="Show IT’s code").first).to_be_visible()
    expect(page.get_by_role("link", name="Go on without IT …")).to_be_visible()
    tablet.reload()
    expect(tablet.get_by_text("IT is not asked this time.")).to_have_count(0)


def test_every_page_of_one_group_alone_is_accessible_and_fits_its_width(server, device):
    faults, context = {}, device("desktop", bypass_csp=True)
    places = []
    for alone, other in (("customers", "it"), ("it", "customers")):
        workshop = Facilitator(server).start(name="Autumn", picks="3")
        links = {group: workshop.link(group) for group in ("it", "customers")}
        for _ in range(6):
            cast(links[alone], ["A-01", "A-02", "A-03"], words="Nine days.")
        places += [f"{server.url}{workshop.desk}/lock/{alone}", f"{server.url}{workshop.desk}/groups"]
        context.add_cookies([{"name": one.name, "value": one.value, "url": server.url} for one in workshop.jar])
        page = context.new_page()
        for place in places:
            page.goto(place)
            if found := faults_at_each_width(page):
                faults[place] = found
        workshop.request(f"{workshop.desk}/groups", {"alone": alone})
        assert workshop.request(f"{workshop.desk}/groups", {"alone": other})[0] == 409
        workshop.lock(alone)
        workshop.reveal()
        shown = ("", "/result", "/projector", "/show", "/print", "/next-round", "/agenda", "/agenda/answer")
        places = [links[other], *(f"{server.url}{workshop.desk}{path}" for path in shown)]
        for place in places:
            page.goto(place)
            page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
            if found := faults_at_each_width(page):
                faults[place] = found
        places = []
    assert faults == {}
