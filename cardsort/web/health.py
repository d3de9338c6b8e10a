"""Whether the server can answer, for a monitor or a container's health check. Tells nothing about workshops."""

from flask import Blueprint, Response
from sqlalchemy.exc import SQLAlchemyError

from cardsort.usecases.workshops import check_database

bp = Blueprint("health", __name__)


@bp.get("/health")
def health() -> Response:
    """200 where the database answers and takes what is sent, else 503."""
    try:
        fault = "" if check_database() else "The database is read-only."
    except SQLAlchemyError:
        fault = "The database does not answer."
    return Response(f"{fault or 'ok'}\n", 503 if fault else 200, mimetype="text/plain")
