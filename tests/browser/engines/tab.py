"""One tab in some engine, and the few verbs that a story needs.

`WebKitTab`, `FirefoxTab` and `ChromiumTab` differ in how a finger, a key and a question to the page get there. What the
browser holds against a page (script errors, what the policy refuses, failed requests) is a fault in each of them.
"""

import contextlib
import time

from tests.browser.widths import TORN

FRAME = 1 / 60
KEYS = {"Enter": "\ue007", "Tab": "\ue004", "ArrowUp": "\ue013", "ArrowDown": "\ue015", "ArrowLeft": "\ue012"}
KEYS |= {"ArrowRight": "\ue014", "Home": "\ue011", "End": "\ue010", "PageDown": "\ue00f", "Space": " "}
# The middle of what is seen of it and takes a tap there; else what lies over it, or nothing where it is not seen.
MIDDLE = """(selector, words) => {
  const seen = (node) => node.getClientRects().length && getComputedStyle(node).visibility !== "hidden";
  const node = [...document.querySelectorAll(selector)].find((one) => one.textContent.includes(words) && seen(one));
  if (!node) return null;
  const before = scrollY;
  node.scrollIntoView({block: "nearest"});
  if (scrollY !== before) return "still scrolling";
  const {x, y, width, height} = node.getBoundingClientRect();
  const middle = [x + width / 2, y + height / 2];
  const hit = document.elementFromPoint(...middle);
  return hit && (node.contains(hit) || hit.contains(node)) ? middle : (hit?.outerHTML ?? "outside").slice(0, 200);
}"""
# What looks wrong at any step: the page is wider than the screen, or a control lies outside it.
ASKEW = """() => {
  const { scrollWidth } = document.documentElement;
  const wide = scrollWidth > innerWidth ? [`${scrollWidth} wide`] : [];
  const controls = [...document.querySelectorAll("a, button, input, textarea, select, summary")];
  const cut = controls.filter((node) => {
    const {left, right, width} = node.getBoundingClientRect();
    return width > 2 && (left < -1 || right > innerWidth + 1) && getComputedStyle(node).visibility !== "hidden";
  });
  return [...wide, ...cut.map((node) => `cut: ${node.outerHTML.slice(0, 120)}`)];
}"""
# What moves is at its end at once. What begins only then is not still yet.
STILL = """() => {
  const moving = document.getAnimations().filter((motion) => motion.playState === "running");
  for (const motion of moving) motion.finish();
  return document.readyState === "complete" && !moving.length;
}"""


class Tab:
    """What all engines share; each gives `goto`, `js`, `act`, `reload`, `picture`, `all_faults` and `close`."""

    name = ""
    pointer = "mouse"  # what `tap` and `drag` really do: "touch" or "mouse"

    def __init__(self, size):
        self.size = size
        self.forgiven = 0
        self.album = None

    def until(self, function, *args, seconds=30):
        """Its answer, once it is one."""
        end = time.monotonic() + seconds
        while not (answer := self.js(function, *args)):
            assert time.monotonic() < end, f"waited in vain for {function} {args}"
            time.sleep(0.03)
        return answer

    def middle(self, selector, words=""):
        """Where to touch it, once it has come to lie there and nothing covers it."""
        end, before = time.monotonic() + 30, None
        while (found := self.js(MIDDLE, selector, words)) != before or not isinstance(found, list):
            assert time.monotonic() < end, f"{selector} {words} cannot be touched: {found}"
            before = found
            time.sleep(0.1 if found == "still scrolling" else 0.01)  # Firefox scrolls in another process
        return found

    def tap(self, selector, words=""):
        self._touch(self.middle(selector, words))

    def drag(self, selector, onto):
        """Take it up, carry it over the other in a quarter of a second, rest there, put it down."""
        start, end = self.middle(selector), self.middle(onto)
        self._touch(start, *([start[0], start[1] + (end[1] - start[1]) * part / 10] for part in range(1, 11)))

    def _touch(self, start, *path):
        steps = [move(start, 0), {"type": "pointerDown", "button": 0}, *(move(point, 25) for point in path)]
        rest = {"type": "pause", "duration": 200 if path else 40}  # Firefox takes a shorter touch for none
        self.act("pointer", [*steps, rest, {"type": "pointerUp", "button": 0}])

    def press(self, *keys):
        """Keys by their names, or letters."""
        values = [KEYS.get(key, key) for key in keys]
        self.act("key", [{"type": kind, "value": key} for key in values for kind in ("keyDown", "keyUp")])

    def write(self, selector, words):
        """Tap into a field and type."""
        self.tap(selector)
        self.press(*words)

    def text(self, selector):
        """What stands there, once it is seen."""
        seen = "[...document.querySelectorAll(selector)].find((node) => node.offsetParent)"
        return self.until(f"selector => {seen}?.textContent.trim()", selector)

    def see(self, selector, words="", seconds=30):
        """Wait until it is seen."""
        self.until(
            """(selector, words) => [...document.querySelectorAll(selector)]
              .some((node) => node.getClientRects().length && node.textContent.includes(words))""",
            selector,
            words,
            seconds=seconds,
        )

    def all(self, selector, attribute="data-code"):
        """The attribute of each, from the first to the last."""
        return self.js(
            "(selector, name) => [...document.querySelectorAll(selector)].map((node) => node.getAttribute(name))",
            selector,
            attribute,
        )

    def look(self, name):
        """The page is there, still, nothing is askew or torn apart. Where there is an album, a picture goes there."""
        self.until(STILL)
        if self.album:
            self.picture(self.album / f"{name}.png")
        assert self.js(ASKEW) == [], name
        torn = self.js(TORN)
        assert torn == [], f"{name}: {torn}"

    @property
    def faults(self):
        return self.all_faults()[self.forgiven :]

    @contextlib.contextmanager
    def forgiving(self):
        """A block in which faults are meant, as when the server is away."""
        assert self.faults == []
        yield
        self.forgiven = len(self.all_faults())


def move(point, duration):
    return {"type": "pointerMove", "x": round(point[0]), "y": round(point[1]), "duration": duration}
