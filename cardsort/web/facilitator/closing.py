"""Until when a group takes ballots: a day and time at which it closes by itself."""

from datetime import UTC, datetime, timedelta

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from cardsort import language
from cardsort.domain.ballots import Group
from cardsort.domain.errors import InvalidInput
from cardsort.domain.workshops import Workshop
from cardsort.language import _
from cardsort.usecases.closing import LATEST, set_closing
from cardsort.web.facilitator.doors import asked_group
from cardsort.web.kit.access import desk_of

bp = Blueprint("closing", __name__, url_prefix="/desk/<workshop_id>/closing/<group>")


@bp.get("")
def ask(workshop_id: str, group: str) -> str:
    """Choose a day and time, another, or none."""
    workshop = desk_of(workshop_id)
    wanted = asked_group(workshop, group)
    workshop.round.check_reopen()
    return _page(workshop, wanted)


@bp.post("")
def choose(workshop_id: str, group: str) -> AnyResponse:
    """Let the group close then, or not by itself."""
    workshop, now = desk_of(workshop_id), datetime.now(UTC)
    wanted = asked_group(workshop, group)
    try:
        at = None if request.form.get("never") == "yes" else _time(request.form.get("at", ""))
        set_closing(workshop_id, wanted, at, now=now)
    except InvalidInput as error:
        return make_response(_page(workshop, wanted, fault=str(error)), 422)
    return redirect(url_for("desk.show", workshop_id=workshop_id), 303)


def _time(typed: str) -> datetime:
    """What was typed, on the clock of this server."""
    try:
        return datetime.fromisoformat(typed.strip()[:20]).astimezone(UTC)
    except (ValueError, OverflowError):
        raise InvalidInput(
            _("This is not a day with a time. Choose one, or type it such as 2027-03-31T18:00. Nothing was changed.")
        ) from None


def _page(workshop: Workshop, group: Group, fault: str = "") -> str:
    now, closes = datetime.now(UTC).astimezone(), workshop.round.closes.get(group)
    return render_template(
        "desk/closing.html",
        workshop=workshop,
        group=group,
        closes=closes,
        said=language.moment(closes.astimezone()) if closes else "",
        closed=group in workshop.round.locked,
        now=language.moment(now),
        first=_local(now + timedelta(minutes=1)),
        last=_local(now + LATEST),
        value=request.form.get("at") or (_local(closes.astimezone()) if closes else ""),
        fault=fault,
    )


def _local(at: datetime) -> str:
    """As the browser's field for a day and time has it."""
    return f"{at:%Y-%m-%dT%H:%M}"
