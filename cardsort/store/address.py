"""DATABASE_URL as libpq itself reads it, several hosts included, turned into an address for SQLAlchemy.

What an operator leaves out is filled in so that a server which vanishes without a goodbye is noticed in seconds: the
system alone would wait for a quarter of an hour.
"""

import re

from sqlalchemy import URL
from sqlalchemy.dialects import registry

from cardsort.language import _

SCHEME = re.compile(r"postgres(?:ql)?(?:\+psycopg)?://")
QUOTED = re.compile(r'".{2,}"', re.DOTALL)  # in libpq's words on what it cannot read; it may be the password
IMPATIENT = {
    "connect_timeout": "2",  # seconds, for each host
    "tcp_user_timeout": "4000",  # milliseconds within which what was sent must arrive
    "keepalives_idle": "2",  # seconds of silence after which the system asks whether anybody is there
    "keepalives_interval": "1",
    "keepalives_count": "3",
}
OF_SEVERAL = {"target_session_attrs": "read-write"}  # the first that can be written to


registry.register("postgresql.watchful", "cardsort.store.postgres", "Watchful")


class InvalidAddress(Exception):
    """Not an address of a PostgreSQL database; str() says why, without the password."""


def address_for_sqlalchemy(given: str) -> str:
    """The address for SQLAlchemy of a database that is given by its address for libpq, or for psycopg."""
    found = _ports_of_each(_read(given))
    name, password, database = (found.pop(part, None) for part in ("user", "password", "dbname"))
    several = OF_SEVERAL if "," in found.get("host", "") else {}
    query = {**IMPATIENT, **several, **found}
    url = URL.create("postgresql+watchful", username=name, password=password, database=database, query=query)
    return url.render_as_string(hide_password=False)


def _read(given: str) -> dict[str, str]:
    """The parts, by libpq's names for them."""
    scheme = SCHEME.match(given)
    if scheme is None:
        # L10N: these clauses are the cause in “DATABASE_URL cannot be used: %(cause)s. Write postgresql://…”
        raise InvalidAddress(_("it does not begin with postgresql://"))
    try:
        from psycopg import Error
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as error:
        raise InvalidAddress(_("psycopg is not installed; it comes with the extra “postgres”")) from error
    try:
        found = conninfo_to_dict(f"postgresql://{given[scheme.end() :]}")
    except UnicodeError as error:
        raise InvalidAddress(_("it is not UTF-8")) from error
    except Error as error:
        raise InvalidAddress(QUOTED.sub("“…”", str(error)).strip()) from error
    parts = {name: str(value) for name, value in found.items()}
    if "@" in parts.get("host", ""):  # the rest of a password: it would be written wherever the host is
        raise InvalidAddress(_("the name of a host has an @ in it"))
    return parts


def _ports_of_each(found: dict[str, str]) -> dict[str, str]:
    """The same, with a port for each host, as SQLAlchemy wants it."""
    if "port" not in found:
        return found
    hosts, ports = (found.get(part, "").split(",") for part in ("host", "port"))
    if not all(port == "" or (port.isdecimal() and len(port) < 6 and 0 < int(port) < 65536) for port in ports):  # noqa: PLR2004
        raise InvalidAddress(_("a port is no number from 1 to 65535"))
    if len(ports) not in {1, len(hosts)}:
        raise InvalidAddress(_("it has %(hosts)s hosts and %(ports)s ports", hosts=len(hosts), ports=len(ports)))
    return {**found, "port": ",".join(ports * len(hosts) if len(ports) == 1 else ports)}
