"""The facilitator's pages in a browser: what is pressed and read on the desk, the agenda and the projector."""

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.waiting import until


def press(page, name):
    """Press the button, and be on the page that it leads to, if any, once its scripts listen."""
    page.get_by_role("button", name=name).click()
    page.wait_for_load_state()


def read(all_of):
    """What stands in each, on one line."""
    expect(all_of.first).to_be_visible()
    return [" ".join(text.split()) for text in all_of.all_inner_texts()]


def download(page, name, role="link"):
    """The texts of the PDF's pages behind this link or button."""
    return [" ".join(sheet.extract_text().split()) for sheet in PdfReader(saved_file(page, name, role)).pages]


def saved_file(page, name, role="link"):
    """Where the file behind this link or button was saved."""
    with page.expect_download() as loading:
        page.get_by_role(role, name=name).click()
    return loading.value.path()


# The doors


def show_link(desk, group):
    return desk.locator(f"section[aria-labelledby=door-{group}] > details .door-address a").first.get_attribute("href")


def show_code(desk, group):
    return desk.locator(f"section[aria-labelledby=door-{group}] .door-code").inner_text().split()[-1]


# Ballots as one table


def bring_in(desk, text):
    """From the desk to what the table would store."""
    desk.get_by_role("link", name="bring them in").click()
    file = {"name": "paper.csv", "mimeType": "text/csv", "buffer": text.encode()}
    desk.get_by_label("A CSV or XLSX file").set_input_files(file)
    press(desk, "Check it")


# The projector


def expect_step(page, number, seconds=5):
    until(page, "step => document.querySelector('[data-stage]').dataset.step === String(step)", number, seconds=seconds)


def turn(page, key, number):
    until(page, "() => document.readyState === 'complete'")  # else nobody listens to keys yet
    page.keyboard.press(key)
    expect_step(page, number)


# The agenda


def put(page, title):
    press(page, f"Put on the agenda {title}")


def item(page, code):
    return page.locator(f"[data-item='{code}']")


def saved(form):
    """Leave the field that somebody is in, and read that everything is saved."""
    form.page.evaluate("document.activeElement.blur()")
    expect(form.locator("[data-save-state]")).to_have_text("Saved")
