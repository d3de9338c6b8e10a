"""One-time codes: made, printed and downloaded at the desk, and checked before a customer begins."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from cardsort import language
from cardsort.domain.ballots import Group
from cardsort.domain.errors import InvalidInput, WrongStage
from cardsort.domain.workshops import Workshop
from cardsort.language import _
from cardsort.usecases.codes import (
    MOST_AT_ONCE,
    TOO_LATE,
    codes_of,
    count_codes,
    do_without_codes,
    make_codes,
)
from cardsort.web.facilitator.doors import doors_of
from cardsort.web.facilitator.printing import PAPERS, chosen_paper
from cardsort.web.kit.access import desk_of
from cardsort.web.kit.download import download
from cardsort.web.kit.errors import status_of
from cardsort.web.kit.forms import count_from
from cardsort.web.kit.guard import config
from cardsort.web.kit.making import making
from cardsort.web.kit.speaking import printing

bp = Blueprint("codes", __name__)


@bp.get("/desk/<workshop_id>/codes")
def show(workshop_id: str) -> str:
    """What codes bring and cost, how many there are, and the slips."""
    return _page(desk_of(workshop_id))


@bp.post("/desk/<workshop_id>/codes")
def make(workshop_id: str) -> AnyResponse:
    """Make codes: the first ones, or more of them."""
    workshop = desk_of(workshop_id)
    try:
        make_codes(workshop_id, count_from(request.form), secret=config().secret)
    except (InvalidInput, WrongStage) as error:
        return make_response(_page(workshop, str(error)), status_of(error))
    return redirect(url_for(".show", workshop_id=workshop_id), 303)


@bp.post("/desk/<workshop_id>/codes/without")
def do_without(workshop_id: str) -> AnyResponse:
    """Take the codes back, as long as no customer has sent a ballot."""
    desk_of(workshop_id)
    do_without_codes(workshop_id)
    return redirect(url_for(".show", workshop_id=workshop_id), 303)


@bp.get("/desk/<workshop_id>/codes.pdf")
def slips(workshop_id: str) -> Response:
    """A slip to cut out for each code of the round, or of the batch asked for."""
    from cardsort.paper.slips import Slips, build_slips

    workshop = desk_of(workshop_id)
    codes = tuple(_asked_codes(workshop))
    with making(), printing(request.args, workshop.settings.language):
        made = Slips(
            title=workshop.settings.name,
            organisation=workshop.settings.organisation,
            host=config().public_url,
            address=_address(workshop),
            codes=codes,
            language=language.present(),
        )
        pdf = build_slips(made, paper=chosen_paper(request.args))
    return download(pdf, "codes.pdf")


@bp.get("/desk/<workshop_id>/codes.csv")
def table(workshop_id: str) -> Response:
    """The same codes for a mail merge: the code and the link that carries it."""
    workshop = desk_of(workshop_id)
    address = _address(workshop)
    lines = ["code,link", *(f"{code},{address}#{code}" for code in _asked_codes(workshop))]
    return download("\r\n".join([*lines, ""]), "codes.csv")


def _asked_codes(workshop: Workshop) -> list[str]:
    return codes_of(workshop, request.args.get("batch", type=int), secret=config().secret)


def _address(workshop: Workshop) -> str:
    return next(door.address for door in doors_of(workshop) if door.group is Group.CUSTOMERS)


def _page(workshop: Workshop, fault: str = "") -> str:
    return render_template(
        "codes/codes.html",
        workshop=workshop,
        codes=count_codes(workshop),
        most=MOST_AT_ONCE,
        too_late=_(TOO_LATE),
        papers=PAPERS,
        typed=request.form.get("count", "")[:20],
        fault=fault,
    )
