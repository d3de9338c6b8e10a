"""How this server runs: from the command line, from the environment, or good by default."""

import os
import secrets
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import URL

from cardsort.language import N_, _
from cardsort.store.address import InvalidAddress, address_for_sqlalchemy
from cardsort.store.inspection import standing_at
from cardsort.store.snapshots import DamagedDatabase
from cardsort.usecases.backups import DATABASE, SECRET
from cardsort.usecases.opening import PUT_BACK
from cardsort.usecases.remedies import NO_FOLDER, access_faults, database_fault, file_fault
from cardsort.web.kit.settings import DEFAULT_PORT, EACH_BY_ITSELF, EVERYWHERE, SECRET_LENGTH, SETTINGS

USUAL_PORTS = {"http": 80, "https": 443}
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


REFUSED = {
    "opened": N_(
        "The database cannot be opened (DATABASE_URL): %(cause)s. Check the setting, the rights and the version."
    ),
    "used": N_("The database cannot be used (DATABASE_URL): %(cause)s. Check the setting, the rights and the version."),
}


class InvalidSetting(Exception):
    """A setting cannot be used; str() begins with its name, where it has one, and says how to mend it."""


class Use(Enum):
    """What the settings are read for."""

    SERVE = "folder and secret are made where they are missing"
    READ = "nothing is made: the folder may be missing, and the secret empty"
    RENEW = "as for serving, and a secret also beside links that followed from another one"
    EXAMINE = "nothing is made, and the secret is not read"


@dataclass(frozen=True, slots=True)
class Config:
    """How this server runs; SETTINGS say what each means.

    database_url "" = SQLite in `data`; else as libpq takes it
    public_url   without a path or slash at the end
    start_code   "" = everybody who reaches this server may start workshops
    fonts        None = Cardsort's own alone
    contact      "" = whoever sent the link
    """

    data: Path
    database_url: str
    secret: bytes
    public_url: str
    host: str = EVERYWHERE
    port: int = DEFAULT_PORT
    proxies: int = 0
    start_code: str = ""
    rate_limit_storage: str = EACH_BY_ITSELF
    prepared_statements: bool = True
    fonts: Path | None = None
    contact: str = ""
    request_log: bool = False

    @property
    def secure(self) -> bool:
        """Whether people reach this server by https."""
        return self.public_url.startswith("https://")

    @property
    def loopback(self) -> bool:
        """Whether nobody but this machine can follow the links."""
        return self.public_host in LOOPBACK

    @property
    def public_host(self) -> str:
        """The host name in `public_url`."""
        return urlsplit(self.public_url).hostname or ""

    @property
    def database(self) -> str:
        """The database's address for SQLAlchemy."""
        if self.database_url:
            return address_for_sqlalchemy(self.database_url)
        return sqlite_address(self.data)

    def accepted_hosts(self) -> frozenset[str]:
        """Names under which requests are answered; any other Host is refused."""
        return LOOPBACK | {self.public_host} | own_names()


def read_config(
    environ: Mapping[str, str],
    *,
    data: str | None = None,
    host: str | None = None,
    port: int | None = None,
    public_url: str | None = None,
    use: Use = Use.SERVE,
) -> Config:
    """The settings: each argument wins over its environment variable, which wins over the default."""
    given = {name: environ.get(name, "") for name in SETTINGS}
    folder = data_folder(environ, data)
    port = port or _number("CARDSORT_PORT", given["CARDSORT_PORT"], DEFAULT_PORT, least=1, most=65535)
    host = host or given["CARDSORT_HOST"] or EVERYWHERE
    if use in {Use.SERVE, Use.RENEW}:
        prepare_folder(folder)
    database_url = _database_url(given["DATABASE_URL"])
    return Config(
        data=folder,
        database_url=database_url,
        secret=_given_secret(given["SECRET_KEY"]) or _kept_secret(folder, database_url, use),
        public_url=_public_url(public_url or given["PUBLIC_URL"] or _usual_url(host, port)),
        host=host,
        port=port,
        proxies=_number("TRUSTED_PROXIES", given["TRUSTED_PROXIES"], 0, least=0, most=9),
        rate_limit_storage=given["RATE_LIMIT_STORAGE"] or EACH_BY_ITSELF,
        start_code=_start_code(given["START_CODE"]),
        prepared_statements=_switch("PREPARED_STATEMENTS", given["PREPARED_STATEMENTS"], "on"),
        fonts=font_folder(environ),
        contact=" ".join(given["CONTACT"].split()),
        request_log=_switch("REQUEST_LOG", given["REQUEST_LOG"], "off"),
    )


