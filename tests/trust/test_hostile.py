"""Whatever is sent to whichever route: an answer, never a fault, and nothing changed by what was refused."""

import pytest

from tests.browser.live import Server
from tests.trust.figures import SMALL
from tests.trust.hostile import Run, fresh_living, rows
from tests.trust.living import Living
from tests.trust.malformed import endpoints, try_endpoint
from tests.trust.wire import try_all

# Werkzeug leaves what it has read of an upload that breaks off to the garbage collector, which tells.
LEFT_BY_WERKZEUG = "ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"


@pytest.fixture(scope="module")
def living():
    with fresh_living() as made:
        yield made


@pytest.mark.filterwarnings(LEFT_BY_WERKZEUG)
def test_hostile_requests_to_every_route_are_answered_and_change_nothing_that_was_refused(living):
    run = Run(living, SMALL.hostile)
    assert [row for row in rows(run) if not row[-1]] == [], run.report()
    assert {f"{method} {rule}" for method, rule, _ in run.drawing.routes} == {where for where, _ in run.tally}


@pytest.mark.filterwarnings(LEFT_BY_WERKZEUG)
def test_so_they_are_on_postgresql(postgres_app):
    run = Run(Living(postgres_app), SMALL.malformed, seed=11)
    assert run.faults == [], run.report()


def test_malformed_bodies_are_refused_with_a_sentence_and_change_nothing(living):
    assert [try_endpoint(living, endpoint, SMALL.malformed) for endpoint in endpoints(living)] == [{}] * 6


def test_broken_http_and_requests_left_half_do_not_keep_the_server_from_answering(tmp_path):
    server = Server(tmp_path).start()
    process = server.process.pid
    assert try_all(server) == []
    assert server.process.pid == process
    server.stop()
