"""Chromium with the same verbs as the other engines, through Playwright, with a real finger."""

from playwright.sync_api import Error

from tests.browser.ballot_page import Finger
from tests.browser.engines.tab import Tab


class Chromium:
    """The tests' one Chromium; each tab has a context of its own."""

    name = "chromium"

    def __init__(self, browser):
        self.browser = browser

    def open(self, size):
        return ChromiumTab(self.browser, size)

    def close(self):
        """The browser belongs to all the tests."""


class ChromiumTab(Tab):
    """Speaks through Playwright."""

    name = "chromium"
    pointer = "touch"

    def __init__(self, browser, size):
        super().__init__(size)
        viewport = dict(zip(("width", "height"), size, strict=True))
        self.context = browser.new_context(viewport=viewport, has_touch=True, is_mobile=True)
        self.found = []
        self.context.on("weberror", lambda error: self.found.append(str(error.error)))
        self.context.on("console", lambda said: said.type == "error" and self.found.append(said.text))
        self.page = self.context.new_page()

    def goto(self, url):
        self.page.goto(url)

    def reload(self):
        self.page.reload()

    def back(self):
        self.page.go_back()

    def js(self, function, *args):
        asked = f"given => ({function})(...given)"
        try:
            return self.page.evaluate(asked, args)
        except Error as error:
            if "navigation" not in error.message:
                raise
            self.page.wait_for_load_state()  # the other engines wait for the new page by themselves
            return self.page.evaluate(asked, args)

    def _touch(self, start, *path):
        with Finger(self.page) as finger:
            finger.down(start)
            for point in path:
                finger.go(point, steps=2)
            if path:
                self.page.wait_for_timeout(200)
            finger.up()

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def picture(self, path):
        self.page.screenshot(path=path)

    def all_faults(self):
        return self.found

    def close(self):
        self.context.close()
