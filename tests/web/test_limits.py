"""Wrong codes are slowed down also where the storage that several workers share does not answer."""

import pytest
from limits import parse_many

from cardsort.web import limits
from cardsort.web.app import create_app
from tests.conftest import client_of, close
from tests.web.conftest import open_room

NOBODY = "redis://127.0.0.1:1"  # no server listens there


@pytest.fixture
def alone(make_config):
    app = create_app(make_config(rate_limit_storage=NOBODY))
    yield app
    close(app)


def test_whoever_has_a_network_of_their_own_counts_as_one(app):
    def household(address):
        with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
            return limits.one_household()

    here = household("2001:db8:1:2::1")
    assert here == household("2001:db8:1:2:ffff::9")
    assert here != household("2001:db8:1:3::1")
    assert household("192.0.2.1") != household("192.0.2.2")


def test_while_the_shared_count_does_not_answer_each_process_counts_by_itself(alone, caplog, monkeypatch):
    monkeypatch.setattr(limits, "WRONG_CODES", parse_many("60/minute"))
    tablet = open_room(alone).stranger()
    answers = [tablet.post("/join", data={"code": "AAAA-AAA9"}) for _ in range(62)]
    assert [answer.status_code for answer in answers] == [404] * 60 + [429] * 2
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    said = [record.message for record in caplog.records if "RATE_LIMIT_STORAGE" in record.message]
    assert said == ["RATE_LIMIT_STORAGE does not answer: wrong codes are counted here alone"]


def test_whoever_has_reached_the_limit_of_the_hour_is_told_how_long_it_still_is(alone, monkeypatch):
    monkeypatch.setattr(limits, "WRONG_CODES", parse_many("60/minute;5/hour"))
    tablet = open_room(alone).stranger()
    answers = [tablet.post("/join", data={"code": "AAAA-AAA9"}) for _ in range(6)]
    assert answers[-1].status_code == 429
    assert "or an hour if that does not help" in answers[-1].text
    assert 3500 < int(answers[-1].headers["Retry-After"]) <= 3600


@pytest.mark.parametrize(
    ("given", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("192.0.2.7:5678", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("[::ffff:192.0.2.7]:443", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2:3:4:5:6]", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2:3:4:5:6]:5678", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::5678", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown", "unknown"),
        ("[192.0.2.7", "unknown"),
    ],
)
def test_an_address_counts_as_itself_in_whatever_form_a_proxy_gives_it(make_config, given, counted):
    app = create_app(make_config(proxies=1))
    seen = []
    app.before_request(lambda: seen.append(limits.one_household()))
    client_of(app).get("/", headers={"X-Forwarded-For": f"203.0.113.1, {given}"})
    assert seen == [counted]
    close(app)
