"""Every setting that there is, listed once: the command line and the README say the same of it."""

from dataclasses import dataclass

from cardsort.usecases.backups import SECRET

EVERYWHERE, DEFAULT_PORT = "0.0.0.0", 8000  # noqa: S104  tablets in the room must reach it
EACH_BY_ITSELF = "memory://"
SECRET_LENGTH = 32  # as long as the hash that uses it


@dataclass(frozen=True, slots=True)
class Setting:
    """What operators read of a setting: what it means and what holds without it. Its `option` wins over it."""

    means: str
    usual: str
    option: str = ""


SETTINGS = {
    "CARDSORT_DATA": Setting("folder of the database and the secret", "`./data`", "--data"),
    "CARDSORT_HOST": Setting("address to listen on", f"`{EVERYWHERE}`, the whole local network", "--host"),
    "CARDSORT_PORT": Setting("port to listen on", f"`{DEFAULT_PORT}`", "--port"),
    "PUBLIC_URL": Setting(
        "the address that people use; links and QR codes are made from it, other names are refused",
        "this machine's address on its network",
        "--public-url",
    ),
    "DATABASE_URL": Setting(
        "a PostgreSQL address (`postgresql://…`, also with several hosts) instead of the SQLite file",
        "SQLite in the data folder",
    ),
    "PREPARED_STATEMENTS": Setting("`off` behind PgBouncer before 1.21 that pools transactions", "`on`"),
    "SECRET_KEY": Setting(
        f"at least {SECRET_LENGTH} random characters; the links follow from it, so no server starts without the one "
        "they came from",
        f"made at the first start, kept in `data/{SECRET}`",
    ),
    "TRUSTED_PROXIES": Setting(
        "how many reverse proxies of your own stand in front and set `X-Forwarded-For`, `-Proto` and `-Host`",
        "0: these headers are ignored",
    ),
    "RATE_LIMIT_STORAGE": Setting(
        "where several workers count wrong codes together, such as `redis://…` (`pip install redis`)",
        f"`{EACH_BY_ITSELF}`: each by itself",
    ),
    "START_CODE": Setting(
        "8 characters or more: only who knows it can start workshops or restore one on the page",
        "everybody who reaches the server can",
    ),
}
