"""Many tablets behind one address join by the code, load the ballot, keep drafts, poll and send, within a minute."""

import http.client
import random
import re
import threading
import time
import urllib.parse
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.browser.live import Facilitator, Server
from tests.trust.sending import PATIENCE, Respondent, ranking_of, rankings_in_result, reveal
from tests.trust.servers import running
from tests.trust.table import Row

PACKED = {"Accept-Encoding": "br"}
GOOD = (200, 201, 303)
LATE = 5.0  # seconds, after which a room would ask what is wrong


@dataclass(frozen=True)
class Visit:
    """What the room was told, in statuses; how long the slowest answers took; and whose ballots are in the result."""

    statuses: Counter[int]
    unanswered: int
    waited: list[float]
    stored: Counter[tuple[str, ...]]
    seconds: float

    def slowest(self, percent):
        """So many per cent of the answers came faster, in seconds."""
        return self.waited[min(len(self.waited) - 1, len(self.waited) * percent // 100)]


class Tablet(Respondent):
    """A browser: one connection for pages, and one more for what they load."""

    def __init__(self, link, number):
        super().__init__(link, number)
        self.waited, self.unanswered = [], 0
        self.second = http.client.HTTPConnection(self.connection.host, self.connection.port, timeout=60)

    def ask(self, *request, **more):
        begin, kept = time.monotonic(), self.connection.sock is not None
        try:
            return self._ask(kept, *request, **more)
        except (OSError, http.client.HTTPException):
            self.unanswered += 1
            raise
        finally:
            self.waited.append(time.monotonic() - begin)

    def _ask(self, kept, *request, **more):
        """As browsers do: once more where the server has meanwhile closed a connection that was kept."""
        try:
            return super().ask(*request, **more)
        except ConnectionError:
            if not kept:
                raise
            return super().ask(*request, **more)

    def join(self, code):
        form = urllib.parse.urlencode({"code": code}).encode()
        _status, headers, _page = self.ask("POST", "/join", form, kind="application/x-www-form-urlencoded")
        assert headers["Location"] == self.path
        self.ask("GET", self.path)

    def load(self, files):
        self.ask("GET", f"{self.path}/ballot")
        for path in files:
            self.second.request("GET", path, headers=PACKED)
            answer = self.second.getresponse()
            answer.read()
            self.statuses.append(answer.status)

    def sort(self):
        self.keep_draft()
        self.ask("GET", f"{self.path}/state")

    def __exit__(self, *error):
        self.second.close()
        super().__exit__(*error)


def visit(server, figures):
    """The whole room; every tablet takes its five steps at random moments within the time."""
    desk = Facilitator(server).start()
    link, code = desk.link("customers"), desk.code("customers")
    files = files_of_page(link)
    leaving = threading.Barrier(figures.tablets, timeout=PATIENCE + 5 * figures.tablets_seconds)
    begin = time.monotonic()

    def vote(number):
        moments = sorted(random.uniform(0, figures.tablets_seconds) for _step in range(5))
        with Tablet(link, number) as tablet:
            steps = (lambda: tablet.join(code), lambda: tablet.load(files), tablet.sort, tablet.sort, tablet.send)
            for step, moment in zip(steps, moments, strict=True):
                time.sleep(max(0, begin + moment - time.monotonic()))
                step()
            leaving.wait()  # until then it keeps its connections
        return tablet

    with ThreadPoolExecutor(figures.tablets) as pool:
        tablets = list(pool.map(vote, range(figures.tablets)))
    seconds = time.monotonic() - begin
    reveal(desk)
    return Visit(
        statuses=Counter(status for tablet in tablets for status in tablet.statuses),
        unanswered=sum(tablet.unanswered for tablet in tablets),
        waited=sorted(seconds for tablet in tablets for seconds in tablet.waited),
        stored=Counter(rankings_in_result(desk)),
        seconds=seconds,
    )


def files_of_page(link):
    """What the ballot's page loads: styles, scripts, and the cards."""
    with Respondent(link, 0) as first:
        page = first.ask("GET", f"{first.path}/ballot")[2].decode()
    found = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    return [*dict.fromkeys(found), re.search(r'"cards": ?"([^"]+)"', page)[1]]


def measure(figures):
    with running(Server) as server:
        found = visit(server, figures)
    refused = found.statuses.total() - sum(found.statuses[good] for good in GOOD)
    what = f"{figures.tablets} tablets, {found.statuses.total()} requests from one address: refused, lost"
    yield Row(what, f"{refused}, {found.unanswered}", "0, 0", refused == found.unanswered == 0)
    each_once = found.stored == Counter(map(ranking_of, range(figures.tablets)))
    yield Row("  their ballots stored", str(found.stored.total()), "each once", each_once)
    late = found.seconds - figures.tablets_seconds
    what = f"  the last was done, of {figures.tablets_seconds:g} s, after"
    yield Row(what, f"{found.seconds:.0f} s", f"{LATE:g} s late at most", late <= LATE)
    half, most, slowest = (f"{found.slowest(percent):.1f}" for percent in (50, 99, 100))
    yield Row("  a page or an answer took: half, 99 %, the slowest", f"{half}, {most}, {slowest} s", "", holds=True)
