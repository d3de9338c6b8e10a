"""A person with a ballot in front of them: opens the link, sorts, chooses, ranks, says why, sends."""

import re
import time
from collections import Counter

from playwright.sync_api import expect

PILES = ("often", "sometimes", "no", "unsure")
FRAME = 1 / 60
READ = 0.09  # seconds: whoever taps again sooner has not seen the next card, and it is taken as a slip
# What an action leaves for later comes after the picture that shows its answer, and may ask for one more.
PAINTED = """async () => {
  for (let picture = 0; picture < 2; picture++)
    await new Promise((seen) => { requestAnimationFrame(() => setTimeout(seen)); });
}"""
NEXT_CARD = """async before => {
  const step = document.querySelector("[data-step=sort]");
  const code = "[data-card] > :not([data-aside]) .card-face .card-code";
  const present = () => step.querySelector(code)?.textContent.trim();
  const waits = () => [undefined, before].includes(present());
  for (let frames = 0; frames < 600 && waits(); frames++) await new Promise(requestAnimationFrame);
  const middles = [...step.querySelectorAll("[data-pile]")].map(button => {
    button.scrollIntoView({block: "nearest"});
    const {x, y, width, height} = button.getBoundingClientRect();
    return [button.dataset.pile, [x + width / 2, y + height / 2]];
  });
  return [present(), Object.fromEntries(middles)];
}"""

SEEN = """list => {
  const rows = [...list.children];
  const places = rows.map((row) => row.getBoundingClientRect().top);
  const seen = rows.map((row) => [row.dataset.code, row.querySelector("[data-body]").getBoundingClientRect().top]);
  return seen.sort((one, other) => one[1] - other[1])
    .map(([code, top], place) => [code, Math.abs(top - places[place]) < 1]);
}"""


