"""Changing a workshop that is already there."""

from collections.abc import Mapping

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from cardsort.domain.errors import CardsortError, InvalidInput, WrongStage
from cardsort.domain.settings import CHAIN, FIELDS
from cardsort.domain.workshops import Workshop
from cardsort.usecases.editing import edit_workshop, has_voted
from cardsort.web.kit.access import desk_of
from cardsort.web.kit.errors import status_of
from cardsort.web.kit.forms import SEGMENT_ROWS, edited_from, form_from, usual_form
from cardsort.web.kit.guard import config

bp = Blueprint("editing", __name__, url_prefix="/desk/<workshop_id>")


@bp.get("/edit")
def edit(workshop_id: str) -> str:
    """What can still be changed, and what no longer can."""
    workshop = desk_of(workshop_id)
    return _edit_page(workshop, form_from(workshop.settings))


@bp.post("/edit")
def save(workshop_id: str) -> AnyResponse:
    """Store the changes, all or none."""
    workshop = desk_of(workshop_id)
    try:
        edit_workshop(workshop_id, edited_from(request.form, workshop.settings), secret=config().secret)
    except (InvalidInput, WrongStage) as error:
        page = _edit_page(
            workshop,
            {**form_from(workshop.settings), "census": "", "second_it": "", "second_customers": "", **request.form},
            error,
        )
        return make_response(page, status_of(error))
    return redirect(url_for("desk.show", workshop_id=workshop_id), 303)


def _edit_page(workshop: Workshop, form: Mapping[str, str], fault: CardsortError | None = None) -> str:
    usual, questions = usual_form()
    return render_template(
        "editing/edit.html",
        workshop=workshop,
        form=form,
        fault=fault,
        usual=usual,
        questions=questions,
        voted=has_voted(workshop.id),
        revealed=workshop.round.revealed_at is not None,
        deck=workshop.deck,
        segment_rows=range(1, SEGMENT_ROWS + 1),
        segment_fields=FIELDS,
        chain=CHAIN,
    )
