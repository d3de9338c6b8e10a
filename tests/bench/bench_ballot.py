"""The ballot's budgets, measured in one run: bytes, paint, layout shift, and how fast it answers a finger."""

import gzip
import statistics
import tempfile
import threading
import time
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.ballot_page import BallotPage
from tests.browser.conftest import DEVICES, FLAGS
from tests.browser.find_chromium import find_chromium
from tests.browser.live import ROOT, Facilitator, Server

SLOW_4G = {"offline": False, "latency": 562.5, "downloadThroughput": 1474.56 * 128, "uploadThroughput": 675 * 128}
SLOWED = 6
PRESSED, REST = 0.07, 250  # how long a finger stays down, in seconds, and at least until the next tap, in ms
ROUNDS = 3
DRAGS = ((10, 1), (4, 8), (7, 2), (2, 10), (9, 5), (3, 6))  # from place to place
PROBE = """() => {
  window.measured = {paint: 0, shift: 0, touches: new Map(), down: [], up: [], frames: [], behind: []};
  const watch = (type, take, more) => new PerformanceObserver((list) => list.getEntries().forEach(take))
    .observe({type, buffered: true, ...more});
  watch("largest-contentful-paint", (entry) => { measured.paint = entry.startTime; });
  watch("layout-shift", (entry) => { if (!entry.hadRecentInput) measured.shift += entry.value; });
  const note = ({name, interactionId: touch, duration}) => {
    if (touch) measured.touches.set(touch, Math.max(duration, measured.touches.get(touch) ?? 0));
    measured[{pointerdown: "down", pointerup: "up"}[name]]?.push(duration); };
  watch("event", note, {durationThreshold: 16});
  window.watchDrags = (after) => {
    let last = 0, until = 0;
    const frame = (at) => {
      if (last && at < until) measured.frames.push(at - last);
      last = at;
      requestAnimationFrame(frame); };
    const moved = ({timeStamp}) => {
      const {port1, port2} = new MessageChannel(); // heard once the picture has been handed on
      port1.onmessage = () => measured.behind.push(performance.now() - timeStamp);
      requestAnimationFrame(() => port2.postMessage(null)); };
    addEventListener("pointerdown", () => { until = Infinity; }, true);
    addEventListener("pointerup", () => { until = performance.now() + after; }, true);
    addEventListener("pointermove", moved, true);
    Object.assign(measured, {down: [], up: []});
    requestAnimationFrame(frame); }; }"""
ROW = '<li data-code="{0}"><span class="title">Card number {0} of ten</span><span data-handle>=</span></li>'
BARE = """<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Bare</title>
<style>li {{ height: 60px; margin: 6px; border: 1px solid; display: flex; justify-content: space-between }}
[data-handle] {{ width: 48px; touch-action: none }} body {{ font: 20px sans-serif }}</style><h1>A bare list of ten</h1>
<p><button onclick="this.textContent = Number(this.textContent) + 1">0</button></p>
<ol data-list>{rows}</ol><script src="/htmx.min.js"></script><script src="/test/Sortable.min.js"></script>
<script>new Sortable(document.querySelector("[data-list]"),
  {{handle: "[data-handle]", animation: 150, forceFallback: true, fallbackTolerance: 0}})</script>"""


@cache
def bare_file(path: str) -> bytes:
    if path == "/":
        rows = "".join(ROW.format(number) for number in range(1, 11))
        return gzip.compress(BARE.format(rows=rows).encode())
    return gzip.compress((ROOT / "static/vendor" / path.lstrip("/")).read_bytes(), 9)


