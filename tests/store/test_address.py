"""DATABASE_URL in libpq's own form, several hosts included; what it cannot be is a sentence without the password."""

import pytest
from sqlalchemy import create_engine, make_url

from cardsort.store.address import IMPATIENT, InvalidAddress, address_for_sqlalchemy


def connected(given):
    """With what psycopg connects, without what is filled in for every address."""
    url = make_url(address_for_sqlalchemy(given))
    _none, settings = create_engine(url).dialect.create_connect_args(url)
    return {name: value for name, value in settings.items() if name not in {*IMPATIENT, "context"}}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("postgresql://h/db", {"host": "h", "dbname": "db"}),
        ("postgres://h/db", {"host": "h", "dbname": "db"}),
        ("postgresql+psycopg://h/db", {"host": "h", "dbname": "db"}),
        ("postgresql://", {}),
        ("postgresql:///db?host=/run/postgresql", {"host": "/run/postgresql", "dbname": "db"}),
        ("postgresql://[::1]:5433/db", {"host": "::1", "port": "5433", "dbname": "db"}),
        (
            "postgresql://u:p%40%20%2F%3A%23%25%C3%A4@h:5432/db?sslmode=require",
            {"user": "u", "password": "p@ /:#%ä", "host": "h", "port": "5432", "dbname": "db", "sslmode": "require"},
        ),
    ],
)
def test_one_host_with_or_without_a_driver(given, expected):
    assert connected(given) == expected


@pytest.mark.parametrize(
    ("given", "hosts", "ports", "wanted"),
    [
        ("postgresql://u@h1:5432,h2:5433/db?target_session_attrs=any", "h1,h2", "5432,5433", "any"),
        ("postgresql://u@h1:5432,h2:5433/db", "h1,h2", "5432,5433", "read-write"),
        ("postgresql://u@h1,h2:5433/db", "h1,h2", ",5433", "read-write"),
        ("postgresql://u@[::1]:5432,[::2]/db", "::1,::2", "5432,", "read-write"),
        ("postgresql://u@/db?host=h1,h2&port=5433", "h1,h2", "5433,5433", "read-write"),
    ],
)
def test_of_several_hosts_the_first_that_can_be_written_to_is_taken_unless_another_is_wanted(
    given, hosts, ports, wanted
):
    assert connected(given) == {
        "user": "u",
        "dbname": "db",
        "host": hosts,
        "port": ports,
        "target_session_attrs": wanted,
    }


def test_an_operator_s_own_patience_counts():
    query = make_url(address_for_sqlalchemy("postgresql://h/db?connect_timeout=9")).query
    assert query == {**IMPATIENT, "connect_timeout": "9", "host": "h"}


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("cardsort.db", "it does not begin with postgresql://"),
        ("sqlite:///secret.db", "it does not begin with postgresql://"),
        ("postgresql+psycopg2://u:secret@h/db", "it does not begin with postgresql://"),
        ("postgresql://u:secret@h1:5432,h2:x/db", "a port is no number from 1 to 65535"),
        ("postgresql://u:secret@h:65536/db", "a port is no number from 1 to 65535"),
        ("postgresql://u:secret/@h/db", "a port is no number from 1 to 65535"),
        ("postgresql://u:secret@/db?host=a,b,c&port=1,2", "it has 3 hosts and 2 ports"),
        (
            "postgresql://u:secret words@h/db",
            "unexpected spaces found in “…”, use percent-encoded spaces (%20) instead",
        ),
        ("postgresql://u:se@cret@h/db", "the name of a host has an @ in it"),
        ("postgresql://u:secret%zz@h/db", "invalid percent-encoded token: “…”"),
        ("postgresql://u:secret@[::1]x/db", "unexpected character “…”"),
        ("postgresql://u:secret@h/db?colour=blue", "invalid URI query parameter: “…”"),
        ("postgresql://u:secret\udc80@h/db", "it is not UTF-8"),
    ],
)
def test_what_cannot_be_is_a_sentence_without_the_password(given, why):
    with pytest.raises(InvalidAddress) as refused:
        address_for_sqlalchemy(given)
    assert str(refused.value).startswith(why)
    assert "cret" not in str(refused.value)