class BallotPage:
    """One ballot in one page. On a touch device it taps and drags with a finger, else it clicks."""

    def __init__(self, context, *, touch=True):
        self.page = context.new_page()
        self.touch = touch
        self.link = ""
        self.actions = Counter()

    # Getting there

    def open(self, link, way="cards"):
        """Welcome, then the way through the cards; whoever has begun goes on where they were."""
        self.link = link.split("?")[0]
        self.page.goto(link)
        self.press(self.page.locator(f".go .way-{way}, .go > a").first)
        self.wait_for_script()
        return self

    def open_at(self, link, step=""):
        """Straight to the ballot, as a person who comes back to it."""
        self.page.goto(f"{link}/ballot{'#' + step if step else ''}")
        self.wait_for_script()
        return self

    def wait_for_script(self):
        """The first card can be there before the script that takes taps and keys."""
        expect(self.page.locator("[data-ballot]")).to_be_visible()
        expect(self.page.locator("[data-waiting]")).to_have_count(0)
        return self

    def wait_for(self, step):
        expect(self.section(step)).to_be_visible()
        return self

    def say_who(self, name):
        """Which kind of customer one is, and on to the cards."""
        self.press(self.section("who").get_by_text(name))
        self.press(self.section("who").get_by_role("button", name="Go on"))
        return self.wait_for("sort")

    def reload(self):
        self.page.reload()
        self.wait_for_script()
        return self

    @property
    def step(self):
        return self.page.evaluate("document.querySelector('[data-step]:not([hidden])').dataset.step")

    def section(self, step):
        return self.page.locator(f"[data-step='{step}']")

    def press(self, target):
        """One tap or click."""
        self.actions["press"] += 1
        if self.touch:
            target.tap()
        else:
            target.click()

    def _press_at(self, x, y):
        """One tap or click there, as fast as a finger that knows the place; it hits whatever is uppermost."""
        self.actions["press"] += 1
        if self.touch:
            self.page.touchscreen.tap(x, y)
        else:
            self.page.mouse.click(x, y)

    def go(self, word):
        """By the words of the steps at the top."""
        self.press(self.page.get_by_role("navigation", name="Steps").get_by_role("link", name=word))
        return self

    # Sort

    @property
    def card(self):
        """The card to be sorted now; others lie in its place unseen."""
        return self.section("sort").locator("[data-card] > :not([data-aside])")

    def present_card(self):
        return self.card.locator(".card-face .card-code").first.inner_text()

    def sort_one(self, pile):
        """Put the present card on a pile; its code."""
        code = self.present_card()
        self.press(self.section("sort").locator(f"[data-pile='{pile}']"))
        time.sleep(READ)
        return code

    def swipe(self, across, along=0):
        """A finger goes over the card by so many pixels; the card's code."""
        self.actions["swipe"] += 1
        code = self.present_card()
        x, y = middle(self.section("sort").locator("[data-card]"))
        self._drag_finger((x, y), (x + across, y + along), steps=8, rest=0.02)
        return code

    def sort_all(self, piles, *, keys=False):
        """All cards, one at a time, by taps or by keys; `piles` maps codes to piles, others are no."""
        count = int(self.section("sort").locator("[data-progress]").inner_text().split(" of ")[1])
        code, read = "", 0.0  # when the card has been read
        for _ in range(count):
            before = code
            code, middles = self.page.evaluate(NEXT_CARD, before)
            assert code != before, "the card stays"
            pile = piles.get(code, "no")
            if keys:
                self.page.keyboard.press(str((PILES.index(pile) + 1) % 4))
            else:
                time.sleep(max(0, read - time.monotonic()))
                self._press_at(*middles[pile])
                read = time.monotonic() + READ
        return self.wait_for("choose")

    def sort_some(self, count):
        """The first cards onto Yes, often, by the key 1, then on to choosing; their codes."""
        codes = []
        self.section("sort").locator("h1").focus()
        for _ in range(count):
            codes.append(self.present_card())
            self.page.keyboard.press("1")
        self.go("Choose").wait_for("choose")
        return codes

    # The list

    def titles(self):
        return self.section("list").locator("[data-titles] > li")

    def title_row(self, code):
        return self.section("list").locator(f"[data-titles] > [data-code='{code}']")

    def mark(self, codes):
        """A tap on each title; its texts stay folded."""
        for code in codes:
            self.press(self.title_row(code).locator(".choice-label"))
        return self

    # Choose

    def choose(self, codes):
        """Tick the cards in this order, then go on to ranking."""
        for code in codes:
            self.tick(code)
        self.press(self.section("choose").locator("[data-on]"))
        return self.wait_for("rank")

    def tick(self, code):
        rest = self.section("choose").locator("details[data-pile-rest]")
        row = self.section("choose").locator(f"[data-code='{code}'] label")
        if rest.locator(f"[data-code='{code}']").count() and not rest.evaluate("node => node.open"):
            self.press(rest.locator("summary"))
        self.press(row)

    # Rank

    def order(self):
        """The codes once a move has arrived."""
        self.page.evaluate(PAINTED)
        rows = self.section("rank").locator("[data-list] > [data-code]")
        return rows.evaluate_all("rows => rows.map(row => row.dataset.code)")

    def wait_for_order(self, codes):
        """Until another tab's change has arrived here."""
        for place, code in enumerate(codes):
            row = self.section("rank").locator("[data-list] > [data-code]").nth(place)
            expect(row).to_have_attribute("data-code", code)

    def row(self, code):
        return self.section("rank").locator(f"[data-list] > [data-code='{code}']")

    def handle(self, code):
        """The middle of the card's handle."""
        return middle(self.row(code).locator("[data-handle]"))

    def seen(self):
        """The codes from top to bottom as they are seen just now, and whether each lies at a place."""
        return [(code, lies) for code, lies in self.section("rank").locator("[data-list]").evaluate(SEEN)]

    def drag_to(self, code, place):
        """Drag the card by its handle with a finger (or the mouse) onto the place, counted from 1."""
        self.actions["drag"] += 1
        start = self.handle(code)
        target = middle(self.section("rank").locator("[data-list] > [data-code]").nth(place - 1))
        if self.touch:
            self._drag_finger(start, (start[0], target[1]))
        else:
            self._drag_mouse(start, (start[0], target[1]))
        return self

    def _drag_finger(self, start, end, steps=14, rest=0.2):
        with Finger(self.page) as finger:
            finger.down(start)
            finger.go(end, steps)
            time.sleep(rest)  # the finger rests, the cards come to lie
            finger.up()

    def _drag_mouse(self, start, end):
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=14)
        time.sleep(0.2)
        self.page.mouse.up()

    def tap_move(self, code, *moves, place=None):
        """Select the card and press its moves: "up", "down", "top", or a place from the dialog."""
        row = self.row(code)
        if "selected" not in (row.get_attribute("class") or ""):
            self.press(row.locator("[data-select]"))
        for move in moves:
            self.press(row.locator(f"[data-move='{move}']"))
        if place is not None:
            self.press(row.locator("[data-move='place']"))
            self.press(self.section("rank").locator(f"dialog [data-place='{place}']"))
        return self

    def key_move(self, code, *keys):
        """Move the focused card by keys: ArrowUp, ArrowDown, Home, End."""
        self.row(code).locator("[data-select]").focus()
        for key in keys:
            self.actions["key"] += 1
            self.page.keyboard.press(key)
        return self

    # Say why, send

    def reasons(self, *answers, moment=None):
        """On to the last questions; one dict per place: basis, evidence, costs, words."""
        if self.step == "rank":
            self.press(self.section("rank").locator("[data-on]"))
        self.wait_for("why")
        for index, answer in enumerate(answers):
            self._answer(self.section("why").locator(".why-card").nth(index), **answer)
        if moment:
            self.press(self.section("why").locator(f".chip:has([value='{moment}'])"))
        return self

    def _answer(self, panel, *, basis=None, evidence=None, costs=(), words=""):
        for value in filter(None, (basis, evidence, *costs)):
            self.press(panel.locator(f".chip:has([value='{value}'])"))
        if words:
            panel.locator("textarea").fill(words)

    def press_send(self):
        if self.step == "rank":
            self.reasons()
        self.press(self.section("why").get_by_role("button", name="Send"))
        return self

    def send(self):
        """Press Send and wait for the receipt; its code."""
        return self.press_send().receipt()

    def receipt(self):
        expect(self.heading).to_have_text(re.compile(r"^Sent"))
        return self.section("send").locator("[data-receipt]").inner_text()

    @property
    def heading(self):
        return self.page.locator("[data-step]:not([hidden]) h1")

    def sent_list(self):
        rows = self.section("send").locator("[data-own-list] > [data-code]")
        return rows.evaluate_all("rows => rows.map(row => row.dataset.code)")

    # What is said and kept

    def listen(self):
        """Write down from now on every sentence that the live region says."""
        self.page.evaluate(
            """() => { window.said = []; const region = document.querySelector('[data-live]');
            new MutationObserver(() => window.said.push(region.textContent.trim())).observe(region,
              {childList: true, characterData: true, subtree: true}); }"""
        )

    def said(self):
        self.page.evaluate(PAINTED)
        return self.page.evaluate("window.said.splice(0)")

    def title(self, code):
        return self.page.evaluate(
            """async code => {
              const { urls } = JSON.parse(document.getElementById("ballot-data").textContent);
              const cards = document.createElement("template");
              cards.innerHTML = await (await fetch(urls.cards)).text();
              return cards.content.querySelector(`[data-card="${code}"]`).content.querySelector("h2").textContent;
            }""",
            code,
        )

    def focused_card(self):
        return self.page.evaluate("document.activeElement.closest('[data-code]')?.dataset.code ?? null")

    def notice(self, name):
        return self.page.locator(f"[data-notice='{name}']")

    def saving(self, reached):
        """A block after which the server has a draft for which `reached(draft)` holds."""

        def saved(answer):
            return "/draft" in answer.url and answer.ok and reached(answer.request.post_data_json["draft"])

        return self.page.expect_response(saved)


