"""The same ballot more than once: ten times at the same moment, and again after an answer that never arrived."""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

from tests.browser.live import Facilitator, Server
from tests.browser.weak_network import WeakNetwork
from tests.trust.sending import Respondent
from tests.trust.servers import running
from tests.trust.table import Row

AT_ONCE = 10
CUT_OFF = 0.3


@dataclass(frozen=True)
class Together:
    """What ten equal requests were told, for each ballot in turn, and how many ballots the desk counts."""

    statuses: list[list[int]]
    stored: int


def sent_together(server, figures):
    desk = Facilitator(server).start()
    link = desk.link("customers")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = [_ten_times(pool, link, number) for number in range(figures.repeated)]
    return Together(statuses, desk.counts()["customers"])


def _ten_times(pool, link, number):
    """Over ten connections; every second person's device had no key before, so that each answer brings another."""
    with Respondent(link, number) as first:
        if number % 2:
            first.keep_draft()
    together = Barrier(AT_ONCE)

    def send(_turn):
        with first.again() as respondent:
            together.wait()
            respondent.send()
        return respondent.statuses[-1]

    return sorted(pool.map(send, range(AT_ONCE)))


@dataclass(frozen=True)
class Cut:
    """How many respondents were told that they are done, of how many; answers lost on the way, and the desk's count."""

    respondents: int
    done: int
    lost: int
    stored: int


def answers_cut_off(server, figures):
    """Respondents behind a network that lets each request through and loses 30 % of the answers."""
    desk, dice = Facilitator(server).start(), random.Random()
    network = WeakNetwork(server.port, lambda _request: "cut" if dice.random() < CUT_OFF else "pass")
    link = desk.link("customers").replace(server.url, network.url)

    def vote(number):
        with Respondent(link, number) as respondent:
            respondent.keep_draft()
            return respondent.send()

    with ThreadPoolExecutor(8) as pool:
        done = sum(pool.map(vote, range(figures.cut_off)))
    network.close()
    return Cut(figures.cut_off, done, network.fates.count("cut"), desk.counts()["customers"])


def measure(figures):
    with running(Server) as server:
        found = sent_together(server, figures)
        stored = f"{found.stored} of {figures.repeated}"
        yield Row("ballots each sent ten times at once: stored", stored, "each once", found.stored == figures.repeated)
        cut = answers_cut_off(server, figures)
        measured = f"{cut.stored} of {cut.respondents}"
        yield Row(
            f"{cut.lost} answers cut off after storing: stored", measured, "each once", cut.stored == cut.respondents
        )
