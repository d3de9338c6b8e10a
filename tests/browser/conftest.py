"""A real server, a real Chromium, and the devices people bring."""

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.ballot_page import BallotPage
from tests.browser.engines.chromium import Chromium
from tests.browser.engines.firefox import Firefox
from tests.browser.engines.webkit import WebKit
from tests.browser.engines.wpe import Wpe
from tests.browser.find_chromium import find_chromium
from tests.browser.find_engines import ready
from tests.browser.live import Facilitator, Server
from tests.browser.waiting import HURRIED

expect.set_options(timeout=20_000)  # milliseconds: a busy machine is no fault
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP cardsort.test 127.0.0.1",
)
DEVICES = {
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "has_touch": True,
        "is_mobile": True,
        "device_scale_factor": 2,
    },
    "tablet": {
        "viewport": {"width": 820, "height": 1180},
        "has_touch": True,
        "is_mobile": True,
        "device_scale_factor": 1,
    },
    "desktop": {"viewport": {"width": 1366, "height": 800}},
}


@pytest.fixture(scope="session")
def browser():
    path = find_chromium()
    assert path, "The browser tests need Chromium: `make test` installs it, or says how."
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def engines(request):
    """Engines by their names, each started when it is first asked for: engines("webkit")."""
    assert ready(), "The browser tests need WebKitGTK and Firefox: `make test` installs them, or says how."
    running = {}

    def start(name):
        if name not in running:
            make = {"webkit": WebKit, "firefox": Firefox, "wpe": Wpe}
            running[name] = make[name]() if name in make else Chromium(request.getfixturevalue("browser"))
        return running[name]

    yield start
    for engine in running.values():
        engine.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """One server for all browser tests of a run."""
    running = Server(tmp_path_factory.mktemp("data")).start()
    yield running
    running.stop()


@pytest.fixture
def own_server(tmp_path):
    """A server of this test's own, to be stopped, killed and started again."""
    running = Server(tmp_path).start()
    yield running
    running.stop()


@pytest.fixture
def facilitator(server):
    """A facilitator with a new workshop on the shared server."""
    return Facilitator(server).start()


@pytest.fixture
def device(browser):
    """Open contexts: device("tablet"), device("phone", java_script_enabled=False). A page error fails the test.

    On a hurried one, what pages do only after some seconds comes ten times as soon, whatever it is.
    """
    contexts, faults = [], []

    def make(kind, *, hurried=False, **more):
        context = browser.new_context(**{**DEVICES[kind], **more})
        if hurried:
            context.add_init_script(HURRIED)
        context.set_default_timeout(30_000)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def person(device, facilitator):
    """Open ballots: person("it"), person("customers", "phone")."""

    def make(group="it", kind="tablet", **more):
        ballot = BallotPage(device(kind, **more), touch=kind != "desktop")
        return ballot.open(facilitator.link(group))

    return make


@pytest.fixture
def ranking(person):
    """A ballot at the ranking step, with the codes in their first order."""

    def make(group="it", kind="tablet", count=5, **more):
        ballot = person(group, kind, **more)
        codes = ballot.sort_some(count)
        ballot.choose(codes)
        assert ballot.order() == codes
        return ballot, codes

    return make
