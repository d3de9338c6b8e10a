"""What people wrote, to look through before the room reads it: each can be withheld with one tap."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from cardsort.domain.workshops import Workshop
from cardsort.usecases.rounds import shown_round
from cardsort.usecases.withholding import find_words, tell_again, withhold
from cardsort.web.kit.access import desk_of
from cardsort.web.kit.forms import asked_round

bp = Blueprint("remarks", __name__, url_prefix="/desk/<workshop_id>/words")


@bp.get("")
def show(workshop_id: str) -> str:
    """All words of the locked groups."""
    workshop = _round_asked_for(workshop_id)
    return render_template("desk/words.html", workshop=workshop, groups=find_words(workshop))


@bp.post("")
def change(workshop_id: str) -> AnyResponse:
    """Withhold one, or tell it again."""
    workshop = _round_asked_for(workshop_id)
    mark = request.form.get("mark", "")
    (tell_again if request.form.get("tell") == "yes" else withhold)(workshop, mark)
    return redirect(
        url_for(".show", workshop_id=workshop_id, round=request.args.get("round"), _anchor=f"words-{mark}"), 303
    )


def _round_asked_for(workshop_id: str) -> Workshop:
    """The present round, or an earlier one, whose result can be read."""
    workshop, asked = desk_of(workshop_id), asked_round(request.args)
    return workshop if asked in {None, workshop.round.number} else shown_round(workshop, asked)