def middle(locator):
    locator.scroll_into_view_if_needed()
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


class Finger:
    """A finger on the screen, one step a frame."""

    def __init__(self, page):
        self.cdp = page.context.new_cdp_session(page)
        self.at = (0, 0)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.cdp.detach()

    def down(self, point):
        self.at = point
        self._touch("touchStart", point)

    def go(self, point, steps=14):
        """Straight there."""
        start = self.at
        for step in range(1, steps + 1):
            began = time.perf_counter()
            self.at = [a + (b - a) * step / steps for a, b in zip(start, point, strict=True)]
            self._touch("touchMove", self.at)
            time.sleep(max(0, FRAME - (time.perf_counter() - began)))

    def tap_with_another(self, point):
        """A second finger taps while this one stays down."""
        self._touch("touchStart", self.at, point)
        self._touch("touchEnd", None, point)  # says which one goes

    def torn_away(self):
        """The system takes the touch for itself, as when its messages are pulled down."""
        self._touch("touchCancel")

    def up(self):
        self._touch("touchEnd")

    def _touch(self, kind, *points):
        touching = [
            {"x": point[0], "y": point[1], "radiusX": 12, "radiusY": 12, "force": 0.5, "id": number}
            for number, point in enumerate(points)
            if point
        ]
        self.cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touching})