def data_folder(environ: Mapping[str, str], data: str | None = None) -> Path:
    """Where the data lies, whether or not it is there."""
    return Path(data or environ.get("CARDSORT_DATA") or "data").expanduser().resolve()


def font_folder(environ: Mapping[str, str]) -> Path | None:
    """Where the operator's fonts lie."""
    given = environ.get("CARDSORT_FONTS", "")
    if not given:
        return None
    folder = Path(given).expanduser().resolve()
    try:
        next(folder.iterdir(), None)
    except OSError as error:
        raise InvalidSetting(
            _(
                "CARDSORT_FONTS is “%(given)s”, no folder that can be read. Set it to one with fonts, or leave it out.",
                given=given,
            )
        ) from error
    return folder


def prepare_folder(folder: Path) -> None:
    """Make the data folder; a new one, and every file made in it from now on, is for its owner alone."""
    os.umask(0o077)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        fault = file_fault(error, folder, "made")
        raise InvalidSetting(" ".join((fault, _("Or choose another with --data.")))) from error
    if fault := next(access_faults([folder], NO_FOLDER), ""):
        raise InvalidSetting(fault)


def lan_address() -> str:
    """This machine's address on its local network, or loopback when it has none. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address: only the route is looked up
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def own_names() -> frozenset[str]:
    """This machine's names and addresses."""
    name = socket.gethostname().lower()
    names = {name, f"{name}.local", lan_address()}
    with suppress(OSError):  # a name that nothing resolves is no address
        names |= {str(entry[4][0]) for entry in socket.getaddrinfo(name, None)}
    return frozenset(names)


def _number(name: str, value: str, usual: int, *, least: int, most: int) -> int:
    if not value:
        return usual
    if not (value.isascii() and value.isdigit() and len(value) < 9) or not least <= int(value) <= most:  # noqa: PLR2004  int() of thousands of digits fails
        raise InvalidSetting(
            _(
                "%(name)s is “%(value)s”. Set it to a number from %(least)s to %(most)s.",
                name=name,
                value=value,
                least=least,
                most=most,
            )
        )
    return int(value)


def _given_secret(given: str) -> bytes:
    if given and len(given) < SECRET_LENGTH:
        raise InvalidSetting(
            _("SECRET_KEY is shorter than %(n)s characters. Set it to a long random text.", n=SECRET_LENGTH)
        )
    return given.encode()


def _kept_secret(folder: Path, database_url: str, use: Use) -> bytes:
    """The secret in the data folder, made where there is none and nothing follows from the one that was there."""
    if use is Use.EXAMINE:
        return b""
    path = folder / SECRET
    stored = bool(database_url) or (folder / DATABASE).exists()  # asked first: a server makes its secret before these
    if use is Use.READ and not path.exists():
        return b""
    if not path.exists():
        if stored and use is Use.SERVE:
            _refuse_loss(path, database_url)
        _make_secret(path)
    found = path.read_bytes().strip()
    if len(found) < SECRET_LENGTH:
        said = _("The file %(path)s is damaged: delete it.", path=path)
        raise InvalidSetting(f"{said} {_(PUT_BACK)}")
    return found


def _refuse_loss(path: Path, database_url: str) -> None:
    try:
        lost = standing_at(address_for_sqlalchemy(database_url) if database_url else sqlite_address(path.parent)).links
    except DamagedDatabase as error:
        raise InvalidSetting(database_refusal(database_url, path.parent, error)) from error
    if lost:
        said = _("The file %(path)s is missing, and all links in the database follow from it.", path=path)
        raise InvalidSetting(f"{said} {_(PUT_BACK)}")


