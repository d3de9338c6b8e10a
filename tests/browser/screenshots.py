"""Make the README's pictures again: `make screenshots`. They show the example workshop, started afresh."""

import io
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import sync_playwright

from cardsort import language
from tests.browser.ballot_page import BallotPage
from tests.browser.conftest import DEVICES, FLAGS
from tests.browser.find_chromium import find_chromium
from tests.browser.live import Facilitator, Server

IMAGES = Path(__file__).parents[2] / "docs" / "images"
GAP = 24  # between two phones
WISHES = ["A-01", "C-05", "B-12", "A-09", "S-13", "B-03", "C-03", "S-02", "B-10", "A-07"]


def main():
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), host_name="cardsort.test").start()
        try:
            with sync_playwright() as playwright:
                chromium = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
                take_pictures(chromium, server)
                chromium.close()
        finally:
            server.stop()
    for path in IMAGES.glob("*.png"):
        with Image.open(path) as image:
            small = image.convert("RGB").quantize(256, dither=Image.Dither.NONE)
        small.save(path, optimize=True)


def take_pictures(chromium, server):
    workshop = Facilitator(server).start(name="Service desk, autumn", expected_it="12", expected_customers="60")
    ballot_pictures(chromium, workshop.link("customers"))
    language_picture(chromium, workshop.link("customers"))
    desktop = chromium.new_context(**DEVICES["desktop"])
    desktop.add_cookies([{"name": c.name, "value": c.value, "url": server.url} for c in workshop.jar])
    page = desktop.new_page()
    picture(page, server.url + workshop.desk, "desk")
    example = Facilitator(server)
    example.request("/example", {})
    desktop.add_cookies([{"name": c.name, "value": c.value, "url": server.url} for c in example.jar])
    example.desk = example.path
    picture(page, f"{server.url}{example.desk}/result", "result")
    picture(page, f"{server.url}/deck", "deck")
    print_page(example.pdf())


def ballot_pictures(chromium, link):
    phone = BallotPage(chromium.new_context(**{**DEVICES["phone"], "device_scale_factor": 1}))
    phone.open(link).sort_all(dict.fromkeys(WISHES, "often"))
    phone.choose(WISHES)
    phone.page.screenshot(path=IMAGES / "rank.png")
    phone.go("Cards")
    for _ in range(36):
        phone.page.keyboard.press("u")
    phone.page.wait_for_timeout(400)
    phone.page.screenshot(path=IMAGES / "sort.png")


def language_picture(chromium, link):
    """The same ballot on four phones beside each other, each in a language of its own."""
    phones = []
    for spoken in language.offered():
        phone = BallotPage(chromium.new_context(**{**DEVICES["phone"], "device_scale_factor": 1}, locale=spoken))
        phone.open(link, way="list").mark(WISHES[:2])
        phones.append(Image.open(io.BytesIO(phone.page.screenshot())))
    width, height = phones[0].size
    beside = Image.new("RGB", (len(phones) * (width + GAP) - GAP, height), "white")
    for place, phone in enumerate(phones):
        beside.paste(phone, (place * (width + GAP), 0))
    beside.save(IMAGES / "languages.png")


def picture(page, address, name):
    page.goto(address)
    page.wait_for_timeout(300)
    page.screenshot(path=IMAGES / f"{name}.png")


def print_page(pdf):
    first = pypdfium2.PdfDocument(pdf)[0]
    first.render(scale=1.1).to_pil().save(IMAGES / "report.png", optimize=True)


if __name__ == "__main__":
    main()
