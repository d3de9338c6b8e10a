"""After the reveal: the report, as a page and as a PDF."""

from flask import Blueprint, Response, render_template, request

from cardsort.usecases.agenda import result_to_print
from cardsort.usecases.rounds import shown_round
from cardsort.web.facilitator.printing import chosen_paper, chosen_parts
from cardsort.web.facilitator.resultpage import result_context
from cardsort.web.facilitator.rounds import result_desk
from cardsort.web.kit.access import desk_of
from cardsort.web.kit.dates import today
from cardsort.web.kit.download import download
from cardsort.web.kit.forms import asked_round
from cardsort.web.kit.making import making
from cardsort.web.kit.speaking import printing

bp = Blueprint("results", __name__, url_prefix="/desk/<workshop_id>")


@bp.get("/result")
def result(workshop_id: str) -> str:
    """The report in the browser, all of it or the parts asked for. Only the page of the present round offers what
    is done with that round alone: cards are put on its agenda, and its reveal lets the workshop be archived.
    """
    desk = desk_of(workshop_id)
    found = result_to_print(shown_round(desk, asked_round(request.args)), today())
    present = found.workshop.round.number == desk.round.number
    return render_template("result/result.html", **result_context(found, chosen_parts(request.args)), present=present)


@bp.get("/report.pdf")
def report(workshop_id: str) -> Response:
    """The printed report, A4 or Letter, all of it or the parts asked for."""
    from cardsort.paper.pdf import build_pdf, report_name

    workshop = result_desk(workshop_id)
    paper, parts = chosen_paper(request.args), chosen_parts(request.args)
    with printing(request.args, workshop.settings.language):
        found = result_to_print(workshop, today())
        with making():
            pdf = build_pdf(found.comparison, workshop.deck, found.facts, paper=paper, parts=parts)
    return download(pdf, report_name(found.facts))
