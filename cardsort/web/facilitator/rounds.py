"""Again: the page that starts the next round, and which round a page or a file is about."""

from collections.abc import Mapping

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from cardsort.domain.errors import InvalidInput
from cardsort.domain.workshops import Workshop
from cardsort.usecases.rounds import shown_round, start_next_round
from cardsort.web.kit.access import desk_of
from cardsort.web.kit.forms import asked_round, form_from, next_round_from
from cardsort.web.kit.guard import config

bp = Blueprint("rounds", __name__)


@bp.get("/desk/<workshop_id>/next-round")
def ask_next(workshop_id: str) -> str:
    """What another round means, and what has to be decided for it."""
    workshop = desk_of(workshop_id)
    workshop.round.check_next()
    return _question(workshop, {**form_from(workshop.settings), "alone": workshop.round.alone or ""})


@bp.post("/desk/<workshop_id>/next-round")
def start_next(workshop_id: str) -> AnyResponse:
    """Start it, or say what is wrong with the form as it was filled in."""
    workshop = desk_of(workshop_id)
    try:
        start_next_round(workshop_id, next_round_from(request.form), secret=config().secret)
    except InvalidInput as error:
        return _refused(workshop, error)
    return redirect(url_for("desk.show", workshop_id=workshop_id), 303)


def result_desk(workshop_id: str, given: Mapping[str, str] | None = None) -> Workshop:
    """The facilitator's workshop with the round whose result is asked for by `round`: else the last revealed one."""
    return shown_round(desk_of(workshop_id), asked_round(request.args if given is None else given))


def _refused(workshop: Workshop, fault: InvalidInput) -> Response:
    return make_response(_question(workshop, request.form, fault), 422)


def _question(workshop: Workshop, form: Mapping[str, str], fault: InvalidInput | None = None) -> str:
    return render_template("desk/next_round.html", workshop=workshop, form=form, fault=fault)
