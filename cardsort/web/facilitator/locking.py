"""Before a lock: who is still at it, and what would stay hidden after the reveal."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from cardsort.analysis.suppression import may_show
from cardsort.domain.ballots import Group
from cardsort.story import words
from cardsort.usecases.foresight import count_still_at_it, foresee_kinds
from cardsort.web.facilitator.doors import group_of
from cardsort.web.kit.access import desk_of

bp = Blueprint("locking", __name__, url_prefix="/desk/<workshop_id>")


@bp.get("/lock/<group>")
def ask(workshop_id: str, group: str) -> AnyResponse | str:
    """Ask once more; a group that is locked already needs no question."""
    workshop, wanted = desk_of(workshop_id), group_of(group)
    if wanted in workshop.round.locked:
        return redirect(url_for("desk.show", workshop_id=workshop_id), 303)
    sources = workshop.core[wanted]
    return render_template(
        "desk/lock.html",
        workshop=workshop,
        group=wanted,
        sources=sources,
        few=not may_show(sources, workshop.settings.threshold),
        came=words.came,
        people=words.people,
        unsent=count_still_at_it(workshop).get(wanted, 0),
        ahead=foresee_kinds(workshop) if wanted is Group.CUSTOMERS else (),
    )
