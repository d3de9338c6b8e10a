"""Whether the server can answer, for a monitor or a container's health check. Tells nothing about workshops."""

from flask import Blueprint, Response
from sqlalchemy.exc import SQLAlchemyError

from cardsort.usecases.workshops import check_database

bp = Blueprint("health", __name__)


@bp.get("/health")
def health() -> Response:
    """200 where the database answers, else 503."""
    try:
        check_database()
    except SQLAlchemyError:
        return Response("The database does not answer.\n", 503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")
