"""Settings: from the command line, from the environment, or good by default."""

import os
import secrets
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

DEFAULT_PORT = 8000
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class InvalidSetting(Exception):
    """A setting cannot be used; str() says which and how to mend it."""


@dataclass(frozen=True, slots=True)
class Config:
    """How this server runs.

    data         folder of the database and the secret
    database_url "" = SQLite in `data`
    secret       from which links are made: losing it means that voting links cannot be shown again
    public_url   the address under which people reach this server; without a path or slash at the end
    """

    data: Path
    database_url: str
    secret: bytes
    public_url: str
    host: str = "0.0.0.0"  # noqa: S104  tablets in the room must reach it
    port: int = DEFAULT_PORT

    @property
    def secure(self) -> bool:
        """Whether people reach this server by https."""
        return self.public_url.startswith("https://")

    @property
    def public_host(self) -> str:
        """The host name in `public_url`."""
        return urlsplit(self.public_url).hostname or ""

    @property
    def database(self) -> str:
        """The database's address for SQLAlchemy."""
        return self.database_url or f"sqlite:///{self.data / 'cardsort.db'}"

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
) -> Config:
    """The settings: each argument wins over its environment variable, which wins over the default."""
    folder = Path(data or environ.get("CARDSORT_DATA") or "data").expanduser().resolve()
    port = port if port is not None else _port(environ.get("CARDSORT_PORT"))
    host = host or environ.get("CARDSORT_HOST") or "0.0.0.0"  # noqa: S104  tablets in the room must reach it
    prepare_folder(folder)
    return Config(
        data=folder,
        database_url=_postgres_driver(environ.get("DATABASE_URL", "")),
        secret=_secret(environ.get("SECRET_KEY"), folder),
        public_url=_public_url(public_url or environ.get("PUBLIC_URL") or f"http://{lan_address()}:{port}"),
        host=host,
        port=port,
    )


def prepare_folder(folder: Path) -> None:
    """Make the data folder, readable by its owner alone."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidSetting(f"The data folder {folder} cannot be made: {error.strerror}. Choose another.") from error
    if not os.access(folder, os.W_OK):
        raise InvalidSetting(f"The data folder {folder} cannot be written to. Choose another, or change its rights.")


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


def _port(value: str | None) -> int:
    if not value:
        return DEFAULT_PORT
    if not value.isdigit() or not 1 <= int(value) <= 65535:  # noqa: PLR2004  the range of ports
        raise InvalidSetting(f"CARDSORT_PORT is “{value}”. Set it to a number from 1 to 65535.")
    return int(value)


def _secret(given: str | None, folder: Path) -> bytes:
    if given:
        if len(given) < 32:  # noqa: PLR2004  as long as the hash that uses it
            raise InvalidSetting("SECRET_KEY is shorter than 32 characters. Set it to a long random text.")
        return given.encode()
    path = folder / "secret.key"
    with suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_hex(32).encode())
    found = path.read_bytes().strip()
    if len(found) < 32:  # noqa: PLR2004  as above
        raise InvalidSetting(f"The file {path} is damaged. Restore it from a backup, or delete it to make a new one.")
    return found


def _public_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
        raise InvalidSetting(f"PUBLIC_URL is “{value}”. Set it to an address such as https://cards.example.org.")
    return f"{parts.scheme}://{parts.netloc}"


def _postgres_driver(url: str) -> str:
    """The same address, naming psycopg 3 as the driver."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url
