"""How much memory the server takes while ballots come in, thousands of them."""

from concurrent.futures import ThreadPoolExecutor

from tests.bench.bench_load import resident_megabytes
from tests.browser.live import Facilitator, Server
from tests.trust.sending import THREADS, Respondent
from tests.trust.servers import running
from tests.trust.table import Row

STEADY = 10  # megabytes by which it may grow after the first look


def send_and_watch(server, figures):
    """Ballots stored -> megabytes of the process then; and how many ballots the desk counts in the end."""
    desk, taken, start = Facilitator(server).start(), {}, 0
    link = desk.link("customers")
    with ThreadPoolExecutor(THREADS) as pool:
        for goal in range(figures.memory_first, figures.memory_ballots + 1, figures.memory_step):
            shares = [range(start + thread, goal, THREADS) for thread in range(THREADS)]
            assert all(pool.map(lambda numbers: _send(link, numbers), shares))
            taken[goal], start = resident_megabytes(server.process.pid), goal
    return taken, desk.counts()["customers"]


def _send(link, numbers):
    """One device for all of them, which keeps its connection and nothing else."""
    with Respondent(link, 0) as respondent:
        return all(respondent.become(number).send() for number in numbers)


def measure(figures):
    with running(Server) as server:
        taken, stored = send_and_watch(server, figures)
    first, last = min(taken), max(taken)
    grown, each = taken[last] - taken[first], figures.memory_step
    what = f"memory from {first:,} to {last:,} ballots ({taken[first]:.0f} to {taken[last]:.0f} MB)"
    yield Row(f"{what}: grown by", f"{grown:.1f} MB", f"at most {STEADY} MB", grown <= STEADY and stored == last)
    steps = [taken[goal] - taken[goal - each] for goal in taken if goal - each in taken]
    yield Row(f"  every {each:,} ballots", " ".join(f"{step:+.1f}" for step in steps), "", holds=True)
