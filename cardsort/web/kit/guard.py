"""What holds for every request and answer: known Host, no foreign writes, strict headers, and a sentence for errors."""

import traceback
from time import monotonic
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, TimeoutError  # noqa: A004  the pool's, not Python's
from werkzeug.exceptions import HTTPException

from cardsort.domain.errors import (
    AlreadySent,
    CardsortError,
    GroupLocked,
    HandedOver,
    InvalidInput,
    NotFound,
    RoundOver,
    WrongCode,
    WrongStage,
)
from cardsort.store.engine import DatabaseBusy
from cardsort.web.kit.compression import compress
from cardsort.web.kit.config import Config, origin_of
from cardsort.web.kit.outage import Repeated

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
STATUS: dict[type[CardsortError], int] = {
    InvalidInput: 422,
    NotFound: 404,
    GroupLocked: 423,
    RoundOver: 410,
    AlreadySent: 409,
    HandedOver: 403,
    WrongStage: 409,
}
SENTENCES = {
    400: "The server could not read this request. Go back, reload the page and try again.",
    403: "This request came from another site, so nothing was changed. Open the page itself and try again.",
    404: "There is no page at this address. Check the link, or start again from the start page.",
    405: "This address does not take that kind of request. Go back and use the page’s own buttons.",
    413: "That is too large to be taken. Nothing was stored. Shorten it and try again.",
    415: "The server expected another format. Reload the page and try again.",
    429: "Too many codes that do not exist were tried from here. Wait a minute, or an hour if that does not help, "
    "then try again.",
    500: "Something went wrong here, and it is not your doing. What was stored before is unchanged. Please try again.",
    503: "Not saved: the server cannot write at the moment. Keep this page open and try again in a minute.",
}
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
    if _host_name() in current_app.config["ACCEPTED_HOSTS"]:
        return None
    said = f"This server does not answer to the name asked for. Use {config().public_url}, or set PUBLIC_URL.\n"
    return Response(said, 400, mimetype="text/plain")


def _host_name() -> str:
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
    return None if own else error_answer(SENTENCES[403], 403)


def refuse_unreadable_address() -> Response | None:
    """Before anything is done: what is not UTF-8 after the question mark, or has a NUL, which PostgreSQL refuses."""
    try:
        query = unquote(request.query_string.decode())
    except UnicodeDecodeError:
        query = "\0"
    return error_answer(SENTENCES[400], 400) if "\0" in request.path + query else None


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


def wants_json() -> bool:
    """Whether the request came from a page's script, which shows the sentence itself."""
    return request.is_json or request.accept_mimetypes.best == "application/json"


def error_answer(message: str, status: int, *, heading: str = "", **more: object) -> Response:
    """One sentence with the right status, as a page (default heading: the status's own) or as JSON."""
    if wants_json():
        response = jsonify(message=message, **more)
        response.status_code = status
        return response
    return make_response(render_template("error.html", message=message, status=status, heading=heading), status)


def status_of(error: CardsortError) -> int:
    """The status for this cause, whatever page tells it."""
    return next(status for cause, status in STATUS.items() if isinstance(error, cause))


def show_cardsort_error(error: CardsortError) -> Response:
    """A broken rule: its own sentence."""
    more: dict[str, Any] = {"receipt": error.receipt} if isinstance(error, AlreadySent) else {}
    if isinstance(error, GroupLocked):
        more = {"revealed": error.revealed}
    if isinstance(error, WrongCode):
        more = {"asks": "code"}
    return error_answer(str(error), status_of(error), **more)


def show_http_error(error: HTTPException) -> Response:
    """What Flask refuses by itself; redirects pass through."""
    status = error.code or 500
    if error.response is not None or status < 400:  # noqa: PLR2004  not an error
        return make_response(error.get_response())
    answer = error_answer(SENTENCES.get(status, SENTENCES[400 if status < 500 else 500]), status)  # noqa: PLR2004
    answer.headers.extend((name, value) for name, value in error.get_headers() if name in {"Allow", "Retry-After"})
    return answer


def show_database_error(error: Exception) -> Response:
    """The database does not answer: say so, never pretend. What was to be stored stays out of the log."""
    cause = type(getattr(error, "orig", None) or error).__name__
    current_app.extensions["cardsort.outage"].tell(f"database: {cause}", monotonic())
    return error_answer(SENTENCES[503], 503)


def show_statement_error(error: DBAPIError) -> Response:
    """The database refuses a statement: as lost where the connection was given up for it, as when it is read-only."""
    return show_database_error(error) if error.connection_invalidated else show_unexpected_error(error)


def show_unexpected_error(error: Exception) -> Response:
    """Anything else: a plain sentence for the person."""
    log_fault(error)
    return error_answer(SENTENCES[500], 500)


def log_fault(error: BaseException | None) -> None:
    """What the operator learns: the kind and the place, without the values at hand and the page that was asked for."""
    places = "".join(traceback.format_tb(error.__traceback__ if error else None))
    current_app.logger.error("unexpected %s\n%s", type(error).__name__, places)
