"""A person with a ballot, in any engine: the steps as they follow one another, each looked at."""

import time

from tests.browser.ballot_page import READ

PRESENT = "[data-step=sort] [data-card] > :not([data-aside]) .card-face .card-code"
ROWS = "[data-step=rank] [data-list] > [data-code]"


class Person:
    """Fills in a ballot in a tab."""

    def __init__(self, tab):
        self.tab = tab

    def begin(self, link, way="cards"):
        self.tab.goto(link)
        self.tab.look("welcome")
        self.tab.tap(f".go .way-{way}")
        self.ready()

    def ready(self):
        """The script takes taps and keys."""
        self.tab.until("() => document.querySelector('[data-ballot]') && !document.querySelector('[data-waiting]')")

    @property
    def step(self):
        return self.tab.js("() => document.querySelector('[data-step]:not([hidden])').dataset.step")

    @property
    def present(self):
        """The code of the card that is to be sorted."""
        return self.tab.text(PRESENT)

    def sort(self, piles, *, keys=False):
        """One card after the other onto these piles; the codes."""
        return [self._sort_one(pile, keys) for pile in piles]

    def _sort_one(self, pile, keys):
        code = self.present
        if keys:
            self.tab.press({"often": "1", "sometimes": "2", "no": "3", "unsure": "0"}[pile])
        else:
            self.tab.tap(f"[data-step=sort] [data-pile={pile}]")
        self.tab.until(
            "(selector, code) => document.querySelector(selector)?.textContent.trim() !== code", PRESENT, code
        )
        time.sleep(READ)
        return code

    def go(self, word, step):
        """By the words of the steps at the top."""
        self.tab.tap(".steps a", word)
        self.tab.see(f"[data-step={step}]")

    def on(self, step):
        """By the button at the foot."""
        self.tab.tap(f"[data-step={self.step}] [data-on]")
        self.tab.see(f"[data-step={step}]")

    def choose(self, codes, step="choose"):
        for code in codes:
            self.tab.tap(f"[data-step={step}] [data-code='{code}'] label")
        self.tab.look(step)
        self.on("rank")
        self.tab.look("rank")

    @property
    def order(self):
        return self.tab.all(ROWS)

    def expect_order(self, codes):
        self.tab.until(
            "(rows, codes) => [...document.querySelectorAll(rows)].map((row) => row.dataset.code).join() === codes",
            ROWS,
            ",".join(codes),
        )

    def drag(self, code, onto):
        self.tab.drag(f"{ROWS}[data-code='{code}'] [data-handle]", f"{ROWS}[data-code='{onto}'] [data-handle]")

    def move(self, code, *moves):
        """Select the card by a tap, and tap its moves."""
        row = f"{ROWS}[data-code='{code}']"
        self.tab.tap(f"{row} [data-select]")
        for move in moves:
            self.tab.tap(f"{row} [data-move={move}]")

    def keys(self, code, *keys):
        self.tab.js("(button) => document.querySelector(button).focus()", f"{ROWS}[data-code='{code}'] [data-select]")
        self.tab.press(*keys)

    def answer(self, place, value):
        """A chip beside the card at this place; 0 for what is asked about all of them."""
        where = f".why-panels > :nth-child({place})" if place else ".moment"
        self.tab.tap(f"[data-step=why] {where} .chip:has([value={value}])")

    def expect_heading(self, words, seconds=15):
        self.tab.see("[data-step=send] h1", words, seconds=seconds)

    @property
    def receipt(self):
        self.expect_heading("Sent")
        return self.tab.text("[data-receipt]")
