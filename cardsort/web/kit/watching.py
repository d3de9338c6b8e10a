"""Every answer is counted, and told in the log where the operator wants it: by the endpoint, never by the address."""

from time import monotonic

from flask import Flask, Response, current_app, g, request
from prometheus_client import Counter

from cardsort.web.kit.guard import config

NOWHERE = "none"  # the endpoint of what has no page
UNAVAILABLE = 503
ANSWERED = Counter(
    "cardsort_answers", "Answers, by endpoint and status: 2xx, 3xx, 4xx, 503, 5xx.", ["endpoint", "status"]
)


def install_watch(app: Flask) -> None:
    """Before all else that is asked of a request, and after all that is done to its answer."""
    app.before_request(_begin)
    app.after_request(_count)


def _begin() -> None:
    g.begun = monotonic()


def _count(response: Response) -> Response:
    endpoint, status = request.endpoint or NOWHERE, response.status_code
    ANSWERED.labels(endpoint, "503" if status == UNAVAILABLE else f"{status // 100}xx").inc()
    if config().request_log:
        current_app.logger.info("%s %d %.0f ms", endpoint, status, 1000 * (monotonic() - g.begun))
    return response
