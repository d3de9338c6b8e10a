"""What holds for every request and answer: known Host, no foreign writes, strict headers."""

from urllib.parse import unquote, urlsplit

from flask import Flask, Response, current_app, request
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, TimeoutError  # noqa: A004  the pool's, not Python's
from werkzeug.exceptions import HTTPException

from cardsort.domain.errors import (
    CardsortError,
)
from cardsort.language import _
from cardsort.store.engine import DatabaseBusy
from cardsort.web.kit.compression import compress
from cardsort.web.kit.config import Config, origin_of
from cardsort.web.kit.errors import (
    SENTENCES,
    error_answer,
    log_fault,
    show_cardsort_error,
    show_database_error,
    show_http_error,
    show_statement_error,
    show_unexpected_error,
)
from cardsort.web.kit.outage import Repeated

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
BEHIND_LINKS = ("/v/", "/f/", "/desk/")  # nobody finds them by searching, and no search engine keeps what it was sent
RETRY_AFTER = "10"  # seconds
SAFE = {"GET", "HEAD", "OPTIONS"}


def config() -> Config:
    """This server's settings."""
    found: Config = current_app.config["CARDSORT"]
    return found


def install_guard(app: Flask) -> None:
    """Put the checks, headers and error pages on every route of the application."""
    app.before_request(refuse_foreign_host)
    app.before_request(refuse_foreign_write)
    app.before_request(refuse_unreadable_address)
    app.after_request(compress)
    app.after_request(add_headers)
    app.register_error_handler(CardsortError, show_cardsort_error)
    app.register_error_handler(HTTPException, show_http_error)
    for cause in (OperationalError, InterfaceError, TimeoutError, DatabaseBusy):
        app.register_error_handler(cause, show_database_error)
    app.register_error_handler(DBAPIError, show_statement_error)
    app.extensions["cardsort.outage"] = Repeated(app.logger)
    app.register_error_handler(Exception, show_unexpected_error)
    # Flask's own line, for what fails after the page was made, names the address and the words at hand:
    app.log_exception = lambda exc_info: log_fault(exc_info[1])  # type: ignore[method-assign]


def refuse_foreign_host() -> Response | None:
    """Answer only under known names, so that no link is ever built from a stranger's Host header."""
    if host_name() in current_app.config["ACCEPTED_HOSTS"]:
        return None
    said = _(
        "This server does not answer to the name asked for. Use %(address)s, or set PUBLIC_URL.",
        address=config().public_url,
    )
    return Response(f"{said}\n", 400, mimetype="text/plain")


def host_name() -> str:
    """The name that the server is asked for, without its port; "" where that cannot be read."""
    try:
        return urlsplit(f"//{request.host}").hostname or ""
    except ValueError:  # brackets that hold no address
        return ""


def refuse_foreign_write() -> Response | None:
    """Changes come from this site's own pages: Sec-Fetch-Site where it is sent, Origin otherwise (plain http)."""
    if request.method in SAFE:
        return None
    site = request.headers.get("Sec-Fetch-Site")
    own = site == "same-origin" if site else _own_origin(request.headers.get("Origin", ""))
    return None if own else error_answer(_(SENTENCES[403]), 403)


def refuse_unreadable_address() -> Response | None:
    """Before anything is done: what is not UTF-8 after the question mark, or has a NUL, which PostgreSQL refuses."""
    try:
        query = unquote(request.query_string.decode())
    except UnicodeDecodeError:
        query = "\0"
    return error_answer(_(SENTENCES[400]), 400) if "\0" in request.path + query else None


def _own_origin(given: str) -> bool:
    found = origin_of(given)
    return found is not None and found in {origin_of(config().public_url), origin_of(request.host_url)}


def add_headers(response: Response) -> Response:
    """The same strict headers on every answer, errors and downloads included."""
    headers = response.headers
    headers["Content-Security-Policy"] = POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    if request.path.startswith(BEHIND_LINKS):
        headers["X-Robots-Tag"] = "noindex"
    if response.status_code == 503:  # noqa: PLR2004  whatever the cause
        headers.setdefault("Retry-After", RETRY_AFTER)
    if request.endpoint != "files.static":
        headers.setdefault("Cache-Control", "no-store")
    return response
