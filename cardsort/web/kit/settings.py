"""Every setting that there is, listed once: the command line and the README say the same of it."""

from dataclasses import dataclass

from cardsort.language import N_, _
from cardsort.usecases.backups import SECRET

EVERYWHERE, DEFAULT_PORT = "0.0.0.0", 8000  # noqa: S104  tablets in the room must reach it
EACH_BY_ITSELF = "memory://"
SECRET_LENGTH = 32  # as long as the hash that uses it


PLACES = {
    "everywhere": EVERYWHERE,
    "port": DEFAULT_PORT,
    "memory": EACH_BY_ITSELF,
    "n": SECRET_LENGTH,
    "secret": SECRET,
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What operators read of a setting: what it means and what holds without it. Its `option` wins over it."""

    meaning: str
    default: str
    option: str = ""

    @property
    def means(self) -> str:
        """What it means, in the present language."""
        return _(self.meaning, **PLACES)

    @property
    def usual(self) -> str:
        """What holds without it, in the present language."""
        return _(self.default, **PLACES)


SETTINGS = {
    "CARDSORT_DATA": Setting(N_("folder of the database and the secret"), "`./data`", "--data"),
    "CARDSORT_HOST": Setting(N_("address to listen on"), N_("`%(everywhere)s`, the whole local network"), "--host"),
    "CARDSORT_PORT": Setting(N_("port to listen on"), "`%(port)s`", "--port"),
    "PUBLIC_URL": Setting(
        N_("the address that people use; links and QR codes are made from it, other names are refused"),
        N_("this machine's address on its network"),
        "--public-url",
    ),
    "DATABASE_URL": Setting(
        N_("a PostgreSQL address (`postgresql://…`, also with several hosts) instead of the SQLite file"),
        N_("SQLite in the data folder"),
    ),
    "PREPARED_STATEMENTS": Setting(N_("`off` behind PgBouncer before 1.21 that pools transactions"), "`on`"),
    "SECRET_KEY": Setting(
        N_(
            "at least %(n)s random characters; the links follow from it, so no server starts without the one they came "
            "from"
        ),
        N_("made at the first start, kept in `data/%(secret)s`"),
    ),
    "TRUSTED_PROXIES": Setting(
        N_("how many reverse proxies of your own stand in front and set `X-Forwarded-For`, `-Proto` and `-Host`"),
        N_("0: these headers are ignored"),
    ),
    "RATE_LIMIT_STORAGE": Setting(
        N_("where several workers count wrong codes together, such as `redis://…` (`pip install redis`)"),
        N_("`%(memory)s`: each by itself"),
    ),
    "CARDSORT_FONTS": Setting(
        N_(
            "folder of TrueType fonts with letters that Cardsort's own lack, such as Chinese or Thai, for what is "
            "printed"
        ),
        N_("only its own fonts; no other is opened"),
    ),
    "START_CODE": Setting(
        N_("8 characters or more: only who knows it can start workshops or restore one on the page"),
        N_("everybody who reaches the server can"),
    ),
    "CONTACT": Setting(
        N_("whom people can write to about accessibility: a mail address, the address of a page, or words"),
        N_("the page says to ask whoever sent the link"),
    ),
    "REQUEST_LOG": Setting(
        N_(
            "`on` for a line in the log of each request: the kind of page, the status, the milliseconds; never the "
            "address"
        ),
        "`off`",
    ),
}
