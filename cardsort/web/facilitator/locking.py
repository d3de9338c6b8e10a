"""Before a lock: who is still at it, and what would stay hidden after the reveal; small kinds can be told together, and
one group can take part alone.
"""

from collections.abc import Mapping

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from cardsort.analysis.suppression import may_show
from cardsort.domain.ballots import Group
from cardsort.domain.errors import WrongStage
from cardsort.domain.workshops import Workshop
from cardsort.story import answered, words
from cardsort.usecases import workshops as usecases
from cardsort.usecases.foresight import count_still_at_it, foresee_kinds, tells_kinds
from cardsort.usecases.kinds import merge_kinds, part_kinds
from cardsort.web.facilitator.doors import asked_group
from cardsort.web.kit.access import desk_of
from cardsort.web.kit.errors import status_of
from cardsort.web.kit.forms import alone_from, kind_from, segmented_from

bp = Blueprint("locking", __name__, url_prefix="/desk/<workshop_id>")


@bp.get("/lock/<group>")
def ask(workshop_id: str, group: str) -> AnyResponse | str:
    """Ask once more; a group that is locked already needs no question."""
    workshop = desk_of(workshop_id)
    wanted = asked_group(workshop, group)
    if wanted in workshop.round.locked:
        return redirect(url_for("desk.show", workshop_id=workshop_id), 303)
    sources = workshop.core[wanted]
    return render_template(
        "desk/lock.html",
        workshop=workshop,
        group=wanted,
        sources=sources,
        few=not may_show(sources, workshop.settings.threshold),
        came=answered.came,
        people=words.people,
        unsent=count_still_at_it(workshop).get(wanted, 0),
        ahead=foresee_kinds(workshop, wanted),
        enough=tells_kinds(workshop),
        may_stand_alone=_may_stand_alone(workshop, wanted),
    )


def _may_stand_alone(workshop: Workshop, group: Group) -> bool:
    """Whether nobody but this group has sent anything, so that the round could go on with it alone."""
    others = (sources.n for (of, _), sources in workshop.sources.items() if of is not group)
    return workshop.round.alone is None and workshop.core[group].n > 0 and not any(others)


@bp.get("/groups")
def ask_groups(workshop_id: str) -> str:
    """Who takes part in the present round."""
    workshop = desk_of(workshop_id)
    workshop.round.check_alone(None, ())
    return _groups_page(workshop, {"alone": workshop.round.alone or ""})


@bp.post("/groups")
def choose_groups(workshop_id: str) -> AnyResponse:
    """Let both groups take part, or one alone."""
    workshop = desk_of(workshop_id)
    try:
        usecases.choose_groups(workshop_id, alone_from(request.form))
    except WrongStage as error:
        return make_response(_groups_page(workshop, request.form, str(error)), status_of(error))
    return redirect(url_for("desk.show", workshop_id=workshop_id), 303)


def _groups_page(workshop: Workshop, form: Mapping[str, str], fault: str = "") -> str:
    return render_template("desk/groups.html", workshop=workshop, form=form, fault=fault)


@bp.post("/kinds/together")
def together(workshop_id: str) -> AnyResponse:
    """Tell two kinds of customers, or two teams, as one."""
    desk_of(workshop_id)
    group = segmented_from(request.form)
    merge_kinds(workshop_id, group, kind_from(request.form, "one"), kind_from(request.form, "with"))
    return _back(workshop_id)


@bp.post("/kinds/apart")
def apart(workshop_id: str) -> AnyResponse:
    """Tell them by themselves again."""
    desk_of(workshop_id)
    part_kinds(workshop_id, segmented_from(request.form), kind_from(request.form, "kind"))
    return _back(workshop_id)


def _back(workshop_id: str) -> AnyResponse:
    """To the page that asked: before the lock, or before the reveal."""
    if request.form.get("from") == "reveal":
        return redirect(url_for("desk.ask_reveal", workshop_id=workshop_id), 303)
    return redirect(url_for(".ask", workshop_id=workshop_id, group=segmented_from(request.form).value), 303)
