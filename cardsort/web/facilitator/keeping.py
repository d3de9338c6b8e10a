"""Until when a workshop is kept."""

from datetime import UTC, date, datetime, timedelta

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from cardsort.domain.errors import InvalidInput
from cardsort.domain.workshops import Workshop
from cardsort.language import _
from cardsort.usecases.workshops import KEPT_AT_MOST, REMIND_FROM, set_deletion
from cardsort.web.kit.access import desk_of

bp = Blueprint("keeping", __name__, url_prefix="/desk/<workshop_id>/keep-until")


@bp.app_template_filter("deleted_soon")
def deleted_soon(workshop: Workshop) -> bool:
    """Whether the workshop's last thirty days have begun."""
    return workshop.delete_on - _today() <= REMIND_FROM


@bp.get("")
def ask(workshop_id: str) -> str:
    """Choose another day."""
    return _page(desk_of(workshop_id))


@bp.post("")
def keep(workshop_id: str) -> AnyResponse:
    """Keep the workshop until that day."""
    workshop = desk_of(workshop_id)
    try:
        set_deletion(workshop_id, _day(request.form.get("day", "")), today=_today())
    except InvalidInput as error:
        return make_response(_page(workshop, fault=str(error)), 422)
    return redirect(url_for("desk.show", workshop_id=workshop_id), 303)


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed.strip()[:20])
    except ValueError:
        raise InvalidInput(
            _("This is not a day. Choose one, or type it as year-month-day such as 2027-03-31.")
        ) from None


def _page(workshop: Workshop, fault: str = "") -> str:
    first, last = _today() + timedelta(days=1), _today() + KEPT_AT_MOST
    return render_template("desk/keep_until.html", workshop=workshop, first=first, last=last, fault=fault)


def _today() -> date:
    return datetime.now(UTC).date()