class Bare(BaseHTTPRequestHandler):
    """The bare page that the ballot is measured against."""

    def do_GET(self) -> None:
        body = bare_file(self.path) if self.path.endswith((".js", "/")) else b""
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html" if self.path == "/" else "text/javascript")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main() -> None:
    bare = ThreadingHTTPServer(("127.0.0.1", 0), Bare)
    threading.Thread(target=bare.serve_forever, daemon=True).start()
    bare_url = f"http://127.0.0.1:{bare.server_port}/"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder)).start()
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        try:
            measure(chromium, Facilitator(server).start().link("customers"), bare_url)
        finally:
            chromium.close()
            server.stop()
            bare.shutdown()


def measure(chromium, link, bare_url):
    print(f"{'':46}{'ballot':>10}{'bare page':>12}   goal")
    ballot, bare = (load(chromium, address) for address in (f"{link}/ballot", bare_url))
    show("transferred, KB (compressed)", ballot["bytes"] / 1000, bare["bytes"] / 1000, "at most 60", "{:.1f}")
    show("requests", ballot["requests"], bare["requests"], "", "{:.0f}")
    slow, slow_bare = (load(chromium, address, SLOW_4G, 4) for address in (f"{link}/ballot", bare_url))
    welcome = load(chromium, link, SLOW_4G, 4)
    show("largest paint on slow 4G, s", slow["paint"] / 1000, slow_bare["paint"] / 1000, "at most 1.3", "{:.2f}")
    show("  the welcome before it, s", welcome["paint"] / 1000, None, "at most 1.3", "{:.2f}")
    show("  the first card after Begin, s", first_card(chromium, link), None, "", "{:.2f}")
    show("layout shift", slow["shift"], slow_bare["shift"], "0", "{:.3f}")
    print(f"interaction to next paint, processor slowed {SLOWED} times, ms")
    fingers(chromium, link, bare_url)


def show(what, ballot, bare, goal, form):
    beside = "" if bare is None else form.format(bare)
    print(f"{what:46}{form.format(ballot):>10}{beside:>12}   {goal}")


def load(chromium, address, network=None, slowed=1):
    """Medians of a few cold loads: bytes, requests, paint, shift."""
    found = [load_once(chromium, address, network, slowed) for _ in range(ROUNDS if network else 1)]
    return {name: statistics.median(one[name] for one in found) for name in found[0]}


def load_once(chromium, address, network, slowed):
    context = chromium.new_context(**DEVICES["phone"], service_workers="block")
    context.add_init_script(f"({PROBE})()")
    page = context.new_page()
    cdp = context.new_cdp_session(page)
    sizes = []
    cdp.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    cdp.send("Network.enable")
    if network:
        cdp.send("Network.emulateNetworkConditions", network)
        cdp.send("Emulation.setCPUThrottlingRate", {"rate": slowed})
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(500)
    measured = page.evaluate("measured")
    context.close()
    return {**measured_numbers(measured), "bytes": sum(sizes), "requests": len(sizes)}


def first_card(chromium, link):
    """Seconds from Begin to the first card, where the welcome has been read before; the median."""
    return statistics.median(first_card_once(chromium, link) for _ in range(ROUNDS))


def first_card_once(chromium, link):
    context = chromium.new_context(**DEVICES["phone"], service_workers="block")
    page = context.new_page()
    cdp = context.new_cdp_session(page)
    cdp.send("Network.enable")
    cdp.send("Network.emulateNetworkConditions", SLOW_4G)
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(link, wait_until="networkidle")
    page.locator(".go .way-cards").tap()
    page.wait_for_url("**/ballot*", wait_until="commit")
    there = page.wait_for_function(
        "() => document.querySelector('[data-step=sort] .card-face')?.offsetHeight && performance.now()"
    )
    milliseconds = there.json_value()
    context.close()
    return milliseconds / 1000


def measured_numbers(measured):
    return {"paint": measured["paint"], "shift": measured["shift"]}