def database_refusal(database_url: str, folder: Path, cause: Exception, done: str = "opened") -> str:
    """The sentence for a database that does not do what is asked; without what its address tells."""
    words = str(getattr(cause, "orig", None) or cause).strip().splitlines()[0]
    if not database_url:
        return database_fault(folder, words, done)
    return _(REFUSED[done], cause=words)


def _make_secret(path: Path) -> None:
    fresh = path.with_name(f"secret.{secrets.token_hex(8)}")
    fresh.write_text(secrets.token_hex(SECRET_LENGTH))
    with suppress(FileExistsError):  # another server, starting at the same moment, was first
        os.link(fresh, path)  # whole or not at all, so that nobody reads half of it
    fresh.unlink()


def sqlite_address(folder: Path) -> str:
    """The address of the SQLite database in a data folder."""
    return URL.create("sqlite", database=str(folder / DATABASE)).render_as_string()


def _start_code(given: str) -> str:
    code = given.strip()
    if code and not 8 <= len(code) <= 200:  # noqa: PLR2004  shorter ones can be guessed; longer ones have no field
        raise InvalidSetting(_("START_CODE must have 8 to 200 characters. Set it to a longer text, or leave it out."))
    return code


def origin_of(address: str) -> tuple[str, str, int] | None:
    """Scheme, host and port of an http(s) address, the usual port filled in; None for anything else."""
    try:
        parts = urlsplit(address)
        if parts.scheme not in USUAL_PORTS or not parts.hostname or "@" in parts.netloc:
            return None
        return parts.scheme, parts.hostname, parts.port or USUAL_PORTS[parts.scheme]
    except ValueError:
        return None


def _usual_url(host: str, port: int) -> str:
    """Under which people reach this server: where it listens, or this machine's address when it listens everywhere."""
    name = lan_address() if host in {EVERYWHERE, "::", ""} else host
    try:
        return _public_url(f"http://{f'[{name}]' if ':' in name else name}:{port}")
    except InvalidSetting:
        raise InvalidSetting(
            _("CARDSORT_HOST is “%(host)s”. Set it to an address of this machine.", host=host)
        ) from None


def _public_url(value: str) -> str:
    found = origin_of(value)
    rest = urlsplit(value) if found else None
    if found is None or rest is None or rest.path.strip("/") or rest.query or rest.fragment:
        raise InvalidSetting(
            _("PUBLIC_URL is “%(value)s”. Set it to an address such as https://cards.example.org.", value=value)
        )
    scheme, name, port = found
    if not name.isascii():
        raise InvalidSetting(
            _(
                "PUBLIC_URL is “%(value)s”, a name that browsers ask for in another form. Set it to that form, which "
                "has xn-- in it.",
                value=value,
            )
        )
    shown = f"[{name}]" if ":" in name else name
    return f"{scheme}://{shown}" if port == USUAL_PORTS[scheme] else f"{scheme}://{shown}:{port}"


def _database_url(given: str) -> str:
    try:
        if given:
            address_for_sqlalchemy(given)
    except InvalidAddress as error:
        raise InvalidSetting(
            _(
                "DATABASE_URL cannot be used: %(cause)s. Write %(form)s, signs such as %(signs)s in the password as "
                "%(written)s; or leave it out for SQLite.",
                cause=error,
                form="postgresql://NAME:PASSWORD@HOST:PORT/DATABASE",
                signs="/ : @",
                written="%2F %3A %40",
            )
        ) from error
    return given


def _switch(name: str, value: str, usual: str) -> bool:
    if value not in {"", "on", "off"}:
        raise InvalidSetting(
            _("%(name)s is “%(value)s”. Set it to %(on)s or %(off)s.", name=name, value=value, on="on", off="off")
        )
    return (value or usual) == "on"
