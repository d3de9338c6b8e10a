"""What people wrote is looked through with the keyboard alone: a tap changes the one remark, and the focus stays."""

from playwright.sync_api import expect

from tests.browser.live import Facilitator
from tests.browser.voting import cast


def test_a_remark_is_withheld_and_told_again_by_keyboard_and_the_focus_stays(server, device):
    workshop = Facilitator(server).start(picks="3")
    for words in ("Nine days.", "Ann is late.", "For ever."):
        cast(workshop.link("customers"), ["S-01", "A-02", "C-03"], words=words)
    workshop.lock("customers")
    context = device("desktop")
    context.add_cookies([{"name": one.name, "value": one.value, "url": server.url} for one in workshop.jar])
    page = context.new_page()
    page.goto(f"{server.url}{workshop.desk}/words")
    tap = page.get_by_role("listitem").filter(has_text="Ann is late.").get_by_role("button")
    tap.focus()
    for name, said in (("Tell it again", "3 remarks, 1 withheld"), ("Withhold", "3 remarks")):
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_have_text(said)
        expect(tap).to_have_text(name)
        expect(tap).to_be_focused()
    context.set_offline(True)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("The server cannot be reached at the moment. Try again.")
    expect(tap).to_have_text("Withhold")
    expect(tap).to_be_focused()
    context.set_offline(False)
    page.keyboard.press("Enter")
    expect(tap).to_have_text("Tell it again")
    expect(page.get_by_role("alert")).to_be_empty()