def fingers(chromium, link, bare_url):
    ballot = slow_page(chromium)
    ballot.open_at(link)
    result = {}
    result["sort"] = events(ballot, lambda: [ballot.sort_one(("often", "no")[turn % 2]) for turn in range(24)])
    codes = ballot.page.evaluate(SORTED_US)[:10]
    ballot.go("Choose")
    ballot.choose(codes)
    result["move"] = events(ballot, lambda: ballot.tap_move(codes[5], *["up", "up", "down", "down"] * 4))
    bare = slow_page(chromium)
    bare.row = lambda code: bare.page.locator(f"li[data-code='{code}']")
    bare.section = lambda _step: bare.page.locator("body")
    drags, bare_drags = [], []
    for _ in range(ROUNDS):  # in turn, so that what else the machine does meets both; one page at a time
        ballot.open_at(link, "rank")
        drags.append(drag(ballot, ballot.order()))
        ballot.page.goto("about:blank")
        bare.page.goto(bare_url)
        bare_drags.append(drag(bare, list(range(1, 11))))
        bare.page.goto("about:blank")
    bare.page.goto(bare_url)
    bare_tap = events(bare, lambda: [bare.press(bare.page.locator("button")) for _ in range(24)])  # counts up
    ballot.page.context.close()
    bare.page.context.close()
    for name, answers in result.items():
        for place, kind in enumerate(("median", "slowest")):
            show(f"  {name}, {kind}", answers[place], bare_tap[place], "below 100", "{:.0f}")
    print("dragging, ms, beside a bare SortableJS list of ten, which shows nothing until the finger moves")
    for name in drags[0]:
        ours, theirs = ([time for one in found for time in one[name]] for found in (drags, bare_drags))
        show(f"  {name}, median", statistics.median(ours), statistics.median(theirs), "as the bare list", "{:.0f}")
        show(f"  {name}, slowest twentieth", slowest(ours), slowest(theirs), "as the bare list", "{:.0f}")


def slowest(times):
    return sorted(times)[int(len(times) * 0.95)]


SORTED_US = """() => Object.entries(JSON.parse(localStorage.getItem(Object.keys(localStorage)
  .find((key) => key.startsWith("cardsort:")))).piles).filter(([, pile]) => pile === "often").map(([code]) => code)"""


def slow_page(chromium):
    context = chromium.new_context(**DEVICES["tablet"], service_workers="block")
    context.add_init_script(f"({PROBE})()")
    ballot = BallotPage(context)
    context.new_cdp_session(ballot.page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    ballot.press = lambda target: tap(ballot.page, target)
    return ballot


def tap(page, target):
    """A finger's tap. Playwright's own would be without any time between down and up, and have its checks measured."""
    box = target.bounding_box()
    finger = [{"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}]
    cdp = page.context.new_cdp_session(page)
    cdp.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": finger})
    time.sleep(PRESSED)
    cdp.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    cdp.detach()
    page.wait_for_timeout(REST)


def events(ballot, act):
    """The answers to a finger while `act` runs, each from touch to paint: the median and the slowest."""
    ballot.page.evaluate("measured.touches.clear()")
    act()
    ballot.page.wait_for_timeout(400)
    found = ballot.page.evaluate("[...measured.touches.values()]") or [0]
    return statistics.median(found), max(found)


def drag(ballot, codes):
    """What a few drags up and down the list take, all of them, in milliseconds."""
    ballot.page.evaluate("watchDrags", REST)
    order = list(codes)
    for start, end in DRAGS:
        code = order.pop(start - 1)
        order.insert(end - 1, code)
        ballot.drag_to(code, end)
        ballot.page.wait_for_timeout(REST)
    ballot.page.wait_for_timeout(400)
    measured = ballot.page.evaluate("measured")
    down, up = ([*measured[name], *[16] * (len(DRAGS) - len(measured[name]))] for name in ("down", "up"))
    frames, behind = measured["frames"], measured["behind"]
    return {"picked up": down, "dropped": up, "from one frame to the next": frames, "from finger to picture": behind}


if __name__ == "__main__":
    started = time.monotonic()
    main()
    print(f"measured in {time.monotonic() - started:.0f} s")
