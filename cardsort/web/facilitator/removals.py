"""Taking ballots out until the reveal: one by its receipt, or all of a trial."""

from datetime import UTC, datetime

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from cardsort.domain.errors import InvalidInput
from cardsort.domain.workshops import Workshop
from cardsort.usecases.removals import discard_ballot, start_over
from cardsort.web.kit.access import desk_of
from cardsort.web.kit.forms import removal_from

bp = Blueprint("removals", __name__, url_prefix="/desk/<workshop_id>/take-out")


@bp.get("")
def ask(workshop_id: str) -> str:
    """Which ballot, and why; or all of a trial."""
    workshop = desk_of(workshop_id)
    workshop.round.check_discard()
    return _page(workshop, taken=request.args.get("taken") == "1")


@bp.post("")
def discard(workshop_id: str) -> AnyResponse:
    """Take out the ballot with that receipt."""
    workshop = desk_of(workshop_id)
    try:
        discard_ballot(workshop_id, *removal_from(request.form))
    except InvalidInput as error:
        return make_response(_page(workshop, fault=str(error)), 422)
    return redirect(url_for(".ask", workshop_id=workshop_id, taken=1), 303)


@bp.post("/all")
def empty(workshop_id: str) -> AnyResponse:
    """Take out all ballots of the round, once the workshop's name has been typed."""
    workshop = desk_of(workshop_id)
    try:
        start_over(workshop_id, request.form.get("name", "")[:200], now=datetime.now(UTC))
    except InvalidInput as error:
        return make_response(_page(workshop, name_fault=str(error)), 422)
    return redirect(url_for("desk.show", workshop_id=workshop_id), 303)


def _page(workshop: Workshop, **more: object) -> str:
    return render_template("desk/take_out.html", workshop=workshop, form=request.form, **more)
