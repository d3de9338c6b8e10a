"""What is answered when something goes wrong: to each cause its status, and one sentence, as a page or as JSON."""

import traceback
from time import monotonic
from typing import Any

from flask import Response, current_app, jsonify, make_response, render_template, request
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from cardsort.domain.errors import (
    AlreadySent,
    CardsortError,
    GroupLocked,
    HandedOver,
    InvalidInput,
    NotFound,
    RoundOver,
    TooEarly,
    WrongCode,
    WrongStage,
)
from cardsort.language import N_, _

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
    400: N_("The server could not read this request. Go back, reload the page and try again."),
    403: N_("This request came from another site, so nothing was changed. Open the page itself and try again."),
    404: N_("There is no page at this address. Check the link, or start again from the start page."),
    405: N_("This address does not take that kind of request. Go back and use the page’s own buttons."),
    413: N_("That is too large to be taken. Nothing was stored. Shorten it and try again."),
    415: N_("The server expected another format. Reload the page and try again."),
    429: N_(
        "Too many codes that do not exist were tried from here. Wait a minute, or an hour if that does not help, "
        "then try again."
    ),
    500: N_(
        "Something went wrong here, and it is not your doing. What was stored before is unchanged. Please try again."
    ),
    503: N_("Not saved: the server cannot write at the moment. Keep this page open and try again in a minute."),
}


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
    if isinstance(error, InvalidInput) and error.field:
        more["field"] = error.field
    heading = _("Not yet") if isinstance(error, TooEarly) else ""
    return error_answer(str(error), status_of(error), heading=heading, **more)


def show_http_error(error: HTTPException) -> Response:
    """What Flask refuses by itself; redirects pass through."""
    status = error.code or 500
    if error.response is not None or status < 400:  # noqa: PLR2004  not an error
        return make_response(error.get_response())
    answer = error_answer(_(SENTENCES.get(status, SENTENCES[400 if status < 500 else 500])), status)  # noqa: PLR2004
    answer.headers.extend((name, value) for name, value in error.get_headers() if name in {"Allow", "Retry-After"})
    return answer


def show_database_error(error: Exception) -> Response:
    """The database does not answer: say so, never pretend. What was to be stored stays out of the log."""
    cause = type(getattr(error, "orig", None) or error).__name__
    current_app.extensions["cardsort.outage"].tell(f"database: {cause}", monotonic())
    return error_answer(_(SENTENCES[503]), 503)


def show_statement_error(error: DBAPIError) -> Response:
    """The database refuses a statement: as lost where the connection was given up for it, as when it is read-only."""
    return show_database_error(error) if error.connection_invalidated else show_unexpected_error(error)


def show_unexpected_error(error: Exception) -> Response:
    """Anything else: a plain sentence for the person."""
    log_fault(error)
    return error_answer(_(SENTENCES[500]), 500)


def log_fault(error: BaseException | None) -> None:
    """What the operator learns: the kind and the place, without the values at hand and the page that was asked for."""
    places = "".join(traceback.format_tb(error.__traceback__ if error else None))
    current_app.logger.error("unexpected %s\n%s", type(error).__name__, places)
